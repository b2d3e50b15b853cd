/// The part of the stack in which a cause lies, bottom-up: the first half of its code.
public enum CauseLayer: String, Sendable, Hashable, CaseIterable {
  case resolution = "dns"
  case transport = "tcp"
  case application = "app"
  case handshake = "tls"
  case certificate = "cert"
  case capture = "capture"
  /// Nothing failed.
  case none = "none"

  /// The layer as a heading.
  public var title: String {
    switch self {
    case .resolution: "Name resolution"
    case .transport: "Network and TCP"
    case .application: "What is spoken around TLS"
    case .handshake: "TLS negotiation"
    case .certificate: "Certificates"
    case .capture: "The capture itself"
    case .none: "Nothing wrong"
    }
  }
}

extension CauseCode {
  /// The layer that the code names before its dot.
  public var layer: CauseLayer { Self.layers[self] ?? .none }

  private static let layers = Dictionary(
    uniqueKeysWithValues: allCases.map { code in
      (code, CauseLayer(rawValue: String(code.rawValue.prefix { $0 != "." })) ?? .none)
    })
}
