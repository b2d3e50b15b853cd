@testable import NetworkProtocols

/// Builds frames from the inside out: each function puts its header before what it is given.
enum FrameBuilder {
  static let client: [UInt8] = [192, 0, 2, 1]
  static let server: [UInt8] = [198, 51, 100, 2]
  static let client6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
  static let server6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [2]

  static func tcp(
    _ payload: [UInt8] = [], from source: UInt16 = 40000, to destination: UInt16 = 443, sequence: UInt32 = 1000,
    acknowledgment: UInt32 = 0, flags: TCPFlags = [.ack], window: UInt16 = 512, options: [UInt8] = []
  ) -> [UInt8] {
    big(source) + big(destination) + big(sequence) + big(acknowledgment)
      + [UInt8(20 + options.count) << 2, flags.rawValue] + big(window) + [0, 0, 0, 0] + options + payload
  }

  static func udp(
    _ payload: [UInt8] = [], from source: UInt16 = 40000, to destination: UInt16 = 53, length: Int? = nil
  ) -> [UInt8] {
    big(source) + big(destination) + big(UInt16(length ?? payload.count + 8)) + [0, 0] + payload
  }

  static func ipv4(
    _ payload: [UInt8], carrying transport: UInt8 = 6, from source: [UInt8] = client,
    to destination: [UInt8] = server, options: [UInt8] = [], identification: UInt16 = 7, fragmentation: UInt16 = 0,
    totalLength: Int? = nil, timeToLive: UInt8 = 64
  ) -> [UInt8] {
    [0x40 | UInt8(20 + options.count) / 4, 0] + big(UInt16(totalLength ?? 20 + options.count + payload.count))
      + big(identification) + big(fragmentation) + [timeToLive, transport, 0, 0] + source + destination + options
      + payload
  }

  static func ipv6(
    _ payload: [UInt8], carrying next: UInt8 = 6, from source: [UInt8] = client6, to destination: [UInt8] = server6,
    payloadLength: Int? = nil, hopLimit: UInt8 = 60
  ) -> [UInt8] {
    [0x60, 0, 0, 0] + big(UInt16(payloadLength ?? payload.count)) + [next, hopLimit] + source + destination + payload
  }

  static func ethernet(_ payload: [UInt8], type: UInt16 = 0x0800) -> [UInt8] {
    [UInt8](repeating: 0x02, count: 12) + big(type) + payload
  }

  /// LLC and SNAP before an EtherType.
  static func snap(_ payload: [UInt8], type: UInt16 = 0x0800) -> [UInt8] {
    [0xAA, 0xAA, 0x03, 0, 0, 0] + big(type) + payload
  }

  /// The packet that most tests hide somewhere and expect to find: 5 bytes from port 40000 to 443.
  static let hidden = ipv4(tcp([1, 2, 3, 4, 5]))
  static let hidden6 = ipv6(tcp([1, 2, 3, 4, 5]))

  static func big(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
  static func big(_ value: UInt32) -> [UInt8] { big(UInt16(value >> 16)) + big(UInt16(value & 0xFFFF)) }
  static func little(_ value: UInt16) -> [UInt8] { big(value).reversed() }
  static func little(_ value: UInt32) -> [UInt8] { big(value).reversed() }
}
