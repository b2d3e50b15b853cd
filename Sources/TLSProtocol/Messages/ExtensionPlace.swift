/// Where an extension's body stands among the bytes of all bodies.
struct ExtensionPlace: Hashable, Sendable {
  var type: ExtensionType
  var start: Int
  var count: Int
}

extension [ExtensionPlace] {
  /// The extensions whose bodies stand at these places.
  func cut(from bytes: ArraySlice<UInt8>) -> [HelloExtension] {
    map { HelloExtension(type: $0.type, body: bytes.dropFirst($0.start).prefix($0.count)) }
  }
}

extension [HelloExtension] {
  /// All bodies in a row, and where each stands.
  func joined() -> (places: [ExtensionPlace], bytes: [UInt8]) {
    var bytes: [UInt8] = []
    let places = map { item in
      defer { bytes += item.body }
      return ExtensionPlace(type: item.type, start: bytes.count, count: item.body.count)
    }
    return (places, bytes)
  }
}
