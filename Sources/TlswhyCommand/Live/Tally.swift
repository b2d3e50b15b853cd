import Diagnosis
import Glibc
import HandshakeModel
import PacketCapture

/// What a live capture has counted so far, and how it says so.
struct Tally {
  var established = 0
  var failed = 0
  var incomplete = 0
  /// Connections that were open before the capture began.
  var underWay = 0
  /// Names that did not resolve.
  var unresolved = 0
  var codes: [CauseCode: Int] = [:]

  var connections: Int { established + failed + incomplete }

  mutating func count(_ connection: Connection) {
    switch connection.outcome {
    case .established: established += 1
    case .failed: failed += 1
    case .incomplete: incomplete += 1
    }
  }

  /// The client of a connection that had failed went on by itself.
  mutating func noteFallback() {
    failed -= 1
    incomplete += 1
  }

  /// For the status line: `1,204 packets  33 connections  2 failed  0 dropped  25 MB`.
  func status(packets: Int, drops: UInt64) -> String {
    var parts = [
      "\(Self.grouped(packets)) packets", "\(Self.grouped(connections)) connections", "\(Self.grouped(failed)) failed",
      "\(Self.grouped(Int(clamping: drops))) dropped by the kernel",
    ]
    if let memory = Self.residentBytes { parts.append("\(memory >> 20) MB memory") }
    return parts.joined(separator: ", ")
  }

  /// As tcpdump says it when it ends.
  static func drops(_ statistics: [InterfaceStatistics], captured: Int) -> String {
    let sum = statistics.reduce(InterfaceStatistics(), +)
    return """
      \(grouped(captured)) packets captured, \(grouped(Int(clamping: sum.received))) received by the filter
      \(grouped(Int(clamping: sum.droppedByKernel))) dropped by the kernel, \
      \(grouped(Int(clamping: sum.droppedByInterface))) dropped by the interface

      """
  }

  static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }

  /// The process's memory that is in RAM, from proc_pid_statm(5).
  private static var residentBytes: Int? {
    guard let bytes = try? ProcessFile.read("/proc/self/statm", limit: 256) else { return nil }
    let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages &* Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
