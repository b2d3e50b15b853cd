import Bytes
import NetworkProtocols
import PacketCapture

/// Pairs DNS questions with their answers.
public struct LookupRecorder: Sendable {
  public private(set) var lookups: [NameLookup] = []
  private var open: [Key: Int] = [:]
  /// Beyond this many lookups only the count goes on.
  public static let limit = 10_000

  private struct Key: Hashable {
    var client: Endpoint
    var resolver: IPAddress
    var identifier: UInt16
    var type: UInt16
  }

  mutating func receive(_ packet: borrowing Packet, _ header: UDPHeader) {
    var cursor = ByteCursor(packet.payload)
    guard let message = try? DNSMessage(parsing: &cursor), let question = message.questions.first else { return }
    let source = Endpoint(address: packet.source, port: header.sourcePort)
    let destination = Endpoint(address: packet.destination, port: header.destinationPort)
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    let key = Key(
      client: message.isResponse ? destination : source,
      resolver: message.isResponse ? packet.source : packet.destination,
      identifier: message.identifier, type: question.type)
    if let index = open[key] {
      if message.isResponse { answer(index, message, moment) } else { lookups[index].queries.append(moment) }
      return
    }
    guard lookups.count < Self.limit else { return }
    var lookup = NameLookup(
      name: question.name, type: question.type, client: key.client.address, resolver: key.resolver, queries: [])
    if !message.isResponse { lookup.queries.append(moment) }
    open[key] = lookups.count
    lookups.append(lookup)
    if message.isResponse { answer(lookups.count - 1, message, moment) }
  }

  /// Forgets what nothing happened to since `moment`, so that a capture without an end has room for what comes.
  mutating func forget(before moment: Timestamp) {
    guard !lookups.isEmpty else { return }
    let kept = lookups.filter { ($0.response ?? $0.queries.last).map { $0.time >= moment } ?? false }
    guard kept.count < lookups.count else { return }
    var places: [Int: Int] = [:]
    var next = 0
    for (index, lookup) in lookups.enumerated()
    where (lookup.response ?? lookup.queries.last).map({ $0.time >= moment }) ?? false {
      places[index] = next
      next += 1
    }
    lookups = kept
    open = open.compactMapValues { places[$0] }
  }

  private mutating func answer(_ index: Int, _ message: DNSMessage, _ moment: FrameNote) {
    guard lookups[index].response == nil else { return }
    lookups[index].response = moment
    lookups[index].responseCode = message.responseCode
    lookups[index].addresses = message.answers.compactMap(\.address)
  }
}
