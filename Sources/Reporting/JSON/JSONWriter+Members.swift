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

  mutating func member(_ name: StaticString, _ values: [some CodePoint]) {
    array(name) { writer in for value in values { writer.codePoint(value) } }
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
