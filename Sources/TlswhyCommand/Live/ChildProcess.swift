import CGlibc
import Glibc
import PacketCapture
import Synchronization

/// A command that runs beside a capture. Its standard error comes through a pipe, which hands it on and keeps a part.
final class ChildProcess {
  let identifier: pid_t
  private let pipe: Int32
  private let echoesErrors: Bool
  /// The end of a pipe that a held command waits for.
  private var gate: Int32?
  /// What it wrote to standard error: the beginning and the end of it.
  private(set) var errors = CappedText()
  /// As a shell says it: 128 and the signal's number for one that a signal ended.
  private(set) var exitCode: Int32?
  private var isPipeOpen = true

  /// F_SETPIPE_SZ, which Swift does not import.
  private static let setPipeSize: Int32 = 1031
  /// Signals sent to tlswhy itself are handed on to this process.
  private static let receiver = Atomic<pid_t>(0)
  private static let interrupts = Atomic<Int>(0)

  /// Whether Ctrl-C was pressed, or a signal to end came in, while a command ran.
  static var wasInterrupted: Bool { interrupts.load(ordering: .relaxed) > 0 }

  /// - Parameters:
  ///   - arguments: the program, looked up in PATH, and its arguments.
  ///   - environment: variables to set besides those of this process.
  ///   - isolatesOutput: whether standard output goes where standard error goes, and neither is handed on.
  ///   - isHeld: whether the command waits until it is released; where this program ends before, it never begins.
  init(
    _ arguments: [String], environment: [String: String], isolatesOutput: Bool = false, isHeld: Bool = false
  ) throws(Failure) {
    let arguments = isHeld ? Self.gateKeeper + arguments : arguments
    guard let program = arguments.first else { throw Failure(.usage, "name a command") }
    let gateEnds = isHeld ? try Self.pipe() : [-1, -1]
    defer { if isHeld { close(gateEnds[0]) } }
    let ends = try Self.pipe()
    defer { close(ends[1]) }
    // A command that writes much must not wait for the next look.
    _ = fcntl(ends[0], Self.setPipeSize, 1 << 20)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    if isolatesOutput { unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1) }
    if isHeld { unsafe posix_spawn_file_actions_adddup2(&actions, gateEnds[0], 9) }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1] { unsafe sigaddset(&signals, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var process: pid_t = 0
    let code = unsafe withCStrings(arguments) { argv in
      unsafe withCStrings(Self.environment(with: environment)) { envp in
        unsafe posix_spawnp(&process, program, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else {
      close(ends[0])
      if isHeld { close(gateEnds[1]) }
      throw Failure(.inputUnreadable, "\(program): cannot be run: \(SystemError.text(code))")
    }
    identifier = process
    pipe = ends[0]
    echoesErrors = !isolatesOutput
    if isHeld { gate = gateEnds[1] } else { Self.passSignals(to: process) }
  }

  /// Both ends of a pipe, closed in programs that are started.
  private static func pipe() throws(Failure) -> [Int32] {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else {
      throw Failure(.inputUnreadable, "pipe: \(SystemError.text(errno))")
    }
    return ends
  }

  /// Runs the command in the same process when a line has come through descriptor 9, and not at all where none comes.
  private static let gateKeeper = ["/bin/sh", "-c", "read -r go <&9 && exec \"$@\" 9<&-", "sh"]

  /// Lets a held command begin.
  func release() {
    guard let gate else { return }
    _ = unsafe write(gate, "\n", 1)
    close(gate)
    self.gate = nil
    Self.passSignals(to: identifier)
  }

  deinit {
    if let gate { close(gate) }
    close(pipe)
    Self.receiver.store(0, ordering: .releasing)
  }

  /// Hands on what it has written and looks whether it has ended.
  func attend() {
    drain()
    var status: Int32 = 0
    // Adopted orphans end here too.
    var ended: pid_t
    repeat { ended = unsafe waitpid(-1, &status, WNOHANG) } while ended > 0 && ended != identifier
    // One that ended while another was waited for has told its status to nobody.
    if ended < 0, errno == ECHILD, exitCode == nil { (ended, status) = (identifier, SIGKILL) }
    guard ended == identifier else { return }
    Self.receiver.store(0, ordering: .releasing)
    exitCode = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    drain()
  }

  private func drain() {
    guard isPipeOpen else { return }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(pipe, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if count == 0 { isPipeOpen = false }
        return
      }
      errors.append(chunk.prefix(count))
      if echoesErrors { Self.echo(chunk.prefix(count)) }
    }
  }

  private static func echo(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  // MARK: Signals and environment

  /// The terminal sends Ctrl-C to the command as well, which decides what it means; the others are handed on.
  private static func passSignals(to process: pid_t) {
    receiver.store(process, ordering: .releasing)
    signal(SIGINT) { _ in ChildProcess.interrupts.wrappingAdd(1, ordering: .relaxed) }
    signal(SIGQUIT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGTERM, SIGHUP] {
      signal(number) { number in
        ChildProcess.interrupts.wrappingAdd(1, ordering: .relaxed)
        let process = ChildProcess.receiver.load(ordering: .acquiring)
        if process > 0 { kill(process, number) }
      }
    }
  }

  /// This process's environment with some variables set anew.
  private static func environment(with changes: [String: String]) -> [String] {
    var result: [String] = []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      let name = text.prefix { $0 != "=" }
      if changes[String(name)] == nil { result.append(text) }
      unsafe next += 1
    }
    return result + changes.map { "\($0)=\($1)" }
  }
}

/// Lends an array of C strings that ends with a null pointer.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let strings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { unsafe (strings + index).initialize(to: strdup(text)) }
  unsafe (strings + texts.count).initialize(to: nil)
  defer {
    for index in texts.indices { unsafe free(strings[index]) }
    unsafe strings.deallocate()
  }
  return unsafe body(strings)
}
