import Bytes
import Testing

@testable import TLSProtocol

private func clientHello(_ body: [UInt8]) throws(ParseError) -> ClientHello {
  try body.withCursor { (cursor) throws(ParseError) in try ClientHello(parsing: &cursor) }
}

private func serverHello(_ body: [UInt8]) throws(ParseError) -> ServerHello {
  try body.withCursor { (cursor) throws(ParseError) in try ServerHello(parsing: &cursor) }
}

/// A ClientHello's body with the given extension block, without its length.
private func helloBody(extensions: [UInt8]) -> [UInt8] {
  let fixed: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 1, 1, 0]
  return fixed + [UInt8(extensions.count >> 8), UInt8(extensions.count & 0xff)] + extensions
}

@Suite struct HelloParsingTests {
  @Test func aHelloOfJavaIsReadWhole() throws {
    let hello = try clientHello(Flight.tls12UntrustedJava[0].firstMessage)
    #expect(hello.legacyVersion.rawValue == 0x0303)
    #expect(hello.random.count == 32)
    #expect(hello.legacySessionID.count == 32)
    #expect(hello.messageLength == 0x1b3)
    #expect(hello.serverName == nil)
    #expect(hello.supportedVersions.map(\.rawValue) == [0x0304, 0x0303])
    #expect(hello.supportedGroups.first?.rawValue == 29)
    #expect(hello.keyShareGroups.map(\.rawValue) == [29, 23])
    #expect(hello.pskKeyExchangeModes.map(\.rawValue) == [1])
    #expect(!hello.signatureSchemes.isEmpty)
    #expect(hello.signatureSchemes == hello.certificateSignatureSchemes)
    #expect(hello.malformedExtensions.isEmpty)
    #expect(hello.structureError == nil)
  }

  @Test func aHelloOfChromeShowsItsPostQuantumShareAndECH() throws {
    let bytes = Flight.chromeHello.flatMap(\.bytes)
    let hello = try clientHello(Flight(.client, bytes: bytes).firstMessage)
    #expect(hello.cipherSuites.first?.isGREASE == true)
    #expect(hello.keyShareGroups.map(\.rawValue).contains(4588))
    #expect(hello.hasOuterEncryptedClientHello)
    #expect(hello.applicationProtocols == ["h2", "http/1.1"])
    #expect(hello.certificateCompressionAlgorithms.map(\.rawValue) == [2])
    #expect(hello.extensions.count == hello.extensions.filter { hello.has($0.type) }.count)
    #expect(hello.malformedExtensions.isEmpty)
  }

  @Test func theFirstHostNameIsTheServerNameAndBadBytesAreReplaced() throws {
    let names: [UInt8] = [1, 0, 1, 0x78] + [0, 0, 3, 0x61, 0xff, 0x62] + [0, 0, 1, 0x63]
    let list = [UInt8(0), UInt8(names.count)] + names
    let hello = try clientHello(helloBody(extensions: [0, 0, 0, UInt8(list.count)] + list))
    #expect(hello.serverName == "a\u{fffd}b")
  }

  @Test func aHelloWithoutExtensionsIsLegal() throws {
    let hello = try clientHello(Array(helloBody(extensions: []).dropLast(2)))
    #expect(hello.extensions.isEmpty)
    #expect(hello.structureError == nil)
    #expect(hello.offeredVersions.map(\.rawValue) == [0x0303])
  }

  @Test func aMalformedExtensionIsNotedAndTheRestStands() throws {
    let hello = try clientHello(
      helloBody(extensions: [0, 10, 0, 3, 0, 4, 0] + [0, 10, 0, 4, 0, 2, 0, 23] + [0, 43, 0, 3, 2, 3, 4]))
    #expect(hello.malformedExtensions.map(\.type.rawValue) == [10])
    #expect(hello.extensions.map(\.type.rawValue) == [10, 10, 43])
    #expect(hello.extensions[0].body == [0, 4, 0])
    #expect(hello.supportedGroups.map(\.rawValue) == [23])
    #expect(hello.supportedVersions.map(\.rawValue) == [0x0304])
  }

  @Test func trailingBytesInAnExtensionMakeItMalformed() throws {
    let hello = try clientHello(helloBody(extensions: [0, 43, 0, 4, 2, 3, 4, 9]))
    #expect(hello.supportedVersions.isEmpty)
    #expect(hello.malformedExtensions.first?.error.reason == .trailingBytes(1))
  }

  @Test func aListThatClaimsTooMuchIsReadAsFarAsItGoes() throws {
    var body = helloBody(extensions: [0, 43, 0, 3, 2, 3, 4])
    body[body.count - 8] = 200
    let hello = try clientHello(body)
    #expect(hello.supportedVersions.map(\.rawValue) == [0x0304])
    #expect(hello.structureError?.field == "extensions")
  }

  @Test func bytesBehindTheListAreAStructureError() throws {
    let hello = try clientHello(helloBody(extensions: [0, 23, 0, 0]) + [1, 2, 3])
    #expect(hello.extensions.count == 1)
    #expect(hello.structureError?.reason == .trailingBytes(3))
  }

  @Test func everyTruncationOfAHelloEitherThrowsOrKeepsAPrefix() throws {
    let body = Flight(.client, bytes: Flight.chromeHello.flatMap(\.bytes)).firstMessage
    let whole = try clientHello(body)
    for length in 0..<body.count {
      do throws(ParseError) {
        let part = try clientHello(Array(body.prefix(length)))
        #expect(part.structureError != nil || part.extensions.isEmpty)
        #expect(part.cipherSuites == whole.cipherSuites)
        #expect(whole.extensions.map(\.type).starts(with: part.extensions.map(\.type)))
      } catch {
        #expect(length < 103)
        #expect(!error.field.isEmpty)
      }
    }
  }

  @Test func aServerHelloOfTLS13IsRead() throws {
    let hello = try serverHello(Flight.tls13Complete[1].firstMessage)
    #expect(hello.legacyVersion.rawValue == 0x0303)
    #expect(hello.version.rawValue == 0x0304)
    #expect(hello.selectedGroup?.rawValue == 29)
    #expect(!hello.isHelloRetryRequest)
    #expect(hello.structureError == nil)
  }

  @Test func aServerHelloOfTLS12IsRead() throws {
    let hello = try serverHello(Flight.tls12UntrustedJava[1].firstMessage)
    #expect(hello.version.rawValue == 0x0303)
    #expect(hello.selectedVersion == nil)
    #expect(hello.has(.renegotiationInfo))
    #expect(hello.malformedExtensions.isEmpty)
  }

  @Test func aHelloRetryRequestNamesTheGroupItWants() throws {
    let hello = try serverHello(Flight.helloRetryRequest[1].firstMessage)
    #expect(hello.isHelloRetryRequest)
    #expect(hello.selectedGroup?.rawValue == 24)
    #expect(hello.malformedExtensions.isEmpty)
  }

  @Test func everyTruncationOfAServerHelloEitherThrowsOrKeepsAPrefix() throws {
    let body = Flight.helloRetryRequest[1].firstMessage
    for length in 0..<body.count {
      let part = try? serverHello(Array(body.prefix(length)))
      #expect(part == nil || part?.structureError != nil || part?.extensions.isEmpty == true)
    }
  }

  @Test func aDraft18ServerHelloHasNoSessionIDAndAnOldKeyShare() throws {
    let hello = try serverHello(
      [0x7f, 0x12] + [UInt8](repeating: 1, count: 32) + [0x13, 1, 0, 9, 0, 40, 0, 5, 0, 29, 0, 1, 9])
    #expect(hello.version.rawValue == 0x7f12)
    #expect(hello.cipherSuite.rawValue == 0x1301)
    #expect(hello.selectedGroup?.rawValue == 29)
  }

  @Test func aDraft18HelloRetryRequestIsAMessageOfItsOwn() throws {
    let bytes: [UInt8] = [0x7f, 0x12, 0, 6, 0, 40, 0, 2, 0, 24]
    let hello = try bytes.withCursor { (cursor) throws(ParseError) in
      try ServerHello(parsingDraftHelloRetryRequest: &cursor)
    }
    #expect(hello.isHelloRetryRequest)
    #expect(hello.selectedGroup?.rawValue == 24)
  }

  @Test func aDraftHelloFindsItsKeySharesUnderTheOldNumber() throws {
    let share: [UInt8] = [0, 40, 0, 7, 0, 5, 0, 29, 0, 1, 9]
    let hello = try clientHello(helloBody(extensions: share + [0, 43, 0, 3, 2, 0x7f, 0x12]))
    #expect(hello.keyShareGroups.map(\.rawValue) == [29])
    let unrelated = try clientHello(helloBody(extensions: share))
    #expect(unrelated.keyShareGroups.isEmpty)
  }

  @Test func anSSLv2FormatHelloIsReadIntoTheSameValue() throws {
    let bytes: [UInt8] = [1, 3, 1, 0, 9, 0, 0, 0, 16, 0, 0, 0x35, 1, 0, 0x80, 0, 0, 5] + [UInt8](1...16)
    let hello = try bytes.withCursor { (cursor) throws(ParseError) in try ClientHello(parsingSSLv2: &cursor) }
    #expect(hello.isSSLv2Format)
    #expect(hello.legacyVersion.rawValue == 0x0301)
    #expect(hello.cipherSuites.map(\.rawValue) == [0x35, 5])
    #expect(hello.sslv2CipherKinds.map(\.rawValue) == [0x35, 0x010080, 5])
    #expect(Array(hello.random) == [UInt8](repeating: 0, count: 16) + [UInt8](1...16))
    for length in 0..<bytes.count {
      let part = Array(bytes.prefix(length))
      #expect(throws: ParseError.self) {
        try part.withCursor { (cursor) throws(ParseError) in try ClientHello(parsingSSLv2: &cursor) }
      }
    }
  }

  @Test func anSSLv2ServerHelloBringsItsCertificate() throws {
    let bytes: [UInt8] = [4, 0, 1, 0, 2, 0, 2, 0, 3, 0, 4, 0x30, 0, 7, 0, 0xc0, 1, 2, 3, 4]
    let hello = try bytes.withCursor { (cursor) throws(ParseError) in try ServerHello(parsingSSLv2: &cursor) }
    #expect(hello.isSSLv2Format)
    #expect(hello.version.rawValue == 2)
    #expect(hello.sslv2Certificate == [0x30, 0])
    #expect(hello.sslv2CipherKinds.map(\.rawValue) == [0x0700c0])
    #expect(hello.random == [1, 2, 3, 4])
  }
}
