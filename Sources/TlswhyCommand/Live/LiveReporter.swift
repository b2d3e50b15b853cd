import Diagnosis
import Glibc
import HandshakeModel
import NetworkValues
import Reporting

/// Turns connections whose story is told into lines, and counts them.
struct LiveReporter {
  private(set) var tally = Tally()
  /// The files of a rotation, to say which of them holds the frames that are cited.
  var files: [CaptureFilePlace] = []
  /// What stands beside frames in the capture that is written again.
  private(set) var annotations = CaptureAnnotations()
  private(set) var metrics = LiveMetrics()
  private let asJSON: Bool
  private let annotates: Bool
  private let failuresOnly: Bool
  private let verbose: Bool
  private let line: LiveLine
  private let text: TextReport
  private var json = JSONReport()
  private var writer = JSONWriter(reservingCapacity: 64 * 1024)
  private var peers = WorkingPeers()
  /// Connections that came to nothing while the service is known over the other address family: the client may be
  /// about to try that one by itself.
  private var held: [(connection: Connection, others: [IPAddress], until: Timestamp)] = []

  /// How long a client takes to go on with the next address (RFC 8305 §5 says 250 ms).
  private static let fallbackPatience: Int64 = 350_000_000

  /// - Parameter cutsLines: whether lines shall fit into the width of the report.
  init(asJSON: Bool, annotates: Bool, failuresOnly: Bool, verbose: Bool, text: TextReport, cutsLines: Bool) {
    self.asJSON = asJSON
    self.annotates = annotates
    self.failuresOnly = failuresOnly
    self.verbose = verbose
    self.text = text
    line = LiveLine(style: text.style, width: text.width, isUnbroken: !cutsLines, clock: text.clock)
  }

  /// Takes a connection whose story is told; `others` are addresses of the other family that its server has too.
  mutating func report(
    _ connection: Connection, others: [IPAddress] = [], now: Timestamp, on screen: inout LiveScreen
  ) {
    if connection.outcome == .incomplete, connection.network.isStartMissing {
      if connection.transcript.isTLS { tally.underWay += 1 }
      return
    }
    guard connection.isReported else { return }
    tally.count(connection)
    peers.remember(connection)
    if !connection.network.isConnected, peers.otherFamily(than: connection, at: others) != nil {
      held.append((connection, others, Timestamp(nanoseconds: now.nanoseconds &+ Self.fallbackPatience)))
    } else {
      write(connection, others, to: &screen)
    }
  }

  /// Reports what was held back until `now`.
  mutating func release(now: Timestamp, on screen: inout LiveScreen) {
    while let first = held.first, first.until <= now {
      held.removeFirst()
      if peers.hasFallback(of: first.connection, at: first.others) {
        tally.noteFallback()
      } else {
        write(first.connection, first.others, to: &screen)
      }
    }
  }

  /// Tells a name that did not resolve. It has no connection, of which each line of JSON holds one: there it is a remark.
  mutating func report(_ name: UnresolvedName, on screen: inout LiveScreen) {
    tally.unresolved += 1
    tally.codes[name.cause.code, default: 0] += 1
    metrics.countUnresolved(name.cause)
    if annotates { annotations.add(name.cause) }
    if asJSON {
      screen.remark("tlswhy: \(name.client): \(name.cause.title) (\(name.cause.code.rawValue))")
    } else {
      screen.write(line.render(name.cause, of: name.client, at: name.time, files: files))
    }
  }

  private mutating func write(_ connection: Connection, _ others: [IPAddress], to screen: inout LiveScreen) {
    let causes = peers.diagnose(connection, others: others)
    let isFailure = connection.outcome == .failed
    if let code = causes.first?.code, code != CauseCode.none { tally.codes[code, default: 0] += 1 }
    metrics.count(connection, causes: causes)
    if annotates { annotations.add(connection, causes: causes) }
    if failuresOnly, !isFailure { return }
    if connection.outcome == .incomplete, !verbose { return }
    if asJSON {
      json.append(connection, causes: causes, files: files, to: &writer)
      screen.write(writer.bytes)
      writer.removeAll()
    } else if verbose, isFailure {
      screen.write(text.render(connection, causes: causes, detail: .brief))
    } else {
      screen.write(line.render(connection, causes: causes, files: files))
    }
  }
}
