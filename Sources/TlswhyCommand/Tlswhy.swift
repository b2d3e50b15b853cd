import ArgumentParser
import Glibc

@main
struct Tlswhy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tlswhy",
    abstract: "Says why a TLS handshake failed, from the packets alone.",
    discussion: """
      Read a capture:        tlswhy analyze failing.pcap
      Compare two:           tlswhy diff working.pcap failing.pcap
      One connection:        tlswhy show failing.pcap --connection 3
      What a word means:     tlswhy explain handshake_failure

      Exit status: 0 nothing failed, 1 failures or a divergence found, 2 wrong usage, 3 input not readable, 4 no \
      permission to capture.
      """,
    version: ProgramVersion.text,
    subcommands: [
      Diff.self, Analyze.self, Show.self, Capture.self, Record.self, Compare.self, Interfaces.self, Explain.self,
    ]
  )

  /// Runs the command line. Every way to end leads through ``ExitStatus``.
  static func main() {
    StandardDescriptors.fill()
    Allocator.keepFreedMemory()
    // A file that may grow no further (ulimit -f) is told like a full disk: the write fails. Not ignored: commands that this
    // program runs would inherit that.
    signal(SIGXFSZ) { _ in }
    if let fields = FieldList.asked(for: Array(CommandLine.arguments.dropFirst())) {
      Output.write(fields.map { $0 + "\n" }.joined())
      ExitStatus.success.leave()
    }
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      leave(error)
    }
    do {
      try command.run()
      ExitStatus.success.leave()
    } catch let failure as Failure {
      Output.flush()
      Output.complain(failure.message)
      failure.status.leave()
    } catch let status as ExitStatus {
      status.leave()
    } catch {
      leave(error)
    }
  }

  /// Help and version end well; what swift-argument-parser calls 64, this program calls 2.
  private static func leave(_ error: any Error) -> Never {
    Output.flush()
    guard exitCode(for: error) != .success else {
      var message = fullMessage(for: error, columns: HelpLayout.unwrapped)
      if HelpLayout.isHelp(message) { message = HelpLayout(message, width: Terminal.width).text }
      Output.write(message.hasSuffix("\n") ? message : message + "\n")
      Output.flush()
      ExitStatus.success.leave()
    }
    if let guess = CommandGuess(Array(CommandLine.arguments.dropFirst()), commands: commandNames) {
      Output.complain(guess.message)
    } else {
      Output.complain(lines: fullMessage(for: error))
    }
    ExitStatus.usage.leave()
  }

  private static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}

enum ProgramVersion {
  static let text = "0.1.0"
}
