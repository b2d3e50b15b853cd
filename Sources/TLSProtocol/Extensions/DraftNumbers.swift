extension ExtensionType {
  /// `key_share` up to draft 22 of TLS 1.3; the number means nothing elsewhere.
  static var draftKeyShare: Self { Self(rawValue: 40) }
}

extension ProtocolVersion {
  /// TLS 1.3 or a draft of it: records hide their type once keys are set, and ChangeCipherSpec means nothing.
  /// 0x7fXX is IETF draft XX; 0x7eXX and 0xfbXX are the drafts that Google and Facebook deployed under own numbers.
  var usesTLS13Records: Bool { rawValue == 0x0304 || rawValue >> 8 == 0x7f || rawValue >> 8 == 0x7e || isFacebookDraft }

  private var isFacebookDraft: Bool { rawValue >> 8 == 0xfb }

  /// An IETF draft in which `key_share` still was extension 40.
  var isTLS13DraftBefore23: Bool { rawValue >> 8 == 0x7f && rawValue & 0xff < 23 }

  /// An IETF draft whose ServerHello had neither session id nor compression method, and that had a HelloRetryRequest
  /// message of its own.
  var isTLS13DraftBefore22: Bool { rawValue >> 8 == 0x7f && rawValue & 0xff < 22 }
}
