import NetworkValues

extension Connection: CustomStringConvertible {
  /// As in `3: 192.0.2.1:50000 → 198.51.100.2:443, failed, frames 1 to 8`. Without names from packets, which would have to
  /// be escaped for wherever they are shown.
  public var description: String {
    "\(index): \(client) → \(server), \(outcome.rawValue), frames \(firstFrame) to \(lastFrame)"
  }
}
