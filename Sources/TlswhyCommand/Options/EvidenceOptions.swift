import ArgumentParser
import Bytes
import ConnectionTracking
import Diagnosis
import HandshakeModel
import PacketCapture
import TLSProtocol

/// What is read, and what beside packets may serve as evidence.
struct EvidenceOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("f")],
    help: ArgumentHelp("Read only packets that match, as tcpdump filters do.", valueName: "bpf"))
  var filter: String?

  @Option(
    name: .long,
    help: ArgumentHelp("TLS secrets in NSS key log format (SSLKEYLOGFILE); may be repeated.", valueName: "file"),
    completion: .files)
  var keylog: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("The failing client's log (javax.net.debug, curl -v, …).", valueName: "file"),
    completion: .files)
  var clientLog: String?

  @Option(
    name: .long, help: ArgumentHelp("The server's log (rustls, nginx, haproxy, …).", valueName: "file"),
    completion: .files)
  var serverLog: String?

  @OptionGroup var memory: MemoryOption

  /// The files that serve as evidence.
  var files: [String] { keylog + [clientLog, serverLog].compactMap(\.self) }

  func keys() throws(Failure) -> KeyLog? {
    guard !keylog.isEmpty else { return nil }
    var keys = KeyLog(memory: memory.budget.share(of: .secrets))
    for path in keylog {
      try TextFile.readLines(path) { keys.append(lines: $0) }
    }
    if keys.isEmpty {
      Output.complain(
        "\(keylog.joined(separator: ", ")): no TLS secrets in it; expected lines such as CLIENT_RANDOM <hex> <hex>")
    }
    if keys.droppedSecrets > 0 {
      Output.complain(
        "\(keylog.joined(separator: ", ")): \(keys.droppedSecrets) secrets left out for want of memory; --memory gives more"
      )
    }
    return keys
  }

  func logs() throws(Failure) -> LogEvidence {
    LogEvidence(client: try findings(clientLog, .client), server: try findings(serverLog, .server))
  }

  private func findings(_ path: String?, _ side: Role) throws(Failure) -> LogFindings? {
    guard let path else { return nil }
    return try TextFile.findings(path, side)
  }

  func story(
    _ path: String, keys: KeyLog?, wanted: [Int?] = [], among stories: Int = 1, live: LiveInput?, showsProgress: Bool
  ) throws(Failure) -> CaptureStory {
    let progress = Progress([path], isShown: showsProgress)
    defer { progress.end() }
    do throws(CaptureError) {
      return try CaptureStory(
        path: path, filter: filter, limits: TrackerLimits(memory: memory.budget), keyLog: keys,
        wanted: Set(wanted.compactMap(\.self)), stories: stories, live: live,
        progress: { progress.note(path, $0) })
    } catch {
      throw Failure(error.isUsage ? .usage : .inputUnreadable, error.description)
    }
  }
}

extension CaptureError {
  /// The command line is wrong, not the file.
  var isUsage: Bool {
    if case .badFilter = kind { return true }
    return false
  }
}
