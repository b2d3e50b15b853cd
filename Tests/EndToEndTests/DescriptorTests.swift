import Foundation
import Testing

/// Descriptors that a shell opened, or closed, before the program began.
@Suite struct DescriptorTests {
  private static func shell(_ line: String) throws -> Run {
    let folder = try TemporaryFolder()
    let sample = "'\(Program.root.path)/\(Sample.failing("version"))'"
    return try withExtendedLifetime(folder) {
      try Program.shell("cd '\(folder.url.path)'; sample=\(sample); \(line)")
    }
  }

  @Test func aShortageOfDescriptorsIsToldInOneLine() throws {
    let run = try Self.shell(
      """
      xz -k < $sample > packed.pcap.xz; (ulimit -n 7; tlswhy analyze -j 1 packed.pcap.xz); echo $?
      """)
    #expect(run.output == "3\n", "\(run.output)")
    #expect(run.complaints.count == 1 && run.errors.contains("ulimit -n"), "\(run.errors)")
  }
}
