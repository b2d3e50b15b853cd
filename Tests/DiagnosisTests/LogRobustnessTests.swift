import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import Diagnosis

@Suite struct LogRobustnessTests {
  private static let log = """
    [2026-11-23T20:57:59.421Z DEBUG rustls::server::hs] x
    error: AlertReceived(UnknownCA) }, peer_addr: 127.0.0.1:52666 }
    javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure
    """

  @Test(arguments: [1, 2, 3, 7, 64]) func piecesOfAnySizeReadTheSame(size: Int) {
    let bytes = Array(Self.log.utf8)
    var reader = LogReader(side: .server)
    var start = 0
    while start < bytes.count {
      reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
      start += size
    }
    #expect(reader.finish().findings == LogReader.read(bytes, side: .server).findings)
  }

  @Test func coloursWindowsLinesAndUTF16AreReadThrough() {
    let coloured =
      "\u{1b}[2m2026-11-23T20:57:59Z\u{1b}[0m \u{1b}[33mWARN\u{1b}[0m error: \u{1b}[3mAlertReceived\u{1b}[0m(UnknownCA)\r\n"
    #expect(LogReader.read(coloured, side: .server).strongest?.alert == .unknownCA)
    let wide: [UInt8] = [0xff, 0xfe] + Self.log.utf8.flatMap { [$0, 0] }
    let findings = LogReader.read(wide, side: .server)
    #expect(findings.strongest?.alert == .unknownCA)
    #expect(findings.notes.contains { $0.contains("UTF-16") })
  }

  @Test func hostileBytesAreShownHarmlessly() throws {
    let text = "Connection refused \u{1b}]0;x\u{7}\u{202e}\u{200b}\u{9b}31m\u{0}\u{ff}"
    let finding = try #require(LogReader.read(text, side: .client).findings.first)
    for scalar in finding.excerpt.unicodeScalars {
      #expect(scalar.value >= 0x20 && scalar.value != 0x7f && !(0x80...0x9f).contains(scalar.value))
      #expect(![0x202e, 0x200b].contains(scalar.value))
    }
  }

  @Test func randomBytesNeverTrap() {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    let texts = LogPattern.all.map { Array($0.text.utf8) }
    for round in 0..<300 {
      var bytes: [UInt8] = []
      for _ in 0..<40 {
        if next() % 2 == 0 { bytes += texts[Int(next() % UInt64(texts.count))] }
        for _ in 0..<(next() % 12) { bytes.append(UInt8(truncatingIfNeeded: next())) }
      }
      let findings = LogReader.read(bytes, side: round % 2 == 0 ? .client : .server)
      #expect(findings.bytes == UInt64(bytes.count))
      for finding in findings.findings { #expect(finding.excerpt.count <= LogFinding.excerptLimit) }
    }
  }

  @Test func anEndlessLineStaysBounded() {
    var reader = LogReader(side: .client)
    for _ in 0..<40 { reader.read(Array(repeating: UInt8(ascii: "x"), count: 65_536)) }
    reader.read(Array(" Connection refused".utf8))
    let findings = reader.finish()
    #expect(findings.findings.count == 1)
    #expect(findings.lines == 1)
  }

  @Test func findingsAreLimitedAndTheRestCounted() {
    let lines = (0..<(LogFindings.limit + 50)).map { "error: NoCertificatesPresented }, peer_addr: 127.0.0.1:\($0)\n" }
    let findings = LogReader.read(lines.joined(), side: .server)
    #expect(findings.findings.count == LogFindings.limit)
    #expect(findings.notes.contains { $0.contains("50 further") })
  }

  @Test(arguments: LogPattern.all.indices) func everyPatternIsFoundInItsOwnText(index: Int) throws {
    let pattern = LogPattern.all[index]
    let findings = LogReader.read("x " + pattern.text + " y", side: .client)
    switch pattern.reading {
    case .cause(let cause, let confidence):
      let finding = try #require(findings.strongest)
      #expect(finding.confidence >= confidence)
      if finding.confidence == confidence { #expect(finding.cause == cause || finding.confidence == .certain) }
    case .bySide(let client, let server, _, _):
      #expect(findings.strongest?.cause == client)
      #expect(LogReader.read(pattern.text, side: .server).strongest?.cause == server)
    case .peerClosed: #expect(findings.strongest != nil)
    case .alertName, .alertNumber, .alertWithLevel, .verificationNote, .upstream, .context, .mark:
      #expect(findings.stack != nil || pattern.stack == nil)
    }
  }

  @Test func noTextStandsTwiceWithOneReading() {
    let causes = LogPattern.all.filter { if case .cause = $0.reading { true } else { false } }.map {
      $0.text.lowercased()
    }
    #expect(Set(causes).count == causes.count)
  }

  @Test(arguments: [
    ("2026-11-23 20:57:59.421 UTC", 1_795_467_479_421, true), ("2026-11-23T20:57:59Z x", 1_795_467_479_000, true),
    ("[2026-11-23T21:57:59.5+01:00] x", 1_795_467_479_500, true),
    ("2026/11/23 20:57:59 [info]", 1_795_467_479_000, false),
    ("1.2.3.4:5 [23/Nov/2026:20:57:59.123] a", 1_795_467_479_123, false),
    ("[Mon Nov 23 20:57:59.123456 2026] [ssl:info]", 1_795_467_479_123, false),
    ("Nov 23, 2026 8:57:59 PM sun.security", 1_795_467_479_000, false),
    ("2026-11-23 20:57:59,421 ERROR", 1_795_467_479_421, false),
    ("INFO|2026-11-23 20:57:59.421 GMT|x", 1_795_467_479_421, true),
    ("2000-02-29 00:00:00Z", 951_782_400_000, true),
  ])
  func timesAreReadInEveryForm(text: String, milliseconds: Int64, isZoneKnown: Bool) throws {
    let time = try #require(LogTime(Array(text.utf8)))
    #expect(time.timestamp.nanoseconds / 1_000_000 == milliseconds)
    #expect(time.isZoneKnown == isZoneKnown)
  }

  @Test(arguments: [
    "", "2026-13-01 00:00:00", "2026-11-23 25:00:00", "20:57:59", "Nov 23", "99/Nov/2026:20:57:59", "2026-1-1 0:0:0",
    "9999-11-23 20:57:59",
  ])
  func whatIsNoTimeIsNotRead(text: String) {
    #expect(LogTime(Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("x peer_addr: 127.0.0.1:52666 }", "127.0.0.1", 52666), ("client: ::1, server", "::1", nil),
      ("error from [2001:db8::1]:443: EOF", "2001:db8::1", 443), ("[client 192.0.2.1:80] x", "192.0.2.1", 80),
      ("192.0.2.1:80 [23/Nov/2026", "192.0.2.1", 80), ("connect to 192.0.2.1 port 443", "192.0.2.1", nil),
    ] as [(String, String, UInt16?)])
  func peersAreReadInEveryForm(text: String, address: String, port: UInt16?) throws {
    let peer = try #require(LogPeer(Array(text.utf8)))
    #expect(peer.address.description == address)
    #expect(peer.port == port)
  }

  @Test(arguments: ["", "from nobody", "peer_addr: 1.2.3", "client: [::1", "x [y", "from 1.2.3.4:99999"])
  func whatIsNoPeerIsNotRead(text: String) {
    #expect(LogPeer(Array(text.utf8)) == nil)
  }
}
