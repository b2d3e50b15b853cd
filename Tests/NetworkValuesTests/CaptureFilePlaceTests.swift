import NetworkValues
import Testing

@Suite struct CaptureFilePlaceTests {
  private let files = [
    CaptureFilePlace(path: "a", firstFrame: 1), CaptureFilePlace(path: "b", firstFrame: 11),
    CaptureFilePlace(path: "c", firstFrame: 31),
  ]

  @Test func framesAreNumberedAsInTheFileThatHoldsThem() {
    let places = CaptureFilePlace.locate([31, 12, 10, 12, 30], in: files)
    #expect(places.map(\.path) == ["a", "b", "c"])
    #expect(places.map(\.frames) == [[10], [2, 20], [1]])
  }

  @Test func framesOfFilesThatAreForgottenAreLeftOut() {
    let places = CaptureFilePlace.locate([5, 12], in: Array(files.dropFirst()))
    #expect(places.map(\.path) == ["b"])
    #expect(CaptureFilePlace.locate([5], in: []).isEmpty)
  }
}
