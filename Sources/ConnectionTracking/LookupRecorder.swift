public import HandshakeModel
import NetworkProtocols
import NetworkValues

/// Pairs DNS questions with their answers.
public struct LookupRecorder: Sendable {
  /// In the order of their first query.
  public private(set) var lookups: [NameLookup] = []
  private var open: [Key: Int] = [:]
  /// Beyond this many lookups only the count goes on.
  public static let limit = 10_000
  /// Of a query that is repeated again and again the first ones and the last are kept, so many, the others counted.
  static let queryLimit = 64

  private struct Key: Hashable {
    var client: Endpoint
    var resolver: IPAddress
    var identifier: UInt16
    var type: UInt16
  }

  mutating func receive(_ packet: borrowing Packet, _ header: UDPHeader) {
    guard let message = try? DNSMessage(packet.payload), let type = message.questionType else { return }
    let source = Endpoint(address: packet.source, port: header.sourcePort)
    let destination = Endpoint(address: packet.destination, port: header.destinationPort)
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    let key = Key(
      client: message.isResponse ? destination : source,
      resolver: message.isResponse ? packet.source : packet.destination,
      identifier: message.identifier, type: type)
    if let index = open[key] { return note(message, index, moment) }
    guard lookups.count < Self.limit else { return }
    open[key] = lookups.count
    lookups.append(
      NameLookup(
        name: message.questionName, type: type, client: key.client.address, resolver: key.resolver, queries: []))
    note(message, lookups.count - 1, moment)
  }

  /// Notes a further message of a lookup.
  private mutating func note(_ message: borrowing DNSMessage, _ index: Int, _ moment: FrameNote) {
    if !message.isResponse {
      if lookups[index].queries.count >= Self.queryLimit {
        lookups[index].queries.removeLast()
        lookups[index].furtherQueries += 1
      }
      lookups[index].queries.append(moment)
    } else if lookups[index].response == nil {
      lookups[index].response = moment
      lookups[index].responseCode = message.responseCode
      lookups[index].addresses = message.addresses
    }
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
}
