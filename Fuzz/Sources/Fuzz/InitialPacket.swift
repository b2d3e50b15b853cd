import Crypto
import CryptoExtras
import Foundation
import TLSProtocol

/// Seals frames as QUIC version 1 Initial packets, RFC 9001 §5.
enum InitialPacket {
  private static let destinationID: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
  private static let salt: [UInt8] = [
    0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f,
    0x0a,
  ]
  private static let client = Keys("client in")
  private static let server = Keys("server in")

  static func seal(_ frames: [UInt8], from sender: Role, number: UInt32) -> [UInt8] {
    let keys = sender == .client ? client : server
    // At least 4 bytes of packet number and payload stand before the sample.
    let plain = frames + [UInt8](repeating: 0, count: max(0, 4 - frames.count))
    let length = 4 + plain.count + 16
    var packet: [UInt8] = [0xc3, 0, 0, 0, 1]
    packet += sender == .client ? [8] + destinationID + [2, 9, 9] : [2, 9, 9, 2, 7, 7]
    packet += [0, 0x40 | UInt8(truncatingIfNeeded: length >> 8 & 0x3f), UInt8(truncatingIfNeeded: length)]
    let numberOffset = packet.count
    let numberBytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    packet += numberBytes
    var nonce = keys.iv
    for (index, byte) in numberBytes.enumerated() { nonce[8 + index] ^= byte }
    guard let parsed = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(plain, using: keys.key, nonce: parsed, authenticating: packet)
    else { return packet }
    packet += Array(box.ciphertext) + Array(box.tag)
    var mask = Array(packet[numberOffset + 4..<numberOffset + 20])
    guard (try? AES.permute(&mask, key: keys.headerKey)) != nil else { return packet }
    packet[0] ^= mask[0] & 0x0f
    for index in 0..<4 { packet[numberOffset + index] ^= mask[1 + index] }
    return packet
  }

  private struct Keys {
    let key: SymmetricKey
    let headerKey: SymmetricKey
    let iv: [UInt8]

    init(_ label: String) {
      let initial = HKDF<SHA256>.extract(
        inputKeyMaterial: SymmetricKey(data: InitialPacket.destinationID), salt: InitialPacket.salt)
      let secret = Self.expand(SymmetricKey(data: Data(initial)), label, 32)
      key = Self.expand(secret, "quic key", 16)
      headerKey = Self.expand(secret, "quic hp", 16)
      iv = unsafe Self.expand(secret, "quic iv", 12).withUnsafeBytes { unsafe Array($0) }
    }

    private static func expand(_ secret: SymmetricKey, _ label: String, _ length: Int) -> SymmetricKey {
      let name = Array("tls13 \(label)".utf8)
      let info = [0, UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: name.count)] + name + [0]
      return HKDF<SHA256>.expand(pseudoRandomKey: secret, info: info, outputByteCount: length)
    }
  }
}
