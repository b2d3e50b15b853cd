import TLSProtocol

/// One line a member: `writer.member("frame", note.frame)`.
extension JSONWriter {
  mutating func member(_ name: StaticString, _ value: (some FixedWidthInteger)?) {
    if let value { member(name, value) } else { nullMember(name) }
  }

  mutating func member(_ name: StaticString, _ value: String?) {
    if let value { member(name, value) } else { nullMember(name) }
  }

  mutating func member(_ name: StaticString, _ value: Bool?) {
    if let value { member(name, value) } else { nullMember(name) }
  }

  mutating func member(_ name: StaticString, _ values: [String]) {
    array(name) { writer in for value in values { writer.string(value) } }
  }

  mutating func member(_ name: StaticString, _ values: [String]?) {
    if let values { member(name, values) } else { nullMember(name) }
  }

  mutating func member(_ name: StaticString, _ values: [Int]) {
    array(name) { writer in for value in values { writer.integer(value) } }
  }

  mutating func member(_ name: StaticString, hexadecimal value: [UInt8]?) {
    if let value { self.hexadecimal(name, value[...]) } else { nullMember(name) }
  }

  /// A code point as `{"id": 4865, "name": "TLS_AES_128_GCM_SHA256"}`.
  mutating func member(_ name: StaticString, _ value: some CodePoint) {
    beginObject(name)
    codePointMembers(value)
    endObject()
  }

  mutating func member(_ name: StaticString, _ value: (some CodePoint)?) {
    if let value { member(name, value) } else { nullMember(name) }
  }

  /// A list from a packet: the first values, at most ``LongLists/limit``. ``omittedMember()`` tells of the others.
  mutating func list<Value>(
    _ name: StaticString, _ values: [Value], limit: Int = LongLists.limit, _ write: (inout JSONWriter, Value) -> Void
  ) {
    array(name) { writer in for value in values.prefix(limit) { write(&writer, value) } }
    if values.count > limit { omitted.append((name, values.count - limit)) }
  }

  mutating func list(_ name: StaticString, _ values: [some CodePoint]) { list(name, values) { $0.codePoint($1) } }
  mutating func list(_ name: StaticString, _ values: [String]) { list(name, values) { $0.string($1) } }
  mutating func list(_ name: StaticString, _ values: [UInt8]) { list(name, values) { $0.integer($1) } }

  mutating func list(_ name: StaticString, _ values: [String]?) {
    if let values { list(name, values) } else { nullMember(name) }
  }

  /// How many values were left out of the lists of the object that ends here, where any were.
  mutating func omittedMember() {
    guard !omitted.isEmpty else { return }
    let counts = omitted
    omitted = []
    object("omitted") { writer in for (list, count) in counts { writer.member(list, count) } }
  }

  mutating func codePoint(_ value: some CodePoint) {
    beginObject()
    codePointMembers(value)
    endObject()
  }

  private mutating func codePointMembers(_ value: some CodePoint) {
    member("id", value.rawValue)
    member("name", value.name)
  }

  mutating func object(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
    beginObject(name)
    members(&self)
    endObject()
  }

  mutating func object(_ members: (inout JSONWriter) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  mutating func array(_ name: StaticString, _ elements: (inout JSONWriter) -> Void) {
    beginArray(name)
    elements(&self)
    endArray()
  }

  /// An object for a value that is there, else null.
  mutating func object<Value>(_ name: StaticString, for value: Value?, _ members: (inout JSONWriter, Value) -> Void) {
    guard let value else {
      nullMember(name)
      return
    }
    object(name) { writer in members(&writer, value) }
  }
}
