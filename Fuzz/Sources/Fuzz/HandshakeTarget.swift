import Bytes
import TLSProtocol

extension FuzzTarget {
  /// The body of one handshake message, and what is derived from it.
  static let handshake = FuzzTarget("handshake") { bytes in
    guard bytes.count >= 2 else { return }
    let versions: [UInt16] = [0x0304, 0x0303, 0x0302, 0x0300, 0x0101, 0x0200]
    let version = ProtocolVersion(rawValue: versions[Int(bytes[1] & 0x0f) % versions.count])
    var context = HandshakeContext(version: bytes[1] & 0x80 != 0 ? nil : version)
    context.serverCertificateType = bytes[1] & 0x40 != 0 ? 2 : 0
    let suites: [UInt16] = [0x1301, 0xc02f, 0x009e, 0x0033, 0xc013, 0x008c]
    context.cipherSuite = CipherSuite(rawValue: suites[Int(bytes[1] >> 3) % suites.count])
    let sender = bytes[1] & 0x20 != 0 ? Role.server : .client
    Array(bytes.dropFirst(2)).withCursor { start in
      var cursor = start
      let body = HandshakeBody(
        type: HandshakeType(rawValue: bytes[0]), parsing: &cursor, from: sender, context: context)
      examine(body)
      guard bytes[0] == 1 || bytes[0] == 2 else { return }
      remember(Array(bytes.dropFirst(2)), type: bytes[0], place: bytes[1])
      cursor = start
      if bytes[0] == 1, let hello = try? ClientHello(parsingSSLv2: &cursor) { examine(.clientHello(hello)) }
      if bytes[0] == 2, let hello = try? ServerHello(parsingSSLv2: &cursor) { examine(.serverHello(hello)) }
    }
  }

  /// Whatever a memory has seen, a hello reads as it does alone: the second time, and with a byte changed.
  private static func remember(_ hello: [UInt8], type: UInt8, place: UInt8) {
    let memory = HelloCache()
    var changed = hello
    if !changed.isEmpty { changed[Int(place) * 7 % changed.count] ^= place | 1 }
    for bytes in [hello, hello, changed, changed, hello] {
      bytes.withCursor { start in
        var (alone, remembered) = (start, start)
        let isSame =
          type == 1
          ? (try? ClientHello(parsing: &alone)) == (try? memory.clientHello(parsing: &remembered))
          : (try? ServerHello(parsing: &alone)) == (try? memory.serverHello(parsing: &remembered))
        claim(isSame, "a hello reads the same with a memory")
      }
    }
  }

  private static func examine(_ body: HandshakeBody) {
    switch body {
    case .clientHello(let hello):
      let ja4 = hello.ja4(transport: .tcp)
      claim(ja4.utf8.count == 36, "JA4 has 36 characters: \(ja4)")
      claim(ja4.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "JA4 is printable: \(ja4)")
      _ = hello.ja4Raw(transport: .quic)
      claim(hello.ja3.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "JA3 is printable")
      _ = hello.serverName?.description
    case .serverHello(let hello): _ = hello.ja3s
    case .certificate(let message): claim(message.certificates.count <= 10_000, "a chain is bounded")
    case .malformed(let error): claim(!error.description.isEmpty, "an error says what is wrong")
    default: break
    }
  }
}
