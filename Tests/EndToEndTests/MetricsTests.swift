import Diagnosis
import Foundation
import HandshakeModel
import NetworkValues
import Testing

@testable import Reporting

/// Counters for a monitoring system.
@Suite struct MetricsTests {
  private func connection(_ number: Int, outcome: Outcome = .failed) -> Connection {
    var connection = Connection(
      index: number, transport: .tcp, client: .init(address: .init(ipv4: 1), port: 1),
      server: .init(address: .init(ipv4: 2), port: 443), roleBasis: .syn, firstFrame: 1, started: .init(nanoseconds: 0))
    connection.outcome = outcome
    return connection
  }

  private func samples(_ text: String) -> [String: String] {
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("tlswhy_") }
    return Dictionary(
      lines.map { line in
        let parts = line.split(separator: " ")
        return (parts.dropLast().joined(separator: " "), parts.last.map(String.init) ?? "")
      }, uniquingKeysWith: { _, _ in "twice" })
  }

  private func text(_ metrics: LiveMetrics) -> String {
    var traffic = LiveMetrics.Traffic()
    (traffic.packets, traffic.bytes, traffic.droppedByKernel) = (7, 4321, 2)
    return metrics.text(traffic, version: "0.1.0", now: 1_764_000_000)
  }

  @Test func connectionsAreCountedByOutcomeAndCause() {
    var metrics = LiveMetrics()
    let cause = Cause(.tlsVersion, "no version in common", confidence: .certain, evidence: [])
    metrics.count(connection(1), causes: [cause])
    metrics.count(connection(2), causes: [cause])
    metrics.count(connection(3, outcome: .incomplete), causes: [])
    metrics.countUnresolved(Cause(.dnsNoAnswer, "no answer", confidence: .certain, evidence: []))
    let samples = samples(text(metrics))
    #expect(samples[#"tlswhy_handshakes_total{outcome="failed",version=""}"#] == "2")
    #expect(samples[#"tlswhy_handshakes_total{outcome="incomplete",version=""}"#] == "1")
    #expect(samples[#"tlswhy_failures_total{cause="tls.version",mechanism=""}"#] == "2")
    #expect(samples[#"tlswhy_failures_total{cause="dns.no-answer",mechanism=""}"#] == "1")
    #expect(samples["tlswhy_unresolved_names_total"] == "1")
    #expect(samples["tlswhy_packets_total"] == "7" && samples["tlswhy_bytes_total"] == "4321")
    #expect(samples["tlswhy_kernel_dropped_packets_total"] == "2")
    #expect(samples["tlswhy_handshake_duration_seconds_count"] == "0")
    #expect(!samples.values.contains("twice"))
  }

  @Test func labelsAreEscaped() {
    #expect(PrometheusText.escape("a\"b\\c\nd\u{1b}\u{202e}") == "a\\\"b\\\\c\\\\x0ad\\\\x1b\\\\u{202e}")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool"), "needs promtool"))
  func promtoolFindsNoFault() throws {
    var metrics = LiveMetrics()
    metrics.count(connection(1), causes: [Cause(.tlsVersion, "x", confidence: .certain, evidence: [])])
    let folder = try TemporaryFolder()
    let file = try folder.add("a.prom", Data(text(metrics).utf8))
    let run = try Program.shell("/usr/bin/promtool check metrics < '\(file.path)'")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(.enabled(if: LiveLab.isAvailable && LiveLab.hasPython, "needs root and python3"))
  func aLiveCaptureKeepsThem() throws {
    let run = try LiveLab.run(
      """
      mkdir prom && chmod 777 prom
      server 127.0.0.1 8443 -tls1_3
      capture live -i lo --metrics prom/tlswhy.prom port 8443
      get https://localhost:8443/; curl -sk --tls-max 1.2 https://localhost:8443/; await live.out tls.version
      for n in {1..260}; do echo "n$n.test"; done > names; echo '$(id)"\\{}' >> names
      while read -r name; do
        openssl s_client -connect 127.0.0.1:8443 -servername "$name" < /dev/null > /dev/null 2>&1
      done < names
      await prom/tlswhy.prom '^tlswhy_handshakes_total'
      kill -INT $capture; wait $capture; echo "status $?"; ls prom; stat -c %a prom/tlswhy.prom; cat prom/tlswhy.prom
      """)
    #expect(run.output.contains("status 1\ntlswhy.prom\n644\n"), "\(run.output)\(run.errors)")
    let samples = samples(run.output)
    #expect(samples[#"tlswhy_handshakes_total{outcome="established",version="TLS 1.3"}"#] == "262")
    #expect(samples.keys.contains { $0.hasPrefix("tlswhy_failures_total{cause=\"tls.version\"") })
    #expect(samples[#"tlswhy_server_handshakes_total{server_name="localhost",outcome="failed"}"#] == "1")
    let names = samples.keys.filter { $0.hasPrefix("tlswhy_server_handshakes_total{server_name=\"n") }
    #expect(names.count == 199)
    #expect(samples[#"tlswhy_server_handshakes_total{server_name="(other)",outcome="established"}"#] == "62")
    #expect(samples["tlswhy_handshake_duration_seconds_count"] == "262")
    #expect(samples[#"tlswhy_handshake_duration_seconds_bucket{le="+Inf"}"#] == "262")
    #expect(Double(samples["tlswhy_handshake_duration_seconds_sum"] ?? "") ?? 0 > 0)
    #expect(Int(samples["tlswhy_packets_total"] ?? "") ?? 0 > 1000)
  }

  @Test func metricsNeedAFileOfTheirOwn() throws {
    for arguments in [["--metrics", "-"], ["-w", "x", "--metrics", "x"], ["-o", "x", "--metrics", "x"]] {
      let run = try Program.run(["capture"] + arguments)
      #expect(run.status == 2 && run.errors.contains("--metrics needs a file of its own"))
    }
  }

  @Test(.enabled(if: LiveLab.isAvailable, "needs root"))
  func aFolderThatIsNotThereIsToldAtOnce() throws {
    let run = try LiveLab.run("\"$tlswhy\" capture -i lo --metrics nowhere/a.prom; echo \"status $?\"")
    #expect(run.output == "status 3\n" && run.complaints.count == 1, "\(run.errors)")
  }
}
