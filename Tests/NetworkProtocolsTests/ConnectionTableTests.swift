import NetworkProtocols
import NetworkValues
import Testing

@Suite struct ConnectionTableTests {
  static func endpoint(_ number: UInt32, _ port: UInt16) -> Endpoint {
    Endpoint(address: IPAddress(ipv4: number), port: port)
  }

  static func key(_ number: Int) -> ConnectionKey {
    ConnectionKey(
      source: endpoint(UInt32(truncatingIfNeeded: number >> 16), UInt16(truncatingIfNeeded: number)),
      destination: endpoint(0xFFFF_FFFF, 443))
  }

  @Test func bothDirectionsHaveOneKey() {
    let (client, server) = (Self.endpoint(5, 40000), Self.endpoint(9, 443))
    let there = ConnectionKey(source: client, destination: server)
    let back = ConnectionKey(source: server, destination: client)
    #expect(there == back)
    #expect(there.hashValue == back.hashValue)
    #expect(there.direction == .forward)
    #expect(back.direction == .reverse)
    #expect(back.direction.opposite == .forward)
    // On one address the ports decide.
    #expect(ConnectionKey(source: Self.endpoint(5, 2), destination: Self.endpoint(5, 1)).direction == .reverse)
    #expect(ConnectionKey(source: client, destination: client).direction == .forward)
  }

  @Test func aPacketKnowsItsKey() {
    var decoder = FrameDecoder()
    var keys: [ConnectionKey?] = []
    for frame in [
      FrameBuilder.ipv4(FrameBuilder.tcp()), FrameBuilder.ipv4(FrameBuilder.udp(to: 443), carrying: 17),
      FrameBuilder.ipv4([8, 0, 0, 0, 0, 0, 0, 0], carrying: 1), FrameBuilder.ipv4([], carrying: 132),
    ] {
      decoder.decode(frame) { keys.append($0.connectionKey) }
    }
    #expect(keys.count == 4)
    #expect(keys[0]?.low.description == "192.0.2.1:40000")
    #expect(keys[0] == keys[1])
    #expect(keys[2] == nil && keys[3] == nil)
  }

  @Test func whatWasInsertedIsFoundUntilItIsRemoved() {
    var table = ConnectionTable(minimumCapacity: 4)
    #expect(table.find(Self.key(1)) == nil)
    table.insert(Self.key(1), slot: 7)
    #expect(table.find(Self.key(1)) == 7)
    #expect(table.find(Self.key(1)) == 7)
    #expect(table.find(Self.key(2)) == nil)
    table.insert(Self.key(1), slot: 8)
    #expect(table.find(Self.key(1)) == 8)
    #expect(table.count == 1)
    #expect(table.remove(Self.key(1)) == 8)
    #expect(table.remove(Self.key(1)) == nil)
    #expect(table.find(Self.key(1)) == nil)
    #expect(table.count == 0)
  }

  @Test func familiesWithTheSameBitsStayApart() {
    var table = ConnectionTable()
    let four = ConnectionKey(source: Self.endpoint(1, 1), destination: Self.endpoint(2, 2))
    let six = ConnectionKey(
      source: Endpoint(address: IPAddress(ipv6High: 0, low: 1), port: 1),
      destination: Endpoint(address: IPAddress(ipv6High: 0, low: 2), port: 2))
    table.insert(four, slot: 4)
    #expect(table.find(six) == nil)
    table.insert(six, slot: 6)
    #expect(table.find(four) == 4)
    #expect(table.find(six) == 6)
  }

  @Test func anAllZeroFlowIsAFlowLikeAnyOther() {
    var table = ConnectionTable()
    let zero = Endpoint(address: IPAddress(ipv6High: 0, low: 0), port: 0)
    let key = ConnectionKey(source: zero, destination: zero)
    #expect(table.find(key) == nil)
    table.insert(key, slot: 1)
    #expect(table.find(key) == 1)
    table.removeAll()
    #expect(table.find(key) == nil)
    #expect(table.count == 0)
  }

  @Test func theTableAgreesWithADictionaryThroughGrowthAndRemoval() {
    var random = SeededGenerator(seed: 11)
    var table = ConnectionTable(minimumCapacity: 1)
    var model: [ConnectionKey: UInt32] = [:]
    for step in 0..<60000 as Range<UInt32> {
      let key = Self.key(Int.random(in: 0..<3000, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1:
        table.insert(key, slot: step)
        model[key] = step
      case 2, 3: #expect(table.remove(key) == model.removeValue(forKey: key).map(Int.init))
      default: #expect(table.find(key) == model[key].map(Int.init))
      }
    }
    #expect(table.count == model.count)
    for (key, slot) in model { #expect(table.find(key) == Int(slot)) }
  }

  @Test func manyFlowsFitInAndComeOutAgain() {
    let count = 200_000
    var table = ConnectionTable()
    for number in 0..<count { table.insert(Self.key(number), slot: UInt32(number)) }
    #expect(table.count == count)
    #expect((0..<count).allSatisfy { table.find(Self.key($0)) == $0 })
    #expect((0..<count).allSatisfy { table.remove(Self.key($0)) == $0 })
    #expect(table.count == 0)
  }
}
