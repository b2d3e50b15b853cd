import NetworkProtocols
import NetworkValues
import Testing

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"), ("127.0.0.1", "127.0.0.1"), ("255.255.255.255", "255.255.255.255"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::1", "2001:db8::1"),
    ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ("::ffff:c000:201", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("fe80::1", "fe80::1"),
  ])
  func textIsReadAndWrittenInTheRecommendedForm(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
  }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "+1.2.3.4", "1..2.3", "a.b.c.d", ":", ":::",
    "1:", ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "-1::",
    "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "fe80::1%eth0", "[::1]", "1:2:3:4:5:6:7:1.2.3.4",
  ])
  func whatIsNoAddressIsRefused(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func loopbackAndLinkLocalAreKnownInBothFamilies() throws {
    func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
    for text in ["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"] { #expect(try address(text).isLoopback) }
    for text in ["128.0.0.1", "::2", "1::1", "::ffff:10.0.0.1"] { #expect(try !address(text).isLoopback) }
    for text in ["169.254.1.1", "fe80::1", "febf::1", "::ffff:169.254.0.1"] { #expect(try address(text).isLinkLocal) }
    for text in ["169.253.1.1", "fec0::1", "fe7f::1", "::1"] { #expect(try !address(text).isLinkLocal) }
  }

  @Test func aMappedAddressKnowsItsIPv4Address() throws {
    #expect(try #require(IPAddress("::ffff:192.0.2.1")).ipv4 == 0xC000_0201)
    #expect(IPAddress(ipv4: 0xC000_0201).ipv4 == 0xC000_0201)
    #expect(try #require(IPAddress("::fffe:192.0.2.1")).ipv4 == nil)
    #expect(IPAddress("::ffff:192.0.2.1") != IPAddress("192.0.2.1"))
  }

  @Test func addressesSortByFamilyThenNumber() {
    let texts = ["9.0.0.0", "10.0.0.0", "200.0.0.0", "::", "::1", "::2", "1::", "2001:db8::", "fe80::"]
    let addresses = texts.compactMap { IPAddress($0) }
    #expect(addresses.reversed().sorted() == addresses)
  }

  @Test func anEndpointIsWrittenWithItsPort() throws {
    #expect(Endpoint(address: IPAddress(ipv4: 0x7F00_0001), port: 443).description == "127.0.0.1:443")
    #expect(Endpoint(address: IPAddress(ipv6High: 0, low: 1), port: 443).description == "[::1]:443")
    let low = Endpoint(address: IPAddress(ipv4: 1), port: 9)
    #expect(low < Endpoint(address: IPAddress(ipv4: 1), port: 10))
    #expect(low < Endpoint(address: IPAddress(ipv4: 2), port: 1))
  }
}
