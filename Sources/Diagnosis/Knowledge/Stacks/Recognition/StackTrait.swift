import TLSProtocol

/// Something that a stack's ClientHello shows whatever it is configured to offer: mostly the order in which it writes
/// what it offers, since settings take values out of a list but leave the order of the rest.
enum StackTrait: Sendable {
  /// The suites that the hello shares with this list stand in this order; at least `atLeast` are shared.
  case suites([UInt16], atLeast: Int)
  /// The same, whatever else is offered.
  case suiteOrder([UInt16], atLeast: Int)
  case schemes([UInt16], atLeast: Int)
  case groups([UInt16], atLeast: Int)
  /// Extensions likewise; server_name (0) and padding (21) may stand anywhere unless listed.
  case extensions([UInt16], atLeast: Int)
  case has(ExtensionType)
  /// An extension that belongs to TLS 1.2: its absence says nothing of a hello that offers 1.3 only.
  case hasForTLS12(ExtensionType)
  case lacks(ExtensionType)
  case hasSuite(CipherSuite)
  case hasGroup(NamedGroup)
  case hasScheme(SignatureScheme)
  /// Values of RFC 8701 among the suites.
  case grease
  case pointFormats([UInt8])
  /// A scheme that is offered twice.
  case repeatedScheme(SignatureScheme)
  case certificateCompression([CertificateCompressionAlgorithm])
  case recordSizeLimit(UInt16)
  case applicationProtocols([String])
  /// The TLS 1.3 suites stand behind the others.
  case tls13SuitesLast
}

/// Whether a hello shows a trait.
enum TraitVerdict: Sendable {
  case shown
  case contradicted
  /// The hello offers too little to tell.
  case open
}

extension StackTrait {
  func verdict(_ hello: HelloTraits) -> TraitVerdict {
    switch self {
    case .suites(let order, let count): return Self.compare(hello.suites, order, count)
    case .suiteOrder(let order, let count):
      return Self.compare(hello.suites.filter(order.contains), order, count)
    case .schemes(let order, let count): return Self.compare(hello.schemes, order, count)
    case .groups(let order, let count): return Self.compare(hello.groups, order, count)
    case .extensions(let order, let count): return Self.compare(hello.extensions, order, count)
    case .has(let type): return hello.extensions.contains(type.rawValue) ? .shown : .contradicted
    case .hasForTLS12(let type):
      return hello.extensions.contains(type.rawValue) ? .shown : hello.offersOnlyTLS13 ? .open : .contradicted
    case .lacks(let type): return hello.extensions.contains(type.rawValue) ? .contradicted : .shown
    case .hasSuite(let suite): return hello.suites.contains(suite.rawValue) ? .shown : .contradicted
    case .hasGroup(let group): return hello.groups.contains(group.rawValue) ? .shown : .contradicted
    case .hasScheme(let scheme): return hello.schemes.contains(scheme.rawValue) ? .shown : .contradicted
    case .grease: return hello.hasGREASE ? .shown : .contradicted
    case .pointFormats(let formats):
      return hello.pointFormats.isEmpty ? .open : hello.pointFormats == formats ? .shown : .contradicted
    case .repeatedScheme(let scheme):
      return hello.schemes.isEmpty
        ? .open : hello.schemes.count(where: { $0 == scheme.rawValue }) > 1 ? .shown : .contradicted
    case .certificateCompression(let algorithms): return hello.compression == algorithms ? .shown : .contradicted
    case .recordSizeLimit(let limit): return hello.recordSizeLimit == limit ? .shown : .contradicted
    case .applicationProtocols(let names): return hello.applicationProtocols == names ? .shown : .contradicted
    case .tls13SuitesLast:
      guard let first = hello.suites.firstIndex(where: { $0 >> 8 == 0x13 }),
        hello.suites.contains(where: { $0 >> 8 != 0x13 })
      else { return .open }
      return first > 0 && hello.suites[first...].allSatisfy { $0 >> 8 == 0x13 } ? .shown : .contradicted
    }
  }

  /// Compares the order of the shared values; values that the reference does not know speak against it where they are
  /// more than a few.
  private static func compare(_ values: [UInt16], _ reference: [UInt16], _ count: Int) -> TraitVerdict {
    var last = -1
    var shared = 0
    var foreign = 0
    for value in values {
      // The lists are short: looking through one costs less than an index of it.
      guard let place = reference.firstIndex(of: value) else {
        foreign += 1
        continue
      }
      // A short list was set by somebody, in whatever order.
      if place < last { return values.count < 4 ? .open : .contradicted }
      last = place
      shared += 1
    }
    if foreign > 2 && foreign * 4 > shared { return .contradicted }
    return shared >= count ? .shown : .open
  }
}
