internal import Bytes

/// Renders a Name (RFC 5280 §4.1.2.4) as RFC 4514 writes it: `CN=localhost,O=Lab`, most specific first.
struct DistinguishedName {
  /// RFC 4514 form, control characters escaped.
  private(set) var text = ""
  /// The common name that stands last in the encoding: the most specific one.
  private(set) var commonName: String?
  /// What broke off the reading; the attributes before it stand.
  private(set) var problem: ParseError?

  /// Relative names beyond this many are left out: no honest name has them, and text must stay bounded.
  private static let limit = 64
  /// Bytes of text that are kept; an honest name has some hundred. What is left out is marked by an ellipsis.
  private static let textLimit = 2048

  init(_ name: DERReader) {
    var reader = name
    var relativeNames: [[UInt8]] = []
    do {
      while !reader.isAtEnd, relativeNames.count < Self.limit {
        let set = try reader.next(.set, "RelativeDistinguishedName")
        relativeNames.append(try relativeName(reader.inside(set)))
      }
      if !reader.isAtEnd { problem = ParseError(.invalid("over \(Self.limit) parts"), at: reader.position) }
    } catch {
      problem = error
    }
    var utf8: [UInt8] = []
    for part in relativeNames.reversed() where utf8.count <= Self.textLimit {
      if !utf8.isEmpty { utf8.append(UInt8(ascii: ",")) }
      utf8.append(contentsOf: part)
    }
    if utf8.count > Self.textLimit {
      utf8.removeLast(utf8.count - Self.textLimit)
      // No part of a character may stay.
      while let last = utf8.last, last & 0xc0 == 0x80 { utf8.removeLast() }
      if let last = utf8.last, last >= 0x80 { utf8.removeLast() }
      utf8.append(contentsOf: "…".utf8)
    }
    text = String(decoding: utf8, as: UTF8.self)
  }

  private mutating func relativeName(_ set: DERReader) throws(ParseError) -> [UInt8] {
    var attributes = set
    var utf8: [UInt8] = []
    while !attributes.isAtEnd {
      let pair = try attributes.next(.sequence, "AttributeTypeAndValue")
      var fields = attributes.inside(pair)
      let type = try fields.next(.objectIdentifier, "AttributeType")
      let value = try fields.next()
      if !utf8.isEmpty { utf8.append(UInt8(ascii: "+")) }
      append(type, value, in: fields, to: &utf8)
    }
    return utf8
  }

  private mutating func append(
    _ type: DERElement, _ value: DERElement, in reader: DERReader, to utf8: inout [UInt8]
  ) {
    let shortName = OIDNames.attributeTypes[OID(content: reader.content(type))]
    utf8.append(contentsOf: (shortName ?? OID.dotted(reader.content(type))).utf8)
    utf8.append(UInt8(ascii: "="))
    var text: [UInt8] = []
    guard ASN1Text.appendUTF8(reader.content(value), tag: value.tag, to: &text) else {
      let encoding = reader.encoding(value)
      utf8.append(contentsOf: "#\(hexadecimal(encoding.span, limit: 256))".utf8)
      return
    }
    if shortName == "CN" { commonName = String(decoding: text, as: UTF8.self) }
    Self.appendEscaped(text, to: &utf8)
  }

  /// RFC 4514 §2.4: specials behind a backslash, and what could deceive a reader as hex of its UTF-8.
  private static func appendEscaped(_ text: [UInt8], to utf8: inout [UInt8]) {
    let isASCII = text.allSatisfy { $0 < 0x80 }
    for (index, octet) in text.enumerated() where isASCII {
      switch octet {
      case 0x00..<0x20, 0x7f:
        ASN1Text.appendEscape(octet, to: &utf8)
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "\\"):
        utf8.append(UInt8(ascii: "\\"))
      case UInt8(ascii: " ") where index == 0 || index == text.count - 1, UInt8(ascii: "#") where index == 0:
        utf8.append(UInt8(ascii: "\\"))
      default: break
      }
      utf8.append(octet)
    }
    guard !isASCII else { return }
    var first = true
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    for scalar in scalars {
      if ASN1Text.isHazardous(scalar) {
        for octet in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          ASN1Text.appendEscape(octet, to: &utf8)
        }
      } else {
        if "\"+,;<>\\".unicodeScalars.contains(scalar) || first && (scalar == " " || scalar == "#") {
          utf8.append(UInt8(ascii: "\\"))
        }
        ASN1Text.append(scalar, to: &utf8)
      }
      first = false
    }
  }
}
