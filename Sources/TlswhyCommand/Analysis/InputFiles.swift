/// The captures that a command line names.
enum InputFiles {
  /// Endings that captures have, before any of a compression.
  private static let endings = [".pcap", ".pcapng", ".cap", ".ntar", ".dmp"]
  private static let compressions = [".gz", ".zst", ".lz4", ".xz", ".bz2"]
  /// Folders inside folders.
  private static let depthLimit = 32

  /// Puts the captures below a folder in the folder's place, sorted; files stay as they are named.
  static func expand(_ arguments: [String]) throws(Failure) -> [String] {
    var paths: [String] = []
    for argument in arguments {
      guard argument != "-", SystemFile.isFolder(argument) else {
        paths.append(argument)
        continue
      }
      let before = paths.count
      var visited: Set<SystemFile.Identity> = []
      collect(argument, depth: 0, &visited, into: &paths)
      if paths.count == before {
        throw Failure(.inputUnreadable, "\(argument): no captures in this folder (\(endings.joined(separator: ", ")))")
      }
    }
    return paths
  }

  private static func collect(
    _ folder: String, depth: Int, _ visited: inout Set<SystemFile.Identity>, into paths: inout [String]
  ) {
    // Links may lead anywhere, back to where they stand too: each folder is read once.
    guard depth < depthLimit, let identity = SystemFile.identity(folder), visited.insert(identity).inserted,
      let names = SystemFile.names(in: folder)
    else { return }
    for name in names where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if SystemFile.isFolder(path) {
        collect(path, depth: depth + 1, &visited, into: &paths)
      } else if isCapture(name) {
        // Reading one might never end.
        if SystemFile.isLive(path) {
          Output.complain("\(path): is a pipe, a socket or a device, and no file; left out, name it to read it")
        } else {
          paths.append(path)
        }
      }
    }
  }

  /// Whether a name ends as those of captures do.
  static func isCapture(_ name: String) -> Bool {
    var name = name.lowercased()
    if let compression = compressions.first(where: { name.hasSuffix($0) }) { name.removeLast(compression.utf8.count) }
    // Rotated files carry a number behind the ending: trace.pcap3.
    while let last = name.last, last.isNumber, last.isASCII { name.removeLast() }
    return endings.contains { name.hasSuffix($0) }
  }
}
