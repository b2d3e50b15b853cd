import HandshakeModel
import TLSProtocol

extension Connection {
  /// What the server answered to ALPN: true where it chose a protocol, false where it chose none; nil where nothing tells.
  ///
  /// TLS 1.3 encrypts the answer, and its size tells: EncryptedExtensions in a record of its own has 6 bytes when empty, and
  /// 17 for type and tag; an acknowledged server name adds 4, ALPN its name and 7 (RFC 8446 §4.3.1, RFC 7301 §3.1).
  var choseApplicationProtocol: Bool? {
    guard let answer = serverHello, let hello = transcript.clientHellos.last?.value else { return nil }
    if !isTLS13 { return answer.value.applicationProtocol != nil }
    if let extensions = transcript.encryptedExtensions?.value { return extensions.applicationProtocol != nil }
    guard quic == nil, let first = encryptedRecords(from: .server).first(where: { $0.frame >= answer.frame }) else {
      return nil
    }
    let withoutProtocol: Set<Int> = hello.serverName == nil ? [23] : [23, 27]
    if withoutProtocol.contains(first.record.length), !hello.has(.earlyData) { return false }
    let chosen = hello.applicationProtocols.flatMap { name in withoutProtocol.map { $0 + 7 + name.utf8.count } }
    return chosen.contains(first.record.length) ? true : nil
  }

  /// The frame with the server's answer to the hello's extensions.
  fileprivate var extensionsFrame: Int? {
    if !isTLS13 { return serverHello?.frame }
    return encryptedRecords(from: .server).first { $0.frame >= serverHello?.frame ?? .max }?.frame
  }
}

extension Inquiry {
  /// That the server of the failing connection chose no application protocol, though the client offered some.
  var observedNoProtocol: Observation? {
    guard let connection, let hello, !hello.applicationProtocols.isEmpty, connection.choseApplicationProtocol == false,
      let frame = connection.extensionsFrame
    else { return nil }
    return observed(
      .offeredProtocols, [frame],
      connection.isTLS13
        ? "the server chose no application protocol (ALPN): its EncryptedExtensions are too small to name one"
        : "the server chose no application protocol (ALPN): its ServerHello names none")
  }
}
