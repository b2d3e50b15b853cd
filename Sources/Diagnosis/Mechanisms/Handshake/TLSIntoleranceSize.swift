import HandshakeModel
import TLSProtocol

/// Three ways in which a hello is too much for who reads it; what helps is the general mechanism's.
extension Mechanism {
  static let tlsIntoleranceMessageSize = Mechanism(
    MechanismID(.tlsIntolerance, "message-size"),
    CauseDescription(
      "ClientHello is larger than the peer can take",
      "The server or a box before it fails on a ClientHello that is valid, and longer than the one that it takes.",
      evidence: "close, reset, silence or alert behind a hello that is larger than the working one"),
    stage: .clientHello,
    event: { $0.intolerance(of: .size) })

  static let tlsIntoleranceSplitHello = Mechanism(
    MechanismID(.tlsIntolerance, "split-hello"),
    CauseDescription(
      "ClientHello in several segments is not taken",
      "The server or a box before it reads one TCP segment and does not wait for the rest of the ClientHello.",
      evidence: "the failing hello comes in several segments, the working one in one"),
    stage: .clientHello,
    event: { $0.closedAtPartOfHello ?? $0.intolerance(of: .segments) },
    advice: Advice(
      mends: .server,
      client: [
        .any: [
          .init(
            "As a stopgap send a smaller ClientHello, one that fits one segment: mostly it is the post-quantum key share "
              + "(X25519MLKEM768) that makes it large")
        ]
      ],
      server: [
        .haproxy: [
          .init(
            "Let the rules that look at the hello wait for the whole of it, over several segments, and accept once "
              + "req.ssl_hello_type is 1",
            "tcp-request inspect-delay 5s")
        ],
        .any: [
          .init(
            "Let what reads the ClientHello wait for the whole of it, over several segments, before it decides (HAProxy: "
              + "tcp-request inspect-delay 5s, and accept once req.ssl_hello_type is 1); or update it")
        ],
      ],
      steps: [.init("Read the log of whatever stands before the server and looks at the server name")],
      confirm: { it in
        ConfirmationPlan(
          NextStep(
            "Send a hello of more than one segment: should fail as the client did",
            command: TransportConfirmation.largeHello(it.hello, it.server)),
          NextStep(
            "Send one that fits one segment: should pass",
            command: TransportConfirmation.smallHello(it.hello, it.server)))
      }))

  static let tlsIntoleranceFragmentedMessage = Mechanism(
    MechanismID(.tlsIntolerance, "fragmented-message"),
    CauseDescription(
      "ClientHello in several records is not taken",
      "The server or a box before it cannot put a ClientHello together that is cut over several records.",
      evidence: "the failing hello comes in more records than the working one"),
    stage: .clientHello,
    event: { $0.intolerance(of: .records) })
}
