public import NetworkValues

/// A TCP header, RFC 9293 §3.1, without what a diagnosis never needs.
public struct TCPHeader: Hashable, Sendable {
  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// Of the first byte of the payload, or of the SYN.
  public var sequenceNumber: SequenceNumber
  /// The byte that is expected next, where ACK is set.
  public var acknowledgmentNumber: SequenceNumber
  /// The control bits.
  public var flags: TCPFlags
  /// As on the wire, before any window scaling.
  public var window: UInt16
  /// The maximum segment size option of a SYN (RFC 9293 §3.7.1), in bytes; zero where absent.
  public var maximumSegmentSize: UInt16
  /// The window scale option of a SYN (RFC 7323 §2.2), a count of bits to shift by; nil where absent.
  public var windowScale: UInt8?

  @inlinable
  public init(
    sourcePort: UInt16, destinationPort: UInt16, sequenceNumber: SequenceNumber, acknowledgmentNumber: SequenceNumber,
    flags: TCPFlags, window: UInt16, maximumSegmentSize: UInt16 = 0, windowScale: UInt8? = nil
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequenceNumber = sequenceNumber
    self.acknowledgmentNumber = acknowledgmentNumber
    self.flags = flags
    self.window = window
    self.maximumSegmentSize = maximumSegmentSize
    self.windowScale = windowScale
  }
}

/// The control bits of a TCP header, RFC 9293 §3.1.
public struct TCPFlags: OptionSet, Hashable, Sendable {
  /// The eight control bits of byte 13.
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The sender has no more data.
  @inlinable public static var fin: Self { Self(rawValue: 0x01) }
  @inlinable public static var syn: Self { Self(rawValue: 0x02) }
  @inlinable public static var rst: Self { Self(rawValue: 0x04) }
  @inlinable public static var psh: Self { Self(rawValue: 0x08) }
  @inlinable public static var ack: Self { Self(rawValue: 0x10) }
}
