import Bytes
import Testing

@testable import TLSProtocol

/// A hello that is read with the memory of others is the hello that is read on its own.
@Suite struct HelloCacheTests {
  private static let flights: [[UInt8]] = [
    Flight.tls12UntrustedJava[0].firstMessage,
    Flight(.client, bytes: Flight.chromeHello.flatMap(\.bytes)).firstMessage,
  ]

  private func alone(_ body: [UInt8]) throws(ParseError) -> ClientHello {
    try body.withCursor { (cursor) throws(ParseError) in try ClientHello(parsing: &cursor) }
  }

  private func remembered(_ body: [UInt8], _ memory: HelloCache) throws(ParseError) -> ClientHello {
    try body.withCursor { (cursor) throws(ParseError) in
      let hello = try memory.clientHello(parsing: &cursor)
      try cursor.finish()
      return hello
    }
  }

  /// Extensions as they end a hello.
  private func list(_ extensions: [(UInt16, [UInt8])]) -> [UInt8] {
    let list = extensions.flatMap { type, bytes in
      [UInt8(type >> 8), UInt8(type & 0xff), UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
    }
    return [UInt8(list.count >> 8), UInt8(list.count & 0xff)] + list
  }

  /// A hello with these extensions.
  private func body(_ extensions: [(UInt16, [UInt8])], random: UInt8 = 7, sessionID: [UInt8] = []) -> [UInt8] {
    [3, 3] + [UInt8](repeating: random, count: 32) + [UInt8(sessionID.count)] + sessionID + [0, 2, 0x13, 1, 1, 0]
      + list(extensions)
  }

  /// Each body is read as on its own, and so it is when it comes again.
  private func expectTheSame<Hello: Equatable>(
    _ bodies: [[UInt8]], remembered: (inout ByteCursor) -> Hello?, alone: (inout ByteCursor) -> Hello?
  ) {
    for (index, bytes) in bodies.enumerated() {
      let expected = bytes.withCursor { cursor in alone(&cursor) }
      for _ in 0..<2 {
        let read = bytes.withCursor { cursor in remembered(&cursor) }
        #expect(read == expected, "body \(index)")
      }
    }
  }

  private func eachWithOneByteFlipped(_ base: [UInt8]) -> [[UInt8]] {
    base.indices.map { index in
      var changed = base
      changed[index] ^= 0x01
      return changed
    }
  }

  private func name(_ text: String) -> (UInt16, [UInt8]) {
    let bytes = Array(text.utf8)
    return (0, [0, UInt8(bytes.count + 3), 0, 0, UInt8(bytes.count)] + bytes)
  }

  private func share(_ byte: UInt8) -> (UInt16, [UInt8]) {
    (51, [0, 8, 0, 29, 0, 4] + [UInt8](repeating: byte, count: 4))
  }

  private func ticket(_ byte: UInt8) -> (UInt16, [UInt8]) { (41, [0, 8, 0, 2, byte, byte, 0, 0, 0, 0, 0, 3, 2, 9, 9]) }

  @Test(arguments: flights) func aRecordedHelloReadsTheSameTheSecondTime(_ hello: [UInt8]) throws {
    let memory = HelloCache()
    let expected = try alone(hello)
    let first = try remembered(hello, memory)
    var changed = hello
    for index in 2..<34 { changed[index] ^= 0x5a }
    let second = try remembered(changed, memory)
    #expect(first == expected)
    #expect(second == (try alone(changed)))
    #expect(second.shape === first.shape)
  }

  @Test func whatDiffersBetweenConnectionsMakesNoNewShape() throws {
    let memory = HelloCache()
    let bodies = [
      body([name("a.test"), share(1), ticket(5), (43, [2, 3, 4])], sessionID: [1, 2]),
      body([name("b.test"), share(2), ticket(6), (43, [2, 3, 4])], random: 9, sessionID: [3, 4]),
    ]
    let hellos = try bodies.map { try remembered($0, memory) }
    #expect(hellos[0].shape === hellos[1].shape)
    for (hello, bytes) in zip(hellos, bodies) { #expect(hello == (try alone(bytes))) }
    #expect(hellos.map(\.serverName) == ["a.test", "b.test"])
    #expect(hellos.map(\.preSharedKeyIdentities) == [[[5, 5]], [[6, 6]]])
    #expect(hellos[1].extensions.map { Array($0.body) } == (try alone(bodies[1])).extensions.map { Array($0.body) })
  }

  @Test func whatAClientChoosesMakesAShapeOfItsOwn() throws {
    let memory = HelloCache()
    let base = [name("a.test"), share(1), (UInt16(43), [UInt8(2), 3, 4])]
    let first = try remembered(body(base), memory)
    let others = [
      body(base.reversed()),
      body(base + [(23, [])]),
      body([base[0], (51, [0, 8, 0, 23, 0, 4, 1, 1, 1, 1]), base[2]]),
      body([base[0], base[1], (43, [2, 3, 3])]),
      body(base, sessionID: [1]),
    ]
    for bytes in others {
      let hello = try remembered(bytes, memory)
      #expect(hello.shape !== first.shape)
      #expect(hello == (try alone(bytes)))
    }
  }

  @Test func aBrokenHelloIsReadOnItsOwn() throws {
    let memory = HelloCache()
    let sound = body([name("a.test"), share(1)])
    _ = try remembered(sound, memory)
    let broken = [
      body([name("a.test"), (51, [0, 9, 0, 29, 0, 4, 1, 1, 1, 1])]),
      body([name("a.test"), name("b.test")]),
      body([ticket(1), ticket(2)]),
      body([(0, [0, 1])]),
      body([(0xfe0d, [0, 0, 1, 0])]),
      Array(sound.dropLast()), sound + [0],
    ]
    for bytes in broken {
      let expected = try alone(bytes)
      for _ in 0..<2 {
        let read = bytes.withCursor { cursor in try? memory.clientHello(parsing: &cursor) }
        #expect(read == expected)
      }
    }
    #expect(throws: ParseError.self) { try remembered(Array(sound.prefix(20)), memory) }
  }

  @Test func memoryIsBounded() throws {
    let memory = HelloCache()
    for number in 0..<2000 {
      let bytes = body([(43, [2, UInt8(number >> 8), UInt8(number & 0xff)])])
      #expect(try remembered(bytes, memory) == alone(bytes))
    }
    #expect(memory.count <= 512)
  }

  @Test func aChangedHelloLeavesOthersAlone() throws {
    let memory = HelloCache()
    let first = try remembered(body([share(1)]), memory)
    var second = try remembered(body([share(2)]), memory)
    second.cipherSuites = []
    second.extensions = [HelloExtension(type: .serverName, body: [1, 2, 3])]
    #expect(first.cipherSuites.count == 1 && first.has(.keyShare))
    #expect(!second.has(.keyShare) && second.extensions.map { Array($0.body) } == [[1, 2, 3]])
    #expect(first != second)
  }

  /// What was seen with one name is not taken for what is seen with another of the same length.
  @Test func hellosThatDifferInOneByteAreToldApart() throws {
    let memory = HelloCache()
    let base = body([
      name("a.test"), share(1), (43, [2, 3, 4]), (0xfe0d, [0, 0, 1, 0, 1, 7, 0, 2, 5, 5, 0, 3, 6, 6, 6]),
    ])
    _ = try remembered(base, memory)
    expectTheSame(
      eachWithOneByteFlipped(base), remembered: { try? memory.clientHello(parsing: &$0) },
      alone: { try? ClientHello(parsing: &$0) })
  }

  @Test func sessionsAreReadFromEachHello() throws {
    let memory = HelloCache()
    for byte in UInt8(1)...9 {
      let bytes = body([name("a.test"), ticket(byte)])
      #expect(try remembered(bytes, memory) == alone(bytes))
    }
  }

  // MARK: ServerHello

  private func answerAlone(_ body: [UInt8]) throws(ParseError) -> ServerHello {
    try body.withCursor { (cursor) throws(ParseError) in try ServerHello(parsing: &cursor) }
  }

  private func rememberedAnswer(_ body: [UInt8], _ memory: HelloCache) throws(ParseError) -> ServerHello {
    try body.withCursor { (cursor) throws(ParseError) in
      let hello = try memory.serverHello(parsing: &cursor)
      try cursor.finish()
      return hello
    }
  }

  /// A ServerHello with these extensions.
  private func answer(
    _ extensions: [(UInt16, [UInt8])], version: [UInt8] = [3, 3], random: [UInt8] = .init(repeating: 7, count: 32),
    sessionID: [UInt8] = [1, 2], suite: [UInt8] = [0x13, 1]
  ) -> [UInt8] {
    version + random + [UInt8(sessionID.count)] + sessionID + suite + [0] + list(extensions)
  }

  private func serverShare(_ byte: UInt8) -> (UInt16, [UInt8]) {
    (51, [0, 29, 0, 4] + [UInt8](repeating: byte, count: 4))
  }

  @Test func whatDiffersBetweenAnswersMakesNoNewShape() throws {
    let memory = HelloCache()
    let bodies = [
      answer([(43, [3, 4]), serverShare(1)]),
      answer([(43, [3, 4]), serverShare(2)], random: .init(repeating: 9, count: 32), sessionID: [3, 4]),
    ]
    let hellos = try bodies.map { try rememberedAnswer($0, memory) }
    #expect(hellos[0].shape === hellos[1].shape)
    for (hello, bytes) in zip(hellos, bodies) { #expect(hello == (try answerAlone(bytes))) }
    #expect(hellos[1].legacySessionID == [3, 4] && hellos[1].selectedGroup == .x25519)
    #expect(hellos[1].extensions.map { Array($0.body) }.last == [0, 29, 0, 4, 2, 2, 2, 2])
  }

  @Test func whatAServerChoosesMakesAShapeOfItsOwn() throws {
    let memory = HelloCache()
    let base: [(UInt16, [UInt8])] = [(43, [3, 4]), serverShare(1)]
    let first = try rememberedAnswer(answer(base), memory)
    let others = [
      answer(base.reversed()), answer(base + [(41, [0, 1])]), answer([base[0], (51, [0, 23, 0, 4, 1, 1, 1, 1])]),
      answer([(43, [3, 3]), base[1]]), answer(base, sessionID: [1]), answer(base, suite: [0x13, 2]),
      answer(base, version: [3, 2]), answer([(16, [0, 3, 2, 0x68, 0x32])]), answer([]),
      answer([(43, [3, 4]), (51, [0, 23])], random: ServerHello.helloRetryRequestRandom),
    ]
    for bytes in others {
      for _ in 0..<2 {
        let hello = try rememberedAnswer(bytes, memory)
        #expect(hello.shape !== first.shape)
        #expect(hello == (try answerAlone(bytes)))
      }
    }
  }

  @Test func retriesWithOtherCookiesShareAShape() throws {
    let memory = HelloCache()
    let bodies = [UInt8(1), 2].map { byte in
      answer(
        [(43, [3, 4]), (44, [0, 2, byte, byte]), (51, [0, 23])], random: ServerHello.helloRetryRequestRandom)
    }
    let hellos = try bodies.map { try rememberedAnswer($0, memory) }
    #expect(hellos[0].shape === hellos[1].shape && hellos[0].isHelloRetryRequest)
    for (hello, bytes) in zip(hellos, bodies) { #expect(hello == (try answerAlone(bytes))) }
  }

  @Test func aBrokenAnswerOrADraftsIsReadOnItsOwn() throws {
    let memory = HelloCache()
    let sound = answer([(43, [3, 4]), serverShare(1)])
    _ = try rememberedAnswer(sound, memory)
    let others = [
      answer([(43, [3, 4]), (51, [0, 29, 0, 5, 1, 1, 1, 1])]), answer([(43, [3])]), answer([(43, [])]),
      answer([(43, [0x7f, 0x16]), (40, [0, 29, 0, 1, 9])]), answer([(16, [0, 3, 2, 0x68])]),
      answer([(51, [0, 29, 0, 1, 9])], random: ServerHello.helloRetryRequestRandom),
      answer([serverShare(1)], version: [0x7f, 0x12]), answer([serverShare(1)], version: [0x7f, 0x16]),
      Array(sound.dropLast()), sound + [0], Array(sound.prefix(38)), Array(sound.prefix(20)), [],
    ]
    expectTheSame(
      others, remembered: { try? memory.serverHello(parsing: &$0) }, alone: { try? ServerHello(parsing: &$0) })
  }

  @Test func answersThatDifferInOneByteAreToldApart() throws {
    let memory = HelloCache()
    let bodies = [
      answer([(43, [3, 4]), serverShare(1)]), answer([(16, [0, 3, 2, 0x68, 0x32]), (0xff01, [0])], sessionID: []),
      answer([(43, [3, 4]), (44, [0, 1, 7]), (51, [0, 23])], random: ServerHello.helloRetryRequestRandom),
    ]
    for base in bodies {
      _ = try rememberedAnswer(base, memory)
      expectTheSame(
        eachWithOneByteFlipped(base), remembered: { try? memory.serverHello(parsing: &$0) },
        alone: { try? ServerHello(parsing: &$0) })
    }
  }

  /// The same but for its random, and that says that it is a HelloRetryRequest.
  @Test func aRetryIsToldFromAnAnswerByItsRandom() throws {
    let memory = HelloCache()
    let extensions: [(UInt16, [UInt8])] = [(43, [3, 4])]
    for random in [
      [UInt8](repeating: 0xcf, count: 32), ServerHello.helloRetryRequestRandom, .init(repeating: 1, count: 32),
    ] {
      for _ in 0..<2 {
        let bytes = answer(extensions, random: random)
        #expect(try rememberedAnswer(bytes, memory) == answerAlone(bytes))
      }
    }
  }
}
