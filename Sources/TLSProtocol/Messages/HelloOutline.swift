internal import Bytes

/// The bytes of a hello that make its shape.
struct HelloOutline {
  private(set) var bytes: [UInt8] = []
  /// Of a ClientHello: it has `server_name`, and `pre_shared_key`.
  private(set) var namesServer = false
  private(set) var resumes = false
  /// A HelloRetryRequest.
  private(set) var isRetry = false
  /// Where bytes stand that differ from hello to hello and say nothing, in order, counted from the hello's start.
  private var varying: [Range<Int>] = []
  private var start = 0

  /// Traces a ClientHello; false where it is out of the ordinary: broken, or with an extension that comes twice.
  mutating func traceClientHello(_ hello: ByteCursor) -> Bool {
    begin(hello)
    var cursor = hello
    do throws(ParseError) {
      try keep(2, of: &cursor)
      try leaveOut(cursor.slice(32))
      try leaveOut(prefixedBy: UInt8.self, of: &cursor)
      try keep(prefixedBy: UInt16.self, of: &cursor)
      try keep(prefixedBy: UInt8.self, of: &cursor)
      try traceExtensions(&cursor, of: .client)
      return true
    } catch {
      return false
    }
  }

  /// Traces a ServerHello or HelloRetryRequest; false where it is broken, or of a draft with a form of its own.
  mutating func traceServerHello(_ hello: ByteCursor) -> Bool {
    begin(hello)
    var cursor = hello
    do throws(ParseError) {
      let version: ProtocolVersion = try cursor.read()
      guard !version.isTLS13DraftBefore23 else { return false }
      note(Int(version.rawValue))
      let random = try cursor.slice(32)
      isRetry = Self.isRetry(random)
      note(isRetry ? 1 : 0)
      leaveOut(random)
      try leaveOut(prefixedBy: UInt8.self, of: &cursor)
      // Cipher suite and compression method.
      try keep(3, of: &cursor)
      try traceExtensions(&cursor, of: .server)
      return true
    } catch {
      return false
    }
  }

  /// Traces what follows the fixed fields of a hello, if anything does.
  private mutating func traceExtensions(_ cursor: inout ByteCursor, of sender: Role) throws(ParseError) {
    guard !cursor.isAtEnd else { return }
    var list = try cursor.slice(prefixedBy: UInt16.self)
    try cursor.finish()
    while !list.isAtEnd {
      let type: ExtensionType = try list.read()
      note(Int(type.rawValue))
      var body = try list.slice(prefixedBy: UInt16.self)
      note(body.remaining)
      if sender == .client { try traceOffer(type, &body) } else { try traceAnswer(type, &body) }
    }
  }

  private static func isRetry(_ random: ByteCursor) -> Bool {
    let retry = ServerHello.helloRetryRequestRandom
    guard random.peek() == retry.first else { return false }
    var random = random
    return random.readRemaining() == retry
  }

  private mutating func traceAnswer(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .keyShare where !isRetry:
      try keep(2, of: &body)
      try leaveOut(prefixedBy: UInt16.self, of: &body)
      try body.finish()
    // A retry's cookie and its confirmation of an encrypted hello are random.
    case .cookie, .encryptedClientHello: leaveOut(body)
    // Whatever chose a version chose how the rest is to be read.
    case .supportedVersions:
      guard body.peek() == 3 else { throw ParseError(.invalid("a draft"), at: body.offset) }
      try keep(body.remaining, of: &body)
    default: try keep(body.remaining, of: &body)
    }
  }

  private mutating func traceOffer(_ type: ExtensionType, _ body: inout ByteCursor) throws(ParseError) {
    switch type {
    case .serverName:
      guard !namesServer else { throw ParseError(.invalid("twice"), at: body.offset) }
      namesServer = true
      _ = try body.readServerName()
      try body.finish()
    case .keyShare:
      var shares = try body.slice(prefixedBy: UInt16.self)
      try body.finish()
      while !shares.isAtEnd {
        try keep(2, of: &shares)
        try leaveOut(prefixedBy: UInt16.self, of: &shares)
      }
    case .preSharedKey:
      guard !resumes else { throw ParseError(.invalid("twice"), at: body.offset) }
      resumes = true
      _ = try body.readPreSharedKeyIdentities()
      try body.finish()
    case .sessionTicket:
      leaveOut(body)
    case .encryptedClientHello:
      // The outer form is random but for the type and the suite; the inner one has no more than its type.
      guard body.peek() == 0 else { return try keep(body.remaining, of: &body) }
      try keep(5, of: &body)
      try leaveOut(body.slice(1))
      try leaveOut(prefixedBy: UInt16.self, of: &body)
      try leaveOut(prefixedBy: UInt16.self, of: &body)
      try body.finish()
    default:
      try keep(body.remaining, of: &body)
    }
  }

  private mutating func begin(_ hello: ByteCursor) {
    bytes.removeAll(keepingCapacity: true)
    varying.removeAll(keepingCapacity: true)
    (namesServer, resumes, isRetry) = (false, false, false)
    start = hello.offset
  }

  /// Where the bytes stand of a hello of so many that make its shape, with its server's name and all lengths.
  func telling(of count: Int) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var next = 0
    for place in varying {
      if place.lowerBound > next { places.append(next..<place.lowerBound) }
      next = max(next, place.upperBound)
    }
    if next < count { places.append(next..<count) }
    return places
  }

  private mutating func leaveOut(_ part: ByteCursor) {
    let place = part.offset &- start
    varying.append(place..<place &+ part.remaining)
  }

  private mutating func leaveOut<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy length: Length.Type, of cursor: inout ByteCursor
  ) throws(ParseError) {
    let part = try cursor.slice(prefixedBy: length)
    note(part.remaining)
    leaveOut(part)
  }

  /// A length or type of at most 16 bits.
  private mutating func note(_ number: Int) {
    bytes.append(UInt8(truncatingIfNeeded: number >> 8))
    bytes.append(UInt8(truncatingIfNeeded: number))
  }

  private mutating func keep(_ count: Int, of cursor: inout ByteCursor) throws(ParseError) {
    var part = try cursor.slice(count)
    part.append(to: &bytes)
  }

  private mutating func keep<Length: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    prefixedBy length: Length.Type, of cursor: inout ByteCursor
  ) throws(ParseError) {
    let part = try cursor.slice(prefixedBy: length)
    note(part.remaining)
    var rest = part
    rest.append(to: &bytes)
  }
}
