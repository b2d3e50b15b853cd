import Bytes
import Testing

@testable import TLSProtocol

struct KeyLogTests {
  private let random = String(repeating: "ab", count: 32)
  private let secret = String(repeating: "0C", count: 48)

  @Test func everyLabelIsKeptUnderItsRandom() {
    let log = KeyLog(
      text: """
        # SSL/TLS secrets log file
        CLIENT_RANDOM \(random) \(secret)

        CLIENT_HANDSHAKE_TRAFFIC_SECRET \(random) \(secret)
        QUIC_SERVER_TRAFFIC_SECRET_0 \(String(random.reversed())) \(secret)
        RSA 0123456789abcdef \(secret)
        """)
    #expect(log.count == 4)
    #expect(log.ignoredLines == 0)
    #expect(log.secret("CLIENT_RANDOM", clientRandom: bytes(random)) == [UInt8](repeating: 0x0c, count: 48))
    #expect(log.secret("RSA", clientRandom: bytes("0123456789abcdef"))?.count == 48)
    #expect(log.secret("CLIENT_TRAFFIC_SECRET_0", clientRandom: bytes(random)) == nil)
  }

  @Test func lineEndsBlanksAndMarksOfOtherSystemsAreRead() {
    let log = KeyLog(text: "\u{feff}CLIENT_RANDOM\t\(random)  \(secret) \r\nCLIENT_RANDOM \(random) \(secret)\r")
    #expect(log.count == 1)
    #expect(log.ignoredLines == 0)
  }

  @Test(arguments: [
    "CLIENT_RANDOM", "CLIENT_RANDOM abcd 0011", "CLIENT_RANDOM RANDOM SECRETx", "CLIENT_RANDOM RANDOM SECRET0",
    "CLIENT_RANDOM RANDOM", "client_random RANDOM SECRET", "CLIENT_RANDOM RANDOM SECRET more",
    "\u{1b}[31m RANDOM SECRET",
    "RSA RANDOM SECRET", "CLIENT_RANDOM RANDOM \(String(repeating: "00", count: 300))",
  ])
  func whatIsNoKeyLogLineIsCounted(_ line: String) {
    let text = line.split(separator: " ").map {
      $0.starts(with: "RANDOM") ? random : $0.starts(with: "SECRET") ? secret + $0.dropFirst(6) : String($0)
    }.joined(separator: " ")
    let log = KeyLog(text: text + "\n")
    #expect(log.isEmpty)
    #expect(log.ignoredLines == 1)
  }

  @Test func aLogThatGrowsIsReadOn() {
    var log = KeyLog(text: "CLIENT_RANDOM \(random) \(secret)\n")
    log.append(lines: "CLIENT_TRAFFIC_SECRET_0 \(random) \(secret)\n")
    var other = KeyLog(text: "nonsense\nCLIENT_RANDOM \(String(repeating: "cd", count: 32)) \(secret)")
    other.merge(log)
    #expect(other.count == 3)
    #expect(other.ignoredLines == 1)
    #expect(log.clientRandoms.count == 1)
  }

  /// Each connection keeps the log that it began with: adding must not copy it whole.
  @Test func secretsThatComeInManyBlocksAreMovedAFewTimesEach() {
    var log = KeyLog()
    var kept: [KeyLog] = []
    for block in 0..<2000 {
      var secrets = KeyLog()
      for number in 0..<4 {
        let digits = String(block * 4 + number, radix: 16)
        let random = String(repeating: "0", count: 64 - digits.count) + digits
        secrets.append(lines: "CLIENT_RANDOM \(random) \(secret)\n")
      }
      log.merge(secrets)
      kept.append(log)
    }
    #expect(log.count == 8000)
    #expect(log.moved <= 8000 * 16)
    #expect(kept.map(\.count) == (1...2000).map { $0 * 4 })
  }

  @Test func ofASecretThatComesTwiceTheLastOneCounts() {
    var log = KeyLog(text: "CLIENT_RANDOM \(random) aa\nSERVER_TRAFFIC_SECRET_0 \(random) bb")
    for other in ["CLIENT_RANDOM \(String(repeating: "cd", count: 32)) \(secret)", "CLIENT_RANDOM \(random) cc"] {
      log.merge(KeyLog(text: other))
    }
    let bytes = [UInt8](repeating: 0xab, count: 32)
    let found = log.clientRandoms.first { log.secrets(clientRandom: $0)?.count == 2 } ?? bytes
    #expect(log.secret("CLIENT_RANDOM", clientRandom: found) == [0xcc])
    #expect(log.secrets(clientRandom: found) == ["CLIENT_RANDOM": [0xcc], "SERVER_TRAFFIC_SECRET_0": [0xbb]])
  }

  @Test func manyLinesAreReadInReasonableTime() {
    var lines: [UInt8] = []
    for number in 0..<5000 {
      let digits = String(number, radix: 16)
      lines += Array("CLIENT_RANDOM \(String(repeating: "0", count: 64 - digits.count))\(digits) \(secret)\n".utf8)
    }
    var log = KeyLog()
    let elapsed = ContinuousClock().measure { log.append(lines: lines) }
    #expect(log.count == 5000)
    #expect(elapsed < .seconds(30))
  }

  @Test func secretsBeyondTheShareAreCountedAndThoseBeforeStay() {
    var log = KeyLog(memory: MemoryShare(limit: 100_000))
    for number in 0..<3000 {
      let digits = String(number, radix: 16)
      log.append(lines: "CLIENT_RANDOM \(String(repeating: "0", count: 64 - digits.count))\(digits) \(secret)\n")
    }
    #expect(log.count + log.droppedSecrets == 3000 && log.droppedSecrets > 1000 && log.count > 300)
    #expect(log.secret("CLIENT_RANDOM", clientRandom: [UInt8](repeating: 0, count: 32)) == bytes(secret))
    var other = KeyLog(memory: MemoryShare(limit: 1000))
    other.merge(log)
    #expect(other.isEmpty && other.droppedSecrets == 3000)
  }

  /// Looking for the label among thousands of one random would take longer with each.
  @Test func oneRandomHasNoMoreSecretsThanAHandshake() {
    var log = KeyLog()
    for number in 0..<1000 { log.append(lines: "LABEL_\(number) \(random) \(secret)\n") }
    #expect(log.count == 64 && log.ignoredLines == 936)
    #expect(log.secret("LABEL_63", clientRandom: bytes(random)) == bytes(secret))
  }

  @Test func aSecretOfAnotherLengthTakesThePlaceOfTheFormerOne() {
    let log = KeyLog(text: "CLIENT_RANDOM \(random) aabb\nRSA 0123456789abcdef cc\nCLIENT_RANDOM \(random) dd")
    #expect(log.count == 2)
    #expect(log.secret("CLIENT_RANDOM", clientRandom: bytes(random)) == [0xdd])
    #expect(log.secrets(clientRandom: bytes(random)) == ["CLIENT_RANDOM": [0xdd]])
  }
}
