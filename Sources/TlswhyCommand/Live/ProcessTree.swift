import Glibc

/// A process and all that descend from it, those too whose parents are gone.
///
/// Orphans become children of this process (``OrphanCare``), and so are not lost.
struct ProcessTree {
  private(set) var members: Set<pid_t>
  private let adoptive = getpid()

  init(root: pid_t) { members = [root] }

  /// Finds new descendants and forgets the dead.
  mutating func update() {
    members.formUnion(Self.children(of: adoptive) ?? [])
    var fresh = Array(members)
    while let process = fresh.popLast() {
      guard let children = Self.children(of: process) else {
        members.remove(process)
        continue
      }
      for child in children where members.insert(child).inserted { fresh.append(child) }
    }
  }

  /// The inodes of all sockets that members hold.
  func socketInodes() -> Set<UInt64> {
    var inodes: Set<UInt64> = []
    for process in members {
      let folder = "/proc/\(process)/fd"
      for name in ProcessFile.names(in: folder) {
        guard let target = ProcessFile.target(of: "\(folder)/\(name)"), target.hasPrefix("socket:["),
          let inode = UInt64(target.dropFirst(8).dropLast())
        else { continue }
        inodes.insert(inode)
      }
    }
    return inodes
  }

  /// The children that any thread of a process started (proc_pid_task_tid_children(5)); nil where it is gone.
  private static func children(of process: pid_t) -> [pid_t]? {
    let threads = ProcessFile.names(in: "/proc/\(process)/task")
    guard !threads.isEmpty else { return nil }
    var children: [pid_t] = []
    for thread in threads {
      guard let bytes = try? ProcessFile.read("/proc/\(process)/task/\(thread)/children") else { continue }
      children += String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
    }
    return children
  }
}
