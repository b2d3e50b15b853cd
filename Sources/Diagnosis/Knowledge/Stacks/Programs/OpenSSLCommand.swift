extension StackProduct {
  /// The command line of OpenSSL.
  public static let opensslCommand = StackProduct(rawValue: "openssl s_client")
}

extension StackProgram {
  static let opensslCommand = StackProgram(
    .opensslCommand, audiences: [.opensslCommand], keyLog: "openssl s_client -keylogfile /tmp/keys.log …")
}
