import Glibc
import HandshakeModel
import NetworkProtocols
import PacketCapture

/// Runs a command and captures what it does on the network.
///
/// Everything is captured, on every interface, the loopback included: only then can a service on `localhost` be reached as
/// always. ``FlowOwners`` then tells which packets are the command's.
struct CommandRecorder {
  var arguments: [String]
  /// The pcapng file to write.
  var path: String
  /// Where the command shall log its TLS secrets.
  var keyLogPath: String?
  /// The command is ended after this time.
  var timeLimit: TimeSpan?
  /// Keeps what the command writes away from this program's output.
  var isolatesOutput = false
  var owner: UserIdentity?

  /// How long after the command's end its last packets may arrive.
  private static let grace = Duration.milliseconds(200)
  /// The kernel gathers frames for so many milliseconds: the sooner a SYN is seen, the surer is whose it is.
  private static let batchTime = 4
  private static let lookTime = Duration.milliseconds(5)
  private static let killDelay = Duration.seconds(2)

  struct Outcome {
    var exitCode: Int32
    var errors: [UInt8]
    var frames: Int
    var secrets: [UInt8]
    var drops: UInt64
    var isTimedOut: Bool
  }

  static func open(interfaces: [String]) throws(CaptureError) -> LiveCapture {
    try LiveCapture(
      LiveOptions(
        interfaces: interfaces.isEmpty ? ["any"] : interfaces, filter: "tcp or udp or icmp or icmp6",
        bufferSize: 64 << 20, isPromiscuous: false, batchTime: batchTime))
  }

  /// A command that runs, or waits to be let.
  struct Start {
    fileprivate let child: ChildProcess
    /// How much stood in the key log before.
    fileprivate let logged: Int
  }

  /// Starts the command, once it is sure that the files can be written.
  ///
  /// - Parameter isHeld: whether it waits for ``run(_:on:)``.
  func start(isHeld: Bool = false) throws(Failure) -> Start {
    do throws(CaptureError) {
      // Whether the file can be written shows before the command has run in vain.
      var file = try CaptureWriter(path: path, comments: ["command: \(commandLine)"], owner: owner, contents: contents)
      try file.finish()
      if let keyLogPath { try ProcessFile.prepareSecrets(keyLogPath) }
    } catch {
      throw Failure(.inputUnreadable, error.description)
    }
    var environment: [String: String] = [:]
    if let keyLogPath { environment["SSLKEYLOGFILE"] = Self.absolute(keyLogPath) }
    OrphanCare.begin()
    let logged = secrets().count
    return Start(
      child: try ChildProcess(
        arguments, environment: environment, isolatesOutput: isolatesOutput, isHeld: isHeld),
      logged: logged)
  }

  /// What will be in the file decides whose it has to be.
  private var contents: OutputContents { keyLogPath == nil ? .packets : .secrets }

  /// Captures until the command has ended.
  func run(_ start: Start, on capture: inout LiveCapture) throws(Failure) -> Outcome {
    let before = capture.statistics.reduce(0) { $0 &+ $1.droppedByKernel }
    let spool = path + ".recording"
    // Left behind by a run that was killed, or put there by somebody else.
    unsafe unlink(spool)
    defer { unsafe unlink(spool) }
    let child = start.child
    let clock = ContinuousClock()
    let begin = clock.now
    child.release()
    do throws(CaptureError) {
      var (owners, isTimedOut) = try record(child, on: &capture, to: spool)
      let secrets = Array(secrets().dropFirst(start.logged))
      let statistics = capture.statistics
      let frames = try keep(from: spool, of: &owners, child, secrets, capture.interfaces)
      return Outcome(
        exitCode: child.exitCode ?? 0, errors: child.errors.bytes, frames: frames, secrets: secrets,
        drops: statistics.reduce(0) { $0 &+ $1.droppedByKernel } &- before, isTimedOut: isTimedOut)
    } catch {
      // The command is not left alone: what it does still matters to whoever started it.
      var tree = ProcessTree(root: child.identifier)
      var isAsked = false
      while child.exitCode == nil {
        child.attend()
        usleep(10_000)
        guard let timeLimit, clock.now - begin >= timeLimit.duration else { continue }
        let isHopeless = clock.now - begin >= timeLimit.duration + Self.killDelay
        guard isHopeless || !isAsked else { continue }
        tree.update()
        for process in tree.members { kill(process, isHopeless ? SIGKILL : SIGTERM) }
        isAsked = true
      }
      throw Failure(.inputUnreadable, error.description)
    }
  }

  // MARK: Recording

  private func record(
    _ child: ChildProcess, on capture: inout LiveCapture, to spool: String
  ) throws(CaptureError) -> (FlowOwners, isTimedOut: Bool) {
    var owners = FlowOwners(root: child.identifier)
    var decoder = FrameDecoder()
    var writer = try CaptureWriter(path: spool, contents: .spool)
    for interface in capture.interfaces { try writer.addInterface(interface) }
    let clock = ContinuousClock()
    let start = clock.now
    var end: ContinuousClock.Instant?
    var isTimedOut = false
    while true {
      switch try capture.next(timeout: Self.lookTime) {
      case .frame(let frame):
        if let facts = FrameFacts.read(frame, with: &decoder),
          owners.observe(facts, interface: Self.interfaceIndex(of: frame))
        {
          try writer.write(frame)
        }
      case .idle: break
      case .ended: end = end ?? clock.now - Self.grace
      }
      child.attend()
      owners.pollIfDue()
      let now = clock.now
      if end == nil, child.exitCode != nil { end = now }
      if let end, now - end >= Self.grace { break }
      if end == nil, let timeLimit, now - start >= timeLimit.duration {
        let isHopeless = now - start >= timeLimit.duration + Self.killDelay
        if isHopeless || !isTimedOut { owners.end(with: isHopeless ? SIGKILL : SIGTERM) }
        isTimedOut = true
      }
    }
    try writer.finish()
    return (owners, isTimedOut)
  }

  /// On `any`, the index of the interface that a frame passed (LINKTYPE_LINUX_SLL2); else the capture's own.
  private static func interfaceIndex(of frame: borrowing Frame) -> UInt32 {
    guard frame.linkType == .linuxCooked2, frame.bytes.byteCount >= 8 else { return UInt32(clamping: frame.interface) }
    return (4..<8).reduce(0) { $0 << 8 | UInt32(unsafe frame.bytes.unsafeLoad(fromByteOffset: $1, as: UInt8.self)) }
  }

  // MARK: Keeping what is the command's

  private func keep(
    from spool: String, of owners: inout FlowOwners, _ child: ChildProcess, _ secrets: [UInt8],
    _ interfaces: [CaptureInterface]
  ) throws(CaptureError) -> Int {
    var comments = ["command: \(commandLine)", "exit code: \(child.exitCode ?? 0)"]
    if !child.errors.isEmpty {
      comments.append("standard error:\n" + String(decoding: child.errors.bytes, as: UTF8.self))
    }
    var writer = try CaptureWriter(
      path: path, comments: comments, application: "tlswhy \(ProgramVersion.text)", owner: owner, contents: contents)
    for interface in interfaces { try writer.addInterface(interface) }
    if !secrets.isEmpty { try writer.write(secrets: secrets) }
    var source = try PacketSource(path: spool)
    var decoder = FrameDecoder()
    while let frame = try source.next() {
      guard let facts = FrameFacts.read(frame, with: &decoder) else { continue }
      if owners.keeps(facts, interface: Self.interfaceIndex(of: frame)) { try writer.write(frame) }
    }
    try writer.finish()
    return writer.framesWritten
  }

  /// What stands in the key log by now.
  private func secrets() -> [UInt8] {
    guard let keyLogPath else { return [] }
    return (try? ProcessFile.read(keyLogPath, limit: 1 << 26)) ?? []
  }

  private var commandLine: String {
    arguments.map(Self.quoted).joined(separator: " ")
  }

  /// As it could be typed into a shell.
  private static func quoted(_ argument: String) -> String {
    let plain =
      !argument.isEmpty
      && argument.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./:=@%+,".unicodeScalars.contains($0)
      }
    return plain
      ? argument
      : "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(folder) }
    return unsafe String(cString: folder) + "/" + path
  }
}
