import Glibc

/// A descriptor that whoever started this program opened for it, and a path names: `/dev/stdout`, `/dev/fd/63`.
///
/// It is used as it is. To open such a path anew would ask for rights to what it leads to, lose the place at which the
/// shell wants to write on (`>> log`), and follow a link.
public struct InheritedDescriptor: Sendable {
  let rawValue: Int32

  /// Nil where the path is any other, or names a descriptor that this program opened.
  public static func named(by path: String) -> Self? {
    guard let number = number(in: path) else { return nil }
    let flags = fcntl(number, F_GETFD)
    return flags >= 0 && flags & FD_CLOEXEC == 0 ? Self(rawValue: number) : nil
  }

  private static func number(in path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      guard let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix) else { return nil }
      let digits = path.dropFirst(folder.count)
      // Int32 also reads a sign, which no such name has.
      return digits.first?.isNumber == true ? Int32(digits) : nil
    }
  }

  func duplicate() -> OutputPath.Opened {
    guard fcntl(rawValue, F_GETFL) & O_ACCMODE != O_RDONLY else {
      return OutputPath.Opened(descriptor: -1, code: EBADF, isNew: false)
    }
    let copy = fcntl(rawValue, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    return OutputPath.Opened(descriptor: copy, code: errno, isNew: false)
  }
}
