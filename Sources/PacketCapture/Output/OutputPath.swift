import Glibc

/// What a file will hold: decides whose file it has to be.
public enum OutputContents: Sendable {
  /// Text that whoever may look into the folder may read.
  case report
  /// Packets: only their owner may read a new file; one that is there already has to be this user's.
  case packets
  /// Packets for a moment, in a file that was not there before.
  case spool
  /// Packets with the secrets that open them, or those secrets: nobody but its owner may read the file.
  case secrets
}

/// Opens files to write. Where the process runs as root, what others could have put at a path is neither followed nor
/// emptied, and nothing is given away: for whoever called sudo, files are opened with that user's rights.
public enum OutputPath {
  /// A descriptor of the file, which is created or emptied. The owner is the user with whose rights it is opened; nil
  /// stands for this process's.
  public static func open(
    _ path: String, for contents: OutputContents, owner: UserIdentity?
  ) throws(CaptureError) -> Int32 {
    let descriptor = try openAsItIs(path, for: contents, owner: owner)
    guard InheritedDescriptor.named(by: path) == nil else { return descriptor }
    // Pipes and devices cannot be emptied, and need not be.
    if ftruncate(descriptor, 0) != 0, kind(of: descriptor) == S_IFREG {
      let code = errno
      close(descriptor)
      throw unwritable(SystemError.text(code), path)
    }
    return descriptor
  }

  /// The same, but what a file holds already stays.
  public static func openAsItIs(
    _ path: String, for contents: OutputContents, owner: UserIdentity?
  ) throws(CaptureError) -> Int32 {
    let inherited = InheritedDescriptor.named(by: path)
    let opened: Opened? =
      if let inherited {
        inherited.duplicate()
      } else if let owner {
        owner.reachingFiles { descriptor(path, contents, mayFollow: owner.user != 0) }
      } else {
        descriptor(path, contents, mayFollow: false)
      }
    guard let opened else { throw unwritable("the rights of user \(owner?.user ?? 0) cannot be assumed", path) }
    guard opened.descriptor >= 0 else {
      // With O_NOFOLLOW this is what a symbolic link gives.
      let isLink = opened.code == ELOOP && geteuid() == 0
      throw unwritable(
        isLink
          ? "it is a symbolic link that others could have set; name the file itself" : refusal(opened.code, owner), path
      )
    }
    if let objection = objection(to: opened, contents, isChosenByShell: inherited != nil, owner) {
      close(opened.descriptor)
      throw unwritable(objection, path)
    }
    return opened.descriptor
  }

  /// Why the file could not be opened; who called sudo may not see whose rights were missing.
  private static func refusal(_ code: Int32, _ owner: UserIdentity?) -> String {
    guard let owner, code == EACCES || code == EPERM else { return SystemError.text(code) }
    return "\(SystemError.text(code)) for user \(owner.user), who called sudo; choose another directory"
  }

  struct Opened {
    var descriptor: Int32
    var code: Int32
    var isNew: Bool
  }

  private static func descriptor(_ path: String, _ contents: OutputContents, mayFollow: Bool) -> Opened {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY
    let mode: mode_t = contents == .report ? 0o644 : 0o600
    let new = unsafe Glibc.open(path, flags | O_EXCL, mode)
    if new >= 0 || errno != EEXIST || contents == .spool {
      return Opened(descriptor: new, code: errno, isNew: new >= 0)
    }
    let follows = mayFollow || geteuid() != 0 || (contents == .report ? isAsInAnyFolder(path) : isRootsAlone(path))
    // To create a file where a link stands in a shared folder is refused for another reason (EACCES): the file is there.
    let old = unsafe Glibc.open(path, follows ? flags : flags & ~O_CREAT | O_NOFOLLOW, mode)
    return Opened(descriptor: old, code: errno, isNew: false)
  }

  /// Whether a link may be followed as Linux has it (`fs.protected_symlinks`): only in a folder that everybody may write
  /// into and that protects what is there, such as /tmp, not one that somebody else made, unless it is the folder's owner.
  private static func isAsInAnyFolder(_ path: String) -> Bool {
    guard let (link, parent) = linkAndFolder(path) else { return false }
    let isShared = parent.st_mode & (S_ISVTX | 0o002) == S_ISVTX | 0o002
    return !isShared || link.st_uid == geteuid() || link.st_uid == parent.st_uid
  }

  /// Whether root made what stands at a path, and nobody else can put another thing there.
  private static func isRootsAlone(_ path: String) -> Bool {
    guard let (link, parent) = linkAndFolder(path) else { return false }
    let isShared = parent.st_mode & 0o022 != 0 && parent.st_mode & S_ISVTX == 0
    return link.st_uid == 0 && parent.st_uid == 0 && !isShared
  }

  private static func linkAndFolder(_ path: String) -> (link: stat, folder: stat)? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var (link, parent) = (stat(), stat())
    guard unsafe lstat(path, &link) == 0, unsafe stat(folder, &parent) == 0 else { return nil }
    return (link, parent)
  }

  /// Why nothing may be written to an open file; nil where it may. Of a file that the shell opened it is known that it is
  /// the one that was meant, not who may read it.
  private static func objection(
    to opened: Opened, _ contents: OutputContents, isChosenByShell: Bool, _ owner: UserIdentity?
  ) -> String? {
    var facts = stat()
    guard unsafe fstat(opened.descriptor, &facts) == 0 else { return SystemError.text(errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { return nil }
    let user = geteuid() == 0 ? owner?.user ?? 0 : geteuid()
    let mayBeAnothers = !opened.isNew && !isChosenByShell
    if mayBeAnothers, contents != .report, facts.st_uid != user {
      return "it is there already and belongs to user \(facts.st_uid), not to user \(user); name another file"
    }
    if mayBeAnothers, user == 0, facts.st_nlink > 1 { return "it has other names (hard links) too; name another file" }
    if contents == .secrets, facts.st_mode & 0o077 != 0 {
      let mode = String(facts.st_mode & 0o777, radix: 8)
      return "it would hold TLS secrets, and others may read it (mode \(mode)); chmod 600 it or name another file"
    }
    return nil
  }

  private static func kind(of descriptor: Int32) -> mode_t {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 ? facts.st_mode & S_IFMT : 0
  }

  private static func unwritable(_ reason: String, _ path: String) -> CaptureError {
    CaptureError(.unwritable(reason), path: path)
  }
}
