public import Bytes

/// A cipher as SSL 2.0 names it: three bytes, of which 0x00xxxx stands for the TLS cipher suite xxxx (RFC 5246 §E.2).
public struct SSLv2CipherKind: CodePoint {
  /// The three bytes as a number.
  public let rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue & 0xffffff }

  @inlinable
  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    self.init(rawValue: UInt32(truncatingIfNeeded: try cursor.readUInt24()))
  }

  /// The TLS cipher suite that the kind stands for; nil for a kind of SSL 2.0's own.
  @inlinable public var cipherSuite: CipherSuite? {
    rawValue > 0 && rawValue <= 0xffff ? CipherSuite(rawValue: UInt16(truncatingIfNeeded: rawValue)) : nil
  }

  /// The name, as `SSL_CK_RC4_128_WITH_MD5` or `TLS_RSA_WITH_AES_128_CBC_SHA`, or the three bytes in hex.
  public var name: String {
    if let cipherSuite { return cipherSuite.name }
    return registeredName ?? "0x" + String(String(rawValue | 0x1000000, radix: 16).dropFirst())
  }

  public var description: String { name }
}
