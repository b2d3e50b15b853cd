import Diagnosis

extension JSONReport {
  static let explanationSchema = "tlswhy.explanation/1"

  /// What a code or an alert means, as one object on one line.
  public func render(_ explanation: Explanation) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("schema", Self.explanationSchema)
      writer.member("name", explanation.name)
      writer.member("title", explanation.title)
      writer.member("paragraphs", explanation.paragraphs)
      writer.array("lists") { writer in
        for list in explanation.lists {
          writer.object { writer in
            writer.member("title", list.title)
            writer.member("items", list.items)
          }
        }
      }
      writer.advice(explanation.cause)
    }
    writer.newline()
    return writer.text
  }
}
