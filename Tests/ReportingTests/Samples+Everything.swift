import HandshakeModel
import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol

extension Samples {
  /// A TLS 1.2 connection in which every kind of fact is there.
  static var everything: Connection {
    var connection = established
    fillNetwork(of: &connection.network)
    connection.transcript.clientHellos[0].value.recordSizeLimit = 16_385
    connection.transcript.clientHellos[0].value.sessionTicketLength = 0
    connection.transcript.clientHellos[0].value.preSharedKeyIdentities = [[1, 2, 3]]
    connection.transcript.clientHellos[0].value.pskKeyExchangeModes = [PSKKeyExchangeMode(rawValue: 1)]
    connection.transcript.serverHellos[0].value = serverHello(version: 0x0303, suite: 0xc02f)
    connection.transcript.serverHellos[0].value.applicationProtocol = "h2"
    connection.transcript.encryptedExtensions = Observed(
      EncryptedExtensions(
        extensions: [HelloExtension(type: ExtensionType(rawValue: 16), body: [0, 3, 2, 0x68, 0x32])],
        applicationProtocol: "h2"), frame: 6, time: time(1300))
    connection.transcript.serverCertificates = Observed([certificate()], frame: 6, time: time(1300))
    connection.transcript.clientCertificates = Observed([], frame: 8, time: time(2000))
    connection.transcript.certificateRequest = Observed(
      CertificateRequest(
        certificateTypes: [1, 64], signatureSchemes: [SignatureScheme(rawValue: 0x0403)], authorities: [[0x30, 0]]),
      frame: 6, time: time(1300))
    connection.transcript.serverKeyExchange = Observed(
      ServerKeyExchange(
        group: NamedGroup(rawValue: 29), signatureScheme: SignatureScheme(rawValue: 0x0403), primeBits: nil,
        parameters: [], signature: []), frame: 6, time: time(1300))
    connection.transcript.clientCertificateVerify = Observed(
      CertificateVerify(signatureScheme: SignatureScheme(rawValue: 0x0403)), frame: 8, time: time(2000))
    connection.transcript.serverCertificateVerify = Observed(
      CertificateVerify(signatureScheme: nil), frame: 8, time: time(2000))
    connection.transcript.clientChangeCipherSpec = note(8, 2000)
    for (type, sender) in [
      (11, Role.server), (12, .server), (13, .server), (14, .server), (11, .client), (16, .client), (15, .client),
    ] {
      connection.transcript.messages.append(
        message(sender == .server ? 6 : 8, sender == .server ? 1300 : 2000, sender, UInt8(type), length: 100))
    }
    connection.transcript.alerts = [
      AlertNote(
        frame: 12, time: time(9000), sender: .client,
        alert: Alert(level: AlertLevel(rawValue: 1), description: AlertDescription(rawValue: 0)), isEncrypted: true,
        recordLength: 26)
    ]
    connection.transcript.plaintext = [
      PlaintextNote(frame: 4, time: time(300), sender: .client, kind: .proxyProtocol, excerpt: "PROXY TCP4 192.0.2.1")
    ]
    connection.transcript.malformed = [
      MalformedNote(frame: 9, sender: .server, text: "certificate_status: needs 2 bytes")
    ]
    connection.transcript.decryption = .succeeded
    return connection
  }

  private static func fillNetwork(of network: inout NetworkFacts) {
    network.resets = [
      Reset(
        frame: 14, time: time(9200), sender: .client, hopLimit: 64, identification: 7, hasAck: false, window: 0,
        sequenceOffset: 0)
    ]
    network.icmpErrors = [
      ICMPNote(
        frame: 11, time: time(8950), reporter: loopback4, isICMPv6: false, type: 3, code: 4, nextHopMTU: 1400,
        quotedSender: .server, quotedLength: 1500)
    ]
    network.server.retransmissions = [Retransmission(frame: 11, time: time(8950), length: 1448)]
    network.server.retransmissionCount = 1
    network.server.outOfOrderSegments = 2
    network.server.unacknowledgedBytes = 1448
    network.server.missingBytes = 10
    network.server.refusedBytes = 20
    network.server.largestSegment = 1448
    network.server.maximumSegmentSize = 1460
    network.server.hopLimit = 64
    network.server.zeroWindow = note(12, 9000)
    network.isStartMissing = true
    network.truncatedFrames = 1
  }
}
