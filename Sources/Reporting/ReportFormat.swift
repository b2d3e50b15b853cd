/// The forms in which results can be written.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  case text
  case json
  case html
  case markdown
}
