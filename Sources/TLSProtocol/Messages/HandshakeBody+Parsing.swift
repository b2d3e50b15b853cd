public import Bytes

extension HandshakeBody {
  /// Reads the body of a message, without the 4-byte header, to the cursor's end. What breaks its own format becomes
  /// `malformed`.
  public init(
    type: HandshakeType, parsing cursor: inout ByteCursor, from sender: Role, context: HandshakeContext,
    decompressor: (any CertificateDecompressor)? = nil, memory: HelloCache? = nil
  ) {
    do throws(ParseError) {
      switch type {
      case .clientHello:
        if let memory {
          self = .clientHello(try memory.clientHello(parsing: &cursor))
        } else {
          self = .clientHello(try ClientHello(parsing: &cursor))
        }
      case .serverHello:
        if let memory {
          self = .serverHello(try memory.serverHello(parsing: &cursor))
        } else {
          self = .serverHello(try ServerHello(parsing: &cursor))
        }
      case .helloRetryRequest:
        self = .serverHello(try ServerHello(parsingDraftHelloRetryRequest: &cursor))
      case .encryptedExtensions: self = .encryptedExtensions(try EncryptedExtensions(parsing: &cursor))
      case .certificate:
        self = .certificate(try CertificateMessage(parsing: &cursor, from: sender, context: context))
      case .compressedCertificate:
        guard let decompressor else { self = .other; return }
        self = .certificate(
          try CertificateMessage(
            parsingCompressed: &cursor, from: sender, context: context, decompressor: decompressor))
      case .certificateRequest:
        self = .certificateRequest(try CertificateRequest(parsing: &cursor, context: context))
      case .serverKeyExchange:
        self = .serverKeyExchange(try ServerKeyExchange(parsing: &cursor, context: context))
      case .certificateVerify:
        self = .certificateVerify(try CertificateVerify(parsing: &cursor, context: context))
      case .clientKeyExchange: self = .clientKeyExchange
      case .certificateStatus: self = .certificateStatus(try CertificateStatus(parsing: &cursor))
      case .newSessionTicket: self = .newSessionTicket(try NewSessionTicket(parsing: &cursor, context: context))
      default: self = .other
      }
    } catch {
      self = .malformed(error)
    }
  }
}
