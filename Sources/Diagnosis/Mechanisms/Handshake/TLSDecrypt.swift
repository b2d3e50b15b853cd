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
    event: { _ in nil },
    advice: Advice(
      mends: .server,
      client: [
        .any: [.init("Look for a proxy or inspection box that rewrites traffic; try another network")]
      ],
      server: [
        .any: [.init("Check that private key and certificate belong together")]
      ], steps: [.init("Capture on both ends at once and compare the same records byte by byte")], asksForLogs: true))
}
