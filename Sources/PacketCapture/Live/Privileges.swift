import CPcap
import Glibc

/// Gives up what only opening the interfaces needed.
public enum Privileges {
  /// Becomes another user for good where the process runs as root, and gives up all capabilities of this thread.
  ///
  /// Call it after the interfaces are open and before packets are read: what is parsed comes from strangers. Linux
  /// keeps capabilities per thread: call it before other threads start.
  ///
  /// - Parameters:
  ///   - identity: whom to become; by default who ran sudo, else `nobody`. Files opened later must be within that user's
  ///     reach. Nil keeps the user and gives up the capabilities only.
  ///   - keepsGroups: whether to be in all groups of that user, as at a login, or only in the first.
  public static func drop(
    to identity: UserIdentity? = .invokingSudo ?? .nobody, keepsGroups: Bool = false
  ) throws(CaptureError) {
    if let identity, geteuid() == 0, identity.user != 0 {
      // For root these set the real, the effective and the saved id.
      guard joinGroups(of: identity, all: keepsGroups), setgid(identity.group) == 0, setuid(identity.user) == 0
      else { throw failure("cannot become user \(identity.user): \(SystemError.text(errno))") }
      guard setuid(0) != 0 else { throw failure("root could be regained after it was given up") }
    }
    try clearCapabilities()
  }

  private static func joinGroups(of identity: UserIdentity, all: Bool) -> Bool {
    guard all, let entry = unsafe getpwuid(identity.user) else { return setgroups(0, nil) == 0 }
    return unsafe initgroups(entry.pointee.pw_name, identity.group) == 0
  }

  private static func clearCapabilities() throws(CaptureError) {
    var header = __user_cap_header_struct(version: capabilityVersion3, pid: 0)
    // Version 3 has 64 capabilities: two entries of 32.
    var data = [__user_cap_data_struct](repeating: __user_cap_data_struct(), count: 2)
    guard unsafe capset(&header, &data) == 0 else {
      throw failure("cannot give up capabilities: \(SystemError.text(errno))")
    }
  }

  private static let capabilityVersion3: UInt32 = 0x2008_0522

  private static func failure(_ reason: String) -> CaptureError {
    CaptureError(.capture(reason), path: "privileges")
  }
}
