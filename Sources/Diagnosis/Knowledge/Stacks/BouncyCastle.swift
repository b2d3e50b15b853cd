extension StackFamily {
  /// Java's other one, `org.bouncycastle.jsse`.
  public static let bouncyCastle = StackFamily(rawValue: "Bouncy Castle")
}

extension StackProfile {
  static let bouncyCastle = StackProfile(
    family: .bouncyCastle,
    audiences: [.java],
    hello: .notRecognised("its hello was not recorded yet"),
    logging: { $0.javaDebugLog })
}
