import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

/// Partners are found without comparing every pair, and are the ones that comparing every pair finds.
@Suite struct GoalIndexTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private static let addresses = [
    IPAddress(ipv4: 0x7F00_0001), IPAddress(ipv6High: 0, low: 1), IPAddress(ipv4: 0xC000_0201),
    IPAddress(ipv4: 0xC000_0202), IPAddress(ipv6High: 0x2001_0db8 << 32, low: 1),
    IPAddress(ipv6High: 0x2001_0db8 << 32, low: 2),
  ]
  private static let names = ["a.test", "b.test", "c.test"]

  private func connections(_ count: Int, _ generator: inout Generator) -> [Connection] {
    (1...count).map { index in
      let name = Self.names.randomElement(using: &generator)
      let hasName = Bool.random(using: &generator)
      var connection = FixtureBuilder.established(.offer(name: hasName ? name : nil))
      connection.index = index
      connection.server = Endpoint(
        address: Self.addresses.randomElement(using: &generator) ?? Self.addresses[0],
        port: [443, 8443].randomElement(using: &generator) ?? 443)
      return connection
    }
  }

  private func lookups(_ generator: inout Generator) -> [NameLookup] {
    (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      var lookup = NameLookup(
        name: Self.names.randomElement(using: &generator) ?? "", type: 1, client: Self.addresses[2],
        resolver: Self.addresses[3], queries: [])
      lookup.addresses = Array(Self.addresses.shuffled(using: &generator).prefix(2))
      return lookup
    }
  }

  /// The rule as it is meant.
  private func affinity(_ one: Connection, _ other: Connection, _ left: [NameLookup], _ right: [NameLookup]) -> Int {
    let (mine, yours) = (one.server.address, other.server.address)
    func names(_ lookups: [NameLookup], _ address: IPAddress) -> Set<String> {
      Set(lookups.filter { $0.addresses.contains(address) }.map(\.name))
    }
    var score = one.server.port == other.server.port ? 4 : 0
    if mine == yours {
      score += 3
    } else if mine.isLoopback, yours.isLoopback {
      score += 2
    } else if !names(left, mine).isDisjoint(with: names(right, yours)) {
      score += 3
    } else if mine.isIPv4 == yours.isIPv4 {
      score -= 2
    }
    if let name = one.serverName, let otherName = other.serverName { score += name == otherName ? 4 : -2 }
    return score
  }

  @Test func theBestPartnerIsTheOneThatComparingAllPairsFinds() {
    var generator = Generator(state: 7)
    for _ in 0..<300 {
      let good = connections(Int.random(in: 1...8, using: &generator), &generator)
      let (working, failing) = (lookups(&generator), lookups(&generator))
      let index = GoalIndex(good, workingLookups: working, failingLookups: failing)
      for candidate in connections(4, &generator) {
        let expected = good.max {
          affinity($0, candidate, working, failing) < affinity($1, candidate, working, failing)
        }
        let found = index.best(for: candidate)
        #expect(found?.connection.index == expected?.index)
        #expect(found?.affinity == expected.map { affinity($0, candidate, working, failing) })
      }
    }
  }

  @Test func whereNothingWasEstablishedThereIsNoPartner() {
    var generator = Generator(state: 1)
    let index = GoalIndex([], workingLookups: [], failingLookups: [])
    #expect(index.best(for: connections(1, &generator)[0]) == nil)
  }

  @Test func aNameThatResolvesWithOrWithoutASearchDomainIsResolved() {
    func lookup(_ name: String, isAnswered: Bool) -> NameLookup {
      var lookup = NameLookup(
        name: name, type: 1, client: Self.addresses[2], resolver: Self.addresses[3], queries: [])
      if isAnswered { lookup.addresses = [Self.addresses[2]] }
      return lookup
    }
    let lookups = [
      lookup("host", isAnswered: false), lookup("host.lab.test", isAnswered: true),
      lookup("other.test", isAnswered: true), lookup("other.test.lab", isAnswered: false),
      lookup("hos", isAnswered: false), lookup("other.tes", isAnswered: false), lookup("z.test", isAnswered: false),
    ]
    #expect(UnresolvedNames.among(lookups).map(\.name) == ["hos", "other.tes", "z.test"])
  }

  @Test func aStoryThatCouldNotBeKeptWholeSaysSo() {
    var story = CaptureStory(name: "flood.pcap")
    #expect(story.shortage == nil)
    story.connections = [FixtureBuilder.refused(by: .handshakeFailure).ended()]
    story.statistics.forgottenConnections = 7
    let comparison = Comparison(working: story, failing: story)
    #expect(comparison.notes.contains { $0.contains("flood.pcap") && $0.contains("7 were left aside") })
  }
}
