internal import Bytes

/// Names, certificates and what vouches for them.
extension ExtensionFieldWriter {
  private static let certificateTypes: [UInt8: String] = [0: "X509", 1: "OpenPGP", 2: "RawPublicKey", 3: "1609Dot2"]

  /// RFC 6066 §3; a server's acknowledgement is empty.
  mutating func writeServerName(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    var list = try body.slice(prefixedBy: UInt16.self, field: "server_name_list")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      let type = try list.read(UInt8.self, field: "name_type")
      let name = try list.readBytes(prefixedBy: UInt16.self, field: "host_name")
      writer.addText(type == 0 ? "host_name" : "name of type \(type)", name)
    }
  }

  /// RFC 6066 §6.
  mutating func writeTrustedAuthorities(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    var list = try body.slice(prefixedBy: UInt16.self, field: "trusted_authorities_list")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      let start = list.offset
      switch try list.read(UInt8.self, field: "identifier_type") {
      case 0: writer.add("pre_agreed", "yes")
      case 1: writer.addBytes("key_sha1_hash", try list.readBytes(20, field: "key_sha1_hash"))
      case 2: writer.addBytes("x509_name", try list.readBytes(prefixedBy: UInt16.self, field: "x509_name"))
      case 3: writer.addBytes("cert_sha1_hash", try list.readBytes(20, field: "cert_sha1_hash"))
      case let type:
        throw ParseError(.invalid("identifier type \(type) is unknown"), at: start, field: "identifier_type")
      }
    }
  }

  /// RFC 6066 §8: a request in a hello, a response in a certificate's entry, an empty acknowledgement in a ServerHello.
  mutating func writeStatusRequest(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    if message == .certificate {
      let response = try body.readOCSPResponse()
      add("response", response.map { "OCSP, \($0.count) bytes" } ?? "of an unknown type")
    } else {
      let type = try body.read(UInt8.self, field: "status_type")
      add("status_type", Self.name(type, in: [1: "ocsp"]))
      guard type == 1 else { return addBytes("request", body.readRemaining()) }
      try writeOCSPRequest(&body)
    }
  }

  private mutating func writeOCSPRequest(_ body: inout ByteCursor) throws(ParseError) {
    addBytes("responder_id_list", try body.readBytes(prefixedBy: UInt16.self, field: "responder_id_list"))
    addBytes("request_extensions", try body.readBytes(prefixedBy: UInt16.self, field: "request_extensions"))
  }

  /// RFC 6961 §2.2.
  mutating func writeStatusRequestV2(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    var list = try body.slice(prefixedBy: UInt16.self, field: "certificate_status_req_list")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      let type = try list.read(UInt8.self, field: "status_type")
      writer.add("status_type", Self.name(type, in: [1: "ocsp", 2: "ocsp_multi"]))
      var request = try list.slice(prefixedBy: UInt16.self, field: "request")
      if type == 1 || type == 2 {
        try writer.writeOCSPRequest(&request)
      } else {
        writer.addBytes("request", request.readRemaining())
      }
    }
  }

  /// RFC 7250 §4 and RFC 6091 §3: a client lists types, a server names one.
  mutating func writeCertificateTypes(_ body: inout ByteCursor) throws(ParseError) {
    let types =
      isOffer
      ? try body.readBytes(prefixedBy: UInt8.self, field: "certificate_types")
      : [try body.read(UInt8.self, field: "certificate_type")]
    addList("types", types, names: Self.certificateTypes)
  }

  /// RFC 6962 §3.3: empty in a ClientHello.
  mutating func writeTimestamps(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    var list = try body.slice(prefixedBy: UInt16.self, field: "sct_list")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      var item = try list.slice(prefixedBy: UInt16.self, field: "serialized_sct")
      let version = try item.read(UInt8.self, field: "sct_version")
      guard version == 0 else { return writer.addBytes("sct of version \(version)", item.readRemaining()) }
      let log = try item.readBytes(32, field: "log_id")
      let time = try item.read(UInt64.self, field: "timestamp")
      writer.add("sct", "log \(DisplayText.hex(log)), \(time) ms")
    }
  }

  /// RFC 7924 §3: a hash of what is cached from the client, an empty one from the server.
  mutating func writeCachedInfo(_ body: inout ByteCursor) throws(ParseError) {
    var list = try body.slice(prefixedBy: UInt16.self, field: "cached_info")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      let type = Self.name(try list.read(UInt8.self, field: "type"), in: [1: "cert", 2: "cert_req"])
      if writer.isOffer {
        writer.addBytes(type, try list.readBytes(prefixedBy: UInt8.self, field: "hash_value"))
      } else {
        writer.add(type, "cached")
      }
    }
  }

  /// RFC 9345 §4: schemes in a hello, the credential in a certificate's entry.
  mutating func writeDelegatedCredential(_ body: inout ByteCursor) throws(ParseError) {
    guard message == .certificate else {
      return try writeList(UInt16.self, SignatureScheme.self, "schemes", &body)
    }
    add("valid_time", "\(try body.read(UInt32.self, field: "valid_time")) s")
    let scheme: SignatureScheme = try body.read(field: "dc_cert_verify_algorithm")
    add("dc_cert_verify_algorithm", scheme.name)
    addBytes("public_key", try body.readBytesPrefixedBy24Bits(field: "ASN1_subjectPublicKeyInfo"))
    let algorithm: SignatureScheme = try body.read(field: "algorithm")
    add("algorithm", algorithm.name)
    addBytes("signature", try body.readBytes(prefixedBy: UInt16.self, field: "signature"))
  }

  /// RFC 8446 §4.2.4: DER of distinguished names.
  mutating func writeAuthorities(_ body: inout ByteCursor) throws(ParseError) {
    for name in try body.readDistinguishedNames().prefix(Self.listLimit) { addBytes("authority", name) }
  }

  /// RFC 8446 §4.2.5.
  mutating func writeOIDFilters(_ body: inout ByteCursor) throws(ParseError) {
    var list = try body.slice(prefixedBy: UInt16.self, field: "filters")
    try forEachEntry(of: &list) { (writer, list) throws(ParseError) in
      let oid = try list.readBytes(prefixedBy: UInt8.self, field: "certificate_extension_oid")
      let values = try list.readBytes(prefixedBy: UInt16.self, field: "certificate_extension_values")
      writer.add("filter", "\(DisplayText.hex(oid)): \(DisplayText.hex(values))")
    }
  }

  /// draft-ietf-tls-trust-anchor-ids: identifiers in a hello, opaque elsewhere.
  mutating func writeTrustAnchors(_ body: inout ByteCursor) throws(ParseError) {
    guard !body.isAtEnd else { return }
    try writeOpaqueList(UInt8.self, "trust_anchor", &body)
  }

  /// RFC 9102 §2: a port from the client, the chain of records from the server.
  mutating func writeDNSSECChain(_ body: inout ByteCursor) throws(ParseError) {
    if isOffer {
      addNumber("port", try body.read(UInt16.self, field: "port_number"))
    } else {
      add("ext_support_lifetime", "\(try body.read(UInt16.self, field: "ext_support_lifetime")) h")
      add("authentication_chain", "\(try skipAll(&body)) bytes")
    }
  }
}
