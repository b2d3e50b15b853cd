import HandshakeModel
import TLSProtocol

/// A server's plaintext where its part of a TLS handshake should be.
struct PlaintextAnswer {
  /// The frame of the ClientHello that it stands beside.
  let helloFrame: Int
  let note: PlaintextNote
  /// What had cleared the way for TLS before the hello, as the end of a sentence; nil where the hello came first.
  let prelude: String?

  /// Nil where the server answered with TLS, or what it said may be the middle of something else.
  init?(_ connection: Connection) {
    let transcript = connection.transcript
    guard transcript.serverTLSOffset == nil, let offset = transcript.clientTLSOffset,
      let hello = transcript.clientHellos.first,
      // What the client may have said before the hello is what it answers then.
      connection.network.client.missingBytes == 0
    else { return nil }
    helloFrame = hello.frame
    if offset == 0 {
      guard let first = connection.firstPlaintext(from: .server), !connection.serverBeginsRecord else { return nil }
      (note, prelude) = (first, nil)
    } else {
      // A server that had said no to TLS says more of the same.
      guard let before = connection.preludeToHello, connection.refusedUpgradeReply == nil,
        let reply = transcript.plaintext.first(where: { $0.sender == .server && $0.frame > hello.frame })
      else { return nil }
      (note, prelude) = (reply, before)
    }
    if connection.mayBeginMidway(note) { return nil }
  }

  /// The server spoke before the client's hello reached it, or in answer to it.
  var order: String {
    note.frame < helloFrame ? "it had greeted the client before the ClientHello" : "in answer to the ClientHello"
  }
}
