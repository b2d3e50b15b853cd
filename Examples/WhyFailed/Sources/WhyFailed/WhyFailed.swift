import TLSWhy

/// Says why a handshake failed in one capture that works in another, or of one capture what became of each connection:
///
///     swift run WhyFailed working.pcap failing.pcap
///     swift run WhyFailed capture.pcap
@main struct WhyFailed {
  static func main() throws {
    let paths = Array(CommandLine.arguments.dropFirst())
    switch paths.count {
    case 2: try compare(working: paths[0], failing: paths[1])
    case 1: try follow(paths[0])
    default: print("usage: WhyFailed [working.pcap] failing.pcap")
    }
  }

  /// Two captures, compared.
  static func compare(working: String, failing: String) throws {
    let comparison = Comparison(working: try CaptureStory(path: working), failing: try CaptureStory(path: failing))
    for cause in comparison.causes {
      print(cause)
      for evidence in cause.evidence { print("  \(evidence)") }
    }
  }

  /// One capture, connection by connection as each ends: its size does not matter.
  static func follow(_ path: String) throws {
    var source = try PacketSource(path: path)
    var reader = CaptureReader()
    func tell(_ connections: [Connection]) {
      for connection in connections where connection.isReported {
        print("\(connection): \(Diagnosis.diagnose(connection).first.map(String.init(describing:)) ?? "")")
      }
    }
    while try reader.readOne(from: &source) { tell(reader.tracker.takeFinished()) }
    reader.finish()
    tell(reader.tracker.takeFinished())
  }
}
