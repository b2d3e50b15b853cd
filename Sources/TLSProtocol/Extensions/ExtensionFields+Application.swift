internal import Bytes

/// Protocols above and below, and limits.
extension ExtensionFieldWriter {
  /// RFC 7301 §3.1, and application_settings, which lists protocols alike.
  mutating func writeProtocols(_ body: inout ByteCursor) throws(ParseError) {
    var list = try body.slice(prefixedBy: UInt16.self, field: "protocol_name_list")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      writer.addText("protocol", try list.readBytes(prefixedBy: UInt8.self, field: "protocol_name"))
    }
  }

  /// draft-agl-tls-nextprotoneg-04 §3: a list without a length of its own, from the server.
  mutating func writeNextProtocols(_ body: inout ByteCursor) throws(ParseError) {
    try forEachEntry(of: &body) { (writer, list) throws(ParseError) in
      writer.addText("protocol", try list.readBytes(prefixedBy: UInt8.self, field: "protocol"))
    }
  }

  /// RFC 6066 §4: a power of two from 2^9 on.
  mutating func writeMaxFragmentLength(_ body: inout ByteCursor) throws(ParseError) {
    let code = try body.read(UInt8.self, field: "max_fragment_length")
    add("length", (1...4).contains(code) ? "\(256 << Int(code)) bytes" : DisplayText.hexadecimal(code))
  }

  /// RFC 5764 §4.1.1.
  mutating func writeSRTP(_ body: inout ByteCursor) throws(ParseError) {
    var list = try body.slice(prefixedBy: UInt16.self, field: "srtp_protection_profiles")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      writer.add("profile", Self.srtpProfile(try list.read(UInt16.self, field: "srtp_protection_profile")))
    }
    addBytes("srtp_mki", try body.readBytes(prefixedBy: UInt8.self, field: "srtp_mki"))
  }

  /// The registry "DTLS-SRTP Protection Profiles".
  private static func srtpProfile(_ profile: UInt16) -> String {
    switch profile {
    case 1: "SRTP_AES128_CM_HMAC_SHA1_80"
    case 2: "SRTP_AES128_CM_HMAC_SHA1_32"
    case 5: "SRTP_NULL_HMAC_SHA1_80"
    case 6: "SRTP_NULL_HMAC_SHA1_32"
    case 7: "SRTP_AEAD_AES_128_GCM"
    case 8: "SRTP_AEAD_AES_256_GCM"
    case 9: "DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM"
    case 10: "DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM"
    case 11: "SRTP_ARIA_128_CTR_HMAC_SHA1_80"
    case 12: "SRTP_ARIA_128_CTR_HMAC_SHA1_32"
    case 13: "SRTP_ARIA_256_CTR_HMAC_SHA1_80"
    case 14: "SRTP_ARIA_256_CTR_HMAC_SHA1_32"
    case 15: "SRTP_AEAD_ARIA_128_GCM"
    case 16: "SRTP_AEAD_ARIA_256_GCM"
    default: DisplayText.hexadecimal(profile)
    }
  }

  /// RFC 9000 §18: pairs of identifier and value, both behind variable-length integers.
  mutating func writeQUICParameters(_ body: inout ByteCursor) throws(ParseError) {
    try forEachEntry(of: &body) { (writer, list) throws(ParseError) in
      let id = try list.readVariableLengthInteger(field: "parameter_id")
      let length = Int(clamping: try list.readVariableLengthInteger(field: "parameter_length"))
      var value = try list.slice(length, field: "parameter_value")
      guard let parameter = Self.quicParameters[id] else {
        let isReserved = id >= 27 && (id - 27) % 31 == 0
        let name = isReserved ? "GREASE" : "0x" + String(id, radix: 16)
        return writer.addBytes(name, value.readRemaining())
      }
      if parameter.isInteger {
        writer.addNumber(parameter.name, try value.readVariableLengthInteger(field: "parameter_value"))
      } else {
        writer.addBytes(parameter.name, value.readRemaining())
      }
    }
  }

  /// The registry "QUIC Transport Parameters", RFC 9000 §22.3, as far as values need a reading of their own.
  private static let quicParameters: [UInt64: (name: String, isInteger: Bool)] = [
    0x00: ("original_destination_connection_id", false),
    0x01: ("max_idle_timeout", true),
    0x02: ("stateless_reset_token", false),
    0x03: ("max_udp_payload_size", true),
    0x04: ("initial_max_data", true),
    0x05: ("initial_max_stream_data_bidi_local", true),
    0x06: ("initial_max_stream_data_bidi_remote", true),
    0x07: ("initial_max_stream_data_uni", true),
    0x08: ("initial_max_streams_bidi", true),
    0x09: ("initial_max_streams_uni", true),
    0x0a: ("ack_delay_exponent", true),
    0x0b: ("max_ack_delay", true),
    0x0c: ("disable_active_migration", false),
    0x0d: ("preferred_address", false),
    0x0e: ("active_connection_id_limit", true),
    0x0f: ("initial_source_connection_id", false),
    0x10: ("retry_source_connection_id", false),
    0x11: ("version_information", false),
    0x20: ("max_datagram_frame_size", true),
    0x173e: ("discard", false),
    0x2ab2: ("grease_quic_bit", false),
    0x3127: ("initial_rtt", true),
    0x3128: ("google_connection_options", false),
    0x4752: ("google_version", false),
    0x6ab2: ("reliable_stream_reset", false),
    0xff04_de1b: ("min_ack_delay", true),
  ]
}

extension ByteCursor {
  /// An integer whose first two bits tell how many bytes it has, RFC 9000 §16.
  mutating func readVariableLengthInteger(field: StaticString) throws(ParseError) -> UInt64 {
    let first = try read(UInt8.self, field: field)
    var value = UInt64(first & 0x3f)
    for _ in 1..<(1 << Int(first >> 6)) { value = value << 8 | UInt64(try read(UInt8.self, field: field)) }
    return value
  }
}
