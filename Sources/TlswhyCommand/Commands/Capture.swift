import ArgumentParser
import Bytes
import ConnectionTracking
import Glibc
import HandshakeModel
import PacketCapture
import Reporting

/// `tlswhy capture`: handshakes as they happen.
struct Capture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Watch handshakes live: a line as each completes, a verdict as soon as one fails.",
    discussion: """
      Words after the options are a filter as tcpdump takes it:
        tlswhy capture -i lo port 8443

      Needs the capability CAP_NET_RAW: sudo, or once:
        sudo setcap cap_net_raw+ep "$(command -v tlswhy)"
      Started by sudo it becomes the invoking user as soon as the interfaces are open; started by root itself it \
      becomes nobody.

      Ctrl-C, SIGTERM and SIGHUP end it after the packets that have arrived; SIGUSR1 prints statistics.

      Exit status: 0 nothing failed, 1 at least one connection failed, 3 an interface vanished or a file could not be \
      written, 4 no permission to capture.
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The interface; may be repeated; any for all. Default: as tcpdump chooses.", valueName: "name"),
    completion: .interfaces)
  var interface: [String] = []

  @Argument(help: ArgumentHelp("Capture only packets that match this filter (pcap-filter).", valueName: "filter"))
  var filter: [String] = []

  @Option(
    name: [.customShort("w"), .long],
    help: ArgumentHelp("Keep the packets in a pcapng file; - is standard output.", valueName: "file"),
    completion: .files)
  var write: String?

  @Option(
    name: .long, help: ArgumentHelp("Begin a new file after a size (100M) or a time (10m, 1h).", valueName: "limit"))
  var rotate: RotationLimit?

  @Option(name: .long, help: ArgumentHelp("Keep only the newest files of --rotate.", valueName: "n"))
  var keep: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "When the capture ends, write what -w has again, verdicts as comments of the frames that prove them.",
      valueName: "file"), completion: .files)
  var annotate: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep counters in this file, in Prometheus' text format, for node_exporter's textfile collector.",
      valueName: "file"), completion: .files)
  var metrics: String?

  @Flag(name: .long, help: "Write only the packets of handshakes, and those that end connections.")
  var handshakesOnly = false

  @Flag(name: .long, help: "Report only connections that failed.")
  var failuresOnly = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Bytes to capture of each packet; 0 for all.", valueName: "bytes"))
  var snaplen = 262_144

  @Option(
    name: [.customShort("B"), .long],
    help: ArgumentHelp(
      "The kernel's buffer for each interface, in KiB (2048 at least). A small one delays verdicts.",
      valueName: "KiB"))
  var bufferSize = 16_384

  /// Several of the kernel's blocks: with fewer, packets wait or are lost.
  private static let smallestBuffer = 2048

  @Flag(name: [.customShort("p"), .long], help: "Do not make the interface promiscuous.")
  var noPromiscuous = false

  @Flag(name: [.customShort("U"), .long], help: "Write each packet to -w at once, not once a second.")
  var packetBuffered = false

  @Flag(
    name: .customShort("n"),
    help: "Accepted for tcpdump's sake, -nn too: addresses and ports are never turned into names.")
  var numeric: Int

  @Option(name: .shortAndLong, help: ArgumentHelp("Stop after so many packets.", valueName: "packets"))
  var count: Int?

  @Option(name: .long, help: ArgumentHelp("Stop after this time (90, 5m, 1h).", valueName: "time"))
  var duration: TimeSpan?

  @Option(name: .long, help: ArgumentHelp("A SYN unanswered for so long is a failure.", valueName: "time"))
  var connectTimeout = TimeSpan(seconds: 10)

  @Option(
    name: .long, help: ArgumentHelp("A handshake that does not go on for so long is a failure.", valueName: "time"))
  var handshakeTimeout = TimeSpan(seconds: 10)

  @Option(name: .long, help: ArgumentHelp("Forget a connection without packets for so long.", valueName: "time"))
  var idleTimeout = TimeSpan(seconds: 300)

  @Option(name: .long, help: "How to write the result; keep the packets with -w and use analyze for other formats.")
  var format = LineFormatName.text

  @OptionGroup var memory: MemoryOption
  @OptionGroup var report: DestinationOptions

  func validate() throws {
    if rotate != nil || keep != nil || handshakesOnly {
      guard write != nil else { throw ValidationError("--rotate, --keep and --handshakes-only need -w") }
      if rotate != nil, write == "-" { throw ValidationError("--rotate needs a file, not standard output") }
      if keep != nil, rotate == nil { throw ValidationError("--keep needs --rotate") }
    }
    if write == "-", Terminal.isOutputTerminal {
      throw ValidationError("packets would go to the terminal; name a file, or a pipe behind -w -")
    }
    if write == "-", report.output == nil || report.output == "-", format == .json {
      throw ValidationError("packets and JSON cannot share standard output; name a file with --output")
    }
    try requireTwoOutputs()
    try requireAnnotatable()
    if let metrics, metrics == "-" || [write, report.output, annotate].contains(where: { $0 == metrics }) {
      throw ValidationError("--metrics needs a file of its own")
    }
    if let keep, keep < 1 { throw ValidationError("--keep needs at least 1") }
    if let count, count < 1 { throw ValidationError("--count needs at least 1") }
    if let duration, duration.seconds <= 0 {
      throw ValidationError("--duration needs more than 0; without it the capture goes on until Ctrl-C")
    }
    guard snaplen >= 0 else { throw ValidationError("--snaplen must not be negative") }
    guard (Self.smallestBuffer..<2_097_152).contains(bufferSize) else {
      throw ValidationError("--buffer-size is in KiB: \(Self.smallestBuffer) at least, and below 2097152 (2 GiB)")
    }
  }

  /// Packets and results must not go into one file, by whatever names: each would write over the other.
  private func requireTwoOutputs() throws {
    guard let write, write != "-" else { return }
    let isShared =
      if let output = report.output, output != "-" {
        SystemFile.isSame(output, write) || rotate != nil && Self.isSeries(write, reaching: output)
      } else {
        SystemFile.identity(descriptor: 1).map { $0 == SystemFile.identity(write) } ?? false
      }
    if isShared {
      throw ValidationError("packets and results cannot share a file; name another one with --output")
    }
  }

  /// What is annotated is read again at the end: it has to be one file.
  private func requireAnnotatable() throws {
    guard let annotate else { return }
    guard let write, write != "-", rotate == nil else {
      throw ValidationError("--annotate needs -w with one file, without --rotate")
    }
    if annotate == "-" || SystemFile.isSame(annotate, write)
      || report.output.map({ SystemFile.isSame(annotate, $0) }) ?? false
    {
      throw ValidationError("--annotate needs a file of its own")
    }
  }

  /// Whether a rotation would come to write a file in time.
  private static func isSeries(_ path: String, reaching output: String) -> Bool {
    let numbers = output.split { !$0.isNumber }.compactMap { Int($0) }
    return numbers.contains { SystemFile.isSame(output, RotatingCaptureWriter.path(path, number: $0)) }
  }

  func run() throws {
    var session = try open()
    let status = session.run()
    if status != .success { throw status }
  }

  /// Opens interfaces and files, then gives up what only that needed.
  private func open() throws -> CaptureSession {
    do throws(CaptureError) {
      let capture = try LiveCapture(
        LiveOptions(
          interfaces: interface, filter: filter.joined(separator: " "), snapLength: snaplen == 0 ? 262_144 : snaplen,
          bufferSize: bufferSize << 10, isPromiscuous: !noPromiscuous))
      CaptureSignals.handle(stopping: capture.stopper)
      let owner = UserIdentity.invokingSudo
      let interfaces = capture.interfaces
      let file = try write.map { path throws(CaptureError) in
        try CaptureFile(
          path: path, interfaces: interfaces,
          rotation: rotate.map { CaptureRotation(size: $0.size, time: $0.time?.duration, keep: keep) },
          comments: ["tlswhy \(CommandLine.arguments.dropFirst().joined(separator: " "))"], owner: owner)
      }
      let annotation = try annotate.map { path throws(CaptureError) in
        try LiveAnnotation(path, of: write ?? "", owner: owner)
      }
      let screen = try openScreen(owner: owner)
      // Files of a rotation yet to come are root's where root itself captures: it stays, without its powers. Whoever
      // called sudo may make those to come where the first was made, as a member of a group too.
      // So are the metrics, of which each state is a new file.
      let makesFiles = rotate != nil || metrics != nil
      try Privileges.drop(to: owner ?? (makesFiles ? nil : .nobody), keepsGroups: owner != nil)
      if rotate != nil, let write { try requireDirectory(of: write, "--rotate") }
      if let metrics { try requireDirectory(of: metrics, "--metrics") }
      announce(interfaces)
      return CaptureSession(
        capture: capture, file: file,
        reporter: LiveReporter(
          asJSON: format == .json, annotates: annotate != nil, failuresOnly: failuresOnly || report.quiet,
          verbose: report.verbose,
          text: report.text,
          cutsLines: Terminal.isOutputTerminal && report.output == nil && !report.verbose),
        screen: screen, plan: plan(interfaces), text: report.text, annotation: annotation,
        metrics: metrics.map { MetricsFile(path: $0) })
    } catch {
      throw Failure(error.exitStatus, error.description + hint(error))
    }
  }

  /// tcpdump's users now and then leave the -i out.
  private func hint(_ error: CaptureError) -> String {
    guard case .badFilter = error.kind, let word = filter.first, NetworkInterface.isUp(word) != nil || word == "any"
    else { return "" }
    return "; or did you mean -i \(word)?"
  }

  /// Files to come need a directory in which this user may make them: that shows now, not at night.
  private func requireDirectory(of path: String, _ option: String) throws(CaptureError) {
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard unsafe access(directory, W_OK | X_OK) == 0 else {
      throw CaptureError(
        .unwritable("\(option) makes files as user \(geteuid()), who may not do so here; choose another directory"),
        path: directory)
    }
  }

  private func openScreen(owner: UserIdentity?) throws(CaptureError) -> LiveScreen {
    var descriptor: Int32 = write == "-" ? 2 : 1
    if let output = report.output, output != "-" {
      descriptor = try OutputPath.open(output, for: .report, owner: owner)
    }
    return LiveScreen(descriptor: descriptor, wantsStatusLine: !report.quiet)
  }

  private func announce(_ interfaces: [CaptureInterface]) {
    guard !report.quiet else { return }
    let names = interfaces.map(\.name).joined(separator: ", ")
    let words = filter.isEmpty ? "" : " for \(filter.joined(separator: " "))"
    Output.complain(lines: "listening on \(names)\(words); Ctrl-C ends")
  }

  private func plan(_ interfaces: [CaptureInterface]) -> CaptureSession.Plan {
    var limits = TrackerLimits(memory: memory.budget)
    var timing = LiveTiming()
    timing.connecting = connectTimeout.seconds
    timing.answering = handshakeTimeout.seconds
    limits.live = timing
    limits.readsOnlyHandshakes = handshakesOnly
    limits.idleSeconds = idleTimeout.seconds
    // The last segments of a connection whose story is told must not pass for a new one.
    limits.lingerSeconds = 5
    limits.orderlyLingerSeconds = 5
    limits.resetLingerSeconds = 5
    return CaptureSession.Plan(
      limits: limits, packetLimit: count, duration: duration, handshakesOnly: handshakesOnly, quiet: report.quiet,
      isPacketBuffered: packetBuffered || write == "-",
      name: interfaces.map(\.name).joined(separator: ", "))
  }
}

extension CaptureError {
  /// How the program ends for it.
  var exitStatus: ExitStatus {
    switch kind {
    case .capturePermission: .notPermitted
    case .badFilter: .usage
    default: .inputUnreadable
    }
  }
}
