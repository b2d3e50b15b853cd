internal import SwiftASN1

extension CertificateFacts {
  /// What a reader that insists on DER objects to; nil where the certificate is canonical.
  ///
  /// The facts are read leniently, as OpenSSL does. rustls, Go and Java refuse what X.690 §10 and §11 forbid, with an
  /// error about encoding instead of one about trust: this tells such a certificate from a sound one.
  public var strictEncodingProblem: String? {
    do {
      let root = try DER.parse(der)
      guard case .constructed = root.content else { return "no SEQUENCE" }
      return nil
    } catch let error as ASN1Error {
      return switch error.code {
      case .truncatedASN1Field: "ends within a field"
      case .unsupportedFieldLength: "a length that is too large, indefinite or not in its shortest form"
      case .invalidASN1Object: "a field that breaks its own format"
      case .unexpectedFieldType: "a field of another type than belongs there"
      default: "\(error.code)"
      }
    } catch {
      return "unreadable"
    }
  }
}
