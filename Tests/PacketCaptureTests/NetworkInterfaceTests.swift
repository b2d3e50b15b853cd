import NetworkValues
import PacketCapture
import Testing

@Suite struct NetworkInterfaceTests {
  @Test func theLoopbackIsListedWithItsAddressesAndState() throws {
    let loopback = try #require(try NetworkInterface.list().first { $0.name == "lo" })
    #expect(loopback.isLoopback)
    #expect(loopback.linkType == .ethernet)
    if loopback.isUp { #expect(loopback.addresses.contains("127.0.0.1")) }
  }

  @Test func theAnyDeviceIsListedAsCooked() throws {
    #expect(try NetworkInterface.list().first { $0.name == "any" }?.linkType == .linuxCooked2)
  }

  @Test func onlyNetworksAreListed() throws {
    let names = try NetworkInterface.list().map(\.name)
    #expect(!names.contains("nflog"))
    #expect(!names.contains { $0.hasPrefix("usbmon") || $0.hasPrefix("bluetooth") })
  }

  @Test func theDefaultIsNotTheLoopbackWhereThereIsAnother() throws {
    let all = try NetworkInterface.list()
    let name = try NetworkInterface.defaultName()
    let chosen = try #require(all.first { $0.name == name })
    if all.contains(where: { !$0.isLoopback && $0.name != "any" && $0.isUp && $0.isRunning }) {
      #expect(!chosen.isLoopback)
      #expect(chosen.isUp && chosen.isRunning)
    }
  }
}
