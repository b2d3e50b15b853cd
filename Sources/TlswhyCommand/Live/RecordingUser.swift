import Glibc
import PacketCapture

/// Whom a command is run as: who called sudo; otherwise whoever runs this program.
enum RecordingUser {
  /// Becomes that user. Root itself stays root, and keeps its powers until the command has ended: they are needed to see
  /// what root's own processes hold.
  static func assume() throws(CaptureError) -> UserIdentity? {
    guard let user = UserIdentity.invokingSudo else {
      if geteuid() != 0 { try Privileges.drop(to: nil) }
      return nil
    }
    try Privileges.drop(to: user, keepsGroups: true)
    guard let entry = unsafe getpwuid(user.user) else { return user }
    // sudo sets these for root.
    unsafe setenv("HOME", entry.pointee.pw_dir, 1)
    unsafe setenv("USER", entry.pointee.pw_name, 1)
    unsafe setenv("LOGNAME", entry.pointee.pw_name, 1)
    return user
  }
}
