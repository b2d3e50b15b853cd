internal import Bytes
import NetworkValues

/// NameConstraints, RFC 5280 §4.2.1.10: the names for which an authority may issue. Private authorities are often limited
/// to their own domain. Host names and addresses are read; other kinds of names do not matter to TLS.
public struct NameConstraints: Hashable, Sendable {
  /// Domains, in lower case; an empty list permits every name.
  public var permittedDNSNames: [String] = []
  /// Domains in which no name may be.
  public var excludedDNSNames: [String] = []
  /// Networks as `address/mask` in octets: 8 for IPv4, 32 for IPv6.
  var permittedAddresses: [[UInt8]] = []
  var excludedAddresses: [[UInt8]] = []

  /// The networks as text, e.g. `10.0.0.0/255.0.0.0`.
  public var permittedNetworks: [String] { permittedAddresses.map(Self.text) }
  /// Networks in which no address may be, as `192.0.2.0/24`.
  public var excludedNetworks: [String] { excludedAddresses.map(Self.text) }

  /// Every name of a chain is held against every constraint: their product must stay small.
  private static let limit = 128

  init(_ bytes: DERReader) throws(ParseError) {
    var reader = bytes
    let sequence = try reader.next(.sequence, "nameConstraints")
    var fields = reader.inside(sequence)
    if let permitted = try fields.nextIf(.constructedContext(0)) {
      try Self.read(fields.inside(permitted), names: &permittedDNSNames, addresses: &permittedAddresses)
    }
    if let excluded = try fields.nextIf(.constructedContext(1)) {
      try Self.read(fields.inside(excluded), names: &excludedDNSNames, addresses: &excludedAddresses)
    }
  }

  private static func read(
    _ subtrees: DERReader, names: inout [String], addresses: inout [[UInt8]]
  ) throws(ParseError) {
    var list = subtrees
    while !list.isAtEnd, names.count + addresses.count < limit {
      let subtree = try list.next(.sequence, "GeneralSubtree")
      var fields = list.inside(subtree)
      let base = try fields.next()
      if base.tag == .context(2) { names.append(ASN1Text.harmless(fields.content(base)).lowercased()) }
      if base.tag == .context(7), base.contentCount == 8 || base.contentCount == 32 {
        addresses.append(fields.contentBytes(base))
      }
    }
  }

  /// The first name of a certificate that lies outside; nil where all lie inside.
  public func firstViolation(in certificate: CertificateFacts) -> String? {
    if let name = certificate.dnsNames.first(where: { !permits(name: $0) }) { return name }
    return certificate.ipAddresses.first { !permits(address: $0) }
  }

  private func permits(name: String) -> Bool {
    // A wildcard stands for names below what follows it.
    let name = (name.hasPrefix("*.") ? String(name.dropFirst(2)) : name).lowercased()
    if excludedDNSNames.contains(where: { Self.covers($0, name) }) { return false }
    return permittedDNSNames.isEmpty || permittedDNSNames.contains { Self.covers($0, name) }
  }

  /// A domain covers itself and all below it; with a leading dot, which RFC 5280 does not know but authorities write,
  /// all below it.
  private static func covers(_ domain: String, _ name: String) -> Bool {
    if domain.isEmpty || name == domain { return true }
    return name.hasSuffix(domain.hasPrefix(".") ? domain : "." + domain)
  }

  private func permits(address: String) -> Bool {
    guard let octets = IPAddress(host: address)?.octets else { return true }
    if excludedAddresses.contains(where: { Self.covers($0, octets) == true }) { return false }
    let permitted = permittedAddresses.compactMap { Self.covers($0, octets) }
    return permittedAddresses.isEmpty || permitted.contains(true)
  }

  /// Nil for a network of the other family.
  private static func covers(_ network: [UInt8], _ address: [UInt8]) -> Bool? {
    guard network.count == 2 * address.count else { return nil }
    let mask = network[address.count...]
    return zip(zip(network, mask), address).allSatisfy { $0.0 & $0.1 == $1 & $0.1 }
  }

  private static func text(_ network: [UInt8]) -> String {
    let half = network.count / 2
    func text(_ octets: ArraySlice<UInt8>) -> String { IPAddress(octets: octets.span)?.description ?? "" }
    return "\(text(network[..<half]))/\(text(network[half...]))"
  }
}
