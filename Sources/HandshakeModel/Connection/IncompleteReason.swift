/// Why a connection's outcome is ``Outcome/incomplete``: what the capture lacks, or what never took place.
public enum IncompleteReason: String, Sendable, Hashable, CaseIterable {
  /// The client had no use for the connection, and closed it before anything was decided.
  case withdrawn
  /// Only what one side sent was captured.
  case oneSided = "one_side_only"
  /// The capture begins behind the handshake.
  case joinedMidway = "joined_midway"
  /// Bytes of the handshake are missing in the capture.
  case bytesMissing = "bytes_missing"
  /// Neither side is seen to begin a handshake.
  case noHello = "no_hello"
  /// It did not come about, and the client went on over the other address family by itself.
  case wentOn = "went_on_over_other_family"
  /// A QUIC client that only asked which versions the server speaks.
  case versionProbe = "version_probe"
  /// The server had no TLS to offer, and the session went on without.
  case unencrypted = "went_on_unencrypted"
  /// The capture shows no end: it stops, or nothing shows whether the last word was taken.
  case noEnd = "no_end"
}

extension Connection {
  /// Why the capture does not decide; nil where it does.
  public var incompleteReason: IncompleteReason? {
    guard outcome == .incomplete else { return nil }
    if network.fallback != nil { return .wentOn }
    if isWithdrawn { return .withdrawn }
    if asksForQUICVersions { return .versionProbe }
    if wentOnUnencrypted { return .unencrypted }
    let hasHello = !transcript.clientHellos.isEmpty || !transcript.serverHellos.isEmpty
    if network.isOneSided, network.client.payloadBytes + network.server.payloadBytes > 0,
      transport == .tcp || network.client.segments == 0 || lacksDatagramsOfServer
    {
      return .oneSided
    }
    if isJoinedMidway { return .joinedMidway }
    if transport == .tcp, network.lacksBytes { return .bytesMissing }
    return hasHello || transport == .tcp && !network.isConnected ? .noEnd : .noHello
  }
}
