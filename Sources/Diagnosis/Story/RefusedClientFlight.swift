import HandshakeModel
import TLSProtocol

/// A TLS 1.3 server gave up on the client's flight, which nobody can read: its size tells whether a certificate was in
/// it.
struct RefusedClientFlight {
  let flight: ClientFlight
  /// The server closed without a record of an alert's size.
  let isSilentClose: Bool
  /// The sizes of the flight's records.
  let sizes: Observation
  /// The server's last word.
  let ending: Observation

  init?(_ inquiry: Inquiry) {
    guard let ending = inquiry.ending, let frame = Self.refusal(inquiry),
      let flight = inquiry.connection.map({ ClientFlight($0, before: frame) })
    else { return nil }
    self.flight = flight
    isSilentClose = ending.isSilentClose
    sizes = inquiry.observed(
      .clientFlight, flight.frames,
      "the client's encrypted flight: records of \(flight.lengths.map(String.init).joined(separator: ", ")) bytes")
    self.ending = inquiry.observed(.ending, [frame], Self.words(ending.manner))
  }

  private static func words(_ manner: Ending.Manner) -> String {
    switch manner {
    case .alert(let alert): "server alert \(alert.name) (\(alert.rawValue))"
    case .encryptedAlert: "the server answers with one encrypted record of an alert's size and closes"
    default: "the server closes without a word"
    }
  }

  /// The frame in which the server gave up; nil where it did not, or where what it gave up on can be read.
  private static func refusal(_ inquiry: Inquiry) -> Int? {
    guard let ending = inquiry.ending, ending.ender == .server, ending.phase == .clientFlight,
      // Who says certificate_required leaves nothing to be told from sizes.
      ending.alert?.mayConcernCertificate ?? true,
      inquiry.connection?.isUnreadAnswer == true
    else { return nil }
    return ending.frame
  }
}

extension Connection {
  /// TLS 1.3 whose client's answer is there, and encrypted.
  fileprivate var isUnreadAnswer: Bool {
    serverHello != nil && isTLS13 && !showsClientCertificate && !network.lacksBytes(from: .client) && !isResumed
  }

  /// The server took a pre-shared key, and so asks for no certificate in this handshake (RFC 8446 §4.3.2).
  private var isResumed: Bool { serverHello?.value.has(.preSharedKey) ?? false }
}

extension Connection {
  /// The server's request for a certificate or the client's answer can be read: before TLS 1.3, or with keys.
  var showsClientCertificate: Bool {
    transcript.certificateRequest != nil || transcript.clientCertificates != nil
  }
}
