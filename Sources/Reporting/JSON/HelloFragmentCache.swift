import HandshakeModel
import TLSProtocol

/// The JSON of hellos seen before. A capture's thousands of connections come from a handful of clients, whose hellos
/// differ only in what is random or names the server: the rest, its names and its fingerprints are rendered once.
struct HelloFragmentCache: Sendable {
  /// Everything that ``JSONWriter/recurringMembers(of:over:)`` writes follows from these, and nothing else does.
  private struct Key: Hashable {
    let transport: ConnectionTransport
    /// All lists of numbers in a row, each behind its length.
    let numbers: [UInt16]
    let applicationProtocols: [String]
    let hasServerName: Bool
    let hasOuterEncryptedClientHello: Bool
    let isSSLv2Format: Bool
  }

  /// Bounds the memory that a client with ever new hellos (a scanner, a fuzzer) can make it use.
  private static let limit = 512
  private var fragments: [Key: [UInt8]] = [:]

  mutating func fragment(for hello: ClientHello, over transport: ConnectionTransport) -> [UInt8] {
    guard hello.malformedExtensions.isEmpty else { return Self.render(hello, over: transport) }
    let key = Key(
      transport: transport, numbers: Self.numbers(of: hello), applicationProtocols: hello.applicationProtocols,
      hasServerName: hello.serverName != nil, hasOuterEncryptedClientHello: hello.hasOuterEncryptedClientHello,
      isSSLv2Format: hello.isSSLv2Format)
    if let known = fragments[key] { return known }
    let fragment = Self.render(hello, over: transport)
    if fragments.count >= Self.limit { fragments.removeAll(keepingCapacity: true) }
    fragments[key] = fragment
    return fragment
  }

  private static func render(_ hello: ClientHello, over transport: ConnectionTransport) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: 4096)
    writer.recurringMembers(of: hello, over: transport)
    return writer.bytes
  }

  private static func numbers(of hello: ClientHello) -> [UInt16] {
    var numbers: [UInt16] = []
    numbers.reserveCapacity(160)
    func append(_ values: some Collection<UInt16>) {
      numbers.append(UInt16(truncatingIfNeeded: values.count))
      numbers.append(contentsOf: values)
    }
    numbers.append(hello.legacyVersion.rawValue)
    append(hello.supportedVersions.lazy.map(\.rawValue))
    append(hello.cipherSuites.lazy.map(\.rawValue))
    append(hello.compressionMethods.lazy.map(UInt16.init))
    append(hello.extensions.lazy.map(\.type.rawValue))
    append(hello.supportedGroups.lazy.map(\.rawValue))
    append(hello.ecPointFormats.lazy.map(UInt16.init))
    append(hello.signatureSchemes.lazy.map(\.rawValue))
    append(hello.certificateSignatureSchemes.lazy.map(\.rawValue))
    append(hello.keyShareGroups.lazy.map(\.rawValue))
    append(hello.pskKeyExchangeModes.lazy.map { UInt16(truncatingIfNeeded: $0.rawValue) })
    append(hello.certificateCompressionAlgorithms.lazy.map { UInt16(truncatingIfNeeded: $0.rawValue) })
    append(hello.recordSizeLimit.map { [$0] } ?? [])
    return numbers
  }
}
