import HandshakeModel
import TLSProtocol

/// Names the application protocol of bytes that are not TLS, by how that protocol's first message must begin.
enum PlaintextRecognizer {
  static func kind(of bytes: [UInt8], from sender: Role) -> PlaintextKind {
    sender == .client ? clientKind(bytes) : serverKind(bytes)
  }

  /// The bytes of a PROXY protocol header at the start of `bytes` (haproxy's proxy-protocol.txt §2); nil where there is
  /// none, or where it has not arrived whole.
  static func proxyHeaderLength(_ bytes: [UInt8]) -> Int? {
    if bytes.starts(with: proxyV2Signature) {
      guard bytes.count >= 16 else { return nil }
      let length = 16 + (Int(bytes[14]) << 8 | Int(bytes[15]))
      return bytes.count >= length ? length : nil
    }
    guard bytes.starts(with: Array("PROXY ".utf8)) else { return nil }
    // A version 1 header is one line of at most 107 bytes.
    guard let end = bytes.prefix(107).firstIndex(of: 0x0a) else { return nil }
    return end + 1
  }

  private static let proxyV2Signature: [UInt8] = [
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a,
  ]

  private static let httpMethods = [
    "GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "OPTIONS ", "PATCH ", "TRACE ",
  ]

  private static func clientKind(_ bytes: [UInt8]) -> PlaintextKind {
    if bytes.starts(with: proxyV2Signature) || begins(bytes, "PROXY ") { return .proxyProtocol }
    if begins(bytes, "CONNECT ") { return .httpConnect }
    if begins(bytes, "PRI * HTTP/2") { return .http2 }
    if begins(bytes, "AMQP") { return .amqp }
    if httpMethods.contains(where: { begins(bytes, $0) }) { return .httpRequest }
    if begins(bytes, "SSH-") { return .ssh }
    let line = firstLine(bytes).uppercased()
    if line.hasPrefix("EHLO") || line.hasPrefix("HELO") || line.hasPrefix("LHLO") { return .smtp }
    if line.hasPrefix("AUTH TLS") || line.hasPrefix("AUTH SSL") || line.hasPrefix("FEAT") { return .ftp }
    if line.hasPrefix("CAPA") && !line.hasPrefix("CAPABILITIES") || line.hasPrefix("STLS") { return .pop3 }
    if line.hasPrefix("CAPABILITIES") || line.hasPrefix("MODE READER") { return .nntp }
    if line.hasPrefix("NICK ") || line.hasPrefix("CAP LS") { return .irc }
    if line.hasPrefix("<?XML") || line.hasPrefix("<STREAM:STREAM") { return .xmpp }
    if isIMAPCommand(line) { return .imap }
    if line.hasPrefix("USER ") { return .ftp }
    if isPostgreSQLStartup(bytes) { return .postgresql }
    if isLDAPMessage(bytes) { return .ldap }
    if isMySQLPacket(bytes, sequence: 1) { return .mysql }
    if isSOCKSGreeting(bytes) { return .socks }
    if BinaryMessages.isMQTTConnect(bytes) { return .mqtt }
    if BinaryMessages.isMongoDBMessage(bytes) { return .mongodb }
    if BinaryMessages.isKafkaRequest(bytes) { return .kafka }
    if BinaryMessages.isTDSPrelogin(bytes) { return .tds }
    if line.hasPrefix("*1") || line.hasPrefix("*2") || line == "PING" { return .redis }
    return .unknown
  }

  private static func serverKind(_ bytes: [UInt8]) -> PlaintextKind {
    if begins(bytes, "HTTP/") { return .httpResponse }
    if begins(bytes, "SSH-") { return .ssh }
    let text = firstLine(bytes)
    let line = text.uppercased()
    if line.hasPrefix("<!DOCTYPE HTML") || line.hasPrefix("<HTML") { return .httpResponse }
    if isReplyLine(line) {
      if line.contains("FTP") && !line.contains("SMTP") { return .ftp }
      if line.hasPrefix("220") || line.hasPrefix("554") || line.hasPrefix("421") || line.hasPrefix("5") { return .smtp }
      if line.hasPrefix("200") || line.hasPrefix("201") { return .nntp }
      return .smtp
    }
    if line.hasPrefix("* OK") || line.hasPrefix("* PREAUTH") || line.hasPrefix("* BYE") || line.hasPrefix("* BAD") {
      return .imap
    }
    if line.hasPrefix("+OK") { return .pop3 }
    if begins(bytes, "AMQP") { return .amqp }
    if BinaryMessages.isHTTP2Settings(bytes) { return .http2 }
    if BinaryMessages.isMongoDBMessage(bytes) { return .mongodb }
    if line.hasPrefix("+PONG") || BinaryMessages.isRESPMap(bytes) || line.hasPrefix("-NOAUTH")
      || line.hasPrefix("-DENIED")
    {
      return .redis
    }
    if line.hasPrefix("-ERR") {
      return line.contains("UNKNOWN COMMAND") || line.contains("PROTOCOL ERROR") ? .redis : .pop3
    }
    if line.hasPrefix("\"IMPLEMENTATION\"") { return .sieve }
    if line.hasPrefix("<?XML") || line.hasPrefix("<STREAM:STREAM") { return .xmpp }
    if line.hasPrefix(":") && line.contains(" NOTICE ") || line.hasPrefix("NOTICE ") || line.hasPrefix("ERROR :") {
      return .irc
    }
    if BinaryMessages.isMQTTAcknowledgment(bytes) { return .mqtt }
    if isMySQLPacket(bytes, sequence: 0) || isMySQLPacket(bytes, sequence: 1) { return .mysql }
    if isPostgreSQLError(bytes) { return .postgresql }
    if isLDAPMessage(bytes) { return .ldap }
    if bytes.count == 2, bytes[0] == 5 { return .socks }
    return .unknown
  }

  private static func begins(_ bytes: [UInt8], _ text: StaticString) -> Bool {
    begins(bytes, String(describing: text))
  }

  private static func begins(_ bytes: [UInt8], _ text: String) -> Bool { bytes.starts(with: text.utf8) }

  /// The bytes before the first line end as text, at most 160 of them.
  static func firstLine(_ bytes: [UInt8]) -> String {
    let line = bytes.prefix(160).prefix { $0 != 0x0a && $0 != 0x0d }
    return String(decoding: line, as: UTF8.self)
  }

  /// `220 …` or `220-…`: the reply form that SMTP, FTP and NNTP share (RFC 5321 §4.2, RFC 959 §4.2, RFC 3977 §3.2).
  private static func isReplyLine(_ line: String) -> Bool {
    let head = Array(line.utf8.prefix(4))
    return head.count == 4 && head.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
      && (head[3] == 0x20 || head[3] == 0x2d)
  }

  private static func isIMAPCommand(_ line: String) -> Bool {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].utf8.count <= 16 else { return false }
    return ["CAPABILITY", "STARTTLS", "LOGIN", "NOOP", "ID", "AUTHENTICATE", "LOGOUT"].contains(words[1])
  }

  /// SSLRequest, GSSENCRequest or a StartupMessage (PostgreSQL "Message Formats").
  private static func isPostgreSQLStartup(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 8, bytes[0] == 0 else { return false }
    let code = Array(bytes[4..<8])
    return code == [0x04, 0xd2, 0x16, 0x2f] || code == [0x04, 0xd2, 0x16, 0x30] || code == [0, 3, 0, 0]
  }

  /// ErrorResponse: `E`, a length, then fields of which the first is the severity, `S`.
  private static func isPostgreSQLError(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 6 && bytes[0] == 0x45 && bytes[1] == 0 && bytes[5] == 0x53
  }

  /// LDAPMessage: a SEQUENCE that opens with a message ID (RFC 4511 §4.1.1).
  private static func isLDAPMessage(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 7, bytes[0] == 0x30 else { return false }
    let lengthBytes = bytes[1] < 0x80 ? 0 : Int(bytes[1] & 0x7f)
    let at = 2 + lengthBytes
    guard lengthBytes <= 4, at + 2 < bytes.count else { return false }
    return bytes[at] == 0x02 && (1...4).contains(bytes[at + 1])
  }

  /// A packet's 3-byte little-endian length and sequence number, then a greeting (0x0a), an error (0xff) or, from the
  /// client, its capabilities (MySQL "Connection Phase").
  private static func isMySQLPacket(_ bytes: [UInt8], sequence: UInt8) -> Bool {
    guard bytes.count >= 5, bytes[3] == sequence, bytes[1] <= 4, bytes[2] == 0 else { return false }
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    guard length >= 1, length <= bytes.count - 4 else { return false }
    if sequence == 0 { return bytes[4] == 0x0a || bytes[4] == 0xff }
    return length >= 32 || bytes[4] == 0xff
  }

  private static func isSOCKSGreeting(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 3 else { return false }
    if bytes[0] == 5 { return bytes[1] >= 1 && bytes.count == 2 + Int(bytes[1]) }
    return bytes[0] == 4 && (bytes[1] == 1 || bytes[1] == 2) && bytes.count >= 9
  }
}

extension PlaintextRecognizer {
  /// Text for a report: the first line, with everything that is not printable ASCII escaped.
  static func excerpt(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes.prefix(96) {
      if byte == 0x0a || byte == 0x0d {
        if text.isEmpty { continue }
        break
      }
      switch byte {
      case 0x20...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      if text.utf8.count >= 116 { return text + "…" }
    }
    return text
  }
}
