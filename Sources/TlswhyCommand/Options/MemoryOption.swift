import ArgumentParser
import Bytes

/// How much memory may be used for what is read.
struct MemoryOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Memory for what is kept of the packets, such as 512M (default 256M); what finds no room is counted.",
      valueName: "size"))
  var memory: ByteCount?

  func validate() throws {
    if let memory, memory.bytes < MemoryBudget.minimum {
      throw ValidationError("--memory must be at least \(MemoryBudget.minimum >> 20)M")
    }
  }

  var budget: MemoryBudget { memory.map { MemoryBudget(bytes: $0.bytes) } ?? .standard }
}
