import NetworkValues

/// Whether a certificate is good for a name, as RFC 9525 §6 has clients decide.
public enum NameMatch: Hashable, Sendable {
  /// This subjectAltName entry covers the name.
  case matches(String)
  /// Only the subject's common name does, and no subjectAltName names a host: OpenSSL and Java still accept that, Go,
  /// rustls, browsers and Python 3.7 or later do not (RFC 9525 §2).
  case commonNameOnly(String)
  /// Nothing in the certificate covers the name.
  case mismatch
}

extension CertificateFacts {
  /// Matches the name that a client asked for: a host name, or an address in textual form.
  ///
  /// A host name is compared with dNSName entries without regard to ASCII case and a final dot; internationalised names
  /// must come as A-labels, as they do in SNI. `*` stands for exactly the leftmost label and needs two labels behind it:
  /// OpenSSL, rustls and browsers refuse `*.lab`, which Java and Go accept under a private authority.
  /// An address is compared with iPAddress entries only, octet by octet.
  public func matches(name: String) -> NameMatch {
    if let address = IPAddress(host: name) {
      let text = address.description
      if ipAddresses.contains(text) { return .matches(text) }
      let hasAlternatives = !ipAddresses.isEmpty || !dnsNames.isEmpty
      guard !hasAlternatives, let commonName, IPAddress(host: commonName) == address else { return .mismatch }
      return .commonNameOnly(commonName)
    }
    let reference = HostName(name)
    if let entry = dnsNames.first(where: { reference.isCovered(by: $0) }) { return .matches(entry) }
    guard dnsNames.isEmpty, let commonName, reference.isCovered(by: commonName) else { return .mismatch }
    return .commonNameOnly(commonName)
  }
}

/// A host name made ready for comparison.
private struct HostName {
  private let octets: [UInt8]

  init(_ name: String) { octets = Self.normalized(name) }

  private static func normalized(_ name: String) -> [UInt8] {
    var octets = Array(name.utf8)
    if octets.last == UInt8(ascii: ".") { octets.removeLast() }
    for index in octets.indices where (0x41...0x5a).contains(octets[index]) { octets[index] |= 0x20 }
    return octets
  }

  func isCovered(by presented: String) -> Bool {
    let pattern = Self.normalized(presented)
    guard !octets.isEmpty, !pattern.isEmpty else { return false }
    guard pattern.starts(with: "*.".utf8) else { return pattern == octets }
    let suffix = pattern[1...]
    guard suffix.dropFirst().contains(UInt8(ascii: ".")), !suffix.contains(UInt8(ascii: "*")),
      let dot = octets.firstIndex(of: UInt8(ascii: ".")), dot > 0
    else { return false }
    return octets[dot...] == suffix
  }
}
