import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsDecrypt = Mechanism(
    MechanismID(.tlsDecrypt),
    CauseDescription(
      "Cryptographic check failed",
      "A Finished message, a signature or a record did not verify: the bytes were changed on the way, or one side "
        + "computes differently.",
      evidence: "alert decrypt_error (51) or bad_record_mac (20)"),
    stage: .finished,
    event: { $0.failedCheck },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Look for a proxy or inspection box that rewrites traffic; try another network")]
      ],
      server: [
        .any: [.init("Check that private key and certificate belong together")]
      ],
      steps: [.init("Capture on both ends at once and compare the same records byte by byte")], asksForLogs: true,
      confirm: { HandshakeConfirmation.plan($0) }))
}

extension Inquiry {
  /// One side says by alert that a signature, a Finished or a record does not verify.
  fileprivate var failedCheck: Claim? {
    guard let connection, let ending, let alert = ending.alert, let frame = ending.frame, let ender = ending.ender,
      alert == .decryptError || alert == .badRecordMAC || alert == .decryptionFailed,
      ender == .server || failingStory.unverifiableIssuer == nil
    else { return nil }
    let what: String
    let grade: Grade
    switch (ending.phase, ender) {
    case (.clientHello, _):
      what = "at the hello"
      grade = .hint
    case (_, .client):
      what =
        alert == .decryptError
        ? "the server's signature or Finished does not verify" : "a record from the server does not decrypt"
      // rustls says decrypt_error for a certificate whose signature it cannot check, too.
      grade = alert == .decryptError ? .strong : .proof
    case (_, .server):
      what =
        alert == .decryptError
        ? "the client's signature or Finished does not verify" : "a record from the client does not decrypt"
      let signed = connection.transcript.clientCertificateVerify != nil
      grade = alert == .decryptError && signed ? .usual : .proof
    }
    return Claim(
      grade, "The two sides do not agree on what was sent: \(what)",
      [observed(.ending, [frame], "\(ender.rawValue) alert \(alert.name) (\(alert.rawValue)): \(what)")])
  }
}
