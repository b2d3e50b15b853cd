import Diagnosis
public import HandshakeModel
import NetworkValues

/// What to type into Wireshark's filter to see the packets that a report speaks of.
public enum DisplayFilter {
  /// The stream by Wireshark's number where that is known, else addresses and ports.
  public static func text(_ connection: borrowing Connection) -> String {
    if let stream = connection.tcpStream { return "tcp.stream eq \(stream)" }
    let (client, server) = (connection.client, connection.server)
    let transport = connection.transport == .tcp ? "tcp" : "udp"
    var tests = [address(client.address)]
    if server.address != client.address { tests.append(address(server.address)) }
    tests.append("\(transport).port eq \(client.port)")
    if server.port != client.port { tests.append("\(transport).port eq \(server.port)") }
    return tests.joined(separator: " and ")
  }

  private static func address(_ address: IPAddress) -> String {
    "\(address.isIPv4 ? "ip" : "ipv6").addr eq \(address)"
  }

  /// The lookups that a cause's evidence cites: by name where the name is one that needs no quoting, else by frame.
  static func text(_ lookups: [NameLookup]) -> String {
    let names = lookups.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard let name = names.first, names.count == 1, (1...253).contains(name.utf8.count), name.utf8.allSatisfy(isPlain)
    else { return "dns" }
    return "dns.qry.name eq \"\(name)\""
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

/// When and where a failure is to be looked up that has no connection.
struct LookupPlace {
  /// Of the first question.
  let time: Timestamp
  /// For Wireshark.
  let filter: String

  /// Nil where the cause cites no lookup of the capture.
  init?(_ cause: Cause, in story: CaptureStory) {
    let cited = Set(cause.evidence.flatMap(\.frames))
    let lookups = story.lookups.filter { lookup in lookup.queries.contains { cited.contains($0.frame) } }
    guard let first = lookups.compactMap({ $0.queries.first?.time }).min() else { return nil }
    time = first
    filter = DisplayFilter.text(lookups)
  }
}
