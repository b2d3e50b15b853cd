import HandshakeModel

extension IncompleteReason {
  /// For people, behind the word `incomplete`.
  var words: String {
    switch self {
    case .withdrawn: "not used"
    case .oneSided: "one side only"
    case .joinedMidway: "joined midway"
    case .bytesMissing: "bytes missing"
    case .noHello: "no hello"
    case .wentOn: "went on over the other address family"
    case .versionProbe: "asked for QUIC versions"
    case .unencrypted: "goes on unencrypted"
    case .noEnd: "no end seen"
    }
  }
}
