import CPcap
import Glibc

/// Gives up what only opening the interfaces needed.
///
/// Linux keeps capabilities, their bounding set and the no-new-privileges bit per thread: call these before other threads
/// start.
public enum Privileges {
  /// Becomes another user for good where the process runs as root, and gives up every power that could be had again: see
  /// ``become(_:keepsGroups:)`` and ``confine(keepsCapabilities:)``.
  ///
  /// Call it after the interfaces are open and before packets are read: what is parsed comes from strangers.
  public static func drop(
    to identity: UserIdentity? = .invokingSudo ?? .nobody, keepsGroups: Bool = false
  ) throws(CaptureError) {
    try become(identity, keepsGroups: keepsGroups)
    try confine()
  }

  /// Becomes another user for good where the process runs as root. Capabilities are given up, but for the one that
  /// ``confine(keepsCapabilities:)`` needs; no program that is started inherits that.
  ///
  /// - Parameters:
  ///   - identity: whom to become. Files opened later must be within that user's reach. Nil keeps the user.
  ///   - keepsGroups: whether to be in all groups of that user, as at a login, or only in the first.
  public static func become(_ identity: UserIdentity?, keepsGroups: Bool = false) throws(CaptureError) {
    if let identity, geteuid() == 0, identity.user != 0 {
      _ = keep_capabilities(true)
      // For root these set the real, the effective and the saved id.
      guard joinGroups(of: identity, all: keepsGroups), setgid(identity.group) == 0, setuid(identity.user) == 0
      else { throw failure("cannot become user \(identity.user): \(SystemError.text(errno))") }
      _ = keep_capabilities(false)
      guard setuid(0) != 0 else { throw failure("root could be regained after it was given up") }
    }
    // A file's capabilities need not hold it.
    if !setCapabilities(1 << UInt32(CAP_SETPCAP)), !setCapabilities(0) {
      throw failure("cannot give up capabilities: \(SystemError.text(errno))")
    }
  }

  /// Nothing that this thread runs from here on can gain powers, by set-user-ID programs (PR_SET_NO_NEW_PRIVS) or by
  /// capabilities of files (the bounding set is emptied, where the process may do that). Processes that run already are
  /// not touched.
  ///
  /// - Parameter keepsCapabilities: whether those that the process has now stay.
  public static func confine(keepsCapabilities: Bool = false) throws(CaptureError) {
    // The kernel says where its capabilities end (EINVAL), or that this process may not (EPERM).
    _ = (Int32(0)..<64).first { drop_from_bounding_set($0) != 0 }
    guard forbid_new_privileges() == 0 else {
      throw failure("cannot forbid new privileges: \(SystemError.text(errno))")
    }
    guard keepsCapabilities || setCapabilities(0) else {
      throw failure("cannot give up capabilities: \(SystemError.text(errno))")
    }
  }

  private static func joinGroups(of identity: UserIdentity, all: Bool) -> Bool {
    guard all, let entry = unsafe getpwuid(identity.user) else { return setgroups(0, nil) == 0 }
    return unsafe initgroups(entry.pointee.pw_name, identity.group) == 0
  }

  /// The only capabilities that are permitted and in effect from now on; none is inherited.
  private static func setCapabilities(_ capabilities: UInt32) -> Bool {
    var header = __user_cap_header_struct(version: capabilityVersion3, pid: 0)
    // Version 3 has 64 capabilities: two entries of 32.
    var data = [__user_cap_data_struct](repeating: __user_cap_data_struct(), count: 2)
    (data[0].effective, data[0].permitted) = (capabilities, capabilities)
    return unsafe capset(&header, &data) == 0
  }

  private static let capabilityVersion3: UInt32 = 0x2008_0522

  private static func failure(_ reason: String) -> CaptureError {
    CaptureError(.capture(reason), path: "privileges")
  }
}
