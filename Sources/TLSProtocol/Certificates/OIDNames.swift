/// What certificates' object identifiers are called: in OpenSSL's spelling for algorithms and curves, in RFC 5280's for
/// extensions and key purposes.
enum OIDNames {
  /// A signature algorithm: its name and the digest that it signs; nil where the parameters or the scheme decide.
  struct SignatureAlgorithm: Sendable {
    let name: String
    let hash: String?
    init(_ name: String, _ hash: String?) { (self.name, self.hash) = (name, hash) }
  }

  /// A public key algorithm: its name, and bits where the algorithm fixes them.
  struct KeyAlgorithm: Sendable {
    let name: String
    let bits: Int?
    init(_ name: String, _ bits: Int? = nil) { (self.name, self.bits) = (name, bits) }
  }

  static let signatureAlgorithms: [OID: SignatureAlgorithm] = [
    OID("1.2.840.113549.1.1.2"): .init("md2WithRSAEncryption", "MD2"),
    OID("1.2.840.113549.1.1.3"): .init("md4WithRSAEncryption", "MD4"),
    OID("1.2.840.113549.1.1.4"): .init("md5WithRSAEncryption", "MD5"),
    OID("1.2.840.113549.1.1.5"): .init("sha1WithRSAEncryption", "SHA1"),
    OID("1.3.14.3.2.29"): .init("sha1WithRSA", "SHA1"),
    OID("1.2.840.113549.1.1.10"): .init("rsassaPss", nil),
    OID("1.2.840.113549.1.1.11"): .init("sha256WithRSAEncryption", "SHA256"),
    OID("1.2.840.113549.1.1.12"): .init("sha384WithRSAEncryption", "SHA384"),
    OID("1.2.840.113549.1.1.13"): .init("sha512WithRSAEncryption", "SHA512"),
    OID("1.2.840.113549.1.1.14"): .init("sha224WithRSAEncryption", "SHA224"),
    OID("1.2.840.113549.1.1.15"): .init("sha512-224WithRSAEncryption", "SHA512-224"),
    OID("1.2.840.113549.1.1.16"): .init("sha512-256WithRSAEncryption", "SHA512-256"),
    OID("2.16.840.1.101.3.4.3.13"): .init("RSA-SHA3-224", "SHA3-224"),
    OID("2.16.840.1.101.3.4.3.14"): .init("RSA-SHA3-256", "SHA3-256"),
    OID("2.16.840.1.101.3.4.3.15"): .init("RSA-SHA3-384", "SHA3-384"),
    OID("2.16.840.1.101.3.4.3.16"): .init("RSA-SHA3-512", "SHA3-512"),
    OID("1.3.36.3.3.1.2"): .init("ripemd160WithRSA", "RIPEMD160"),
    OID("1.2.840.10045.4.1"): .init("ecdsa-with-SHA1", "SHA1"),
    OID("1.2.840.10045.4.3.1"): .init("ecdsa-with-SHA224", "SHA224"),
    OID("1.2.840.10045.4.3.2"): .init("ecdsa-with-SHA256", "SHA256"),
    OID("1.2.840.10045.4.3.3"): .init("ecdsa-with-SHA384", "SHA384"),
    OID("1.2.840.10045.4.3.4"): .init("ecdsa-with-SHA512", "SHA512"),
    OID("2.16.840.1.101.3.4.3.9"): .init("ecdsa_with_SHA3-224", "SHA3-224"),
    OID("2.16.840.1.101.3.4.3.10"): .init("ecdsa_with_SHA3-256", "SHA3-256"),
    OID("2.16.840.1.101.3.4.3.11"): .init("ecdsa_with_SHA3-384", "SHA3-384"),
    OID("2.16.840.1.101.3.4.3.12"): .init("ecdsa_with_SHA3-512", "SHA3-512"),
    OID("1.2.840.10040.4.3"): .init("dsaWithSHA1", "SHA1"),
    OID("1.3.14.3.2.27"): .init("dsaWithSHA1-old", "SHA1"),
    OID("2.16.840.1.101.3.4.3.1"): .init("dsa_with_SHA224", "SHA224"),
    OID("2.16.840.1.101.3.4.3.2"): .init("dsa_with_SHA256", "SHA256"),
    OID("2.16.840.1.101.3.4.3.3"): .init("dsa_with_SHA384", "SHA384"),
    OID("2.16.840.1.101.3.4.3.4"): .init("dsa_with_SHA512", "SHA512"),
    OID("1.3.101.112"): .init("ED25519", nil),
    OID("1.3.101.113"): .init("ED448", nil),
    OID("1.2.156.10197.1.501"): .init("SM2-with-SM3", "SM3"),
    OID("1.2.643.2.2.3"): .init("GOST R 34.11-94 with GOST R 34.10-2001", "GOST94"),
    OID("1.2.643.7.1.1.3.2"): .init("GOST R 34.10-2012 with GOST R 34.11-2012 (256 bit)", "Streebog256"),
    OID("1.2.643.7.1.1.3.3"): .init("GOST R 34.10-2012 with GOST R 34.11-2012 (512 bit)", "Streebog512"),
    OID("2.16.840.1.101.3.4.3.17"): .init("ML-DSA-44", nil),
    OID("2.16.840.1.101.3.4.3.18"): .init("ML-DSA-65", nil),
    OID("2.16.840.1.101.3.4.3.19"): .init("ML-DSA-87", nil),
  ].merging(slhDSA.mapValues { SignatureAlgorithm($0, nil) }) { first, _ in first }

  static let keyAlgorithms: [OID: KeyAlgorithm] = [
    OID("1.2.840.113549.1.1.1"): .init("RSA"),
    OID("2.5.8.1.1"): .init("RSA"),
    OID("1.2.840.113549.1.1.7"): .init("RSAES-OAEP"),
    OID("1.2.840.113549.1.1.10"): .init("RSA-PSS"),
    OID("1.2.840.10045.2.1"): .init("EC"),
    OID("1.3.132.1.12"): .init("EC"),
    OID("1.2.840.10040.4.1"): .init("DSA"),
    OID("1.2.840.113549.1.3.1"): .init("DH"),
    OID("1.2.840.10046.2.1"): .init("DH"),
    OID("1.3.101.110"): .init("X25519", 253),
    OID("1.3.101.111"): .init("X448", 448),
    OID("1.3.101.112"): .init("Ed25519", 256),
    OID("1.3.101.113"): .init("Ed448", 456),
    OID("1.2.643.2.2.19"): .init("GOST R 34.10-2001", 256),
    OID("1.2.643.7.1.1.1.1"): .init("GOST R 34.10-2012", 256),
    OID("1.2.643.7.1.1.1.2"): .init("GOST R 34.10-2012", 512),
    OID("2.16.840.1.101.3.4.3.17"): .init("ML-DSA-44"),
    OID("2.16.840.1.101.3.4.3.18"): .init("ML-DSA-65"),
    OID("2.16.840.1.101.3.4.3.19"): .init("ML-DSA-87"),
    OID("2.16.840.1.101.3.4.4.1"): .init("ML-KEM-512"),
    OID("2.16.840.1.101.3.4.4.2"): .init("ML-KEM-768"),
    OID("2.16.840.1.101.3.4.4.3"): .init("ML-KEM-1024"),
  ].merging(slhDSA.mapValues { KeyAlgorithm($0) }) { first, _ in first }

  /// FIPS 205, as RFC 9909 §4 numbers them.
  private static let slhDSA: [OID: String] = [
    OID("2.16.840.1.101.3.4.3.20"): "SLH-DSA-SHA2-128s", OID("2.16.840.1.101.3.4.3.21"): "SLH-DSA-SHA2-128f",
    OID("2.16.840.1.101.3.4.3.22"): "SLH-DSA-SHA2-192s", OID("2.16.840.1.101.3.4.3.23"): "SLH-DSA-SHA2-192f",
    OID("2.16.840.1.101.3.4.3.24"): "SLH-DSA-SHA2-256s", OID("2.16.840.1.101.3.4.3.25"): "SLH-DSA-SHA2-256f",
    OID("2.16.840.1.101.3.4.3.26"): "SLH-DSA-SHAKE-128s", OID("2.16.840.1.101.3.4.3.27"): "SLH-DSA-SHAKE-128f",
    OID("2.16.840.1.101.3.4.3.28"): "SLH-DSA-SHAKE-192s", OID("2.16.840.1.101.3.4.3.29"): "SLH-DSA-SHAKE-192f",
    OID("2.16.840.1.101.3.4.3.30"): "SLH-DSA-SHAKE-256s", OID("2.16.840.1.101.3.4.3.31"): "SLH-DSA-SHAKE-256f",
  ]

  /// Named curves with the bits of their field.
  static let curves: [OID: KeyAlgorithm] = [
    OID("1.2.840.10045.3.1.1"): .init("prime192v1", 192), OID("1.3.132.0.33"): .init("secp224r1", 224),
    OID("1.2.840.10045.3.1.7"): .init("prime256v1", 256), OID("1.3.132.0.34"): .init("secp384r1", 384),
    OID("1.3.132.0.35"): .init("secp521r1", 521), OID("1.3.132.0.10"): .init("secp256k1", 256),
    OID("1.3.132.0.31"): .init("secp192k1", 192), OID("1.3.132.0.32"): .init("secp224k1", 224),
    OID("1.3.132.0.8"): .init("secp160r1", 160), OID("1.3.132.0.9"): .init("secp160k1", 160),
    OID("1.3.132.0.1"): .init("sect163k1", 163), OID("1.3.132.0.15"): .init("sect163r2", 163),
    OID("1.3.132.0.26"): .init("sect233k1", 233), OID("1.3.132.0.27"): .init("sect233r1", 233),
    OID("1.3.132.0.16"): .init("sect283k1", 283), OID("1.3.132.0.17"): .init("sect283r1", 283),
    OID("1.3.132.0.36"): .init("sect409k1", 409), OID("1.3.132.0.37"): .init("sect409r1", 409),
    OID("1.3.132.0.38"): .init("sect571k1", 571), OID("1.3.132.0.39"): .init("sect571r1", 571),
    OID("1.3.36.3.3.2.8.1.1.1"): .init("brainpoolP160r1", 160),
    OID("1.3.36.3.3.2.8.1.1.3"): .init("brainpoolP192r1", 192),
    OID("1.3.36.3.3.2.8.1.1.5"): .init("brainpoolP224r1", 224),
    OID("1.3.36.3.3.2.8.1.1.7"): .init("brainpoolP256r1", 256),
    OID("1.3.36.3.3.2.8.1.1.8"): .init("brainpoolP256t1", 256),
    OID("1.3.36.3.3.2.8.1.1.9"): .init("brainpoolP320r1", 320),
    OID("1.3.36.3.3.2.8.1.1.11"): .init("brainpoolP384r1", 384),
    OID("1.3.36.3.3.2.8.1.1.12"): .init("brainpoolP384t1", 384),
    OID("1.3.36.3.3.2.8.1.1.13"): .init("brainpoolP512r1", 512),
    OID("1.3.36.3.3.2.8.1.1.14"): .init("brainpoolP512t1", 512),
    OID("1.2.156.10197.1.301"): .init("SM2", 256),
  ]

  static let hashes: [OID: String] = [
    OID("1.2.840.113549.2.5"): "MD5", OID("1.3.14.3.2.26"): "SHA1", OID("2.16.840.1.101.3.4.2.4"): "SHA224",
    OID("2.16.840.1.101.3.4.2.1"): "SHA256", OID("2.16.840.1.101.3.4.2.2"): "SHA384",
    OID("2.16.840.1.101.3.4.2.3"): "SHA512", OID("2.16.840.1.101.3.4.2.6"): "SHA512-256",
    OID("2.16.840.1.101.3.4.2.8"): "SHA3-256", OID("2.16.840.1.101.3.4.2.9"): "SHA3-384",
    OID("2.16.840.1.101.3.4.2.10"): "SHA3-512", OID("1.2.156.10197.1.401"): "SM3",
  ]

  /// RFC 5280 §4.2.1.12 and the purposes that other documents and vendors added.
  static let keyPurposes: [OID: String] = [
    OID("2.5.29.37.0"): "anyExtendedKeyUsage", OID("1.3.6.1.5.5.7.3.1"): "serverAuth",
    OID("1.3.6.1.5.5.7.3.2"): "clientAuth", OID("1.3.6.1.5.5.7.3.3"): "codeSigning",
    OID("1.3.6.1.5.5.7.3.4"): "emailProtection", OID("1.3.6.1.5.5.7.3.5"): "ipsecEndSystem",
    OID("1.3.6.1.5.5.7.3.6"): "ipsecTunnel", OID("1.3.6.1.5.5.7.3.7"): "ipsecUser",
    OID("1.3.6.1.5.5.7.3.8"): "timeStamping", OID("1.3.6.1.5.5.7.3.9"): "OCSPSigning",
    OID("1.3.6.1.5.5.7.3.17"): "ipsecIKE", OID("1.3.6.1.5.5.8.2.2"): "iKEIntermediate",
    OID("1.3.6.1.5.2.3.4"): "pkInitClientAuth", OID("1.3.6.1.5.2.3.5"): "pkInitKDC",
    OID("1.3.6.1.4.1.311.10.3.3"): "msSGC", OID("2.16.840.1.113730.4.1"): "nsSGC",
    OID("1.3.6.1.4.1.311.10.3.4"): "msEFS", OID("1.3.6.1.4.1.311.20.2.2"): "msSmartcardLogin",
    OID("1.3.6.1.4.1.311.2.1.21"): "msCodeInd", OID("1.3.6.1.4.1.311.2.1.22"): "msCodeCom",
    OID("1.3.6.1.4.1.11129.2.4.4"): "ctPrecertificateSigning",
  ]

  /// Attribute types of distinguished names: RFC 4514 §3, then OpenSSL's short names.
  static let attributeTypes: [OID: String] = [
    OID("2.5.4.3"): "CN", OID("2.5.4.7"): "L", OID("2.5.4.8"): "ST", OID("2.5.4.10"): "O", OID("2.5.4.11"): "OU",
    OID("2.5.4.6"): "C", OID("2.5.4.9"): "STREET", OID("0.9.2342.19200300.100.1.25"): "DC",
    OID("0.9.2342.19200300.100.1.1"): "UID", OID("1.2.840.113549.1.9.1"): "emailAddress",
    OID("2.5.4.4"): "SN", OID("2.5.4.5"): "serialNumber", OID("2.5.4.12"): "title", OID("2.5.4.13"): "description",
    OID("2.5.4.15"): "businessCategory", OID("2.5.4.17"): "postalCode", OID("2.5.4.42"): "GN",
    OID("2.5.4.43"): "initials", OID("2.5.4.44"): "generationQualifier", OID("2.5.4.46"): "dnQualifier",
    OID("2.5.4.65"): "pseudonym", OID("2.5.4.97"): "organizationIdentifier", OID("2.5.4.41"): "name",
    OID("1.3.6.1.4.1.311.60.2.1.1"): "jurisdictionL", OID("1.3.6.1.4.1.311.60.2.1.2"): "jurisdictionST",
    OID("1.3.6.1.4.1.311.60.2.1.3"): "jurisdictionC", OID("1.2.840.113549.1.9.2"): "unstructuredName",
  ]
}
