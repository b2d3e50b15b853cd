import ArgumentParser
import Diagnosis
import TLSProtocol

extension CompletionKind {
  /// Any file: captures are named in many ways, and one whose name the shell would not offer could not be completed.
  static var files: CompletionKind { .file() }

  /// The interfaces that this machine has now. The kernel's list, since asking this program takes loading libpcap; and in a
  /// shell's words that all shells understand.
  static var interfaces: CompletionKind { .shellCommand("sh -c 'ls /sys/class/net; echo any' 2>/dev/null") }

  /// Whatever `explain` explains.
  static var explained: CompletionKind { .list(CauseExplanation.names) }
}

extension CauseExplanation {
  /// Cause codes, mechanisms, and alerts by name.
  static var names: [String] {
    list.map { entry in String(entry.title.prefix { $0 != ":" }) } + Alerts.all.map(\.description.name)
  }

  /// What a word that explains nothing may have meant: a misspelt name, or a few that it is a part of.
  static func meant(by word: String) -> [String] {
    let names = names
    if let nearest = Likeness.nearest(to: word, among: names) { return [nearest] }
    let part = word.lowercased()
    guard (3...64).contains(part.utf8.count) else { return [] }
    return Array(names.filter { $0.contains(part) }.prefix(5))
  }
}
