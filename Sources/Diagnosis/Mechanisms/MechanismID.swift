/// The stable public name of a mechanism: the code of the cause, and for a sharper mechanism than the code's general one
/// a slash and a word, as in `tls.group/dh-too-small`.
public struct MechanismID: Sendable, Hashable, CustomStringConvertible {
  /// The cause that the mechanism is a way to.
  public let code: CauseCode
  /// The word behind the slash; nil for the code's general mechanism.
  public let detail: String?

  init(_ code: CauseCode, _ detail: String? = nil) { (self.code, self.detail) = (code, detail) }

  /// As in `tcp.refused` or `tcp.refused/on-the-way`.
  public var description: String { code.rawValue + (detail.map { "/\($0)" } ?? "") }
}
