// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "WhyFailed",
  dependencies: [.package(name: "tlswhy", path: "../..")],
  targets: [
    .executableTarget(name: "WhyFailed", dependencies: [.product(name: "TLSWhy", package: "tlswhy")])
  ],
  swiftLanguageModes: [.v6]
)
