import Diagnosis

/// Differences in short.
enum DifferenceSummary {
  /// Notes that several differences share, in order of first mention: those need not be read one by one.
  static func repeatedNotes(_ differences: [Difference]) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for note in differences.map(\.note) where !note.isEmpty {
      if counts[note] == nil { order.append(note) }
      counts[note, default: 0] += 1
    }
    return order.filter { counts[$0, default: 0] > 1 }
  }

  /// Both values; of two long lists that share most, only what each has for itself.
  static func values(of difference: Difference) -> (working: String, failing: String) {
    let working = list(difference.working)
    let failing = list(difference.failing)
    guard working.count + failing.count > 8, !Set(working).isDisjoint(with: failing) else {
      return (difference.working, difference.failing)
    }
    func alone(_ values: [String], without others: [String]) -> String {
      let known = Set(others)
      let rest = values.filter { !known.contains($0) }
      return rest.isEmpty ? "nothing more" : "also " + rest.joined(separator: ", ")
    }
    return (alone(working, without: failing), alone(failing, without: working))
  }

  private static func list(_ value: String) -> [String] {
    value.split(separator: ",").map { part in String(part.drop { $0 == " " }) }
  }

  /// `client_hello: session_id, alpn; tcp: reset`: what stands before the first dot is said once.
  static func fields(_ differences: [Difference]) -> String {
    var groups: [(name: String, fields: [String])] = []
    for difference in differences {
      let parts = difference.field.split(separator: ".", maxSplits: 1).map(String.init)
      let (name, field) = parts.count == 2 ? (parts[0], parts[1]) : ("", difference.field)
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].fields.append(field)
      } else {
        groups.append((name, [field]))
      }
    }
    return groups.map { group in
      (group.name.isEmpty ? "" : group.name + ": ") + group.fields.joined(separator: ", ")
    }.joined(separator: "; ")
  }
}
