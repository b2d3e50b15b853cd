public import Diagnosis

extension TextReport {
  /// A cause that belongs to no connection, as a name that did not resolve.
  public func render(_ cause: Cause) -> String {
    var document = TextDocument(style: style, width: width)
    document.verdict(cause)
    document.evidence(cause)
    document.remedies(cause)
    document.nextSteps(cause)
    document.commandsInFull()
    return document.text
  }
}
