import Bytes
import NetworkValues
import PacketCapture

/// `Micro [WORD]` times what every packet or handshake costs, or those operations whose name holds WORD.
/// `Micro --read FILE` only reads a capture's frames, once, for whoever times the whole process.
@main
struct EntryPoint {
  /// From the folder of the package, where `swift run` starts the program.
  static let sample = "../../samples/untrusted-ca-tls12/working.pcap"

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--read", let path = arguments.dropFirst().first { return try read(path) }
    var stopwatch = Stopwatch(wanted: arguments.first ?? "")
    let sample = try Sample(path: sample)
    print("   fastest         median")
    stopwatch.cursor()
    stopwatch.frames(sample)
    stopwatch.tables()
    stopwatch.reassembly()
    if let hello = try sample.message(type: 1) { stopwatch.hellos(hello) }
    if let certificate = try sample.certificate() { stopwatch.certificates(certificate) }
    print("checksum \(stopwatch.sum)")
  }

  /// The way of `floor`: touches each packet and prints packets, captured bytes and a sum.
  static func read(_ path: String) throws(CaptureError) {
    var source = try PacketSource(path: path)
    var (packets, bytes, sum) = (0, 0, 0)
    while let frame = try source.next() {
      packets += 1
      bytes += frame.bytes.byteCount
      if frame.bytes.byteCount > 30 {
        sum += Int(unsafe frame.bytes.unsafeLoad(fromByteOffset: 23, as: UInt8.self))
        sum += Int(unsafe frame.bytes.unsafeLoad(fromByteOffset: 30, as: UInt8.self))
      }
    }
    print("\(packets) packets \(bytes) bytes \(sum)")
  }
}
