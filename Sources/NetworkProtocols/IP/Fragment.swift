/// One piece of a fragmented IP datagram, as its header describes it.
struct Fragment {
  /// The IPv4 identification (16 bits) or the IPv6 fragment header's (32 bits).
  var identification: UInt32
  /// What the datagram carries; for IPv6 only the first fragment's counts (RFC 8200 §4.5).
  var transportProtocol: UInt8
  /// Where its bytes belong in the datagram; a multiple of eight.
  var offset: Int
  /// No fragment lies behind it.
  var isLast: Bool
}
