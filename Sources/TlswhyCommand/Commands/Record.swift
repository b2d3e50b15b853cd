import ArgumentParser
import Glibc
import PacketCapture

/// `tlswhy record`: what one command does on the network.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a command and capture what it does on the network.",
    discussion: """
        tlswhy record -o good.pcapng -- curl https://localhost:8443/

      The command runs as always, in the same network, and its exit code becomes this program's (127 where it cannot \
      be run). The file holds its packets, its command line, exit code and standard error, and with --keylog its TLS \
      secrets.

      Packets are told apart by the sockets that the command and its descendants hold. A connection that came and went \
      too fast for its owner to be seen is kept if it was opened from this host while the command ran: where another \
      program does such things at the same time, its packets may be among them.

      Needs the capability CAP_NET_RAW, as capture does. Under sudo the command runs as the user who called sudo.
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The pcapng file to write.", valueName: "file"), completion: .files)
  var output: String

  @Option(
    name: .long,
    help: ArgumentHelp("Have the command log its TLS secrets here (SSLKEYLOGFILE), and store them.", valueName: "file"),
    completion: .files)
  var keylog: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Capture on this interface only; may be repeated.", valueName: "name"),
    completion: .interfaces)
  var interface: [String] = []

  @Flag(name: .shortAndLong, help: "Do not say what was recorded.")
  var quiet = false

  @Argument(parsing: .captureForPassthrough, help: "The command and its arguments, behind --.", completion: .files)
  var command: [String]

  /// Without the `--` that sets it apart.
  private var words: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

  func validate() throws {
    guard output != "-" else { throw ValidationError("standard output is the command's; name a file with --output") }
    guard !words.isEmpty else { throw ValidationError("name a command behind --") }
  }

  func run() throws {
    if let keylog, SystemFile.isSame(output, keylog) {
      throw Failure(.usage, "\(output): is the key log too; write the packets to another file")
    }
    let outcome: CommandRecorder.Outcome
    do throws(CaptureError) {
      var capture = try CommandRecorder.open(interfaces: interface)
      let owner = try RecordingUser.assume()
      let recorder = CommandRecorder(arguments: words, path: output, keyLogPath: keylog, owner: owner)
      do throws(Failure) {
        let command = try recorder.start()
        try RecordingUser.confine()
        outcome = try recorder.run(command, on: &capture)
      } catch {
        Output.complain(error.message)
        Glibc.exit(127)
      }
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
    if !quiet { Output.complain(summary(outcome)) }
    Glibc.exit(outcome.exitCode)
  }

  private func summary(_ outcome: CommandRecorder.Outcome) -> String {
    var text = "\(Tally.grouped(outcome.frames)) packets in \(output)"
    if outcome.frames == 0 { text = "the command sent no packets that could be seen; \(output) is empty" }
    if outcome.drops > 0 { text += "; \(Tally.grouped(Int(clamping: outcome.drops))) dropped by the kernel" }
    return text
  }
}
