import Bytes
import Testing

@testable import TLSProtocol

@Suite struct ExtensionFieldTests {
  /// Fields as `name=value` lines.
  private func fields(
    _ type: ExtensionType, _ hex: String, in message: HandshakeType = .clientHello
  ) -> [String] {
    HelloExtension(type: type, body: Flight.bytes(hex: hex)).fields(in: message).map { "\($0.name)=\($0.value)" }
  }

  @Test func namesAreEscaped() {
    #expect(fields(.serverName, "000b 00 0008 61 1b 5b 33 31 6d 5c ff") == ["host_name=a\\x1b[31m\\\\\\xff"])
    #expect(fields(.serverName, "", in: .serverHello) == [])
    #expect(fields(.applicationLayerProtocolNegotiation, "0006 02 6832 02 0a62") == ["protocol=h2", "protocol=\\x0ab"])
    #expect(fields(.nextProtocolNegotiation, "02 6832", in: .serverHello) == ["protocol=h2"])
    #expect(fields(.applicationSettings, "0003 02 6832") == ["protocol=h2"])
    #expect(fields(.srp, "03 626f62") == ["name=bob"])
    #expect(fields(.pwdClear, "03 626f62") == ["name=bob"])
    #expect(fields(.passwordSalt, "0002 beef") == ["salt=beef"])
  }

  @Test func codePointsAreNamed() {
    #expect(fields(.supportedGroups, "0006 001d 0a0a fe77") == ["groups=x25519, GREASE(0x0a0a), 0xfe77"])
    #expect(fields(.signatureAlgorithms, "0004 0403 0804") == ["schemes=ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256"])
    #expect(fields(.supportedVersions, "04 0304 0303") == ["versions=TLS 1.3, TLS 1.2"])
    #expect(fields(.supportedVersions, "0304", in: .serverHello) == ["selected_version=TLS 1.3"])
    #expect(fields(.pskKeyExchangeModes, "01 01") == ["modes=psk_dhe_ke"])
    #expect(fields(.compressCertificate, "02 0002") == ["algorithms=brotli"])
    #expect(fields(.ecPointFormats, "01 00") == ["formats=uncompressed"])
    #expect(fields(.echOuterExtensions, "02 0033") == ["outer_extensions=key_share"])
  }

  @Test func keySharesDifferByMessage() {
    #expect(fields(.keyShare, "0006 001d 0002 abcd") == ["x25519=abcd"])
    #expect(fields(.keyShare, "001d 0002 abcd", in: .serverHello) == ["x25519=abcd"])
    #expect(fields(.keyShare, "0018", in: .helloRetryRequest) == ["selected_group=secp384r1"])
    #expect(fields(.keyShare, "0018", in: .serverHello) == ["selected_group=secp384r1"])
  }

  @Test func sessionsAreShown() {
    #expect(
      fields(.preSharedKey, "0008 0002 abcd 00000007 0003 02 1234") == [
        "identity=abcd", "obfuscated_ticket_age=7", "binder=1234",
      ])
    #expect(fields(.preSharedKey, "0001", in: .serverHello) == ["selected_identity=1"])
    #expect(fields(.earlyData, "00004000", in: .newSessionTicket) == ["max_early_data_size=16384 bytes"])
    #expect(fields(.earlyData, "") == [])
    #expect(fields(.sessionTicket, "010203") == ["ticket=3 bytes"])
    #expect(fields(.cookie, "0002 0102") == ["cookie=0102"])
    #expect(fields(.ticketRequest, "02 01") == ["new_session_count=2", "resumption_count=1"])
    #expect(fields(.ticketRequest, "02", in: .encryptedExtensions) == ["expected_count=2"])
    #expect(fields(.renegotiationInfo, "00") == ["renegotiated_connection=empty"])
  }

  @Test func certificatesAndWhatVouchesForThemAreShown() {
    #expect(
      fields(.statusRequest, "01 0000 0000") == [
        "status_type=ocsp", "responder_id_list=empty", "request_extensions=empty",
      ])
    #expect(fields(.statusRequest, "01 000002 3000", in: .certificate) == ["response=OCSP, 2 bytes"])
    #expect(fields(.statusRequest, "07 3000", in: .certificate) == ["response=of an unknown type"])
    #expect(fields(.statusRequest, "09 aa") == ["status_type=0x09", "request=aa"])
    #expect(
      fields(.statusRequestV2, "0007 02 0004 0000 0000") == [
        "status_type=ocsp_multi", "responder_id_list=empty", "request_extensions=empty",
      ])
    #expect(fields(.clientCertificateType, "02 02 00") == ["types=RawPublicKey, X509"])
    #expect(fields(.serverCertificateType, "02", in: .serverHello) == ["types=RawPublicKey"])
    let log = String(repeating: "ab", count: 32)
    #expect(
      fields(.signedCertificateTimestamp, "002d 002b 00 \(log) 0000000000000005 0000", in: .certificate).count == 1)
    #expect(fields(.trustedCAKeys, "0004 02 0001 30") == ["x509_name=30"])
    #expect(fields(.trustedCAKeys, "0001 09").first?.contains("identifier type 9 is unknown") == true)
    #expect(fields(.cachedInfo, "0004 01 02 abcd") == ["cert=abcd"])
    #expect(fields(.cachedInfo, "0001 02", in: .serverHello) == ["cert_req=cached"])
    #expect(fields(.certificateAuthorities, "0004 0002 3000") == ["authority=3000"])
    #expect(fields(.oidFilters, "0006 02 5504 0001 aa") == ["filter=5504: aa"])
    #expect(fields(.delegatedCredential, "0002 0403") == ["schemes=ecdsa_secp256r1_sha256"])
    #expect(
      fields(.delegatedCredential, "00000064 0403 000001 aa 0804 0001 bb", in: .certificate) == [
        "valid_time=100 s", "dc_cert_verify_algorithm=ecdsa_secp256r1_sha256", "public_key=aa",
        "algorithm=rsa_pss_rsae_sha256", "signature=bb",
      ])
    #expect(fields(.dnssecChain, "01bb") == ["port=443"])
    #expect(
      fields(.dnssecChain, "0001 aabb", in: .encryptedExtensions) == [
        "ext_support_lifetime=1 h", "authentication_chain=2 bytes",
      ])
    #expect(fields(.transparencyInfo, "0003 0001 aa") == ["item=aa"])
    #expect(fields(.trustAnchors, "0003 02 8101") == ["trust_anchor=8101"])
  }

  @Test func encryptedHellosShowTheirPublicPart() {
    #expect(
      fields(.encryptedClientHello, "00 0001 0001 07 0002 aabb 0003 010203") == [
        "type=outer", "kdf_id=HKDF-SHA256", "aead_id=AES-128-GCM", "config_id=7", "enc=2 bytes", "payload=3 bytes",
      ])
    #expect(fields(.encryptedClientHello, "01") == ["type=inner"])
    #expect(fields(.encryptedClientHello, "0002 abcd", in: .encryptedExtensions) == ["retry_configs=abcd"])
    #expect(fields(.encryptedClientHello, "0102030405060708", in: .helloRetryRequest).count == 1)
    #expect(
      fields(.encryptedServerName, "1301 001d 0001 aa 0001 bb 0002 cccc") == [
        "suite=TLS_AES_128_GCM_SHA256", "x25519=aa", "record_digest=bb", "encrypted_sni=2 bytes",
      ])
  }

  @Test func limitsAndTransportsAreShown() {
    #expect(fields(.maxFragmentLength, "01") == ["length=512 bytes"])
    #expect(fields(.maxFragmentLength, "04") == ["length=4096 bytes"])
    #expect(fields(.maxFragmentLength, "09") == ["length=0x09"])
    #expect(fields(.recordSizeLimit, "4001") == ["limit=16385 bytes"])
    #expect(fields(.padding, "00000000") == ["length=4 bytes"])
    #expect(fields(.heartbeat, "01") == ["mode=peer_allowed_to_send"])
    #expect(
      fields(.useSRTP, "0004 0001 0042 00") == [
        "profile=SRTP_AES128_CM_HMAC_SHA1_80", "profile=0x0042", "srtp_mki=empty",
      ])
    #expect(
      fields(.tokenBinding, "01 00 02 02 01") == ["version=1.0", "key_parameters=ecdsap256, rsa2048_pss"])
    #expect(
      fields(.quicTransportParameters, "01 02 4064 0f 01 aa 1b 00 01 05 40") == [
        "max_idle_timeout=100", "initial_source_connection_id=aa", "GREASE=empty",
      ] + ["malformed=parameter_value at byte 11: needs 5 bytes, has 1", "data=010240640f01aa1b00010540"])
    #expect(fields(.connectionID, "02 abcd") == ["value=abcd"])
    #expect(fields(.supportedEKTCiphers, "01 01") == ["ciphers=0x01"])
    #expect(fields(.tlsFlags, "01 80") == ["flags=80"])
  }

  @Test func unknownBodiesAreShownInHex() {
    #expect(fields(ExtensionType(rawValue: 0x0a0a), "00") == ["data=00"])
    #expect(fields(ExtensionType(rawValue: 0xfff0), "") == [])
    let long = fields(ExtensionType(rawValue: 0xfff0), String(repeating: "ab", count: 100)).first
    #expect(long?.hasSuffix("... (100 bytes)") == true)
  }

  @Test func leftoverBytesAreShown() {
    #expect(fields(.supportedVersions, "02 0304 99") == ["versions=TLS 1.3", "unread=99"])
  }

  @Test func aListOfThousandsIsCutShort() {
    let names = [UInt8](repeating: 0, count: 9000)
    let body = [UInt8(9000 >> 8), UInt8(9000 & 0xff)] + names
    let fields = HelloExtension(type: .applicationLayerProtocolNegotiation, body: body).fields(in: .clientHello)
    #expect(fields.count == ExtensionFieldWriter.listLimit + 1)
    #expect(fields.last == ExtensionField(name: "more", value: "8936 bytes"))
  }

  @Test func everyExtensionOfRealHellosReads() throws {
    for flights in [Flight.chromeHello, Flight.tls12UntrustedJava, Flight.tls13Complete, Flight.helloRetryRequest] {
      var log = ConversationLog()
      for flight in flights { log.receive(flight.bytes, from: flight.sender) }
      for case .handshake(let message) in log.events.map(\.kind) {
        let extensions: [HelloExtension] =
          switch message.body {
          case .clientHello(let hello): hello.extensions
          case .serverHello(let hello): hello.extensions
          default: []
          }
        for item in extensions {
          let names = item.fields(in: message.type).map(\.name)
          #expect(!names.contains("malformed") && !names.contains("unread"), "\(item.type)")
        }
      }
    }
  }

  @Test func hostileBodiesOfEveryTypeStayPrintable() {
    var generator = SeededGenerator(state: 7)
    let messages: [HandshakeType] = [
      .clientHello, .serverHello, .helloRetryRequest, .encryptedExtensions, .certificate, .newSessionTicket,
    ]
    let types =
      Array(0...70) + [0x12e0, 0x3374, 0x4469, 0x44cd, 0x754f, 0x8a3b, 0xca34, 0xfd00, 0xfe0d, 0xff01, 0xffa5]
    for type in types {
      for round in 0..<16 {
        let length = Int.random(in: 0...40, using: &generator)
        let body = (0..<length).map { _ in
          UInt8.random(in: round % 2 == 0 ? 0...255 : 0...8, using: &generator)
        }
        let item = HelloExtension(type: ExtensionType(rawValue: UInt16(type)), body: body)
        for message in messages {
          for field in item.fields(in: message) {
            let text = field.name + field.value
            #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) })
          }
        }
      }
    }
  }
}
