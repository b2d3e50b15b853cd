import HandshakeModel
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: QUICFacts?) {
    object(name, for: facts) { writer, facts in
      writer.member("client_version", facts.clientVersion)
      writer.member("server_version", facts.serverVersion)
      writer.object("version_negotiation", for: facts.negotiationOffer) { writer, versions in
        writer.member("frame", facts.negotiationFrame)
        writer.array("versions") { writer in for version in versions { writer.version(version) } }
      }
      writer.object("retry", for: facts.retryFrame) { writer, frame in
        writer.member("frame", frame)
        writer.member("genuine", facts.isRetryGenuine)
      }
      writer.object("packets") { writer in
        writer.member("client", facts.client)
        writer.member("server", facts.server)
      }
      writer.array("closes") { writer in
        for item in facts.closes {
          writer.object { writer in
            writer.member("frame", item.frame)
            writer.member("direction", item.sender.rawValue)
            writer.member("code", item.close.code)
            writer.member("name", item.close.name)
            writer.member("application", item.close.isApplication)
            writer.member("reason", item.close.reason)
          }
        }
      }
      writer.member("handshake_done", facts.handshakeDoneFrame)
    }
  }

  private mutating func member(_ name: StaticString, _ version: QUICVersion?) {
    key(name)
    if let version { self.version(version) } else { null() }
  }

  private mutating func version(_ version: QUICVersion) {
    object { writer in
      writer.member("id", version.rawValue)
      writer.member("name", version.description)
    }
  }

  private mutating func member(_ name: StaticString, _ packets: QUICFacts.Packets) {
    object(name) { writer in
      writer.member("initial", packets.initial)
      writer.member("zero_rtt", packets.zeroRTT)
      writer.member("handshake", packets.handshake)
      writer.member("one_rtt", packets.oneRTT)
      writer.member("unopened", packets.unopened)
    }
  }

  mutating func member(_ name: StaticString, _ facts: DTLSFacts?) {
    object(name, for: facts) { writer, facts in
      writer.member("hello_verify_request", facts.helloVerifyRequestFrame)
      writer.member("cookie_returned", facts.didReturnCookie)
      for role in Role.allCases {
        let sent = role == .client ? facts.client : facts.server
        let side: StaticString = role == .client ? "client" : "server"
        writer.object(side) { writer in
          writer.member("records", sent.records)
          writer.member("encrypted_records", sent.encryptedRecords)
          writer.member("retransmitted_messages", sent.retransmittedMessages)
          writer.member("connection_id", hexadecimal: sent.connectionID)
          writer.member("malformed", sent.malformed)
        }
      }
    }
  }
}
