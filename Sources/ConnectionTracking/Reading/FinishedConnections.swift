public import HandshakeModel

/// A connection as its shard knows it, before it has its number in the capture.
public struct ConnectionTag: Hashable, Sendable {
  /// The reader's number, from 0.
  public let shard: Int
  /// Of the shard's connections, counted from 1 in the order in which they began.
  public let index: Int

  public init(shard: Int, index: Int) { (self.shard, self.index) = (shard, index) }
}

/// Where in a capture a connection begins.
public struct ConnectionOpening: Sendable {
  /// By the packet, in the order of the capture; no two connections have the same.
  public let place: Int
  /// The name by which its reader knows the connection.
  public let tag: ConnectionTag
}

/// Connections that have ended, in the order in which one reader of everything would have found that out: by the frame
/// that ended them, then by number.
public struct FinishedConnections: Sendable {
  struct Mark {
    /// The frame that told the end; the largest number where the capture's end did.
    var frame: Int
    var shard: Int
    var list: Int
    var position: Int
    /// In the capture; 0 before ``number(_:)``.
    var number = 0
  }

  var marks: [Mark] = []
  /// Connections are large, and stay where they are.
  var lists: [[Connection]] = []

  /// How many connections there are.
  public var count: Int { marks.count }

  /// Gives each connection its number in the capture, and puts them in order.
  public mutating func number(_ number: (ConnectionTag) -> Int) {
    for index in marks.indices {
      let (list, position) = (marks[index].list, marks[index].position)
      marks[index].number = number(ConnectionTag(shard: marks[index].shard, index: lists[list][position].index))
      lists[list][position].index = marks[index].number
    }
    marks.sort { $0.frame != $1.frame ? $0.frame < $1.frame : $0.number < $1.number }
  }

  /// Gives the connections at some places to `body`, which may change them, with the frame that told their end.
  public mutating func forEach(in range: Range<Int>, _ body: (inout Connection, _ toldBy: Int) -> Void) {
    for mark in marks[range.clamped(to: marks.indices)] { body(&lists[mark.list][mark.position], mark.frame) }
  }
}
