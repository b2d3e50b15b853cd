public import Diagnosis
public import HandshakeModel
import NetworkValues
import TLSProtocol

/// How often connections to each server failed, and of what.
///
/// Whatever the order in which it is counted, and in however many parts, the result is the same: of more servers than are
/// told apart those are kept whose names have the lowest hashes, so that whoever is kept was counted from the first.
public struct ServerFailures: Sendable {
  /// Servers that are told apart.
  public static let limit = 1024

  private struct Server: Sendable {
    var hash: UInt64
    var codes: [CauseCode: Int]
  }

  private var servers: [String: Server] = [:]
  /// Higher hashes are not kept any more.
  private var threshold = UInt64.max
  private(set) var all = 0

  public init() {}

  /// No connection failed.
  public var isEmpty: Bool { all == 0 }

  /// Counts a connection that failed.
  public mutating func count(_ connection: borrowing Connection, _ code: CauseCode) {
    add(Self.label(connection), [code: 1])
    all += 1
  }

  /// Takes in what was counted elsewhere.
  public mutating func add(_ other: Self) {
    for (label, server) in other.servers { add(label, server.codes) }
    threshold = min(threshold, other.threshold)
    all += other.all
  }

  /// Forgets everything.
  public mutating func removeAll() { self = Self() }

  private mutating func add(_ label: String, _ codes: [CauseCode: Int]) {
    if servers[label]?.codes.merge(codes, uniquingKeysWith: +) != nil { return }
    let hash = Self.hash(label)
    guard hash <= threshold else { return }
    servers[label] = Server(hash: hash, codes: codes)
    if servers.count >= 2 * Self.limit { cut() }
  }

  private mutating func cut() {
    let kept = servers.sorted { ($0.value.hash, $0.key) < ($1.value.hash, $1.key) }.prefix(Self.limit)
    servers = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    threshold = min(threshold, kept.last?.value.hash ?? .max)
  }

  /// `api.test:443`, by the name that the client asked for; its address where it asked for none. At most 128 bytes.
  static func label(_ connection: borrowing Connection) -> String {
    guard let name = connection.transcript.clientHellos.first?.value.serverName, !name.isEmpty else {
      return "\(connection.server)"
    }
    return "\(name.clipped(to: 120)):\(connection.server.port)"
  }

  /// FNV-1a: the same in every run.
  private static func hash(_ label: String) -> UInt64 {
    label.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// Each server with what its connections failed of, the most failures first.
  public var ranked: [(server: String, failures: Int, codes: [(code: CauseCode, count: Int)])] {
    var whole = self
    whole.cut()
    return whole.servers.map { label, server in
      (label, server.codes.values.reduce(0, +), SummaryFacts.ranked(server.codes))
    }
    .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }
}

/// What several captures hold together.
public struct GrandTotal: Sendable {
  /// How many captures were read.
  public var captures = 0
  /// Connections of all of them by outcome.
  public var counts = CaptureStatistics()
  /// How often each cause came up.
  public var causes: [CauseCode: Int] = [:]
  /// Which servers the failures were with.
  public var servers = ServerFailures()

  public init() {}

  /// Servers that a summary names.
  static let serverLimit = 10

  /// `12 × api.test:443: cert.expired 10, tls.version 2`, the servers with most failures first, and how many more failures
  /// there are elsewhere.
  var serverLines: [String] {
    let ranked = servers.ranked
    var lines = ranked.prefix(Self.serverLimit).map { item in
      let codes = item.codes.map { "\($0.code.rawValue) \(Measures.grouped($0.count))" }
      return "\(Measures.grouped(item.failures)) × \(item.server): \(codes.joined(separator: ", "))"
    }
    let rest = servers.all - ranked.prefix(Self.serverLimit).reduce(0) { $0 + $1.failures }
    if rest > 0 { lines.append("\(Measures.grouped(rest)) × other servers") }
    return lines
  }

  /// `94 captures`.
  var title: String { "All \(Measures.count(captures, "capture"))" }
}
