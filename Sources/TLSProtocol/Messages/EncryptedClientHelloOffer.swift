public import Bytes

/// The outer form of `encrypted_client_hello`, RFC 9849 §5. GREASE looks exactly like it.
public struct EncryptedClientHelloOffer: WireValue, Hashable, Sendable {
  /// HPKE's numbers, RFC 9180 §7.
  public var kdf: UInt16
  /// The AEAD of HPKE, as IANA numbers it.
  public var aead: UInt16
  /// Which of the server's configurations it is encrypted to.
  public var configID: UInt8
  /// Bytes of the encapsulated key (none in a hello after HelloRetryRequest) and of the encrypted hello.
  public var encapsulatedKeyLength: Int
  /// Bytes of the encrypted hello.
  public var payloadLength: Int

  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    let start = cursor.offset
    guard try cursor.read(UInt8.self, field: "type") == 0 else {
      throw ParseError(.invalid("not the outer form"), at: start, field: "type")
    }
    kdf = try cursor.read(field: "kdf_id")
    aead = try cursor.read(field: "aead_id")
    configID = try cursor.read(field: "config_id")
    encapsulatedKeyLength = try cursor.readBytes(prefixedBy: UInt16.self, field: "enc").count
    payloadLength = try cursor.readBytes(prefixedBy: UInt16.self, field: "payload").count
  }

  /// The public names of an ECHConfigList, RFC 9849 §4, as DNS or EncryptedExtensions carry it. Configurations of other
  /// versions are left out, and so is what follows one that breaks its format.
  public static func publicNames(ofConfigList bytes: [UInt8]) -> [String] {
    var names: [String] = []
    bytes.withCursor { cursor in
      do throws(ParseError) {
        var list = try cursor.slice(prefixedBy: UInt16.self)
        while !list.isAtEnd, names.count < 16 {
          let version = try list.read(UInt16.self)
          var content = try list.slice(prefixedBy: UInt16.self)
          guard version == 0xfe0d else { continue }
          try content.skip(3)
          _ = try content.slice(prefixedBy: UInt16.self)
          _ = try content.slice(prefixedBy: UInt16.self)
          try content.skip(1)
          names.append(DisplayText.escaped(try content.readBytes(prefixedBy: UInt8.self)))
        }
      } catch {}
    }
    return names
  }
}

extension ClientHello {
  /// What the hello encrypts, or pretends to.
  public var encryptedClientHelloOffer: EncryptedClientHelloOffer? {
    guard hasOuterEncryptedClientHello,
      let body = extensions.first(where: { $0.type == .encryptedClientHello })?.body
    else { return nil }
    return body.withCursor { try? EncryptedClientHelloOffer(parsing: &$0) }
  }
}
