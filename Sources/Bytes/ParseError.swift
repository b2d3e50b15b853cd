/// Why bytes could not be read as what they should be: what went wrong, where, and in which field.
public struct ParseError: Error, Hashable, Sendable {
  /// What is wrong with the bytes.
  public enum Reason: Hashable, Sendable {
    /// The field needs more bytes than its container holds.
    case truncated(needed: Int, available: Int)
    /// The value ended before its container did.
    case trailingBytes(Int)
    /// The bytes are there but their value is not allowed.
    case invalid(String)
  }

  /// What is wrong with the bytes.
  public var reason: Reason
  /// Bytes from the start of the outermost buffer to where the read began.
  public var offset: Int
  /// The name of the field, as its RFC spells it; empty where the reader did not say.
  public var field: String

  @inlinable
  public init(_ reason: Reason, at offset: Int, field: String = "") {
    self.reason = reason
    self.offset = offset
    self.field = field
  }
}

extension ParseError: CustomStringConvertible {
  public var description: String {
    let subject = field.isEmpty ? "byte \(offset)" : "\(field) at byte \(offset)"
    switch reason {
    case .truncated(let needed, let available): return "\(subject): needs \(needed) bytes, has \(available)"
    case .trailingBytes(let count): return "\(subject): \(count) bytes left over"
    case .invalid(let what): return "\(subject): \(what)"
    }
  }
}
