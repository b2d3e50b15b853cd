import ConnectionTracking
import Diagnosis
import Foundation
import HandshakeModel
import TLSProtocol
import Testing

/// A recorded pair of captures and what is known about it: Tests/Fixtures/pairs/<id>.
struct Fixture: Sendable, CustomTestStringConvertible {
  /// What expected.json says.
  struct Expectation: Decodable, Sendable {
    var title: String
    /// The true cause.
    var cause: String
    /// What an honest reader of packets alone may say instead.
    var accept: [String]
    /// What the failing capture alone leads to, where that is neither the cause nor accepted.
    var alone: [String]
    /// What is said with the endpoints' logs and keys, where that is not the cause.
    var logged: [String]
    /// What is said of the working capture as the failing one.
    var swapped: String
  }

  let id: String
  let expected: Expectation

  var testDescription: String { id }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/pairs")

  /// The folders that hold a pair each.
  static let folders: [String] = {
    let keys: Set<URLResourceKey> = [.isDirectoryKey]
    let entries = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
    return (entries ?? []).filter { (try? $0.resourceValues(forKeys: keys).isDirectory) == true }
      .map(\.lastPathComponent).sorted()
  }()

  /// Every pair whose expectation decodes, by name; a test sees to it that this leaves none out.
  static let all: [Fixture] = {
    folders.compactMap { name in
      guard let data = try? Data(contentsOf: folder.appending(path: "\(name)/expected.json")),
        let expected = try? JSONDecoder().decode(Expectation.self, from: data)
      else { return nil }
      return Fixture(id: name, expected: expected)
    }
  }()

  static func named(_ id: String) throws -> Fixture { try #require(all.first { $0.id == id }) }

  func path(_ file: String) -> String { Self.folder.appending(path: "\(id)/\(file)").path() }

  func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path(file)) }

  func story(_ role: CaptureRole, withKeys: Bool = false) throws -> CaptureStory {
    try CaptureStory(path: path("\(role.rawValue).pcap"), keyLog: withKeys ? keyLog() : nil)
  }

  /// The secrets that either side logged.
  func keyLog() throws -> KeyLog? {
    var keys = KeyLog()
    for file in ["working.keylog", "failing.keylog"] where has(file) {
      keys.append(lines: try String(contentsOfFile: path(file), encoding: .utf8))
    }
    return keys.isEmpty ? nil : keys
  }

  /// What the endpoints logged about the failing run.
  func logs() throws -> LogEvidence {
    var evidence = LogEvidence()
    if let log = try contents(of: "client.log") { evidence.client = LogReader.read(log, side: .client) }
    if let log = try contents(of: "server.log") { evidence.server = LogReader.read(log, side: .server) }
    return evidence
  }

  private func contents(of file: String) throws -> [UInt8]? {
    has(file) ? Array(try Data(contentsOf: URL(filePath: path(file)))) : nil
  }

  var cause: CauseCode? { CauseCode(rawValue: expected.cause) }

  /// What packets alone may honestly be said to show.
  var accepted: Set<String> { Set([expected.cause] + expected.accept) }

  /// What may be said for sure or as likely of a part of the failing capture.
  var honest: Set<String> {
    var honest = accepted.union(expected.alone)
      .union([.captureIncomplete, .tlsUnknown, CauseCode.none].map(\.rawValue))
    // The certificate is at fault, though not how.
    if expected.cause.hasPrefix("cert.") { honest.formUnion(["cert.rejected", "cert.untrusted"]) }
    // Until the right address is tried, the refusal by another is all there is.
    if expected.cause == "tcp.address-family" { honest.insert("tcp.refused") }
    if expected.cause == "none" { honest.formUnion(["tcp.refused", "tcp.address-family", "cert.rejected"]) }
    return honest
  }
}
