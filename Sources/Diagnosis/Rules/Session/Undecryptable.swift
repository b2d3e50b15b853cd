import HandshakeModel
import TLSProtocol

extension Rule {
  /// A signature, Finished or record that does not verify.
  static let undecryptable = Rule(.tlsDecrypt) { inquiry in
    guard let connection = inquiry.connection, let ending = inquiry.ending else { return [] }
    var found: [Finding] = []
    if let proof = forgedKeyExchange(connection, inquiry) { found.append(proof) }
    guard let alert = ending.alert, let frame = ending.frame, let ender = ending.ender,
      alert == .decryptError || alert == .badRecordMAC || alert == .decryptionFailed
    else { return found }
    let what: String
    var strength = 90
    switch (ending.phase, ender) {
    case (.clientHello, _):
      what = "at the hello"
      strength = 50
    case (_, .client):
      what =
        alert == .decryptError
        ? "the server's signature or Finished does not verify" : "a record from the server does not decrypt"
      // rustls says decrypt_error for a certificate whose signature it cannot check, too.
      strength = alert == .decryptError ? 80 : 90
    case (_, .server):
      what =
        alert == .decryptError
        ? "the client's signature or Finished does not verify" : "a record from the client does not decrypt"
      let signed = connection.transcript.clientCertificateVerify != nil
      strength = alert == .decryptError && signed ? 72 : 92
    }
    found.append(
      Finding(
        .tlsDecrypt, strength, "The two sides do not agree on what was sent: \(what)",
        evidence: [inquiry.evidence([frame], "\(ender.rawValue) alert \(alert.name) (\(alert.rawValue)): \(what)")]))
    return found
  }

  /// The server's own signature over its key exchange is wrong: somebody changed the bytes on their way.
  private static func forgedKeyExchange(_ connection: Connection, _ inquiry: Inquiry) -> Finding? {
    guard let exchange = connection.transcript.serverKeyExchange, let hello = connection.transcript.clientHellos.last,
      let answer = connection.serverHello, let leaf = connection.transcript.serverCertificates?.value.first,
      exchange.value.checkSignature(
        clientRandom: Array(hello.value.random), serverRandom: Array(answer.value.random), leaf: leaf.facts) == .failed
    else { return nil }
    return Finding(
      .tlsDecrypt, 97,
      "The signature over the server's key exchange is wrong: the bytes were changed on their way, or signed with another key",
      evidence: [
        inquiry.evidence(
          [exchange.frame],
          "ServerKeyExchange: the signature does not verify with the certificate's key over the bytes captured")
      ])
  }
}
