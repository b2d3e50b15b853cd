// swift-tools-version: 6.2
import PackageDescription

// Micro-benchmarks, apart from the analyzer's own package: an ordinary build has no use for them.
let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "micro",
  dependencies: [.package(name: "tlswhy", path: "../..")],
  targets: [
    .executableTarget(
      name: "Micro", dependencies: [.product(name: "TLSWhy", package: "tlswhy")], swiftSettings: settings)
  ],
  swiftLanguageModes: [.v6]
)
