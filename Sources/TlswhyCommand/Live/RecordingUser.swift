import Glibc
import PacketCapture

/// Whom a command is run as: who called sudo; otherwise whoever runs this program.
enum RecordingUser {
  /// Becomes that user. What could be gained again stays until ``confine()``: the command shall be able to do all that it
  /// can without this program, such as to call sudo or ping.
  static func assume() throws(CaptureError) -> UserIdentity? {
    guard let user = UserIdentity.invokingSudo else {
      if geteuid() != 0 { try Privileges.become(nil) }
      return nil
    }
    try Privileges.become(user, keepsGroups: true)
    guard let entry = unsafe getpwuid(user.user) else { return user }
    // sudo sets these for root.
    unsafe setenv("HOME", entry.pointee.pw_dir, 1)
    unsafe setenv("USER", entry.pointee.pw_name, 1)
    unsafe setenv("LOGNAME", entry.pointee.pw_name, 1)
    return user
  }

  /// Gives up what this program needs no more, once the commands have been started. Root itself keeps its present
  /// capabilities: they are needed to see what root's own processes hold.
  static func confine() throws(Failure) {
    do throws(CaptureError) {
      try Privileges.confine(keepsCapabilities: geteuid() == 0)
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
  }
}
