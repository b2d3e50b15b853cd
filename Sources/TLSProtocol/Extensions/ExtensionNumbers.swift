extension ExtensionType {
  static var serverName: Self { Self(rawValue: 0) }
  static var maxFragmentLength: Self { Self(rawValue: 1) }
  static var statusRequest: Self { Self(rawValue: 5) }
  static var supportedGroups: Self { Self(rawValue: 10) }
  static var ecPointFormats: Self { Self(rawValue: 11) }
  static var signatureAlgorithms: Self { Self(rawValue: 13) }
  static var useSRTP: Self { Self(rawValue: 14) }
  static var heartbeat: Self { Self(rawValue: 15) }
  static var applicationLayerProtocolNegotiation: Self { Self(rawValue: 16) }
  static var signedCertificateTimestamp: Self { Self(rawValue: 18) }
  static var encryptThenMac: Self { Self(rawValue: 22) }
  static var extendedMasterSecret: Self { Self(rawValue: 23) }
  static var compressCertificate: Self { Self(rawValue: 27) }
  static var recordSizeLimit: Self { Self(rawValue: 28) }
  static var sessionTicket: Self { Self(rawValue: 35) }
  static var preSharedKey: Self { Self(rawValue: 41) }
  static var earlyData: Self { Self(rawValue: 42) }
  static var supportedVersions: Self { Self(rawValue: 43) }
  static var cookie: Self { Self(rawValue: 44) }
  static var pskKeyExchangeModes: Self { Self(rawValue: 45) }
  static var certificateAuthorities: Self { Self(rawValue: 47) }
  static var postHandshakeAuth: Self { Self(rawValue: 49) }
  static var signatureAlgorithmsCert: Self { Self(rawValue: 50) }
  static var keyShare: Self { Self(rawValue: 51) }
  static var encryptedClientHello: Self { Self(rawValue: 0xfe0d) }
  static var renegotiationInfo: Self { Self(rawValue: 0xff01) }
}
