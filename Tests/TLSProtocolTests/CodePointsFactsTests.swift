import Testing

@testable import TLSProtocol

@Suite struct CodePointsFactsTests {
  @Test func aTLS13SuiteLeavesKeyExchangeOpen() {
    let suite = CipherSuite.TLS_AES_256_GCM_SHA384
    #expect(suite.isTLS13 && suite.isAEAD && !suite.isCBC && !suite.isWeak && suite.hasForwardSecrecy)
    #expect(suite.keyExchange == .any && suite.authentication == .any)
    #expect(suite.bulkCipher == .aes256 && suite.mode == .gcm && suite.macHash == CipherSuite.HashFunction.none)
    #expect(suite.prfHash == .sha384 && suite.hashOutputLength == 48)
  }

  @Test func aCBCSuiteTellsItsExchangeCipherAndMAC() {
    let suite = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    #expect(suite.keyExchange == .ecdhe && suite.authentication == .ecdsa)
    #expect(suite.bulkCipher == .aes128 && suite.isCBC && !suite.isAEAD)
    #expect(suite.macHash == .sha1 && suite.macHash?.outputLength == 20)
    // RFC 5246 §5: the PRF of TLS 1.2 never uses SHA-1
    #expect(suite.prfHash == .sha256 && suite.hashOutputLength == 32)
  }

  @Test func staticRSAHasNoForwardSecrecy() {
    #expect(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.keyExchange == .rsa)
    #expect(!CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.hasForwardSecrecy)
    #expect(CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256.hasForwardSecrecy)
  }

  @Test func namesOutOfTheUsualPatternAreReadToo() {
    #expect(CipherSuite.TLS_PSK_DHE_WITH_AES_128_CCM_8.keyExchange == .dhePSK)
    #expect(CipherSuite.TLS_PSK_DHE_WITH_AES_128_CCM_8.mode == .ccm8)
    #expect(CipherSuite.TLS_DH_anon_WITH_AES_128_CBC_SHA.authentication == .anonymous)
    #expect(CipherSuite.TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA.keyExchange == .srp)
    #expect(CipherSuite.TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA.authentication == .rsa)
    #expect(CipherSuite.TLS_KRB5_EXPORT_WITH_RC2_CBC_40_MD5.bulkCipher == .rc2Export)
    #expect(CipherSuite.ECC_SM4_CBC_SM3.keyExchange == .sm2 && CipherSuite.ECC_SM4_CBC_SM3.prfHash == .sm3)
    #expect(CipherSuite.TLS_SHA256_SHA256.isTLS13 && CipherSuite.TLS_SHA256_SHA256.isWeak)
    #expect(CipherSuite.TLS_CHACHA20_POLY1305_SHA256.bulkCipher == .chacha20)
    #expect(CipherSuite.TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L.isTLS13)
    #expect(CipherSuite.TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC.prfHash?.outputLength == 32)
    #expect(CipherSuite.TLS_NULL_WITH_NULL_NULL.keyExchange == CipherSuite.KeyExchange.none)
  }

  @Test func signallingValuesUnknownNumbersAndGREASEHaveNoFacts() {
    for value: UInt16 in [0x00ff, 0x5600, 0x1234, 0x0a0a] {
      let suite = CipherSuite(rawValue: value)
      #expect(suite.keyExchange == nil && suite.authentication == nil && suite.bulkCipher == nil && suite.mode == nil)
      #expect(suite.macHash == nil && suite.prfHash == nil && suite.hashOutputLength == 0)
      #expect(!suite.isTLS13 && !suite.isWeak && !suite.isAEAD && !suite.isCBC && !suite.isUsable(in: .tls12))
      #expect(!suite.hasForwardSecrecy)
    }
    #expect(CipherSuite.TLS_FALLBACK_SCSV.isSCSV && CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV.isSCSV)
    #expect(!CipherSuite.TLS_AES_128_GCM_SHA256.isSCSV)
  }

  @Test func everyNamedSuiteButTheSignallingValuesHasFacts() {
    let odd = (UInt16.min...UInt16.max).map(CipherSuite.init)
      .filter { ($0.keyExchange == nil) != ($0.registeredName == nil || $0.isSCSV) }
    #expect(odd == [])
  }

  @Test func weakMeansBrokenCipherOrNoAuthentication() {
    let weak: [CipherSuite] = [
      .TLS_RSA_WITH_NULL_SHA, .TLS_RSA_EXPORT_WITH_RC4_40_MD5, .TLS_RSA_WITH_RC4_128_SHA, .TLS_RSA_WITH_DES_CBC_SHA,
      .TLS_RSA_WITH_3DES_EDE_CBC_SHA, .TLS_DH_anon_WITH_AES_128_GCM_SHA256, .SSL_RSA_FIPS_WITH_DES_CBC_SHA,
    ]
    #expect(weak.allSatisfy { $0.isWeak })
    #expect(!CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA.isWeak)
  }

  @Test func aSuiteIsUsableOnlyInItsVersions() {
    #expect(CipherSuite.TLS_AES_128_GCM_SHA256.isUsable(in: .tls13))
    #expect(CipherSuite.TLS_AES_128_GCM_SHA256.isUsable(in: ProtocolVersion(rawValue: 0x7f17)))
    #expect(!CipherSuite.TLS_AES_128_GCM_SHA256.isUsable(in: .tls12))
    #expect(!CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.isUsable(in: .tls13))
    #expect(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.isUsable(in: .dtls12))
    #expect(!CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.isUsable(in: .tls11))
    #expect(!CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256.isUsable(in: .tls10))
    #expect(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA.isUsable(in: .tls10))
  }

  @Test func keyLengthsFollowTheCipher() {
    #expect(CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA.bulkCipher?.keyLength == 24)
    #expect(CipherSuite.TLS_CHACHA20_POLY1305_SHA256.bulkCipher?.keyLength == 32)
    #expect(CipherSuite.BulkCipher.allCases.allSatisfy { $0.keyLength > 0 || $0 == .null })
    #expect(CipherSuite.HashFunction.allCases.allSatisfy { $0.outputLength > 0 || $0 == .none })
    #expect(CipherSuite.Mode.allCases.filter(\.isAEAD) == [.gcm, .ccm, .ccm8, .poly1305, .aegis, .mgm])
  }

  @Test func groupsKnowTheirFamily() {
    #expect(NamedGroup.x25519MLKEM768.isPostQuantum && !NamedGroup.x25519MLKEM768.isEllipticCurve)
    #expect(NamedGroup.x25519Kyber768Draft00.isPostQuantum && NamedGroup.mlkem1024.isPostQuantum)
    #expect(NamedGroup.ffdhe2048.isFiniteField && !NamedGroup.ffdhe2048.isPostQuantum)
    #expect(NamedGroup.secp256r1.isEllipticCurve && !NamedGroup.secp256r1.isFiniteField)
    #expect(!NamedGroup.x25519.isPostQuantum)
  }

  @Test func schemesNameTheKeyTheyFit() {
    #expect(
      SignatureScheme.rsaPKCS1SHA256.keyAlgorithm == .rsa && SignatureScheme.rsaPSSRSAESHA256.keyAlgorithm == .rsa)
    #expect(SignatureScheme.rsaPSSPSSSHA256.keyAlgorithm == .rsaPSS)
    #expect(SignatureScheme.ecdsaSecp384r1SHA384.keyAlgorithm == .ecdsa(.secp384r1))
    #expect(SignatureScheme.ecdsaSHA1.keyAlgorithm == .ecdsa(nil))
    #expect(SignatureScheme.dsaSHA256.keyAlgorithm == .dsa)
    #expect(SignatureScheme.ed25519.keyAlgorithm == .ed25519 && SignatureScheme.ed448.keyAlgorithm == .ed448)
    #expect(SignatureScheme.mldsa65.keyAlgorithm == .mldsa && SignatureScheme.slhdsaSHA2_128s.keyAlgorithm == .slhdsa)
    #expect(SignatureScheme.sm2sigSM3.keyAlgorithm == .sm2 && SignatureScheme.gostr34102012_256a.keyAlgorithm == .gost)
    for value: UInt16 in [0x0400, 0x0001, 0x0704, 0x1234, 0x0a0a] {
      #expect(SignatureScheme(rawValue: value).keyAlgorithm == nil)
    }
    for (value, curve): (UInt16, NamedGroup) in [
      (0x0403, .secp256r1), (0x0603, .secp521r1), (0x081a, .brainpoolP256r1tls13), (0x081b, .brainpoolP384r1tls13),
      (0x081c, .brainpoolP512r1tls13),
    ] {
      #expect(SignatureScheme(rawValue: value).keyAlgorithm == .ecdsa(curve))
    }
  }

  @Test func brokenHashesAreToldByTheScheme() {
    #expect(SignatureScheme.rsaPKCS1SHA1.usesSHA1 && SignatureScheme.ecdsaSHA1.usesSHA1)
    #expect(SignatureScheme.dsaSHA1.usesSHA1 && SignatureScheme.rsaPKCS1MD5.usesMD5)
    #expect(SignatureScheme.rsaPKCS1MD5SHA1.usesSHA1 && SignatureScheme.rsaPKCS1MD5SHA1.usesMD5)
    #expect(!SignatureScheme.rsaPKCS1SHA256.usesSHA1 && !SignatureScheme.rsaPKCS1SHA256.usesMD5)
  }
}
