import Diagnosis

/// Differences by name alone.
enum DifferenceSummary {
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
