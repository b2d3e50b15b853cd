import HandshakeModel
import NetworkValues
import TLSProtocol

extension Inquiry {
  /// Seconds from the server's last byte to the client's wordless close; nil where the client said why.
  private var secondsToWordlessClose: Double? {
    guard let connection, let ending, ending.ender == .client, ending.isSilentClose, let close = connection.firstClose,
      let last = connection.lastServerData(before: close.frame)
    else { return nil }
    return close.time.seconds(since: last.time)
  }

  /// The wait before the client's wordless close, where no client is known to think that long about a certificate; nil
  /// where it closed at once, or said why. Behind half a flight there is nothing to think about.
  var wordlessWait: Double? {
    guard let waited = secondsToWordlessClose else { return nil }
    return waited >= (connection?.serverFlightIsVisiblyUnfinished == true ? 0.5 : 2) ? waited : nil
  }

  /// The client let time pass before it closed without a word: a check of a certificate takes milliseconds, and a client
  /// that gives up waiting looks the same.
  var clientHesitated: Bool { secondsToWordlessClose.map { $0 >= 0.5 } ?? false }
}
