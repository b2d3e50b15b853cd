import Glibc
import NetworkValues
import PacketCapture
import Testing

@Suite struct CaptureErrorTests {
  @Test func aMissingFileIsNamed() {
    #expect(readAll("/nonexistent/a.pcap").error?.description == "/nonexistent/a.pcap: no such file; check the path")
    #expect(readAll("/etc/passwd/a.pcap").error?.kind == .notFound)
  }

  @Test func aDirectoryIsNotRead() {
    #expect(readAll("/tmp").error?.kind == .isDirectory)
  }

  @Test func aPathThatTheSystemRefusesSaysWhy() {
    let path = "/tmp/" + String(repeating: "x", count: 300)
    #expect(readAll(path).error?.kind == .unreadable("File name too long"))
  }

  @Test func anEmptyFileIsEmpty() {
    #expect(readAll([]).error?.kind == .empty)
    let file = TemporaryFile()
    #expect(shell("gzip -k \(file.path)").status == 0)
    defer { unsafe unlink(file.path + ".gz") }
    #expect(readAll(file.path + ".gz").error?.kind == .empty)
  }

  private static let otherFiles: [(bytes: [UInt8], guess: String)] = [
    (Array("hello\n".utf8), "text"),
    (Array("hi".utf8), "text"),
    (Array("PK\u{3}\u{4}....".utf8), "a zip archive"),
    ([0x7f, 0x45, 0x4c, 0x46, 2, 1], "an ELF program"),
    (Array("CLIENT_RANDOM 00 11".utf8), "a TLS key log; pass it with --keylog"),
    (Array("# note\nSERVER_HANDSHAKE_TRAFFIC_SECRET 00 11".utf8), "a TLS key log; pass it with --keylog"),
    (Array("{\"a\": 1}".utf8), "JSON text"),
    (Array("<!DOCTYPE html><html>".utf8), "an HTML page"),
    (Array("-----BEGIN CERTIFICATE-----\nMII".utf8), "a PEM certificate"),
    (
      Array("12:00:00.1 IP 192.0.2.1.5 > 192.0.2.2.443: Flags [S]".utf8),
      "tcpdump's text output; capture again with tcpdump -w FILE"
    ),
    ([0x0a, 0x0d, 0x0a, 0x1c, 0, 0], "a pcapng file mangled by a text-mode transfer; copy it again in binary mode"),
    ([0, 0, 0, 0, 0], "a file of zero bytes"),
    ([1, 2, 3, 4, 5], "binary data of an unknown kind"),
    ([UInt8](repeating: 65, count: 257) + Array("ustar".utf8), "a tar archive; unpack it first"),
  ]

  @Test(arguments: otherFiles)
  func aFileThatIsNoCaptureSaysWhatItSeemsToBe(bytes: [UInt8], guess: String) {
    #expect(readAll(bytes).error?.kind == .notACapture(guess))
  }

  @Test func gzipOfSomethingElseSaysSo() {
    let file = TemporaryFile(Array("hello\n".utf8))
    #expect(shell("gzip -k \(file.path)").status == 0)
    defer { unsafe unlink(file.path + ".gz") }
    #expect(readAll(file.path + ".gz").error?.kind == .notACapture("gzip of text"))
  }

  @Test func aGzipHeaderAloneIsTruncated() {
    #expect(readAll([0x1f, 0x8b, 8, 0]).error?.kind == .truncated)
  }

  @Test func aSectionHeaderOfNoByteOrderIsDamage() {
    let bytes: [UInt8] = [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 1, 2, 3, 4]
    #expect(readAll(bytes).error?.kind == .damaged("a section header without the byte-order magic"))
    #expect(readAll(Array(bytes[..<8])).error?.kind == .truncated)
  }

  @Test(arguments: [
    CaptureError.Kind.notFound, .isDirectory, .permissionDenied, .unreadable("x"), .notACapture("x"), .empty,
    .truncated, .damaged("x"), .libpcapMissing, .badFilter("x"), .capturePermission, .noSuchInterface, .interfaceGone,
    .capture("x"), .unwritable("x"),
  ])
  func everyErrorIsOneLineThatNamesItsSubject(kind: CaptureError.Kind) {
    let line = CaptureError(kind, path: "subject", frame: 3, offset: 99).description
    #expect(line.contains("subject"))
    #expect(!line.contains("\n"))
    #expect(line.count > 20)
  }

  @Test func standardInputAndOutputAreNamedInWords() {
    #expect(CaptureError(.empty, path: "-").description.hasPrefix("standard input: empty"))
    #expect(CaptureError(.unwritable("x"), path: "-").description.hasPrefix("standard output: cannot"))
  }
}
