import Bytes
import Testing

@testable import TLSProtocol

@Suite struct CodePointsNameTests {
  @Test func cipherSuitesCarryTheRegistrysNames() {
    #expect(CipherSuite(rawValue: 0x1301).name == "TLS_AES_128_GCM_SHA256")
    #expect(CipherSuite(rawValue: 0xc02f).name == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
    #expect(CipherSuite(rawValue: 0x00c6).name == "TLS_SM4_GCM_SM3")
    #expect(CipherSuite(rawValue: 0x1306).name == "TLS_AEGIS_256_SHA512")
    #expect(CipherSuite(rawValue: 0x00ff).name == "TLS_EMPTY_RENEGOTIATION_INFO_SCSV")
  }

  @Test func suitesThatShippedWithoutRegistrationAreNamedToo() {
    #expect(CipherSuite(rawValue: 0xe013).name == "ECC_SM4_CBC_SM3")
    #expect(CipherSuite(rawValue: 0xfeff).name == "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA")
    #expect(CipherSuite(rawValue: 0xcc13).name == "OLD_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")
  }

  @Test func aNumberWithoutANameIsWrittenInHex() {
    #expect(CipherSuite(rawValue: 0x1234).registeredName == nil)
    #expect(CipherSuite(rawValue: 0x1234).name == "0x1234")
    #expect(NamedGroup(rawValue: 0x002a).name == "0x002a")
    #expect(AlertDescription(rawValue: 2).name == "0x02")
    #expect(SSLv2CipherKind(rawValue: 0x0a0b0c).name == "0x0a0b0c")
  }

  @Test(arguments: [0x0a0a, 0x1a1a, 0x9a9a, 0xfafa] as [UInt16])
  func greaseIsToldApartInEverySixteenBitType(value: UInt16) {
    let hexadecimal = CipherSuite(rawValue: value).hexadecimal
    #expect(CipherSuite(rawValue: value).name == "GREASE(\(hexadecimal))")
    #expect(NamedGroup(rawValue: value).name == "GREASE(\(hexadecimal))")
    #expect(ExtensionType(rawValue: value).name == "GREASE(\(hexadecimal))")
    #expect(SignatureScheme(rawValue: value).name == "GREASE(\(hexadecimal))")
    #expect(ProtocolVersion(rawValue: value).name == "GREASE(\(hexadecimal))")
  }

  @Test(arguments: [0x0a1a, 0x0b0b, 0x0a0b] as [UInt16])
  func numbersThatOnlyResembleGREASEAreNone(value: UInt16) {
    #expect(!CipherSuite(rawValue: value).isGREASE)
  }

  @Test func pskModesHaveGREASEValuesOfTheirOwn() {
    let reserved = (0...UInt8.max).filter { PSKKeyExchangeMode(rawValue: $0).isGREASE }
    #expect(reserved == [0x0b, 0x2a, 0x49, 0x68, 0x87, 0xa6, 0xc5, 0xe4])
    #expect(PSKKeyExchangeMode(rawValue: 0x2a).name == "GREASE(0x2a)")
    #expect(PSKKeyExchangeMode.pskDHEKE.name == "psk_dhe_ke")
    #expect(PSKKeyExchangeMode(rawValue: 7).name == "0x07")
  }

  @Test func groupsIncludeThePostQuantumOnes() {
    #expect(NamedGroup.x25519.name == "x25519")
    #expect(NamedGroup(rawValue: 0x11ec).name == "X25519MLKEM768")
    #expect(NamedGroup(rawValue: 0x11eb) == .secp256r1MLKEM768)
    #expect(NamedGroup(rawValue: 0x0201).name == "MLKEM768")
    #expect(NamedGroup(rawValue: 0x6399).name == "X25519Kyber768Draft00")
    #expect(NamedGroup(rawValue: 31).name == "brainpoolP256r1tls13")
    #expect(NamedGroup(rawValue: 41).name == "curveSM2")
  }

  @Test func signatureSchemesIncludeTLS12sPairs() {
    #expect(SignatureScheme(rawValue: 0x0804).name == "rsa_pss_rsae_sha256")
    #expect(SignatureScheme(rawValue: 0x0905).name == "mldsa65")
    #expect(SignatureScheme(rawValue: 0x0911).name == "slhdsa_sha2_128s")
    #expect(SignatureScheme(rawValue: 0x0301).name == "rsa_pkcs1_sha224")
    #expect(SignatureScheme(rawValue: 0x0202).name == "dsa_sha1")
    #expect(SignatureScheme(rawValue: 0x0303).name == "ecdsa_sha224")
    #expect(SignatureScheme(rawValue: 0x0840).name == "gostr34102012_256")
    // anonymous with SHA-256, and no hash with RSA: pairs that nobody may use
    #expect(SignatureScheme(rawValue: 0x0400).name == "0x0400")
    #expect(SignatureScheme(rawValue: 0x0001).name == "0x0001")
  }

  @Test func extensionsIncludeDraftsThatShipped() {
    #expect(ExtensionType.serverName.name == "server_name")
    #expect(ExtensionType.supportedGroups.name == "supported_groups")
    #expect(ExtensionType(rawValue: 0xfe0d) == .encryptedClientHello)
    #expect(ExtensionType(rawValue: 0xfd00).name == "ech_outer_extensions")
    #expect(ExtensionType(rawValue: 34).name == "delegated_credential")
    #expect(ExtensionType(rawValue: 33).name == "tls_cert_with_extern_psk")
    #expect(ExtensionType(rawValue: 13172).name == "next_protocol_negotiation")
    #expect(ExtensionType(rawValue: 17513).name == "application_settings_old")
    #expect(ExtensionType(rawValue: 17613).name == "application_settings")
    #expect(ExtensionType(rawValue: 30032).name == "channel_id")
    #expect(ExtensionType(rawValue: 57) == .quicTransportParameters)
    #expect(ExtensionType(rawValue: 0xffa5).name == "quic_transport_parameters_draft")
    #expect(ExtensionType(rawValue: 65486).name == "encrypted_server_name")
    #expect(ExtensionType(rawValue: 65281) == .renegotiationInfo)
  }

  @Test func messagesAndAlertsAreNamedWithoutTheRegistrysRemarks() {
    #expect(HandshakeType.serverHelloDone.name == "server_hello_done")
    #expect(HandshakeType(rawValue: 67).name == "next_protocol")
    #expect(AlertDescription.unknownCA.name == "unknown_ca")
    #expect(AlertDescription(rawValue: 100).name == "no_renegotiation")
    #expect(AlertDescription(rawValue: 121) == .echRequired)
    #expect(AlertLevel.fatal.name == "fatal")
    #expect(ContentType.applicationData.name == "application_data")
    #expect(ContentType(rawValue: 26) == .ack)
  }

  @Test func theSmallRegistriesAreThere() {
    #expect(CertificateCompressionAlgorithm.brotli.name == "brotli")
    #expect(ECPointFormat.uncompressed.name == "uncompressed")
    #expect(ClientCertificateType.ecdsaSign.name == "ecdsa_sign")
    #expect(CompressionMethod.deflate.name == "DEFLATE")
    #expect(HashAlgorithm.sha384.name == "sha384")
    #expect(SignatureAlgorithm.ecdsa.name == "ecdsa")
  }

  @Test func versionsAreNamedForPeople() {
    #expect(ProtocolVersion.ssl2.displayName == "SSL 2.0")
    #expect(ProtocolVersion.ssl3.displayName == "SSL 3.0")
    #expect(ProtocolVersion.tls12.displayName == "TLS 1.2")
    #expect(ProtocolVersion(rawValue: 0x7f17).displayName == "TLS 1.3 (draft 23)")
    #expect(ProtocolVersion(rawValue: 0x0101).displayName == "TLCP 1.1")
    #expect(ProtocolVersion.dtls12.displayName == "DTLS 1.2")
    #expect(ProtocolVersion(rawValue: 0x0305).displayName == "0x0305")
  }

  @Test func draftsAndExperimentsCountAsTLS13() {
    #expect(
      ([0x0304, 0xfefc, 0x7f00, 0x7f1c, 0x7e02, 0xfb1a] as [UInt16]).allSatisfy {
        ProtocolVersion(rawValue: $0).isTLS13
      })
    #expect(
      ([0x0303, 0x0305, 0xfefd, 0x7e00, 0x0002] as [UInt16]).allSatisfy { !ProtocolVersion(rawValue: $0).isTLS13 })
    #expect(ProtocolVersion.dtls10.isDTLS && ProtocolVersion.dtls10OpenSSL.isDTLS && !ProtocolVersion.tls13.isDTLS)
  }

  @Test func anSSLv2CipherKindIsThreeBytesOnTheWire() throws {
    let wire: [UInt8] = [0x07, 0x00, 0xc0, 0x00, 0x00, 0x2f]
    let kinds = try wire.withCursor { (cursor) throws(ParseError) -> [SSLv2CipherKind] in
      let kinds: [SSLv2CipherKind] = [try cursor.read(), try cursor.read()]
      try cursor.finish()
      return kinds
    }
    let (first, second) = (kinds[0], kinds[1])
    #expect(first.name == "SSL_CK_DES_192_EDE3_CBC_WITH_MD5" && first.cipherSuite == nil)
    #expect(second.description == "TLS_RSA_WITH_AES_128_CBC_SHA")
    #expect(second.cipherSuite == .TLS_RSA_WITH_AES_128_CBC_SHA)
  }

  @Test func applicationProtocolsAreExplained() {
    #expect(ApplicationProtocol(rawValue: "h2").registeredName == "HTTP/2 over TLS")
    #expect(ApplicationProtocol(rawValue: "h2").description == "h2 (HTTP/2 over TLS)")
    #expect(ApplicationProtocol(rawValue: "my-own").description == "my-own")
    #expect(ApplicationProtocol(rawValue: "\u{1a}\u{1a}").isGREASE)
    #expect(ApplicationProtocol(rawValue: "\u{fffd}\u{fffd}").isGREASE)
    #expect(!ApplicationProtocol(rawValue: "h2").isGREASE)
    #expect(!ApplicationProtocol(rawValue: "hh").isGREASE)
    // "zz" is 0x7a7a
    #expect(ApplicationProtocol(rawValue: "zz").isGREASE)
    #expect(!ApplicationProtocol(rawValue: "").isGREASE)
  }
}
