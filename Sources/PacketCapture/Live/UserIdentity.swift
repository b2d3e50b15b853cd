import CPcap
import Glibc

/// A user and group, as numbers.
public struct UserIdentity: Hashable, Sendable {
  /// The user's number.
  public var user: UInt32
  /// The number of the user's first group.
  public var group: UInt32

  public init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }

  /// Who ran sudo, or, with the set-user-ID bit, the program; nil where nobody but root did, or where the process does not
  /// run as root.
  public static var invokingSudo: Self? {
    guard geteuid() == 0 else { return nil }
    // What the environment says is whoever started it's own choice then.
    guard getuid() == 0 else { return Self(user: getuid(), group: getgid()) }
    guard let user = number("SUDO_UID"), let group = number("SUDO_GID"), user != 0 else {
      return nil
    }
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

  /// Runs `body` with this user's rights to files and nobody else's, in this thread alone (setfsuid(2)); with those that
  /// the process has where it does not run as root, or this is root.
  public func reachingFiles<Result>(_ body: () -> Result) -> Result? {
    guard geteuid() == 0, user != 0 else { return body() }
    var own = [gid_t](repeating: 0, count: 1 << 16)
    let count = unsafe getgroups(Int32(own.count), &own)
    let groups = groups
    guard count >= 0, unsafe set_thread_groups(groups.count, groups) == 0 else { return nil }
    let ownGroup = setfsgid(group)
    let ownUser = setfsuid(user)
    defer {
      setfsuid(uid_t(bitPattern: ownUser))
      setfsgid(gid_t(bitPattern: ownGroup))
      _ = unsafe set_thread_groups(Int(count), own)
    }
    // Neither reports an error; an id that no user has changes nothing and returns the one that holds.
    let (holdingUser, holdingGroup) = (setfsuid(.max), setfsgid(.max))
    guard uid_t(bitPattern: holdingUser) == user, gid_t(bitPattern: holdingGroup) == group else { return nil }
    return body()
  }

  /// All groups of the user, as at a login.
  private var groups: [gid_t] {
    var groups = [gid_t](repeating: 0, count: 1 << 10)
    var count = Int32(groups.count)
    guard let entry = unsafe getpwuid(user),
      unsafe getgrouplist(entry.pointee.pw_name, group, &groups, &count) >= 0
    else { return [group] }
    return Array(groups.prefix(Int(count)))
  }
}
