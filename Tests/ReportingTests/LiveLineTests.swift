import Diagnosis
import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import Testing

@testable import Reporting

@Suite struct LiveLineTests {
  @Test func aGoodHandshakeTakesOneLine() {
    #expect(
      LiveLine(width: 120).render(Samples.established, causes: [])
        == "03:37:00.009 ✓ 127.0.0.1:51874 → 127.0.0.1:8443  localhost  TLS 1.3  TLS_AES_256_GCM_SHA384  x25519  2.01 ms\n"
    )
  }

  @Test func aFailureBringsItsVerdict() {
    #expect(
      LiveLine(width: 100).render(Samples.refusedVersion, causes: [Samples.versionCause]) == """
        03:37:00.001 ✗ tls.version  127.0.0.1:51880 → 127.0.0.1:8443  localhost  1.30 ms
            The server speaks TLS 1.3 only, but the client offers TLS 1.2 at most (certain)
              frame 4: ClientHello offers TLS 1.2 at most: it has no supported_versions extension
              frame 6: the server answers with a fatal alert, protocol_version (70)
              frames 4, 6: the same server agrees on TLS 1.3 with the working client

        """)
  }

  @Test func aNameThatDidNotResolveHasALineWithoutAConnection() {
    let cause = Cause(
      .dnsNoAnswer, "The name a.test did not resolve to any address", confidence: .certain,
      evidence: [Evidence(.failing, frames: [1, 2], "a.test A: NXDOMAIN")])
    #expect(
      LiveLine(width: 100).render(
        cause, of: Samples.established.client.address, at: Samples.established.ended) == """
          03:37:00.009 ✗ dns.no-answer  127.0.0.1
              The name a.test did not resolve to any address (certain)
                frames 1–2: a.test A: NXDOMAIN

          """)
  }

  @Test func aFailureWithoutACauseStillSaysWhatHappened() {
    let line = LiveLine(width: 100).render(Samples.refusedVersion, causes: [])
    #expect(line == "03:37:00.001 ✗ failed  127.0.0.1:51880 → 127.0.0.1:8443  localhost  1.30 ms\n")
  }

  @Test func whatDoesNotFitIsLeftOutUnlessTheLineMayBeLong() {
    let whole = LiveLine(width: 120).render(Samples.established, causes: [])
    #expect(LiveLine(width: 80).render(Samples.established, causes: []).count <= 81)
    #expect(LiveLine(width: 80, isUnbroken: true).render(Samples.established, causes: []) == whole)
  }

  @Test func aRotationsFilesAreNamedWithTheirOwnFrameNumbers() {
    let files = [
      CaptureFilePlace(path: "a-00001.pcapng", firstFrame: 1), CaptureFilePlace(path: "a-00002.pcapng", firstFrame: 5),
    ]
    let text = LiveLine(width: 100).render(Samples.refusedVersion, causes: [Samples.versionCause], files: files)
    #expect(text.hasSuffix("      frame 4 of a-00001.pcapng\n      frame 2 of a-00002.pcapng\n"))
  }

  @Test func theTimeOfDayIsLocal() {
    let line = LiveLine(width: 100, clock: Clock { _ in -4 * 3600 }).render(Samples.established, causes: [])
    #expect(line.hasPrefix("23:37:00.009 "))
  }
}
