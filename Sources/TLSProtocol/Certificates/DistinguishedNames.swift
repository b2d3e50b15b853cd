internal import Bytes

/// Distinguished names outside certificates: the authorities that a CertificateRequest lists (RFC 8446 §4.2.4).
public enum DistinguishedNames {
  /// RFC 4514 form of a DER-encoded Name; empty where nothing of it can be read.
  public static func text(der: [UInt8]) -> String {
    let span = der.span
    var reader = DERReader(span)
    guard let name = try? reader.next(.sequence, "Name") else { return "" }
    return DistinguishedName(reader.inside(name)).text
  }
}
