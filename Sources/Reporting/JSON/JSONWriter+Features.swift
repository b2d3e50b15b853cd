import HandshakeModel
import NetworkValues
import TLSProtocol

extension JSONWriter {
  mutating func member(_ name: StaticString, _ facts: RareFacts?) {
    object(name, for: facts) { writer, facts in
      let features = facts.features
      writer.object("certificate_compression") { writer in
        writer.member("client", features.clientCertificateCompression)
        writer.member("server", features.serverCertificateCompression)
      }
      writer.object("raw_public_keys") { writer in
        writer.key("client", key: features.clientRawPublicKey)
        writer.key("server", key: features.serverRawPublicKey)
      }
      writer.object("delegated_credential", for: features.delegatedCredential) { writer, credential in
        writer.member("valid_seconds", credential.validTime)
        writer.member("certificate_verify_scheme", credential.certificateVerifyScheme)
        writer.member("signature_scheme", credential.signatureScheme)
      }
      writer.list("signed_certificate_timestamps", features.signedCertificateTimestamps)
      writer.object("early_data", for: facts.offersEarlyData ? facts : nil) { writer, facts in
        writer.member("accepted", facts.acceptsEarlyData)
        writer.member("records", facts.features.earlyDataRecords)
      }
      writer.object("encrypted_client_hello", for: facts.encryptedHello) { writer, observed in
        writer.member("frame", observed.frame)
        writer.member("config_id", observed.value.configID)
        writer.member("kdf", observed.value.kdf)
        writer.member("aead", observed.value.aead)
        writer.member("payload_length", observed.value.payloadLength)
        writer.member("outcome", facts.helloEncryption.rawValue)
        writer.member("retry_public_names", facts.retryPublicNames)
      }
      writer.member("renegotiation", features.renegotiation?.frame)
      writer.member("heartbeat_count", features.heartbeatCount)
      writer.array("heartbeats") { writer in
        for note in features.heartbeats {
          writer.object { writer in
            writer.member("frame", note.frame)
            writer.member("direction", note.sender.rawValue)
            writer.member("length", note.length)
            writer.member("encrypted", note.isEncrypted)
          }
        }
      }
      writer.omittedMember()
    }
  }

  private mutating func key(_ name: StaticString, key facts: CertificateFacts?) {
    object(name, for: facts) { writer, facts in
      writer.member("algorithm", facts.keyAlgorithm)
      writer.member("bits", facts.keyBits)
      writer.member("curve", facts.keyCurve)
    }
  }

  mutating func list(_ name: StaticString, _ timestamps: [SignedCertificateTimestamp]) {
    list(name, timestamps) { writer, timestamp in
      writer.object { writer in
        writer.member("log_id", hexadecimal: timestamp.logID)
        let seconds = Int64(clamping: timestamp.timestamp / 1000)
        writer.member("time", CivilTime(secondsSinceEpoch: seconds).rfc3339)
      }
    }
  }

  /// A stapled OCSP response, with what it says of the leaf.
  mutating func member(_ name: StaticString, _ staple: Observed<[UInt8]>?, of leaf: Certificate?) {
    object(name, for: staple) { writer, staple in
      let response = OCSPResponse(der: staple.value)
      let answer = leaf.flatMap { response.answer(for: $0.facts) } ?? response.answers.first
      func time(_ seconds: Int64?) -> String? { seconds.map { CivilTime(secondsSinceEpoch: $0).rfc3339 } }
      writer.member("frame", staple.frame)
      writer.member("response_status", response.status?.name)
      writer.member("certificate_status", answer?.status.name)
      writer.member("serial_number", answer?.serialNumber)
      writer.member("this_update", time(answer?.thisUpdate))
      writer.member("next_update", time(answer?.nextUpdate))
      writer.member("produced_at", time(response.producedAt))
      writer.member("revoked_at", time(answer?.status.revocationTime))
      writer.member("responder", response.responder)
      writer.member("problems", response.problems)
    }
  }
}
