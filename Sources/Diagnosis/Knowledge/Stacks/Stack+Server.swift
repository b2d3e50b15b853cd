public import HandshakeModel
import TLSProtocol

extension Stack {
  /// The stack that a server's answers look like: weaker than a client's guess, since a ServerHello says little.
  public static func server(_ connection: Connection) -> StackGuess? {
    banner(connection.transcript) ?? answer(connection.transcript)
  }

  /// A plaintext answer may name its program.
  private static func banner(_ transcript: Transcript) -> StackGuess? {
    guard !transcript.serverPrefix.isEmpty else { return nil }
    let names: [(String, Stack)] = [
      ("server: nginx", Stack(.openSSL, product: .nginx)), ("server: apache", Stack(.openSSL, product: .apache)),
      ("server: granian", Stack(.rustls, product: .granian)),
      ("server: microsoft-", Stack(.schannel, product: .dotNet)),
      ("server: kestrel", Stack(.schannel, product: .dotNet)), ("server: gunicorn", Stack(.openSSL, product: .python)),
      ("client sent an http request to an https server", Stack(.go, product: .go)),
      ("you're speaking plain http to an ssl-enabled server port", Stack(.openSSL, product: .apache)),
    ]
    let text = Array(transcript.serverPrefix.prefix(1024))
    for (needle, stack) in names where LogText.find(needle, in: text) != nil {
      return StackGuess(stack, confidence: .likely, traits: ["it names itself in plaintext"])
    }
    return nil
  }

  private static func answer(_ transcript: Transcript) -> StackGuess? {
    guard let hello = transcript.serverHellos.last(where: { !$0.value.isHelloRetryRequest })?.value else { return nil }
    let order = hello.extensionTypes.map(\.rawValue)
    return hello.version.rawValue == 0x0304
      ? answer13(hello, order, Flight(transcript)) : answer12(order)
  }

  /// TLS 1.3: the sizes and number of the encrypted records behind the ServerHello.
  private static func answer13(_ hello: ServerHello, _ order: [UInt16], _ flight: Flight) -> StackGuess? {
    // Finished: 4 bytes of header, the hash, the content type, the tag.
    let finished = 4 + (hello.cipherSuite.rawValue == 0x1302 ? 48 : 32) + 1 + 16
    if flight.lengths.count >= 2, flight.lengths.last == finished + 16 {
      return StackGuess(
        Stack(.jsse, product: .java), confidence: .likely, traits: ["records padded with 16 bytes, as only Java does"])
    }
    if order.prefix(2) == [51, 43], flight.lengths.count == 1, let only = flight.lengths.first, only > finished + 64 {
      return StackGuess(
        Stack(.rustls), confidence: .possible,
        traits: ["key_share before supported_versions", "the whole flight in one record"])
    }
    if order.prefix(2) == [43, 51], flight.lengths.count >= 2, flight.lengths.last == finished {
      return StackGuess(
        Stack(.openSSL), confidence: .possible,
        traits: ["supported_versions before key_share", "a record for each message"])
    }
    return nil
  }

  /// TLS 1.2: the order of the ServerHello's extensions.
  private static func answer12(_ order: [UInt16]) -> StackGuess? {
    let shown = order.filter { $0 != 0 }
    if shown.starts(with: [65281, 11]) {
      return StackGuess(
        Stack(.openSSL), confidence: .possible, traits: ["OpenSSL's order of extensions in its ServerHello"])
    }
    return nil
  }

  /// The server's encrypted records up to the client's first.
  private struct Flight {
    var lengths: [Int] = []

    init(_ transcript: Transcript) {
      for observed in transcript.records where observed.record.contentType.rawValue == 23 {
        if observed.sender == .client { break }
        lengths.append(observed.record.length)
      }
    }
  }
}
