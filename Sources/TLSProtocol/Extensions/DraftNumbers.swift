extension ExtensionType {
  /// `key_share` up to draft 22 of TLS 1.3; the number means nothing elsewhere.
  static var draftKeyShare: Self { Self(rawValue: 40) }
}

extension ProtocolVersion {
  /// An IETF draft of TLS 1.3 (0x7fXX is draft XX) in which `key_share` still was extension 40.
  var isTLS13DraftBefore23: Bool { rawValue >> 8 == 0x7f && rawValue & 0xff < 23 }

  /// An IETF draft whose ServerHello had neither session id nor compression method, and that had a HelloRetryRequest
  /// message of its own.
  var isTLS13DraftBefore22: Bool { rawValue >> 8 == 0x7f && rawValue & 0xff < 22 }
}
