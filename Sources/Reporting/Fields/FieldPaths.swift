/// The fields that rows of values can have, by the paths of their members in the JSON output.
public enum FieldPaths {
  /// Fields of a connection.
  public static var all: [String] { connection }

  /// Fields of a comparison.
  public static var ofComparisons: [String] {
    let connection = connection.filter { $0 != "schema" }
    return comparisonsOwn.filter { $0 != "working" && $0 != "failing" }
      + ["failing", "working"].flatMap { side in connection.map { "\(side).\($0)" } }
  }

  /// What a row holds where nobody says.
  static let usual = [
    "capture", "index", "started", "client.address", "client.port", "server.address", "server.port",
    "client_hellos.0.server_name", "outcome", "negotiated.version.name", "negotiated.cipher_suite.name",
    "causes.0.code",
    "causes.0.confidence", "causes.0.title", "frames.first", "frames.last",
  ]

  static let usualOfComparisons = [
    "captures.working.name", "captures.failing.name", "causes.0.code", "causes.0.mechanism", "causes.0.confidence",
    "causes.0.title", "divergence.stage", "failing.started", "failing.client.address", "failing.client.port",
    "failing.server.address", "failing.server.port", "failing.client_hellos.0.server_name", "failing.outcome",
    "failing.display_filter",
  ]

  /// Whether a path names a member, numbers of elements aside, or what holds members.
  public static func isKnown(_ path: String, among known: [String]) -> Bool {
    let bare = bare(path)
    return !bare.isEmpty && known.contains { $0 == bare || $0.hasPrefix(bare + ".") }
  }

  /// A path without the numbers of elements.
  public static func bare(_ path: String) -> String {
    path.split(separator: ".", omittingEmptySubsequences: false).filter { Int($0) == nil }.joined(separator: ".")
  }
}
