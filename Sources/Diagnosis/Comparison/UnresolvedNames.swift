import HandshakeModel

/// Names of which no lookup gave an address. A name that resolves with a search domain behind it counts as resolved.
enum UnresolvedNames {
  static func among(_ lookups: [NameLookup]) -> [NameLookup] {
    let names = lookups.filter { !$0.addresses.isEmpty }.map(\.name).sorted()
    let resolved = Set(names)
    let beginnings = NameBeginnings(of: names)
    return lookups.filter { lookup in
      (lookup.type == 1 || lookup.type == 28) && !resolved.contains(lookup.name)
        && !beginnings.hasBeginning(of: lookup.name) && !names.hasElement(beginningWith: lookup.name + ".")
    }
  }
}

/// Names, to be found as what stands before one of the dots of another.
///
/// A name may have a hundred dots and be a thousand bytes long, and a live capture asks for thousands of names each second:
/// each is read once, label by label, with a hash of all that came before.
private struct NameBeginnings {
  private let hashes: Set<Int>
  private let names: Set<String>

  init(of names: [String]) {
    self.names = Set(names)
    hashes = Set(
      names.map { name in
        var last = 0
        Self.walk(name) { hash, _ in
          last = hash
          return true
        }
        return last
      })
  }

  func hasBeginning(of name: String) -> Bool {
    guard !hashes.isEmpty else { return false }
    var isFound = false
    Self.walk(name) { hash, end in
      // The whole name is no beginning of itself.
      isFound = end < name.utf8.count && hashes.contains(hash) && names.contains(String(name.utf8.prefix(end)) ?? "")
      return !isFound
    }
    return isFound
  }

  /// Calls `body` before each dot and at the name's end with the hash of what stands before it, and its length in bytes,
  /// until it wants no more.
  private static func walk(_ name: String, _ body: (_ hash: Int, _ end: Int) -> Bool) {
    var hasher = Hasher()
    var end = 0
    for byte in name.utf8 {
      if byte == UInt8(ascii: "."), !body(hasher.finalized, end) { return }
      hasher.combine(byte)
      end += 1
    }
    _ = body(hasher.finalized, end)
  }
}

extension Hasher {
  /// The hash of what it was given so far; it goes on.
  fileprivate var finalized: Int {
    let copy = self
    return copy.finalize()
  }
}

extension [String] {
  /// Whether one of the elements, which are sorted, begins so.
  fileprivate func hasElement(beginningWith prefix: String) -> Bool {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < prefix { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low].hasPrefix(prefix)
  }
}
