/// Constants of pcapng (draft-ietf-opsawg-pcapng).
enum PcapngFormat {
  /// A longer block is damage: no writer makes one, and a reader has to hold a whole block.
  static let blockLimit = 16 << 20
  /// More interfaces, names or bytes of secrets in one file are not kept: memory stays bounded whatever it claims.
  static let interfaceLimit = 65_536
  static let nameLimit = 100_000
  /// What a name, a description or a comment takes besides its bytes.
  static let textOverhead = 48
  static let commentLimit = 1000

  static let byteOrderMagic: UInt32 = 0x1a2b_3c4d
  /// `TLSK`, the secrets type of an NSS key log.
  static let tlsKeyLog: UInt32 = 0x544c_534b

  enum Block {
    static let sectionHeader: UInt32 = 0x0a0d_0d0a
    static let interfaceDescription: UInt32 = 1
    /// Obsolete, but old files hold it.
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let nameResolution: UInt32 = 4
    static let interfaceStatistics: UInt32 = 5
    static let enhancedPacket: UInt32 = 6
    static let decryptionSecrets: UInt32 = 10

    /// A type that files really have: the six of the drafts and the obsolete packet block.
    static func isKnown(_ type: UInt32) -> Bool {
      (1...6).contains(type) || type == decryptionSecrets || type == sectionHeader
    }
  }

  enum Option {
    static let end: UInt16 = 0
    static let comment: UInt16 = 1
    static let hardware: UInt16 = 2
    static let operatingSystem: UInt16 = 3
    static let application: UInt16 = 4
    static let interfaceName: UInt16 = 2
    static let interfaceDescription: UInt16 = 3
    static let timestampResolution: UInt16 = 9
    static let filter: UInt16 = 11
    static let timestampOffset: UInt16 = 14
    static let statisticsEnd: UInt16 = 3
    static let statisticsReceived: UInt16 = 4
    static let statisticsDropped: UInt16 = 5
    static let statisticsDroppedBySystem: UInt16 = 7
  }
}

extension FieldReader {
  /// Walks the options from `offset` to `end` (§3.5): code, length, value, padded to 32 bits each.
  func forEachOption(from offset: Int, to end: Int, _ body: (_ code: UInt16, _ start: Int, _ count: Int) -> Void) {
    var position = offset
    while position &+ 4 <= end {
      let code = uint16(at: position)
      let count = Int(uint16(at: position &+ 2))
      guard code != PcapngFormat.Option.end, count <= end &- position &- 4 else { return }
      body(code, position &+ 4, count)
      position &+= 4 &+ (count &+ 3) & ~3
    }
  }
}
