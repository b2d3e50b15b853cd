import Foundation

/// Captures in which one value stands wherever packets carry text.
enum HostileCapture {
  /// Everything that acts somewhere: a terminal, a shell, a page, a table, the direction of text.
  static let value: [UInt8] =
    Array("\u{1b}]0;o\u{7}\r\n# h\n\"'`id`$(id);id|<script>x()</script>&\\x\u{202e}\u{2028}".utf8) + [0xff, 0x9b, 0]

  /// The places, by name, each with the frames that hold the value there.
  static let places: [String: [[UInt8]]] = [
    "server name and ALPN": dialogue([(true, clientHello), (false, alert(112))]),
    "certificate": dialogue([(true, clientHello), (false, serverHello + certificates), (true, alert(48))]),
    "banner": dialogue([(false, Array("220 ".utf8) + value + [13, 10]), (true, clientHello), (false, value)]),
    "HTTP": dialogue([(true, clientHello), (false, Array("HTTP/1.1 400 ".utf8) + value + Array("\r\n\r\n<img>".utf8))]),
    "proxy": dialogue([
      (true, Array("CONNECT ".utf8) + value + Array(":443 HTTP/1.1\r\n\r\n".utf8)),
      (false, Array("HTTP/1.1 200 ".utf8) + value + [13, 10, 13, 10]), (true, clientHello), (false, alert(40)),
    ]),
    "STARTTLS": dialogue([
      (false, Array("220 a ESMTP\r\n".utf8)), (true, Array("EHLO ".utf8) + value + [13, 10]),
      (false, Array("250-".utf8) + value + Array("\r\n250 STARTTLS\r\n".utf8)), (true, Array("STARTTLS\r\n".utf8)),
      (false, Array("454 ".utf8) + value + [13, 10]),
    ]),
    "lookup": [lookup(isAnswer: false), lookup(isAnswer: true)],
  ]

  /// A pcapng in which comments, names of interfaces, programs and hosts are the value too.
  static func pcapng(of frames: [[UInt8]]) -> Data {
    func option(_ code: UInt16, _ bytes: [UInt8]) -> [UInt8] {
      little(code) + little(UInt16(bytes.count)) + bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
    func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
      let length = little(UInt32(body.count + 12))
      return little(type) + length + body + length
    }
    let end: [UInt8] = [0, 0, 0, 0]
    let texts = option(1, value) + option(2, value) + option(3, value) + option(4, value) + end
    var file = block(
      0x0A0D_0D0A, little(0x1A2B_3C4D as UInt32) + [1, 0, 0, 0] + [UInt8](repeating: 0xff, count: 8) + texts)
    file += block(1, [1, 0, 0, 0, 0, 0, 0, 0] + option(1, value) + option(2, value) + option(3, value) + end)
    file += block(4, option(1, [198, 51, 100, 2] + value.filter { $0 != 0 } + [0]) + end)
    for frame in frames {
      let padded = frame + [UInt8](repeating: 0, count: (4 - frame.count % 4) % 4)
      let length = little(UInt32(frame.count))
      file += block(6, [UInt8](repeating: 0, count: 12) + length + length + padded + option(1, value) + end)
    }
    return Data(file)
  }

  // MARK: TLS

  private static let clientHello = record(
    22,
    message(
      1,
      [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 4, 0xc0, 0x2b, 0xc0, 0x2f, 1, 0]
        + vector(
          2,
          [0, 0] + vector(2, vector(2, [0] + vector(2, value))) + [0, 10, 0, 4, 0, 2, 0, 29]
            + [0, 13, 0, 4, 0, 2, 4, 3] + [0, 16] + vector(2, vector(2, vector(1, value) + [2, 0x68, 0x32])))))

  private static let serverHello = record(
    22,
    message(
      2,
      [3, 3] + [UInt8](repeating: 8, count: 32) + [0, 0xc0, 0x2b, 0]
        + vector(2, [0, 16] + vector(2, vector(2, vector(1, value))))))

  private static let certificates: [UInt8] = {
    let names = [[0x55, 4, 3], [0x55, 4, 10]].flatMap { der(0x31, der(0x30, der(6, $0) + der(12, value))) }
    let subject = der(0x30, names)
    let alternatives = der(0x30, der(0x82, value) + der(0x81, value) + der(0x86, value) + der(0xa4, subject))
    let signature = der(0x30, der(6, [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]))
    let key = der(
      0x30,
      der(0x30, der(6, [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]) + der(6, [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]))
        + der(3, [0, 4] + [UInt8](repeating: 1, count: 64)))
    let validity = der(0x30, der(23, Array("200101000000Z".utf8)) + der(23, Array("210101000000Z".utf8)))
    let extensions = der(0xa3, der(0x30, der(0x30, der(6, [0x55, 0x1d, 0x11]) + der(4, alternatives))))
    let body = der(0xa0, der(2, [2])) + der(2, [1]) + signature + subject + validity + subject + key + extensions
    let certificate = der(0x30, der(0x30, body) + signature + der(3, [0, 1, 2]))
    let request: [UInt8] = [1, 1, 0, 2, 4, 3] + vector(2, vector(2, subject))
    return record(22, message(11, vector(3, vector(3, certificate))) + message(13, request) + message(14, []))
  }()

  private static func alert(_ description: UInt8) -> [UInt8] { record(21, [2, description]) }

  private static func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 3, 3] + vector(2, body) }
  private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type] + vector(3, body) }

  private static func vector(_ size: Int, _ body: [UInt8]) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
  }

  private static func der(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
    body.count < 128 ? [tag] + vector(1, body) : [tag, 0x82] + vector(2, body)
  }

  // MARK: Packets

  /// A TCP connection to port 443: what each side says, the client first where the flag is set.
  private static func dialogue(_ turns: [(isClient: Bool, bytes: [UInt8])]) -> [[UInt8]] {
    var next: [Bool: UInt32] = [true: 1000, false: 5000]
    var frames: [[UInt8]] = []
    func add(_ isClient: Bool, _ flags: UInt8, _ bytes: [UInt8] = []) {
      let ports: [UInt8] = isClient ? [0x9c, 0x40, 1, 0xbb] : [1, 0xbb, 0x9c, 0x40]
      let acknowledged = flags & 16 == 0 ? 0 : next[!isClient] ?? 0
      frames.append(
        packet(
          6, isClient, ports + big(next[isClient] ?? 0) + big(acknowledged) + [0x50, flags, 2, 0, 0, 0, 0, 0] + bytes))
      next[isClient, default: 0] += UInt32(bytes.count) + (flags & 3 == 0 ? 0 : 1)
    }
    add(true, 2)
    add(false, 18)
    add(true, 16)
    for turn in turns { add(turn.isClient, 24, turn.bytes) }
    add(true, 17)
    add(false, 17)
    return frames
  }

  private static func lookup(isAnswer: Bool) -> [UInt8] {
    let name = vector(1, Array(value.prefix(63))) + [4] + Array("test".utf8) + [0]
    let message: [UInt8] =
      [0, 7] + (isAnswer ? [0x81, 0x83] : [1, 0]) + [0, 1, 0, 0, 0, 0, 0, 0] + name + [0, 1, 0, 1]
    let ports: [UInt8] = isAnswer ? [0, 53, 0x9c, 0x40] : [0x9c, 0x40, 0, 53]
    return packet(
      17, !isAnswer, ports + vector(2, message + [UInt8](repeating: 0, count: 8)).prefix(2) + [0, 0] + message)
  }

  private static func packet(_ transport: UInt8, _ isClient: Bool, _ payload: [UInt8]) -> [UInt8] {
    let ends: [[UInt8]] = [[192, 0, 2, 1], [198, 51, 100, 2]]
    let length = vector(2, payload + [UInt8](repeating: 0, count: 20)).prefix(2)
    return [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0] + [0x45, 0] + length + [0, 1, 0, 0, 64, transport, 0, 0]
      + (isClient ? ends[0] + ends[1] : ends[1] + ends[0]) + payload
  }

  private static func big(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
  private static func little(_ value: UInt32) -> [UInt8] { big(value).reversed() }
  private static func little(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
}
