// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets, apart from the analyzer's own package: an ordinary build has no use for them, and what is built for
// libFuzzer has no `main`. scripts/fuzz builds and runs them.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "fuzz",
  dependencies: [
    .package(name: "tlswhy", path: ".."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        .product(name: "TLSWhy", package: "tlswhy"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: settings)
  ],
  swiftLanguageModes: [.v6]
)
