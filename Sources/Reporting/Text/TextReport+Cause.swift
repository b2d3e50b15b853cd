public import Diagnosis
public import HandshakeModel

extension TextReport {
  /// A cause that belongs to no connection, as a name that did not resolve.
  public func render(_ cause: Cause, in story: CaptureStory) -> String {
    var document = TextDocument(style: style, width: width, clock: clock)
    document.verdict(cause)
    if let place = LookupPlace(cause, in: story) { document.place(place.time, place.filter, indent: 2) }
    document.evidence(cause)
    document.remedies(cause)
    document.nextSteps(cause)
    document.commandsInFull()
    return document.text
  }
}
