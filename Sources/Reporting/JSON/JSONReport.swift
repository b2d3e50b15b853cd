public import Diagnosis
public import HandshakeModel
public import NetworkValues
import TLSProtocol

/// Results as JSON, as docs/json.md describes: one object for a comparison, one object a line for connections.
///
/// It remembers how it wrote the hellos before, since most clients repeat theirs: keep one for a whole run.
public struct JSONReport: Sendable {
  static let comparisonSchema = "tlswhy.diff/1"
  static let connectionSchema = "tlswhy.connection/1"
  static let captureSchema = "tlswhy.capture/1"

  var clientHelloFragments = FragmentCache<ClientHelloKey>()
  var serverHelloFragments = FragmentCache<HelloShapeIdentity<ServerHelloFields>>()
  /// By the certificate itself: the model keeps one object for all connections that show the same bytes.
  var certificateFragments = FragmentCache<Certificate>()
  var messageTemplates = MessageTemplates()
  var negotiatedFragments = FragmentCache<Negotiated>()
  var successFragments = SuccessCache()

  public init() {}

  /// One comparison as one object on one line, with its newline.
  ///
  /// The causes of each side's own connection may be handed in; they stand inside the connections then.
  public mutating func render(
    _ comparison: Comparison, working: CaptureStory, failing: CaptureStory, workingCauses: [Cause] = [],
    failingCauses: [Cause] = []
  ) -> String {
    var writer = JSONWriter(reservingCapacity: 32_768)
    write(
      comparison, working: working, failing: failing, workingCauses: workingCauses, failingCauses: failingCauses,
      to: &writer)
    writer.newline()
    return writer.text
  }

  /// One connection as one object on one line, with its newline.
  public mutating func render(_ connection: Connection, causes: [Cause], capture: String? = nil) -> String {
    var writer = JSONWriter(reservingCapacity: 8192)
    append(connection, causes: causes, capture: capture, to: &writer)
    return writer.text
  }

  /// Appends one connection as a line: what a stream of many connections uses.
  public mutating func append(
    _ connection: Connection, causes: [Cause], capture: String? = nil, to writer: inout JSONWriter
  ) {
    write(connection, causes: causes, capture: capture, to: &writer)
    writer.newline()
  }

  /// Appends one connection of a live capture, which `files` of a rotation keep.
  public mutating func append(
    _ connection: Connection, causes: [Cause], files: [CaptureFilePlace], to writer: inout JSONWriter
  ) {
    write(connection, causes: causes, capture: nil, to: &writer) { writer in
      writer.key("handshake_seconds")
      if let duration = connection.handshakeDuration { writer.seconds(nanoseconds: duration) } else { writer.null() }
      guard !files.isEmpty else { return }
      let places = CaptureFilePlace.locate([connection.firstFrame, connection.lastFrame], in: files)
      let first = files.firstIndex { $0.path == places.first?.path } ?? files.endIndex
      // Frames of the connection that it was compared with are cited too.
      let cited = Set(
        CaptureFilePlace.locate(causes.flatMap { $0.evidence.flatMap(\.frames) }, in: files).map(\.path))
      writer.array("files") { writer in
        for (place, file) in files.enumerated()
        where place >= first && file.firstFrame <= connection.lastFrame || cited.contains(file.path) {
          writer.beginObject()
          writer.member("path", file.path)
          writer.member("first_frame", file.firstFrame)
          writer.endObject()
        }
      }
    }
    writer.newline()
  }
}
