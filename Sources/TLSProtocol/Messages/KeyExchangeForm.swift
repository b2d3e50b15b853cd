/// How a ServerKeyExchange reads: which parameters stand in it, and whether they are signed. The cipher suite decides.
struct KeyExchangeForm: Hashable, Sendable {
  enum Parameters: Hashable, Sendable {
    case none
    /// RFC 8422 §5.4.
    case ellipticCurve
    /// RFC 5246 §7.4.3.
    case finiteField
    /// An ephemeral RSA key of an export suite, RFC 2246 §7.4.3.
    case exportRSA
    /// RFC 5054 §2.8.4.
    case srp
  }

  var parameters: Parameters
  /// A PSK identity hint stands first, RFC 4279 §2.
  var hasHint = false
  var isSigned: Bool

  /// What nearly every server sends; tried where the suite is unknown.
  static let ephemeralCurve = KeyExchangeForm(parameters: .ellipticCurve, isSigned: true)

  /// The form that the suite implies; nil for suites whose form is not known here.
  static func of(_ suite: CipherSuite) -> KeyExchangeForm? {
    let isSigned = suite.authentication != .anonymous
    return switch suite.keyExchange {
    case .ecdhe, .ecdh: KeyExchangeForm(parameters: .ellipticCurve, isSigned: isSigned)
    case .dhe, .dh: KeyExchangeForm(parameters: .finiteField, isSigned: isSigned)
    case .rsa: KeyExchangeForm(parameters: .exportRSA, isSigned: true)
    case .srp: KeyExchangeForm(parameters: .srp, isSigned: suite.authentication == .rsa || suite.authentication == .dss)
    case .psk, .rsaPSK: KeyExchangeForm(parameters: .none, hasHint: true, isSigned: false)
    case .dhePSK: KeyExchangeForm(parameters: .finiteField, hasHint: true, isSigned: false)
    case .ecdhePSK: KeyExchangeForm(parameters: .ellipticCurve, hasHint: true, isSigned: false)
    // TLCP's server proves that it holds its signing key and sends nothing else (GB/T 38636 §6.4.5.4).
    case .sm2: KeyExchangeForm(parameters: .none, isSigned: true)
    default: suite.registeredName == nil ? .ephemeralCurve : nil
    }
  }
}
