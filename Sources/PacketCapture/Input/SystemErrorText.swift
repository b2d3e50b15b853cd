import CPcap

/// The system's words for an error number.
func systemErrorText(_ code: Int32) -> String {
  unsafe pcap_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
