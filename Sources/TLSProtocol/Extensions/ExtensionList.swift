internal import Bytes

/// A list of extensions as hellos, certificate entries and others carry it, RFC 8446 §4.2: every extension with its raw
/// body, whatever became of decoding it.
struct ExtensionList {
  /// Where each body stands in ``bytes``. Thousands of slices would each count a reference to their memory.
  private(set) var places: [ExtensionPlace] = []
  /// The whole list, whose parts the bodies are.
  private(set) var bytes: [UInt8] = []
  var malformed: [MalformedExtension] = []
  /// How the list itself broke: a length that points past its container, or bytes behind the list.
  var structureError: ParseError?

  var extensions: [HelloExtension] { places.cut(from: bytes[...]) }

  /// Reads the 16-bit length and the extensions to the cursor's end, and lends each body to `decode` once. A body that
  /// `decode` refuses is noted and the list goes on.
  @inline(__always)
  init(
    parsing cursor: inout ByteCursor,
    decode: (ExtensionType, inout ByteCursor) throws(ParseError) -> Void
  ) {
    // Before TLS 1.2 a hello may end without a list, and so may any TLS 1.2 message.
    guard !cursor.isAtEnd else { return }
    do throws(ParseError) {
      let start = cursor.offset
      let length = Int(try cursor.read(UInt16.self, field: "extensions"))
      // A list that claims more than there is: what is there is read all the same.
      var list = try cursor.slice(min(length, cursor.remaining))
      places.reserveCapacity(min(24, list.remaining / 4))
      var whole = list
      bytes = whole.readRemaining()
      let base = list.offset
      while !list.isAtEnd {
        let type: ExtensionType = try list.read(field: "extension_type")
        var body = try list.slice(prefixedBy: UInt16.self, field: "extension_data")
        places.append(ExtensionPlace(type: type, start: body.offset &- base, count: body.remaining))
        do throws(ParseError) {
          try decode(type, &body)
          if !body.isAtEnd { throw ParseError(.trailingBytes(body.remaining), at: body.offset) }
        } catch {
          malformed.append(MalformedExtension(type: type, error: error))
        }
      }
      guard length <= list.offset &- start &- 2 else {
        throw ParseError(
          .truncated(needed: length, available: list.offset &- start &- 2), at: start, field: "extensions")
      }
      try cursor.finish("extensions")
    } catch {
      structureError = error
    }
  }
}
