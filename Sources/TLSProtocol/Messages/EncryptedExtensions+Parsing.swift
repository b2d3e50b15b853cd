public import Bytes

extension EncryptedExtensions: WireValue {
  /// Reads the body, RFC 8446 §4.3.1. What breaks in it is kept beside the extensions that stand.
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    var applicationProtocol: String?
    let list = ExtensionList(parsing: &cursor) { (type, body) throws(ParseError) in
      switch type {
      case .applicationLayerProtocolNegotiation: applicationProtocol = try body.readProtocolNames().first
      case .serverName: try body.finish()
      default: try body.skip(body.remaining)
      }
    }
    self.init(extensions: list.extensions, applicationProtocol: applicationProtocol)
    malformedExtensions = list.malformed
    structureError = list.structureError
  }
}
