import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Reporting

@Suite struct FactsTests {
  @Test(arguments: [
    ([], ""), ([6], "frame 6"), ([6, 6], "frame 6"), ([4, 6, 7, 8, 9], "frames 4, 6–9"), ([9, 8, 2], "frames 2, 8–9"),
    (Array(stride(from: 1, through: 39, by: 2)), "frames 1, 3, 5, 7, 9, 11, 13, 15, … 39"),
  ])
  func framesAreCitedInRuns(frames: [Int], text: String) {
    #expect(FrameCitation.text(frames) == text)
  }

  @Test(arguments: [
    (0, "0.00 ms"), (21_000, "0.02 ms"), (9_994_000, "9.99 ms"), (9_996_000, "10.0 ms"), (99_949_000, "99.9 ms"),
    (99_960_000, "100 ms"), (999_400_000, "999 ms"), (999_600_000, "1.00 s"), (5_020_000_000, "5.02 s"),
    (61_200_000_000, "61.2 s"), (724_000_000_000, "12 min 4 s"), (-1_500_000, "-1.50 ms"),
  ])
  func durationsKeepThreeDigits(nanoseconds: Int64, text: String) {
    #expect(Measures.duration(nanoseconds: nanoseconds) == text)
  }

  @Test func extremeDurationsDoNotTrap() {
    #expect(Measures.duration(nanoseconds: .min).hasPrefix("-"))
    #expect(Measures.duration(nanoseconds: .max).hasSuffix("s"))
    #expect(Measures.bytes(.max) == "18446744073.7 GB")
  }

  @Test(arguments: [
    (1, "1 byte"), (512, "512 bytes"), (9_999, "9,999 bytes"), (14_249, "14.2 kB"), (3_100_000, "3.1 MB"),
    (1_100_000_000, "1.1 GB"),
  ])
  func bytesHaveUnits(count: UInt64, text: String) { #expect(Measures.bytes(count) == text) }

  @Test func versionsShareTheirName() {
    #expect(HelloFacts.versions([0x0304, 0x0303].map(ProtocolVersion.init)) == "TLS 1.3, 1.2")
    #expect(HelloFacts.versions([0x0304, 0x0300].map(ProtocolVersion.init)) == "TLS 1.3, SSL 3.0")
    #expect(HelloFacts.versions([ProtocolVersion(rawValue: 0x0303)]) == "TLS 1.2")
  }

  @Test func messageTypesReadAsInTheRFCs() {
    #expect(HandshakeType(rawValue: 14).messageName == "ServerHelloDone")
    #expect(HandshakeType(rawValue: 99).messageName == "message type 99")
  }
}
