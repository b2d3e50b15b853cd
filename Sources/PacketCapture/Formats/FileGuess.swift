/// Guesses what a file is that should have been a capture, so that the error can say so.
enum FileGuess {
  private static let signatures: [(bytes: [UInt8], what: String)] = [
    ([0x1f, 0x8b], "gzip data"),
    ([0x50, 0x4b, 0x03, 0x04], "a zip archive"),
    ([0x7f, 0x45, 0x4c, 0x46], "an ELF program"),
    ([0x4d, 0x5a], "a Windows program"),
    ([0xca, 0xfe, 0xba, 0xbe], "a Java class file"),
    ([0xfe, 0xed, 0xfe, 0xed], "a Java key store"),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz data"),
    ([0x42, 0x5a, 0x68], "bzip2 data"),
    ([0x28, 0xb5, 0x2f, 0xfd], "zstd data"),
    ([0x04, 0x22, 0x4d, 0x18], "lz4 data"),
    ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
    ([0x89, 0x50, 0x4e, 0x47], "a PNG image"),
    (Array("snoop\0".utf8), "a Solaris snoop file; convert it with: editcap -F pcapng"),
    (Array("GMBU".utf8), "a Microsoft Network Monitor file; convert it with: editcap -F pcapng"),
    (Array("XCP\0".utf8), "a NetXray file; convert it with: editcap -F pcapng"),
    (Array("TRSNIFF".utf8), "a Sniffer file; convert it with: editcap -F pcapng"),
    (Array("iptrace".utf8), "an AIX iptrace file; convert it with: editcap -F pcapng"),
    (Array("MDMP".utf8), "a Windows memory dump"),
    ([0x0a, 0x0d, 0x0a], "a pcapng file mangled by a text-mode transfer; copy it again in binary mode"),
    ([0x30, 0x82], "DER data, perhaps a certificate or key"),
  ]

  private static let texts: [(marker: String, what: String)] = [
    ("CLIENT_RANDOM ", "a TLS key log; pass it with --keylog"),
    ("_TRAFFIC_SECRET", "a TLS key log; pass it with --keylog"),
    ("SSL/TLS secrets log file", "a TLS key log; pass it with --keylog"),
    ("-----BEGIN CERTIFICATE", "a PEM certificate"),
    ("-----BEGIN", "a PEM file"),
    ("<!DOCTYPE html", "an HTML page"),
    ("<html", "an HTML page"),
    ("<?xml", "an XML document, perhaps tshark's PDML; give the capture itself"),
    ("javax.net.ssl|", "a Java TLS debug log; pass it with --client-log or --server-log"),
    (" IP6 ", "tcpdump's text output; capture again with tcpdump -w FILE"),
    (" IP ", "tcpdump's text output; capture again with tcpdump -w FILE"),
    (" → ", "tshark's text output; give the capture that it was made from"),
  ]

  /// A noun phrase for a file that begins with `head`, of up to a few hundred bytes.
  static func describe(_ head: [UInt8]) -> String {
    if head.isEmpty { return "an empty file" }
    for signature in signatures where head.starts(with: signature.bytes) { return signature.what }
    if head.count >= 262, head[257..<262].elementsEqual("ustar".utf8) { return "a tar archive; unpack it first" }
    if head.allSatisfy({ $0 == 0 }) { return "a file of zero bytes" }
    guard head.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || (0x09...0x0d).contains($0) || $0 == 0x1b }) else {
      return "binary data of an unknown kind"
    }
    let text = String(decoding: head, as: UTF8.self)
    for candidate in texts where contains(text, candidate.marker) { return candidate.what }
    if text.first == "{" || text.first == "[" { return "JSON text" }
    return "text"
  }

  private static func contains(_ text: String, _ marker: String) -> Bool {
    let haystack = Array(text.utf8)
    let needle = Array(marker.utf8)
    guard haystack.count >= needle.count else { return false }
    return (0...(haystack.count &- needle.count)).contains { haystack[$0...].starts(with: needle) }
  }
}
