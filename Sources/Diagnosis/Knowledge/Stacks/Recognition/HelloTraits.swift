import TLSProtocol

/// What traits look at, taken out of a hello once, without GREASE.
struct HelloTraits: Sendable {
  var suites: [UInt16]
  var extensions: [UInt16]
  var groups: [UInt16]
  var schemes: [UInt16]
  var pointFormats: [UInt8]
  var compression: [CertificateCompressionAlgorithm]
  var recordSizeLimit: UInt16?
  var applicationProtocols: [String]
  var hasGREASE: Bool
  var offersOnlyTLS13: Bool

  init(_ hello: ClientHello) {
    suites = hello.cipherSuites.filter { !$0.isGREASE }.map(\.rawValue)
    // server_name and padding come and go; where they stand says little.
    extensions = hello.extensionTypes.filter { !$0.isGREASE && $0.rawValue != 0 && $0.rawValue != 21 }
      .map(\.rawValue)
    groups = hello.supportedGroups.filter { !$0.isGREASE }.map(\.rawValue)
    schemes = hello.signatureSchemes.filter { !$0.isGREASE }.map(\.rawValue)
    pointFormats = hello.ecPointFormats
    compression = hello.certificateCompressionAlgorithms
    recordSizeLimit = hello.recordSizeLimit
    applicationProtocols = hello.applicationProtocols
    hasGREASE = hello.cipherSuites.contains { $0.isGREASE }
    let versions = hello.offeredVersions
    offersOnlyTLS13 = !versions.isEmpty && versions.allSatisfy { $0.rawValue == 0x0304 }
  }
}
