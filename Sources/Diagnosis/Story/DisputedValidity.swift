import TLSProtocol

/// The client turned down a chain that is valid by the capture's clock: the client's may say otherwise.
struct DisputedValidity {
  let refusal: Refusal
  /// Seconds since 1970 at which the server's certificate became valid.
  let start: Int64
  /// Seconds between that and the capture.
  let age: Int64
  /// The certificate's dates, and the client's last word.
  let observations: [Observation]

  init?(_ inquiry: Inquiry) {
    guard let refusal = Refusal(inquiry), let view = inquiry.connection.flatMap(CertificateView.init),
      let start = view.leaf?.notBefore, let end = view.leaf?.notAfter, !view.isOutdated
    else { return nil }
    self.refusal = refusal
    self.start = start
    age = view.time - start
    observations = [
      inquiry.observed(
        .certificateValidity, [view.frame],
        "valid from \(UTC.text(start)) to \(UTC.text(end)), captured on \(UTC.text(view.time))"),
      refusal.ending,
    ]
  }
}

extension CertificateView {
  /// A certificate of the chain was not valid when it was captured.
  fileprivate var isOutdated: Bool {
    faults.contains { fault in
      switch fault {
      case .expired, .notYetValid: true
      default: false
      }
    }
  }
}
