import Foundation
import Testing

/// Clients that try one address family and then the other, live.
@Suite struct LiveFallbackTests {
  /// curl tries ::1, is refused, and goes on with 127.0.0.1 by itself; then one that may use IPv6 only does not.
  @Test(.enabled(if: LiveLab.isAvailable, Comment(rawValue: LiveLab.requirement)))
  func aTryThatTheClientGetsOverIsNoFailure() throws {
    let run = try LiveLab.run(
      """
      server 127.0.0.1 8443
      capture all -i lo port 8443
      get https://localhost:8443/
      await all.out 'localhost.*TLS'
      sleep 2; cp all.out before
      get -6 https://localhost:8443/
      await all.out tcp.address-family
      kill -INT $capture; wait $capture; echo "status $?"
      echo "refused: $(grep -c '✗' before)"; echo "after: $(grep -c '✗' all.out)"
      grep -m 1 -o 'tcp.address-family' all.out
      """)
    #expect(run.output.contains("refused: 0\n"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("after: 1\ntcp.address-family\n"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("status 1\n"))
  }
}
