import Bytes
import TLSProtocol

extension FuzzTarget {
  /// QUIC datagrams: as they are, or as the frames of Initial packets that are sealed here, since no mutation survives
  /// an AEAD.
  static let quic = FuzzTarget("quic") { bytes in
    var script = InputScript(bytes)
    let mode = script.byte()
    var conversation = QUICConversation(keyLog: mode & 1 != 0 ? SessionKeys.keyLog : nil)
    var chunks = Chunks(script)
    var number: UInt32 = 0
    var events = 0
    while case .bytes(var datagram, let sender)? = chunks.next() {
      if mode & 2 != 0 {
        datagram = InitialPacket.seal(datagram, from: sender, number: number)
        number += 1
      }
      datagram.withCursor { cursor in
        _ = QUICConversation.looksLikeQUIC(cursor.rest)
        conversation.receive(datagram: cursor.rest, from: mode & 4 != 0 ? nil : sender, frame: 1) { _ in events += 1 }
      }
    }
    claim(conversation.facts.closes.count <= 16, "closes are bounded")
  }

  static let dtls = FuzzTarget("dtls") { bytes in
    var script = InputScript(bytes)
    let mode = script.byte()
    var conversation = DTLSConversation(keyLog: mode & 1 != 0 ? SessionKeys.keyLog : nil)
    var chunks = Chunks(script)
    var events = 0
    while case .bytes(let datagram, let sender)? = chunks.next() {
      datagram.withCursor { cursor in
        _ = DTLSConversation.looksLikeDTLS(cursor.rest)
        conversation.receive(datagram: cursor.rest, from: mode & 4 != 0 ? nil : sender, frame: 1) { _ in events += 1 }
      }
    }
    claim(events <= bytes.count + 8, "an event needs bytes")
  }
}
