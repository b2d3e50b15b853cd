/// First messages of protocols that are not text, told by lengths and fixed fields that have to agree.
enum BinaryMessages {
  /// A SETTINGS frame on stream 0, with which a server opens (RFC 9113 §3.4 and §6.5).
  static func isHTTP2Settings(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 9, bytes[3] == 4, bytes[4] == 0, bytes[5..<9].allSatisfy({ $0 == 0 }) else { return false }
    let length = number(bytes[0..<3])
    return length % 6 == 0 && length <= 6 * 64
  }

  /// CONNECT: type 1, a remaining length, then the protocol's name (MQTT 3.1.1 and 5.0 §3.1).
  static func isMQTTConnect(_ bytes: [UInt8]) -> Bool {
    guard bytes.first == 0x10, let body = bytes.dropFirst().firstIndex(where: { $0 < 0x80 }), body <= 4 else {
      return false
    }
    let name = bytes.dropFirst(body + 1)
    return name.starts(with: [0, 4, 0x4d, 0x51, 0x54, 0x54])
      || name.starts(with: [0, 6, 0x4d, 0x51, 0x49, 0x73, 0x64, 0x70])
  }

  /// CONNACK: type 2, a short rest, flags of which only one bit may be set (MQTT §3.2).
  static func isMQTTAcknowledgment(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0x20 && bytes[1] >= 2 && bytes[1] < 0x80 && bytes[2] <= 1
      && bytes.count == Int(bytes[1]) + 2
  }

  /// A header of 16 bytes, little-endian: length, two identifiers, and the operation OP_MSG, OP_QUERY, OP_COMPRESSED or
  /// OP_REPLY (MongoDB wire protocol).
  static func isMongoDBMessage(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 16 else { return false }
    let length = number(bytes[0..<4].reversed())
    return length >= 16 && length <= 48_000_000 && [1, 2004, 2012, 2013].contains(number(bytes[12..<16].reversed()))
  }

  /// Length, key and version of a request, correlation, then the client's name (Kafka protocol, request header v1).
  static func isKafkaRequest(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 14, bytes[0] == 0, number(bytes[0..<4]) >= 10 else { return false }
    let (key, version, name) = (number(bytes[4..<6]), number(bytes[6..<8]), number(bytes[12..<14]))
    guard key <= 100, version <= 20, number(bytes[0..<4]) + 4 >= bytes.count else { return false }
    guard name > 0, name < 0x8000, bytes.count >= 14 + min(name, 8) else { return false }
    return bytes[14..<(14 + min(name, 8))].allSatisfy { (0x20...0x7e).contains($0) }
  }

  /// PRELOGIN: packet type 18, status end-of-message, a length that fits (MS-TDS §2.2.3.1).
  static func isTDSPrelogin(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 9 && bytes[0] == 0x12 && bytes[1] == 1 && number(bytes[2..<4]) == bytes.count && bytes[8] == 0
  }

  /// A RESP3 map, with which Redis answers HELLO 3.
  static func isRESPMap(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0x25 && (0x30...0x39).contains(bytes[1])
      && bytes.prefix(6).contains(0x0d)
  }

  /// At most four bytes, the most significant first.
  private static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
