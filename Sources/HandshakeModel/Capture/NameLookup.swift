public import NetworkValues

/// One name asked of a resolver, with its answer.
public struct NameLookup: Sendable, Hashable {
  /// As DNS spells it, without the last dot.
  public var name: String
  /// DNS QTYPE: 1 A, 28 AAAA, 65 HTTPS.
  public var type: UInt16
  /// Who asked.
  public var client: IPAddress
  /// Who was asked.
  public var resolver: IPAddress
  /// The query and its repetitions; of very many the first ones and the last.
  public var queries: [FrameNote]
  /// Repetitions that ``queries`` leaves out.
  public var furtherQueries = 0
  /// How often the question was asked.
  public var queryCount: Int { queries.count + furtherQueries }
  /// The answer; nil where none came.
  public var response: FrameNote?
  /// DNS RCODE of the response.
  public var responseCode: UInt8?
  /// Addresses in the answer, in its order.
  public var addresses: [IPAddress] = []

  public init(name: String, type: UInt16, client: IPAddress, resolver: IPAddress, queries: [FrameNote]) {
    self.name = name
    self.type = type
    self.client = client
    self.resolver = resolver
    self.queries = queries
  }
}
