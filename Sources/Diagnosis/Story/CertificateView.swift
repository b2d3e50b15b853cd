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
    let lower = name.lowercased()
    if ["root"].contains(where: lower.contains) { return false }
    // A certificate that says where to fetch its issuer's is one below an intermediate: roots are not fetched.
    if !last.caIssuers.isEmpty, chain.path.count == 1 { return true }
    if ["intermediate", "issuing", "subordinate", "sub ca", "sub-ca", "subca"].contains(where: lower.contains) {
      return true
    }
    return nil
  }
}

extension CertificateFacts {
  /// What tells the certificate from all others, in hexadecimal digits: the SHA-256 of its DER.
  var identity: String {
    sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
