import TLSProtocol

extension Mechanism {
  static let certRejectedAfterHandshake = Mechanism(
    MechanismID(.certRejected, "after-handshake"),
    CauseDescription(
      "Client left a completed handshake",
      "Some clients look at the certificate only when the handshake is complete, and leave if they do not like it (curl "
        + "at its names, Node, Apache HttpClient, NSS programs). The certificate itself is encrypted.",
      evidence: "the client closes right behind its Finished, where the working client sends data"),
    stage: .certificate,
    event: { inquiry in
      guard let departure = Departure(inquiry), let contrast = departure.contrast,
        inquiry.connection.flatMap(CertificateView.init) == nil,
        // That ALPN came to nothing explains it.
        inquiry.observedNoProtocol == nil || inquiry.hello?.applicationProtocols != ["h2"]
      else { return nil }
      // Who has simply no more to say takes leave with close_notify; who drops the connection is displeased.
      return Claim(
        departure.isAbrupt ? .usual : .hint,
        departure.isAbrupt
          ? "The client dropped the connection right after the handshake, without close_notify: most likely its own "
            + "check of the certificate failed"
          : "The client left right after the handshake: its own check of the certificate may have failed",
        [departure.ending, contrast],
        told: "The client left right after the handshake: it does not accept the certificate")
    })
}
