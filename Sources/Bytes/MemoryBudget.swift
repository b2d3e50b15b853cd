/// How many bytes the program may keep of what it reads, beyond the few megabytes that it takes in any case, and who may
/// keep how much of them.
///
/// Each keeper has a fixed part, whatever the others use: what comes out then depends on the capture alone, not on which
/// thread was quicker. A keeper counts with ``MemoryShare``.
public struct MemoryBudget: Sendable, Hashable {
  /// Bytes of all keepers together.
  public let bytes: Int

  /// What is kept without `--memory`: 256 MiB.
  public static let standard = MemoryBudget(bytes: 256 << 20)
  /// The least that reading a capture makes sense with.
  public static let minimum = 16 << 20

  /// A budget of so many bytes, at least ``minimum``.
  public init(bytes: Int) { self.bytes = max(Self.minimum, bytes) }

  /// The budget of each of `count` that do the same work together.
  public func divided(by count: Int) -> MemoryBudget { MemoryBudget(unchecked: bytes / max(1, count)) }

  private init(unchecked bytes: Int) { self.bytes = bytes }

  /// Who keeps something for longer than a packet takes.
  public enum Keeper: String, Sendable, CaseIterable {
    /// Open TCP connections and the handshakes in their stories.
    case connections
    /// TCP segments that wait for one before them.
    case earlyBytes
    /// Open QUIC and DTLS flows, and what of their messages is not whole.
    case datagramFlows
    /// Connections of a whole capture, for a comparison.
    case stories
    /// Secrets of key logs.
    case secrets
    /// Names, descriptions and comments that a pcapng file brings.
    case captureText
    /// Name lookups.
    case lookups
    /// Certificates that connections share.
    case certificates
    /// Hellos that are like others.
    case hellos
    /// Verdicts and text of reports that many connections share.
    case verdicts

    /// The keeper's part of the budget, in 64ths.
    fileprivate var parts: Int {
      switch self {
      case .connections: 24
      case .stories: 12
      case .secrets: 8
      case .datagramFlows: 6
      case .earlyBytes: 4
      case .hellos, .captureText, .lookups, .certificates, .verdicts: 2
      }
    }
  }

  /// The share of one keeper, or of each of `count` keepers of its kind that there are at once.
  public func share(of keeper: Keeper, among count: Int = 1) -> MemoryShare {
    MemoryShare(limit: bytes / 64 * keeper.parts / max(1, count))
  }

  /// The bytes of ``share(of:among:)``.
  public func limit(of keeper: Keeper, among count: Int = 1) -> Int { share(of: keeper, among: count).limit }
}
