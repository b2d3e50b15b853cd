internal import Bytes

/// RSASSA-PSS-params, RFC 4055 §3.1.
struct PSSParameters {
  /// SHA-1 where not said.
  var hash: String? = "SHA1"
  var maskHash: String? = "SHA1"
  /// Octets.
  var saltLength = 20

  /// Reads the parameters of an AlgorithmIdentifier whose OID has been read; all defaults where there are none.
  init(_ parameters: DERReader) throws(ParseError) {
    var reader = parameters
    guard let sequence = try reader.nextIf(.sequence) else { return }
    var fields = reader.inside(sequence)
    if let tagged = try fields.nextIf(.constructedContext(0)) {
      var inside = fields.inside(tagged)
      let algorithm = try inside.next(.sequence, "hashAlgorithm")
      hash = try Self.hashName(inside.inside(algorithm))
    }
    if let tagged = try fields.nextIf(.constructedContext(1)) {
      var inside = fields.inside(tagged)
      let algorithm = try inside.next(.sequence, "maskGenAlgorithm")
      var mask = inside.inside(algorithm)
      _ = try mask.next(.objectIdentifier, "maskGenAlgorithm")
      let maskAlgorithm = try mask.next(.sequence, "maskGenAlgorithm")
      maskHash = try Self.hashName(mask.inside(maskAlgorithm))
    }
    if let tagged = try fields.nextIf(.constructedContext(2)) {
      var inside = fields.inside(tagged)
      let length = try inside.next(.integer, "saltLength")
      saltLength = inside.contentBytes(length).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
  }

  private static func hashName(_ algorithm: DERReader) throws(ParseError) -> String? {
    var reader = algorithm
    let identifier = try reader.next(.objectIdentifier, "hashAlgorithm")
    return OIDNames.hashes[OID(content: reader.content(identifier))]
  }

  /// One digest for message and mask, the salt as long as it: the only form that TLS 1.3 allows and the one that can
  /// be checked here.
  var isUsual: Bool {
    let lengths = ["SHA1": 20, "SHA256": 32, "SHA384": 48, "SHA512": 64]
    return hash == maskHash && hash.flatMap { lengths[$0] } == saltLength
  }
}
