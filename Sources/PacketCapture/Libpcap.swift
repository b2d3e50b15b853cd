import CPcap

/// The library that compiles filters and captures from interfaces. It is loaded when it is first needed.
enum Libpcap {
  /// Makes sure that libpcap's functions can be called; throws ``CaptureError/Kind/libpcapMissing`` where it is not
  /// installed.
  ///
  /// - Parameter what: the filter or interface that it is needed for.
  static func require(for what: String) throws(CaptureError) {
    guard libpcap_is_available() else { throw CaptureError(.libpcapMissing, path: what) }
  }
}
