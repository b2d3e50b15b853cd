public import Bytes
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
  /// What the lookups take.
  private(set) var memory: MemoryShare
  /// Messages about lookups for which there was no room.
  private(set) var dropped = 0
  /// Bytes of a lookup besides its name, of a query and of an address, with what lists and tables lose.
  private static let lookupBytes = 512
  private static let queryBytes = 32
  private static let addressBytes = 40
  /// Addresses of an answer that are kept; once memory is short, fewer.
  private static let addressLimit = 256
  private static let addressLimitInNeed = 8
  /// Of a query that is repeated again and again the first ones and the last are kept, so many, the others counted.
  static let queryLimit = 64

  private struct Key: Hashable {
    var client: Endpoint
    var resolver: IPAddress
    var identifier: UInt16
    var type: UInt16
  }

  /// Keeps lookups within a share of memory: what is asked beyond it is not kept.
  public init(memory: MemoryShare = MemoryBudget.standard.share(of: .lookups)) { self.memory = memory }

  /// Takes a message; an answer's name and addresses are told to `watch`.
  mutating func receive(_ packet: borrowing Packet, _ header: UDPHeader, _ watch: FallbackWatch? = nil) {
    guard let message = try? DNSMessage(packet.payload), let type = message.questionType else { return }
    if message.isResponse { watch?.note(message.addresses, of: message.questionName) }
    let source = Endpoint(address: packet.source, port: header.sourcePort)
    let destination = Endpoint(address: packet.destination, port: header.destinationPort)
    let moment = FrameNote(frame: packet.frame, time: packet.timestamp)
    let key = Key(
      client: message.isResponse ? destination : source,
      resolver: message.isResponse ? packet.source : packet.destination,
      identifier: message.identifier, type: type)
    if let index = open[key] { return note(message, index, moment) }
    guard lookups.count < Self.limit else { return dropped += 1 }
    let name = message.questionName
    guard memory.take(Self.lookupBytes + name.utf8.count) else { return dropped += 1 }
    open[key] = lookups.count
    lookups.append(
      NameLookup(
        name: name, type: type, client: key.client.address, resolver: key.resolver, queries: []))
    note(message, lookups.count - 1, moment)
  }

  /// Notes a further message of a lookup.
  private mutating func note(_ message: borrowing DNSMessage, _ index: Int, _ moment: FrameNote) {
    if !message.isResponse {
      if lookups[index].queries.count >= Self.queryLimit {
        lookups[index].queries.removeLast()
        lookups[index].furtherQueries += 1
      } else {
        memory.hold(Self.queryBytes)
      }
      lookups[index].queries.append(moment)
    } else if lookups[index].response == nil {
      lookups[index].response = moment
      lookups[index].responseCode = message.responseCode
      let limit = memory.isExceeded ? Self.addressLimitInNeed : Self.addressLimit
      lookups[index].addresses = Array(message.addresses.prefix(limit))
      memory.hold(lookups[index].addresses.count * Self.addressBytes)
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
    memory.clear()
    for lookup in lookups { memory.hold(Self.size(of: lookup)) }
  }

  private static func size(of lookup: NameLookup) -> Int {
    lookupBytes + lookup.name.utf8.count + lookup.queries.count * queryBytes + lookup.addresses.count * addressBytes
  }
}
