import Foundation
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel
@testable import TlswhyCommand

/// A capture that is large enough for several threads gives what one thread makes of it.
@Suite struct SharedCaptureTests {
  /// A capture of many connections side by side: those of a sample's two captures, again and again from other ports.
  private static func capture(copies: Int) throws -> Data {
    var records: [(time: Int, bytes: [UInt8])] = []
    for (number, path) in [Sample.working("untrusted-ca-tls12"), Sample.failing("version")].enumerated() {
      let data = try Sample.bytes(path)
      let offsets = Sample.frameOffsets(data)
      for copy in 0..<copies {
        let port = UInt16(20_000 + 2 * copy + number)
        for (index, offset) in offsets.dropLast().enumerated() {
          var frame = Array(data[(offset + 16)..<offsets[index + 1]])
          guard frame.count > 38, frame[12] == 8, frame[23] == 6 else { continue }
          // The client has the higher port.
          let isFromClient = Int(frame[34]) << 8 | Int(frame[35]) > Int(frame[36]) << 8 | Int(frame[37])
          (frame[isFromClient ? 34 : 36], frame[isFromClient ? 35 : 37]) = (UInt8(port >> 8), UInt8(port & 0xff))
          records.append((copy * 3 + index * 7 + number, frame))
        }
      }
    }
    var bytes = [UInt8](Sample.capture(of: []))
    for record in records.enumerated().sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }) {
      let (frame, milliseconds) = (record.element.bytes, record.element.time)
      for number in [1_764_000_000 + milliseconds / 1000, milliseconds % 1000 * 1000, frame.count, frame.count] {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
      }
      bytes += frame
    }
    return Data(bytes)
  }

  @Test func theOutputIsTheSameWhateverTheNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let data = try Self.capture(copies: 300)
    #expect(data.count > CaptureFeed.leastShared)
    let whole = try folder.add("whole.pcap", data)
    let cut = try folder.add("cut.pcap", data.dropLast(30_001))
    for arguments in [
      [whole.path, "--summary"], [whole.path, "--failures-only"], [whole.path, "--filter", "portrange 20100-20300"],
      [cut.path], [whole.path, cut.path],
    ] {
      let alone = try Program.run(["analyze", "--format", "json", "--jobs", "1"] + arguments)
      #expect(alone.status == (arguments.contains(cut.path) ? 3 : 1), "\(alone.errors)")
      for jobs in ["2", "3", "4", "9"] {
        let together = try Program.run(["analyze", "--format", "json", "--jobs", jobs] + arguments)
        #expect(together.output == alone.output, "\(arguments) \(jobs)")
        #expect(together.errors == alone.errors && together.status == alone.status)
      }
    }
    let objects = try Program.run(["analyze", "--format", "json", whole.path]).objects()
    #expect(Set(objects.compactMap { $0["index"] as? Int }) == Set(1...600))
    // Numbers follow first frames.
    let firsts = objects.sorted { ($0["index"] as? Int ?? 0) < ($1["index"] as? Int ?? 0) }
      .compactMap { ($0["frames"] as? [String: Int])?["first"] }
    #expect(firsts == firsts.sorted() && firsts.count == 600)
  }

  @Test func onlyLargeFilesThatAreNotCompressedAreSharedOut() throws {
    let folder = try TemporaryFolder()
    let data = try Self.capture(copies: 300)
    let large = CaptureFeed(path: try folder.add("large.pcap", data).path, filter: nil, keys: nil)
    #expect(large.division(threads: 1).readers == 1)
    #expect(large.division(threads: 2).readers == 2)
    #expect(large.division(threads: 3).readers == 2)
    #expect(large.division(threads: 64).readers == 4)
    #expect(large.division(threads: 2).file != nil)
    let small = CaptureFeed(path: try folder.add("small.pcap", data.prefix(10_000)).path, filter: nil, keys: nil)
    #expect(small.division(threads: 8).readers == 1)
    let other = CaptureFeed(
      path: try folder.add("other.pcap", Data(count: 2 * data.count)).path, filter: nil, keys: nil)
    #expect(other.division(threads: 8).readers == 1)
    let packed = try folder.add("packed.pcap.gz", Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + Array(data)))
    #expect(CaptureFeed(path: packed.path, filter: nil, keys: nil).division(threads: 8).readers == 1)
    #expect(CaptureFeed(path: "/dev/null", filter: nil, keys: nil).division(threads: 8).readers == 1)
  }

  @Test func connectionsAreNumberedAmongThoseOfOthers() {
    var numbers = ConnectionNumbers()
    numbers.add(own: [], others: [[3, 9], [5]])
    #expect(numbers.count == 3)
    let own = [10, 30, 70].enumerated().map { index, place in
      ConnectionOpening(place: place, tag: ConnectionTag(shard: 0, index: index))
    }
    numbers.add(own: own, others: [[20, 25, 80], [5, 60]])
    #expect(own.map { numbers.of($0.tag) } == [5, 8, 10])
    #expect(numbers.count == 11)
    #expect(numbers.take(own[0].tag) == 5)
    #expect(numbers.take(own[0].tag) == 0)
  }

  @Test func oneThatStaysOpenKeepsItsNumberHoweverManyBeginMeanwhile() {
    var numbers = ConnectionNumbers()
    let limit = 3 * ConnectionNumbers.recentCount
    for index in 1...limit {
      let tag = ConnectionTag(shard: index % 2, index: (index + 1) / 2)
      numbers.add(own: [ConnectionOpening(place: index, tag: tag)], others: [])
      // Every tenth stays open.
      if index % 10 > 0 { #expect(numbers.take(tag) == index) }
    }
    for index in stride(from: 10, through: limit, by: 10) {
      let tag = ConnectionTag(shard: index % 2, index: (index + 1) / 2)
      #expect(numbers.of(tag) == index)
      #expect(numbers.take(tag) == index)
      #expect(numbers.take(tag) == 0)
    }
    #expect(numbers.of(ConnectionTag(shard: 3, index: 1)) == 0)
  }

  @Test func colleaguesWaitOnlyWhereTheyAreToldTo() {
    let openingExchange = OpeningExchange(count: 3)
    openingExchange.tell([1], from: 1)
    #expect(openingExchange.openings(for: 0, waiting: false) == nil)
    openingExchange.tell([2], from: 2)
    #expect(openingExchange.openings(for: 0, waiting: false) == [[1], [2]])
    // Who has reached the end has nothing more to tell.
    openingExchange.tellNoMore(from: 1)
    openingExchange.tell([3], from: 2)
    #expect(openingExchange.openings(for: 0, waiting: true) == [[], [3]])
    #expect(OpeningExchange(count: 1).openings(for: 0, waiting: true) == [])
  }
}
