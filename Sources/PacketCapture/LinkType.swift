/// What a captured frame begins with: a LINKTYPE_ value of https://www.tcpdump.org/linktypes.html.
///
/// Every 32-bit value is a legal link type; one that tlswhy cannot decode is counted and named, never an error.
public struct LinkType: RawRepresentable, Hashable, Sendable {
  /// As tcpdump.org numbers link-layer header types.
  public var rawValue: UInt32
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// BSD loopback: the address family in the byte order of the host that captured.
  @inlinable public static var null: Self { Self(rawValue: 0) }
  @inlinable public static var ethernet: Self { Self(rawValue: 1) }
  @inlinable public static var raw: Self { Self(rawValue: 101) }
  @inlinable public static var loop: Self { Self(rawValue: 108) }
  @inlinable public static var linuxCooked: Self { Self(rawValue: 113) }
  @inlinable public static var linuxCooked2: Self { Self(rawValue: 276) }
}
