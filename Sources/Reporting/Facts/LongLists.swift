/// How much of a list that a packet holds is told. A hello of 64 KB has room for 30,000 cipher suites, whose names take
/// two megabytes; no client offers as many as the limit.
enum LongLists {
  /// Values of one list.
  static let limit = 256
  /// Extensions that break their format, each of which is told in a sentence.
  static let malformedLimit = 32
}
