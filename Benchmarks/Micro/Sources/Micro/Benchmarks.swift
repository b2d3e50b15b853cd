import Bytes
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

extension Stopwatch {
  /// A walk over a megabyte of values behind 16-bit lengths, as extensions stand in a hello.
  mutating func cursor() {
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 { bytes += [0, 23, 0, 32] + [UInt8](repeating: 7, count: 32) }
    let steps = bytes.count / 36
    time("cursor: type, length, slice of 32 bytes, and 4 bytes read from it") { count in
      var sum = 0
      var left = count
      while left > 0 {
        sum &+= bytes.withCursor { cursor in Self.walk(&cursor, steps: min(left, steps)) }
        left -= steps
      }
      return sum
    }
  }

  private static func walk(_ cursor: inout ByteCursor, steps: Int) -> Int {
    var sum = 0
    do throws(ParseError) {
      for _ in 0..<steps {
        let type: UInt16 = try cursor.read()
        var body = try cursor.slice(prefixedBy: UInt16.self)
        let first: UInt32 = try body.read()
        sum &+= Int(type) &+ Int(first)
      }
    } catch {
      return -1
    }
    return sum
  }

  /// From the frame's bytes to a packet with its TCP header read.
  mutating func frames(_ sample: Sample) {
    var decoder = FrameDecoder()
    time("frame: Ethernet, IPv4, TCP with options") { count in
      var sum = 0
      for index in 0..<count {
        let captured = sample.frames[index % sample.frames.count]
        let bytes = captured.span
        let frame = unsafe Frame(
          number: index, timestamp: Timestamp(nanoseconds: Int64(index)), linkType: sample.linkType,
          originalLength: bytes.count, bytes: bytes.bytes)
        decoder.decode(frame) { sum &+= $0.payloadLength }
      }
      return sum
    }
  }

  /// A lookup in tables of several sizes, of flows in an order without pattern and of one flow again and again.
  mutating func tables() {
    for flows in [100, 10_000, 1_000_000] {
      var table = ConnectionTable()
      for number in 0..<flows { table.insert(Self.key(number), slot: UInt32(number)) }
      // A prime: steps through all flows, near ones far apart in time.
      let keys = (0..<min(flows, 65_536)).map { Self.key(($0 &* 7_368_787) % flows) }
      time("table: lookup among \(flows) flows") { count in
        var sum = 0
        for index in 0..<count { sum &+= table.find(keys[index % keys.count]) ?? -1 }
        return sum
      }
    }
    var table = ConnectionTable()
    let flow = Self.key(1)
    table.insert(flow, slot: 1)
    time("table: lookup of the flow found last") { count in
      var sum = 0
      for _ in 0..<count { sum &+= table.find(flow) ?? -1 }
      return sum
    }
  }

  private static func key(_ number: Int) -> ConnectionKey {
    ConnectionKey(
      source: Endpoint(
        address: IPAddress(ipv4: 0x0a00_0000 | UInt32(number >> 14)), port: UInt16(20_000 + number & 0x3fff)),
      destination: Endpoint(address: IPAddress(ipv4: 0xc000_0201), port: 443))
  }

  /// Segments of 1448 bytes in order, and each pair of them swapped.
  mutating func reassembly() {
    let segment = [UInt8](repeating: 7, count: 1448)
    for (name, order) in [("in order", [0, 1]), ("each pair swapped", [1, 0])] {
      var stream = StreamReassembler()
      var next = SequenceNumber(rawValue: 1)
      stream.start(at: next)
      time("reassembly: a segment of 1448 bytes, \(name)") { count in
        var sum = 0
        for _ in 0..<(count + 1) / 2 {
          for place in order {
            let span = segment.span
            _ = unsafe stream.accept(span.bytes, at: next + place * 1448, payloadLength: 1448) {
              sum &+= $0.byteCount
            }
          }
          next = next + 2896
        }
        return sum
      }
    }
  }

  /// A ClientHello read on its own, and by a memory that has met its shape.
  mutating func hellos(_ hello: [UInt8]) {
    time("ClientHello of \(hello.count) bytes, read on its own") { count in
      var sum = 0
      for _ in 0..<count {
        sum &+= hello.withCursor { cursor in
          do throws(ParseError) { return try ClientHello(parsing: &cursor).random.count } catch { return -1 }
        }
      }
      return sum
    }
    let memory = HelloCache()
    time("ClientHello of \(hello.count) bytes, its shape known") { count in
      var sum = 0
      for _ in 0..<count {
        sum &+= hello.withCursor { cursor in
          do throws(ParseError) { return try memory.clientHello(parsing: &cursor).random.count } catch { return -1 }
        }
      }
      return sum
    }
  }

  /// All facts of a certificate, its SHA-256 among them.
  mutating func certificates(_ der: [UInt8]) {
    time("certificate of \(der.count) bytes") { count in
      var sum = 0
      for _ in 0..<count { sum &+= CertificateFacts(der: der).subject.utf8.count }
      return sum
    }
  }
}
