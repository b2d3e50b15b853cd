public import Diagnosis
public import HandshakeModel
import NetworkValues
import TLSProtocol

/// What a live capture has seen, as counters that a monitoring system collects again and again.
///
/// Labels come from closed sets, but for server names: of those a bounded number is told apart, and only names of hosts.
/// Whoever sends packets cannot make more series.
public struct LiveMetrics: Sendable {
  /// Server names that are told apart; the first that come.
  public static let nameLimit = 200
  /// Versions that are told apart: more than there are.
  private static let versionLimit = 32
  /// Upper bounds of the durations that are counted together, in milliseconds.
  private static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
  private static let others = "(other)"

  private struct Handshake: Hashable {
    var outcome: Outcome
    var version: String
  }

  private struct Failure: Hashable {
    var code: CauseCode
    var mechanism: String
  }

  private struct Named: Hashable {
    var name: String
    var outcome: Outcome
  }

  private var handshakes: [Handshake: Int] = [:]
  private var versions: Set<String> = []
  private var failures: [Failure: Int] = [:]
  private var servers: [Named: Int] = [:]
  private var names: Set<String> = []
  private var unresolved = 0
  /// How many handshakes took no longer than each bound, and all.
  private var durations = [Int](repeating: 0, count: LiveMetrics.bounds.count + 1)
  private var durationSum: Int64 = 0

  public init() {}

  /// Counts a connection whose story is told.
  public mutating func count(_ connection: borrowing Connection, causes: [Cause]) {
    let version = label(ofVersion: Negotiated(connection.transcript)?.version)
    handshakes[Handshake(outcome: connection.outcome, version: version), default: 0] += 1
    let name = label(ofName: connection.transcript.clientHellos.first?.value.serverName)
    servers[Named(name: name, outcome: connection.outcome), default: 0] += 1
    if let cause = causes.first, cause.code.isFailure { count(cause) }
    guard connection.outcome == .established, let duration = connection.handshakeDuration else { return }
    let nanoseconds = max(0, duration)
    durationSum = durationSum &+ nanoseconds
    for (index, bound) in Self.bounds.enumerated() where nanoseconds <= bound * 1_000_000 { durations[index] += 1 }
    durations[Self.bounds.count] += 1
  }

  /// Counts a name that did not resolve.
  public mutating func countUnresolved(_ cause: Cause) {
    unresolved += 1
    count(cause)
  }

  private mutating func count(_ cause: Cause) {
    failures[Failure(code: cause.code, mechanism: cause.mechanism?.description ?? ""), default: 0] += 1
  }

  private mutating func label(ofVersion version: ProtocolVersion?) -> String {
    guard let name = version?.name else { return "" }
    if versions.count >= Self.versionLimit, !versions.contains(name) { return Self.others }
    versions.insert(name)
    return name
  }

  /// The name in lower case; what is no name of a host, or one too many, counts with others.
  private mutating func label(ofName name: String?) -> String {
    guard let name else { return "" }
    guard (1...253).contains(name.utf8.count), name.utf8.allSatisfy(Self.isPlain) else { return Self.others }
    let label = name.lowercased()
    if names.contains(label) { return label }
    guard names.count < Self.nameLimit else { return Self.others }
    names.insert(label)
    return label
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  // MARK: Text

  /// What the kernel and the capture itself count.
  public struct Traffic: Sendable {
    /// Packets that were captured, and their bytes.
    public var packets = 0
    /// Bytes of those packets.
    public var bytes: UInt64 = 0
    /// Packets that the kernel dropped, and those that the interface did.
    public var droppedByKernel: UInt64 = 0
    /// Packets that the interface dropped.
    public var droppedByInterface: UInt64 = 0

    public init() {}
  }

  /// Everything in Prometheus' text format, with `now` in seconds since 1970.
  public func text(_ traffic: Traffic, version: String, now: Int64) -> String {
    var page = PrometheusText()
    page.metric("tlswhy_build_info", "The program that captures.", type: "gauge")
    page.sample("tlswhy_build_info", [("version", version)], 1)
    page.metric("tlswhy_handshakes_total", "Handshakes by outcome and by the version that was agreed on.")
    for (key, count) in handshakes.sorted(by: {
      ($0.key.outcome.rawValue, $0.key.version) < ($1.key.outcome.rawValue, $1.key.version)
    }) {
      page.sample("tlswhy_handshakes_total", [("outcome", key.outcome.rawValue), ("version", key.version)], count)
    }
    page.metric("tlswhy_failures_total", "Failures by cause and mechanism; tlswhy explain says what each means.")
    for (key, count) in failures.sorted(by: {
      ($0.key.code.rawValue, $0.key.mechanism) < ($1.key.code.rawValue, $1.key.mechanism)
    }) {
      page.sample("tlswhy_failures_total", [("cause", key.code.rawValue), ("mechanism", key.mechanism)], count)
    }
    page.metric("tlswhy_server_handshakes_total", "Handshakes by the server name that clients asked for, and outcome.")
    for (key, count) in servers.sorted(by: {
      ($0.key.name, $0.key.outcome.rawValue) < ($1.key.name, $1.key.outcome.rawValue)
    }) {
      page.sample(
        "tlswhy_server_handshakes_total", [("server_name", key.name), ("outcome", key.outcome.rawValue)], count)
    }
    page.metric("tlswhy_handshake_duration_seconds", "From the first packet to the last Finished.", type: "histogram")
    for (bound, count) in zip(Self.bounds, durations) {
      page.sample("tlswhy_handshake_duration_seconds_bucket", [("le", Self.seconds(bound * 1_000_000))], count)
    }
    page.sample("tlswhy_handshake_duration_seconds_bucket", [("le", "+Inf")], durations[Self.bounds.count])
    page.sample("tlswhy_handshake_duration_seconds_sum", [], Self.seconds(durationSum))
    page.sample("tlswhy_handshake_duration_seconds_count", [], durations[Self.bounds.count])
    page.counter("tlswhy_unresolved_names_total", "Names that did not resolve.", unresolved)
    page.counter("tlswhy_packets_total", "Packets captured.", traffic.packets)
    page.counter("tlswhy_bytes_total", "Bytes of packets captured.", traffic.bytes)
    page.counter("tlswhy_kernel_dropped_packets_total", "Packets that the kernel dropped.", traffic.droppedByKernel)
    page.counter(
      "tlswhy_interface_dropped_packets_total", "Packets that the interface dropped.", traffic.droppedByInterface)
    page.metric("tlswhy_updated_timestamp_seconds", "When this was written.", type: "gauge")
    page.sample("tlswhy_updated_timestamp_seconds", [], now)
    return page.text
  }

  /// Decimal seconds without trailing zeros, `0.005`.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let digits = String(nanoseconds % 1_000_000_000)
    var text = "\(nanoseconds / 1_000_000_000)." + String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}

/// Prometheus' text format (version 0.0.4).
struct PrometheusText {
  private(set) var text = ""

  mutating func metric(_ name: StaticString, _ help: StaticString, type: StaticString = "counter") {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func counter(_ name: StaticString, _ help: StaticString, _ value: some BinaryInteger) {
    metric(name, help)
    sample(name, [], value)
  }

  mutating func sample(_ name: StaticString, _ labels: [(StaticString, String)], _ value: some CustomStringConvertible)
  {
    let pairs = labels.map { "\($0)=\"\(Self.escape($1))\"" }
    text += "\(name)\(pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}") \(value)\n"
  }

  /// In a label's value a backslash, a quote and a line's end are escaped; what acts on a display is spelled out before.
  static func escape(_ value: String) -> String {
    var output = ""
    for scalar in value.escapedForDisplay.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
    return output
  }
}
