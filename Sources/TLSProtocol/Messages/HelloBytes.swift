import Bytes

/// What differs between two hellos of one client or server, in one piece of memory: random, session ID, and the bodies of
/// all extensions with what stands between them.
struct HelloBytes: Hashable, Sendable {
  /// RFC 8446 §4.1.2.
  static let randomLength = 32

  private var bytes: [UInt8]
  private let randomEnd: Int
  private let sessionIDEnd: Int

  init(random: [UInt8], sessionID: [UInt8], extensions: [UInt8] = []) {
    bytes = random + sessionID + extensions
    randomEnd = random.count
    sessionIDEnd = random.count + sessionID.count
  }

  /// Copies what is left in each of the cursors.
  init(random: consuming ByteCursor, sessionID: consuming ByteCursor, extensions: consuming ByteCursor?) {
    randomEnd = random.remaining
    sessionIDEnd = randomEnd &+ sessionID.remaining
    bytes = []
    bytes.reserveCapacity(sessionIDEnd &+ (extensions?.remaining ?? 0))
    random.append(to: &bytes)
    sessionID.append(to: &bytes)
    extensions?.append(to: &bytes)
  }

  var random: ArraySlice<UInt8> { bytes[..<randomEnd] }
  var sessionID: ArraySlice<UInt8> { bytes[randomEnd..<sessionIDEnd] }
  var extensions: ArraySlice<UInt8> {
    get { bytes[sessionIDEnd...] }
    set { bytes.replaceSubrange(sessionIDEnd..., with: newValue) }
  }
}
