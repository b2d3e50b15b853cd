import HandshakeModel
import TLSProtocol

/// Every field of a hello, in wire order.
enum HelloFields {
  typealias Field = ConnectionFields.Field

  static func fields(of hello: ClientHello, over transport: ConnectionTransport) -> [Field] {
    var fields = [
      Field("legacy version", hello.legacyVersion.name),
      Field("random", Hexadecimal.text(hello.random)),
      Field("session id", Hexadecimal.text(hello.legacySessionID)),
      Field("cipher suites", "\(hello.cipherSuites.count)"),
    ]
    fields += hello.cipherSuites.prefix(LongLists.limit).map { Field($0.hexadecimal, $0.name, depth: 1) }
    fields += more(than: LongLists.limit, of: hello.cipherSuites.count)
    fields.append(Field("compression", hello.compressionMethods.map { "\($0)" }.joined(separator: ", ")))
    fields += self.fields(of: hello.extensions, in: .clientHello)
    fields.append(Field("message", Measures.bytes(UInt64(clamping: hello.messageLength))))
    if hello.isSSLv2Format { fields.append(Field("format", "SSLv2")) }
    fields.append(Field("JA3", hello.ja3Hash))
    fields.append(Field("JA4", hello.fingerprint(over: transport)))
    return fields
  }

  static func fields(of hello: ServerHello) -> [Field] {
    var fields = [
      Field("legacy version", hello.legacyVersion.name),
      Field("version", hello.version.name),
      Field("random", Hexadecimal.text(hello.random)),
      Field("session id", Hexadecimal.text(hello.legacySessionID)),
      Field("cipher suite", "\(hello.cipherSuite.name) (\(hello.cipherSuite.hexadecimal))"),
      Field("compression", "\(hello.compressionMethod)"),
    ]
    let message: HandshakeType = hello.isHelloRetryRequest ? .helloRetryRequest : .serverHello
    fields += self.fields(of: hello.extensions, in: message)
    fields.append(Field("message", Measures.bytes(UInt64(clamping: hello.messageLength))))
    if !hello.isHelloRetryRequest { fields.append(Field("JA3S", hello.ja3sHash)) }
    return fields
  }

  /// How many extensions there are, then each; of very many the first.
  static func fields(of extensions: [HelloExtension], in message: HandshakeType) -> [Field] {
    [Field("extensions", "\(extensions.count)")]
      + extensions.prefix(LongLists.limit).flatMap { fields(of: $0, in: message) }
      + more(than: LongLists.limit, of: extensions.count)
  }

  private static func more(than limit: Int, of count: Int) -> [Field] {
    count > limit ? [Field("and more", "\(count - limit) of them are left out here", depth: 1)] : []
  }

  /// The extension's name, then what it says, field by field; some say all by being there.
  private static func fields(of helloExtension: HelloExtension, in message: HandshakeType) -> [Field] {
    let label = "\(helloExtension.type.name) (\(helloExtension.type.rawValue))"
    let said = helloExtension.fields(in: message)
    return [Field(label, "", depth: 1)] + said.map { Field($0.name, $0.value, depth: 2) }
  }
}

/// Bytes in hex, for reading.
enum Hexadecimal {
  /// At most `limit` bytes, then how many there are in all.
  static func text(_ bytes: some Collection<UInt8>, limit: Int = 32) -> String {
    if bytes.isEmpty { return "empty" }
    let digits = bytes.prefix(limit).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return bytes.count > limit ? "\(digits)… (\(Measures.bytes(UInt64(bytes.count))))" : digits
  }
}
