import NetworkValues
import Testing

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:db8::1", "2001:db8::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("::ffff:10.0.0.1", "::ffff:10.0.0.1"), ("[fe80::1%eth0]", "fe80::1"),
    ("2001:DB8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("127.0.0.1", "127.0.0.1"),
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
  ])
  func addressesAreReadAndWrittenInRFC5952Form(_ text: String, canonical: String) throws {
    let address = try #require(IPAddress(host: text))
    #expect(address.description == canonical)
    #expect(IPAddress(octets: address.octets.span) == address)
  }

  @Test(arguments: [
    "", ":", ":::", "1:2", "1::2::3", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "g::", "1.2.3",
    "1.2.3.256",
    "1.2.3.4.5", "::1.2.3", "localhost", "+1::", "1.2.3.0004", "010.0.0.1",
  ])
  func whatIsNoAddressIsNone(_ text: String) {
    #expect(IPAddress(host: text) == nil)
  }
}
