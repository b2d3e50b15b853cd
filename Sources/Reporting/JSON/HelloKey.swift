import HandshakeModel
import TLSProtocol

/// What the recurring members of a hello's JSON follow from. A capture's thousands of connections come from a handful of
/// clients and servers, whose hellos differ only in what is random or names the server: the rest, with its names and
/// fingerprints, is rendered once.
struct HelloKey: Hashable, Sendable {
  private let transport: ConnectionTransport
  /// All lists of numbers in a row, each behind its length.
  private var numbers: [UInt16] = []
  private let texts: [String]
  private let marks: [Bool]

  /// Nil for a hello whose malformed extensions make it one of a kind.
  init?(_ hello: ClientHello, over transport: ConnectionTransport) {
    guard hello.malformedExtensions.isEmpty else { return nil }
    self.transport = transport
    texts = hello.applicationProtocols
    // JA4 tells a client that names its server from one that does not.
    marks = [hello.serverName != nil, hello.hasOuterEncryptedClientHello, hello.isSSLv2Format]
    numbers.reserveCapacity(160)
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
  }

  init?(_ hello: ServerHello) {
    guard hello.malformedExtensions.isEmpty else { return nil }
    transport = .tcp
    texts = hello.applicationProtocol.map { [$0] } ?? []
    marks = [hello.isHelloRetryRequest]
    numbers = [hello.legacyVersion.rawValue, hello.cipherSuite.rawValue, UInt16(hello.compressionMethod)]
    append(hello.selectedVersion.map { [$0.rawValue] } ?? [])
    append(hello.selectedGroup.map { [$0.rawValue] } ?? [])
    append(hello.selectedIdentity.map { [$0] } ?? [])
    append(hello.extensions.lazy.map(\.type.rawValue))
  }

  private mutating func append(_ values: some Collection<UInt16>) {
    numbers.append(UInt16(truncatingIfNeeded: values.count))
    numbers.append(contentsOf: values)
  }
}
