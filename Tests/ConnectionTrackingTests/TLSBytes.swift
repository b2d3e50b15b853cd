import TLSProtocol

/// Records and messages by hand, just long enough to be read.
enum TLSBytes {
  static func record(_ type: UInt8, _ fragment: [UInt8]) -> [UInt8] { [type, 3, 3] + big(fragment.count) + fragment }

  static func handshake(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 0] + big(body.count) + body }

  static func big(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xff), UInt8(value & 0xff)] }

  static func field(_ type: Int, _ body: [UInt8]) -> [UInt8] { big(type) + big(body.count) + body }

  /// A ClientHello in a record of its own.
  static func clientHello(
    versions: [Int] = [0x0304, 0x0303], suites: [Int] = [0x1301, 0xc02f], name: String? = "svc.test", padding: Int = 0,
    extra: [UInt8] = []
  ) -> [UInt8] {
    var fields: [UInt8] = []
    if let name {
      let host = Array(name.utf8)
      fields += field(0, big(host.count + 3) + [0] + big(host.count) + host)
    }
    if versions.contains(0x0304) { fields += field(43, [UInt8(2 * versions.count)] + versions.flatMap(big)) }
    fields += field(10, big(4) + big(0x001d) + big(0x0017))
    fields += field(13, big(4) + big(0x0804) + big(0x0403))
    fields += extra
    if padding > 0 { fields += field(21, [UInt8](repeating: 0, count: padding)) }
    let body =
      [3, 3] + [UInt8](repeating: 7, count: 32) + [0] + big(2 * suites.count) + suites.flatMap(big) + [1, 0]
      + big(fields.count) + fields
    return record(22, handshake(1, body))
  }

  /// A ServerHello in a record of its own.
  static func serverHello(version: Int = 0x0304, suite: Int = 0x1301) -> [UInt8] {
    record(22, serverHelloMessage(version: version, suite: suite))
  }

  static func serverHelloMessage(version: Int = 0x0304, suite: Int = 0x1301, retries: Bool = false) -> [UInt8] {
    var fields: [UInt8] = []
    if version == 0x0304 {
      fields += field(43, big(0x0304))
      fields += field(51, big(0x001d) + (retries ? [] : big(32) + [UInt8](repeating: 9, count: 32)))
    }
    let random = retries ? retryRandom : [UInt8](repeating: 8, count: 32)
    return handshake(2, [3, 3] + random + [0] + big(suite) + [0] + big(fields.count) + fields)
  }

  /// RFC 8446 §4.1.3: the random that makes a ServerHello a HelloRetryRequest.
  private static let retryRandom: [UInt8] = [
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11,
    0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
  ]

  static let helloRetryRequest = record(22, serverHelloMessage(retries: true))
  static let changeCipherSpec = record(20, [1])
  static let serverHelloDone = handshake(14, [])
  /// A ClientKeyExchange with an elliptic-curve point.
  static let clientKeyExchange = handshake(16, [32] + [UInt8](repeating: 5, count: 32))

  static func alert(_ description: UInt8, level: UInt8 = 2) -> [UInt8] { record(21, [level, description]) }

  /// TLS 1.3 ciphertext with this many bytes of fragment.
  static func encrypted(_ length: Int) -> [UInt8] { record(23, [UInt8](repeating: 0xAB, count: length)) }

  /// TLS 1.2 ciphertext of any content type.
  static func encrypted(_ type: UInt8, _ length: Int) -> [UInt8] {
    record(type, [UInt8](repeating: 0xAB, count: length))
  }

  /// What a TLS 1.3 server sends first: ServerHello, ChangeCipherSpec, its flight, its Finished (SHA-256).
  static func serverFlight13(padding: Int = 0) -> [UInt8] {
    serverHello() + changeCipherSpec + encrypted(900) + encrypted(53 + padding)
  }

  /// A TLS 1.3 client's Finished (SHA-256).
  static func clientFinished13(padding: Int = 0) -> [UInt8] { changeCipherSpec + encrypted(53 + padding) }

  /// What a TLS 1.2 server without a readable certificate sends first.
  static let serverFlight12 = serverHello(version: 0x0303, suite: 0xc02f) + record(22, serverHelloDone)
  /// ClientKeyExchange, ChangeCipherSpec, Finished.
  static let clientFlight12 = record(22, clientKeyExchange) + changeCipherSpec + encrypted(22, 40)
  static let serverFinished12 = changeCipherSpec + encrypted(22, 40)
}
