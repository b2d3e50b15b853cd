import Glibc

/// A user and group, as numbers.
public struct UserIdentity: Hashable, Sendable {
  public var user: UInt32
  public var group: UInt32

  public init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }

  /// Who ran sudo; nil where nobody did, or where the process does not run as root.
  public static var invokingSudo: Self? {
    guard geteuid() == 0, let user = number("SUDO_UID"), let group = number("SUDO_GID") else { return nil }
    return Self(user: user, group: group)
  }

  /// The user `nobody`, who owns nothing.
  public static var nobody: Self {
    guard let entry = unsafe getpwnam("nobody") else { return Self(user: 65_534, group: 65_534) }
    return unsafe Self(user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
  }

  private static func number(_ variable: String) -> UInt32? {
    unsafe getenv(variable).flatMap { unsafe UInt32(String(cString: $0)) }
  }
}
