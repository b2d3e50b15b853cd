// swift-tools-version: 6.2
import PackageDescription

// `Lifetimes` lets a type borrow the bytes it reads (`~Escapable`): the compiler then proves that nobody keeps a
// packet after its buffer is reused. It is experimental in name only: SwiftNIO and swift-collections ship with it.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "tlswhy",
  products: [
    .executable(name: "tlswhy", targets: ["TlswhyCommand"]),
    .library(name: "TLSWhy", targets: ["TLSWhy"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // No pkg-config: it would name folders to look for libraries in, before those that `make build` names.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CGlibc"),
    .target(name: "CPcap"),
    .target(name: "Bytes", swiftSettings: settings),
    .target(name: "NetworkValues", swiftSettings: settings),
    .target(
      name: "PacketCapture", dependencies: ["Bytes", "NetworkValues", "CGlibc", "CPcap", "CZlib"],
      swiftSettings: settings),
    .target(
      name: "NetworkProtocols", dependencies: ["Bytes", "NetworkValues", "PacketCapture"], swiftSettings: settings),
    .target(
      name: "TLSProtocol",
      dependencies: [
        "Bytes", "NetworkValues",
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "CertificateCompression", dependencies: ["TLSProtocol", "CZlib", "CBrotli", "CZstd"],
      swiftSettings: settings),
    .target(
      name: "HandshakeModel", dependencies: ["Bytes", "NetworkValues", "TLSProtocol"], swiftSettings: settings),
    .target(
      name: "ConnectionTracking",
      dependencies: [
        "Bytes", "NetworkValues", "PacketCapture", "NetworkProtocols", "TLSProtocol", "CertificateCompression",
        "HandshakeModel",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Diagnosis",
      dependencies: ["HandshakeModel", "NetworkValues", "TLSProtocol"],
      swiftSettings: settings),
    .target(
      name: "Reporting",
      dependencies: [
        "Diagnosis", "NetworkValues", "HandshakeModel", "TLSProtocol",
      ],
      swiftSettings: settings),
    .target(
      name: "TLSWhy",
      dependencies: [
        "Bytes", "NetworkValues", "PacketCapture", "NetworkProtocols", "TLSProtocol", "HandshakeModel",
        "ConnectionTracking", "Diagnosis",
        "Reporting",
      ],
      swiftSettings: settings
    ),
    // Not "tlswhy": on a file system that ignores case its module would collide with the library's.
    .executableTarget(
      name: "TlswhyCommand",
      dependencies: [
        "Bytes", "CGlibc", "NetworkValues", "PacketCapture", "NetworkProtocols", "TLSProtocol", "HandshakeModel",
        "ConnectionTracking", "Diagnosis",
        "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "NetworkValuesTests", dependencies: ["NetworkValues"], swiftSettings: settings),
    .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: settings),
    .testTarget(
      name: "PacketCaptureTests", dependencies: ["Bytes", "NetworkValues", "PacketCapture"], swiftSettings: settings),
    .testTarget(
      name: "NetworkProtocolsTests", dependencies: ["NetworkValues", "NetworkProtocols", "PacketCapture"],
      swiftSettings: settings),
    .testTarget(name: "TLSProtocolTests", dependencies: ["TLSProtocol", "Bytes"], swiftSettings: settings),
    .testTarget(
      name: "CertificateCompressionTests", dependencies: ["CertificateCompression", "TLSProtocol"],
      swiftSettings: settings),
    .testTarget(
      name: "ConnectionTrackingTests",
      dependencies: [
        "Bytes", "ConnectionTracking", "NetworkValues", "HandshakeModel", "TLSProtocol",
        "NetworkProtocols", "PacketCapture",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: [
        "ConnectionTracking", "NetworkValues", "Diagnosis", "HandshakeModel", "NetworkProtocols", "TLSProtocol",
        "PacketCapture",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "ConnectionTracking", "NetworkValues", "Reporting", "Diagnosis", "HandshakeModel", "NetworkProtocols",
        "TLSProtocol", "PacketCapture",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "NetworkValues", "TlswhyCommand", "ConnectionTracking", "HandshakeModel", "Reporting", "Diagnosis",
      ],
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)
