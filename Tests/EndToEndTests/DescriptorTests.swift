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

  @Test func aFileThatTheShellOpenedKeepsWhatItHolds() throws {
    let run = try Self.shell(
      """
      tlswhy analyze $sample > plain; echo before > log
      tlswhy analyze $sample -o /dev/stdout >> log
      tlswhy analyze $sample -o /dev/fd/7 7>> log
      tlswhy analyze $sample -o /proc/self/fd/8 8>> log
      (echo before; cat plain plain plain) | cmp - log && echo same
      """)
    #expect(run.output == "same\n", "\(run.errors)")
  }

  @Test func aProcessThatTheShellStartedIsWrittenTo() throws {
    let run = try Self.shell(
      """
      tlswhy analyze $sample > plain; tlswhy analyze $sample -o >(cat > piped); sleep 0.3; cmp plain piped && echo same
      """)
    #expect(run.output == "same\n", "\(run.errors)")
  }

  @Test func aDescriptorThatCannotBeWrittenToIsNamed() throws {
    let run = try Self.shell("tlswhy analyze $sample -o /dev/fd/7 7< /dev/null; echo $?")
    #expect(run.output == "3\n")
    #expect(run.complaints.count == 1 && run.errors.contains("/dev/fd/7"), "\(run.errors)")
  }

  @Test(arguments: ["+7", "-7", "7x", ""])
  func aNameThatIsNoNumberIsNoDescriptor(_ name: String) throws {
    let run = try Self.shell("tlswhy analyze $sample -o /dev/fd/\(name) 7> out; echo $?; cat out")
    #expect(run.output == "3\n", "\(run.output)")
    #expect(run.complaints.count == 1 && run.errors.contains("/dev/fd/\(name)"), "\(run.errors)")
  }

  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
  func messagesStayOutOfAReportWhereDescriptorsAreClosed(_ closed: String) throws {
    let run = try Self.shell(
      """
      tlswhy analyze $sample missing.pcap -o plain 2> errors
      tlswhy analyze $sample missing.pcap -o report \(closed)
      cmp plain report && echo same
      """)
    #expect(run.output == "same\n", "\(run.errors)")
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
