import HandshakeModel
import TLSProtocol

extension Mechanism {
  static let tlsExtensionECHRequired = Mechanism(
    MechanismID(.tlsExtension, "ech-required"),
    CauseDescription(
      "The client insists on Encrypted ClientHello",
      "The client sent its hello encrypted (ECH), the server did not accept that, and the client goes no further.",
      evidence: "alert ech_required (121) from the client"),
    stage: .serverHello,
    event: { inquiry in
      guard inquiry.ending?.alert == .echRequired, let last = inquiry.endingObservation,
        let carried = inquiry.carriedExtensions
      else { return nil }
      return Claim(
        .proof, "The client insists on Encrypted ClientHello, and the server did not accept it", [last, carried])
    })
}
