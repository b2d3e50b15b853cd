import HandshakeModel
import NetworkValues
import Synchronization
import TLSProtocol

/// The server's certificates as far as they show, with what a client may object to.
struct CertificateView {
  let frame: Int
  /// Where the stapled OCSP response stands; nil where none was sent.
  let stapleFrame: Int?
  /// Seconds since 1970 at which the client saw them.
  let time: Int64
  let certificates: [CertificateFacts]
  let chain: CertificateChain
  /// Without the hello nobody knows what name the client asked for.
  let hasHello: Bool
  /// The name that the client asked for; nil without SNI.
  let askedName: String?
  /// What the certificates show against themselves, whatever anybody said of them; in the order in which it is told.
  let faults: [CertificateFault]

  init?(_ connection: Connection) {
    guard let observed = connection.transcript.serverCertificates, !observed.value.isEmpty else { return nil }
    frame = observed.frame
    stapleFrame = connection.transcript.stapledOCSPResponse?.frame
    time = observed.time.nanoseconds / 1_000_000_000
    certificates = observed.value.prefix(16).map(\.facts)
    chain = CertificateChain(certificates, at: time)
    hasHello = !connection.transcript.clientHellos.isEmpty
    askedName = connection.transcript.clientHellos.last?.value.serverName
    faults = CertificateFault.all(in: chain, at: time, of: connection)
  }

  var leaf: CertificateFacts? { certificates.first }

  /// What tells a certificate from all others, in hexadecimal digits: the SHA-256 of its DER.
  func identity(_ place: Int) -> String { certificates[place].identity }

  /// The certificate as the subject of a sentence.
  func bearer(_ place: Int) -> String {
    place == 0
      ? "The server's certificate"
      : "A certificate of the server's chain (\(Escaped.text(certificates[place].subject)))"
  }

  /// Why the issuer that was not sent is an intermediate rather than a root: what issuance and naming customs show.
  var missingIssuerLooksIntermediate: Bool? {
    guard case .issuerNotSent(let name) = chain.ending, let last = chain.top else { return nil }
    if Self.root.isPart(of: name) { return false }
    // A certificate that says where to fetch its issuer's is one below an intermediate: roots are not fetched.
    if !last.caIssuers.isEmpty, chain.path.count == 1 { return true }
    return Self.belowRoot.contains { $0.isPart(of: name) } ? true : nil
  }

  private static let root = LowerCaseWord("root")
  private static let belowRoot = ["intermediate", "issuing", "subordinate", "sub ca", "sub-ca", "subca"]
    .map(LowerCaseWord.init)
}

/// A word of ASCII that is looked for in names, in whatever case they write it. By bytes, since each failure asks.
struct LowerCaseWord: Sendable {
  private let bytes: [UInt8]

  init(_ word: String) { bytes = Array(word.utf8) }

  /// Whether the text holds the word.
  func isPart(of text: String) -> Bool {
    let text = Array(text.utf8)
    guard let first = bytes.first, text.count >= bytes.count else { return bytes.isEmpty }
    return (0...text.count - bytes.count).contains { start in
      Self.lower(text[start]) == first && zip(text[start...], bytes).allSatisfy { Self.lower($0) == $1 }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }
}

extension CertificateFacts {
  /// What tells the certificate from all others, in hexadecimal digits: the SHA-256 of its DER.
  var identity: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: sha256.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The server's certificates of one story, put together when somebody first asks for them.
final class CertificateViewOnce: Sendable {
  private let view = Mutex<CertificateView??>(nil)

  /// What `make` gives when it is first called.
  func value(_ make: () -> CertificateView?) -> CertificateView? {
    view.withLock { known in
      if let known { return known }
      let made = make()
      known = .some(made)
      return made
    }
  }
}
