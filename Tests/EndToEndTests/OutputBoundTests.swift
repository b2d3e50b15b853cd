import Foundation
import Testing

/// What is written is at most 20 times the input and 4 KB a connection, whatever packets hold, in every format.
@Suite struct OutputBoundTests {
  private static let formats: [[String]] = [
    ["--format", "json"], ["--format", "text"], ["--format", "html"], ["--format", "markdown"],
    ["--format", "text", "--verbose"], ["--format", "html", "--verbose"], ["--format", "markdown", "--verbose"],
  ]

  /// What a page of HTML and the summary take, whatever is in them.
  private static let frame = 16_384

  private static func hellos(_ count: UInt32 = 4, _ body: (UInt32) -> Data) -> Data {
    var capture = BulkCapture()
    for number in 0..<count { capture.refuse(body(number), from: number) }
    return capture.file
  }

  private static let shapes: [(name: String, connections: Int, make: @Sendable () -> Data)] = [
    ("suites", 4, { hellos { number in BulkCapture.hello(suites: [0xc0, 0x2b], count: 30_000, number) } }),
    ("extensions", 4, { hellos { number in BulkCapture.hello(extensions: 15_000, type: 0x2000, body: [], number) } }),
    (
      "malformed extensions", 4,
      { hellos { number in BulkCapture.hello(extensions: 12_000, type: 10, step: 0, body: [9], number) } }
    ),
    ("groups", 4, { hellos { number in BulkCapture.hello(list: [0, 10], of: [1, 0], count: 30_000, number) } }),
    (
      "signature schemes", 4,
      { hellos { number in BulkCapture.hello(list: [0, 13], of: [8, 7], count: 30_000, number) } }
    ),
    ("protocols", 4, { hellos { number in BulkCapture.hello(list: [0, 16], of: [1, 97], count: 30_000, number) } }),
    ("every list at its limit", 20, { hellos(20) { number in BulkCapture.helloOfManyLists(256, number) } }),
    ("attempts", 3000, { BulkCapture.attempts(3000) }),
  ]

  @Test(arguments: shapes.map(\.name), formats)
  func outputIsBoundedByInput(_ name: String, _ format: [String]) throws {
    let shape = try #require(Self.shapes.first { $0.name == name })
    let folder = try TemporaryFolder()
    let capture = shape.make()
    let file = try folder.add("capture.pcap", capture)
    let run = try Program.run(["analyze", "-j", "2", file.path] + format)
    #expect(run.status == 0 || run.status == 1, "\(run.errors)")
    // An attempt's own 4 KB would hide what the attempts are there to show.
    let connections = name == "attempts" ? 1000 : shape.connections
    let bound = 20 * capture.count + 4096 * connections + Self.frame
    #expect(run.output.utf8.count <= bound, "\(name) \(format): \(run.output.utf8.count) of \(bound)")
  }

  @Test func aLongListIsCutAndTheRestCounted() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("hello.pcap", Self.hellos { BulkCapture.hello(suites: [0xc0, 0x2b], count: 3000, $0) })
    let run = try Program.run(["analyze", file.path, "--format", "json"])
    let hellos = try run.objects().compactMap { ($0["client_hellos"] as? [[String: Any]])?.first }
    #expect(hellos.count == 4)
    for hello in hellos {
      #expect((hello["cipher_suites"] as? [Any])?.count == 256)
      #expect((hello["omitted"] as? [String: Int]) == ["cipher_suites": 2744])
      #expect((hello["ja3"] as? String)?.contains(String(repeating: "49195-", count: 2999) + "49195,") == true)
    }
    let shown = try Program.run(["show", file.path])
    #expect(shown.output.contains("2744 of them are left out here"))
  }

  @Test func beyondAThousandAttemptsOnOneServerAreCounted() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("attempts.pcap", BulkCapture.attempts(5000))
    let run = try Program.run(["analyze", file.path, "--format", "json", "--summary"])
    let objects = try run.objects()
    #expect(objects.count { $0["schema"] as? String == "tlswhy.connection/1" } == 1000)
    #expect(objects.prefix(1000).compactMap { $0["index"] as? Int } == Array(1...1000))
    let counted = objects.filter { $0["schema"] as? String == "tlswhy.unanswered/1" }
    #expect(counted.count == 1 && counted.first?["connections"] as? Int == 4000)
    #expect(counted.first?["frames"] as? [String: Int] == ["first": 1001, "last": 5000])
    #expect((counted.first?["server"] as? [String: Any])?["port"] as? Int == 443)
    #expect(objects.last?["connections"] as? Int == 5000)
    for format in ["text", "html", "markdown"] {
      let run = try Program.run(["analyze", file.path, "--format", format])
      #expect(run.output.contains("4,000 more attempts to connect to"), "\(format)")
      #expect(run.output.contains("5,000 incomplete") && run.output.contains("capture.incomplete"), "\(format)")
    }
    let quiet = try Program.run(["analyze", file.path, "--quiet"])
    #expect(quiet.errors.contains("4000 more connection attempts without answer"))
  }

  @Test func whichAttemptsAreToldDoesNotDependOnThreads() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("attempts.pcap", BulkCapture.attempts(3000))
    for format in ["json", "text"] {
      let alone = try Program.run(["analyze", "-j", "1", file.path, "--format", format])
      for threads in 2...4 {
        #expect(
          try Program.run(["analyze", "-j", "\(threads)", file.path, "--format", format]).output == alone.output)
      }
    }
  }

  /// Servers behind the first 1,024 are counted together, whichever of them a thread happened to know.
  @Test func attemptsOnManyServersAreToldAlikeByAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let file = try folder.add("scan.pcap", BulkCapture.scan(2100))
    let arguments = ["analyze", file.path, "--format", "json", "--summary", "-j"]
    let alone = try Program.run(arguments + ["1"])
    let last = try alone.objects().suffix(2)
    #expect(last.first?["schema"] as? String == "tlswhy.unanswered/1")
    #expect(last.first?["server"] is NSNull && last.first?["connections"] as? Int == 76)
    #expect(last.last?["connections"] as? Int == 2100)
    #expect(try Program.run(arguments + ["3"]).output == alone.output)
  }
}

/// A pcap of many connections, put together quickly.
private struct BulkCapture {
  private(set) var file = Data([
    0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0, 101, 0, 0, 0,
  ])

  /// A ClientHello that the server answers with handshake_failure.
  mutating func refuse(_ hello: Data, from number: UInt32) {
    segment(number, isClient: true, 1000, 0, 2)
    segment(number, isClient: false, 5000, 1001, 18)
    segment(number, isClient: true, 1001, 5001, 16)
    var next: UInt32 = 1001
    var rest = hello[...]
    while !rest.isEmpty {
      let part = rest.prefix(16_000)
      let record = Data([22, 3, 1]) + Self.vector(2, part)
      segment(number, isClient: true, next, 5001, 24, record)
      next += UInt32(record.count)
      rest = rest.dropFirst(16_000)
    }
    segment(number, isClient: false, 5001, next, 24, Data([21, 3, 3, 0, 2, 2, 40]))
  }

  /// SYNs from as many ports to one server.
  static func attempts(_ count: UInt32) -> Data {
    var capture = Self()
    for number in 0..<count { capture.segment(number, isClient: true, 1000, 0, 2) }
    return capture.file
  }

  /// One SYN to each of many servers.
  static func scan(_ servers: UInt32) -> Data {
    var capture = Self()
    for number in 0..<servers {
      capture.segment(
        7, isClient: true, 1000, 0, 2, server: Data([198, 18]) + big(number).suffix(2), UInt16(443 + (number >> 16)))
    }
    return capture.file
  }

  static func hello(suites: [UInt8], count: Int, _ number: UInt32) -> Data {
    hello(suites: repeated(suites, count), extensions: Data(), number)
  }

  /// Extensions of types a step apart from each other.
  static func hello(extensions count: Int, type: Int, step: Int = 1, body: [UInt8], _ number: UInt32) -> Data {
    var extensions = Data()
    for index in 0..<count {
      let type = type + step * index
      extensions += Data([UInt8(type >> 8 & 0xff), UInt8(type & 0xff), 0, UInt8(body.count)] + body)
    }
    return hello(suites: Data([0xc0, 0x2b]), extensions: extensions, number)
  }

  /// One extension with a list of values.
  static func hello(list type: [UInt8], of value: [UInt8], count: Int, _ number: UInt32) -> Data {
    hello(
      suites: Data([0xc0, 0x2b]), extensions: Data(type) + vector(2, vector(2, repeated(value, count))), number)
  }

  /// Lists of so many suites, extensions, groups, schemes and protocols.
  static func helloOfManyLists(_ count: Int, _ number: UInt32) -> Data {
    var extensions = Data()
    for (type, value) in [(10, [1, 0]), (13, [8, 7]), (16, [1, 97])] as [(UInt8, [UInt8])] {
      extensions += Data([0, type]) + vector(2, vector(2, repeated(value, count)))
    }
    for index in 0..<count { extensions += Data([0x20 + UInt8(index >> 8), UInt8(index & 0xff), 0, 0]) }
    return hello(suites: repeated([0xc0, 0x2b], count), extensions: extensions, number)
  }

  private static func hello(suites: Data, extensions: Data, _ number: UInt32) -> Data {
    let random = big(number) + Data(repeating: 7, count: 28)
    let body = Data([3, 3]) + random + Data([0]) + vector(2, suites) + Data([1, 0]) + vector(2, extensions)
    return Data([1]) + vector(3, body)
  }

  private static func repeated(_ value: [UInt8], _ count: Int) -> Data {
    var data = Data()
    for _ in 0..<count { data += value }
    return data
  }

  private static func vector(_ size: Int, _ body: Data) -> Data {
    Data((0..<size).reversed().map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) }) + body
  }

  private mutating func segment(
    _ number: UInt32, isClient: Bool, _ sequence: UInt32, _ acknowledged: UInt32, _ flags: UInt8,
    _ bytes: Data = Data(),
    server address: Data = Data([198, 51, 100, 2]), _ serverPort: UInt16 = 443
  ) {
    let port = Self.big(1024 + number).suffix(2)
    let server = Self.big(UInt32(serverPort)).suffix(2)
    let tcp =
      (isClient ? port + server : server + port) + Self.big(sequence) + Self.big(acknowledged)
      + Data([0x50, flags, 255, 255, 0, 0, 0, 0]) + bytes
    let ends = (Data([192, 0, 2, 1]), address)
    let length = Self.big(UInt32(tcp.count + 20)).suffix(2)
    let packet =
      Data([0x45, 0]) + length + Data([0, 1, 0, 0, 64, 6, 0, 0]) + (isClient ? ends.0 + ends.1 : ends.1 + ends.0) + tcp
    let size = Data(Self.big(UInt32(packet.count)).reversed())
    file += Data(repeating: 0, count: 8) + size + size + packet
  }

  private static func big(_ value: UInt32) -> Data {
    Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
  }
}
