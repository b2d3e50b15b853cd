internal import Bytes

/// One log's promise to publish a certificate, RFC 6962 §3.2.
public struct SignedCertificateTimestamp: Hashable, Sendable {
  /// 0 is RFC 6962's only version.
  public var version: UInt8
  /// SHA-256 of the log's key.
  public var logID: [UInt8]
  /// Milliseconds since 1970 UTC.
  public var timestamp: UInt64

  /// Certificates carry two to five; what comes behind this many is left out.
  private static let listLimit = 32

  /// Reads a SignedCertificateTimestampList, RFC 6962 §3.3, as certificates, OCSP responses and the TLS extension
  /// carry it; entries that break their format are left out.
  public static func list(_ bytes: [UInt8]) -> [SignedCertificateTimestamp] {
    bytes.withCursor { cursor in
      var timestamps: [SignedCertificateTimestamp] = []
      do throws(ParseError) {
        var list = try cursor.slice(prefixedBy: UInt16.self)
        while !list.isAtEnd, timestamps.count < listLimit {
          var entry = try list.slice(prefixedBy: UInt16.self)
          timestamps.append(
            SignedCertificateTimestamp(
              version: try entry.read(), logID: try entry.readBytes(32), timestamp: try entry.read()))
        }
      } catch {
        return timestamps
      }
      return timestamps
    }
  }
}
