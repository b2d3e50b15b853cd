public import Bytes

/// A credential that a certificate's owner signed for somebody else's key, RFC 9345 §4.
public struct DelegatedCredential: WireValue, Hashable, Sendable {
  /// Seconds after the certificate's notBefore up to which it may be used.
  public var validTime: UInt32
  /// The only scheme that the credential's key may sign the handshake with.
  public var certificateVerifyScheme: SignatureScheme
  /// DER of SubjectPublicKeyInfo.
  public var publicKey: [UInt8]
  /// The scheme of the certificate's signature over the credential.
  public var signatureScheme: SignatureScheme

  public init(parsing cursor: inout ByteCursor) throws(ParseError) {
    validTime = try cursor.read(field: "valid_time")
    certificateVerifyScheme = try cursor.read(field: "dc_cert_verify_algorithm")
    publicKey = try cursor.readBytesPrefixedBy24Bits(field: "ASN1_subjectPublicKeyInfo")
    signatureScheme = try cursor.read(field: "algorithm")
    _ = try cursor.slice(prefixedBy: UInt16.self, field: "signature")
  }
}
