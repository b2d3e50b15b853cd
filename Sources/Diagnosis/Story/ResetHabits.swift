import HandshakeModel
import NetworkValues
import TLSProtocol

/// How a reset differs from the packets of the side in whose name it came: its hop limit does not fit them, or that side
/// goes on as if nothing had happened.
struct ResetHabits {
  /// Empty where the reset looks like its sender's other packets.
  private(set) var oddities: [Observation] = []
  /// How sure it is that another host sent the reset.
  private(set) var grade = Grade.hint
  /// When the reset came.
  let moment: Observation

  /// Nil where no other packet of that side was seen.
  init?(_ reset: Reset, _ connection: Connection, _ inquiry: Inquiry) {
    let peer = connection.network[reset.sender]
    guard let range = peer.hopLimitRange else { return nil }
    moment = Self.moment(of: reset, connection, inquiry)
    let sender = reset.sender.rawValue
    let distance = Self.distance(from: reset.hopLimit, to: range)
    let isFromElsewhere = distance > 1 && !Self.isInitialHopLimitOfSameHost(reset.hopLimit, range.upperBound)
    if isFromElsewhere {
      let name = connection.server.address.isIPv4 ? "TTL" : "hop limit"
      let usual =
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      add(
        inquiry, .proof, [reset.frame],
        "RST from the \(sender) with \(name) \(reset.hopLimit); its other packets have \(usual)")
    }
    if let offset = reset.sequenceOffset, offset != 0, reset.sequenceIsImplausible {
      add(
        inquiry, .usual, [reset.frame],
        "its sequence number is \(offset.magnitude) bytes off what the \(sender) had sent")
    }
    if let bare = connection.answeringReset, bare.frame == reset.frame {
      let isByName = inquiry.isOtherNameOfSameServer
      add(
        inquiry, isByName ? .strong : .usual, [reset.frame],
        "RST without the ACK flag, and what the client sent is not acknowledged: unlike the host that had just accepted the "
          + "connection, its sender knows nothing of it")
      if isByName { oddities += inquiry.workingServerName }
    }
    if let later = peer.lastData, later.frame > reset.frame {
      add(inquiry, .strong, [reset.frame, later.frame], "the \(sender) sent data after \"its\" RST")
    }
    if let later = peer.lastAck, later.frame > reset.frame,
      connection.network.resets.allSatisfy({ $0.frame != later.frame })
    {
      // A host that has reset a connection knows nothing of it any more; it does not go on to acknowledge.
      add(
        inquiry, distance > 1 ? .proof : .strong, [reset.frame, later.frame],
        "the \(sender) acknowledged data after \"its\" RST")
    }
  }

  private mutating func add(_ inquiry: Inquiry, _ grade: Grade, _ frames: [Int], _ text: String) {
    oddities.append(inquiry.observed(.oddReset, frames, text))
    self.grade = max(self.grade, grade)
  }

  private static func moment(of reset: Reset, _ connection: Connection, _ inquiry: Inquiry) -> Observation {
    guard let hello = connection.transcript.clientHellos.last, hello.frame < reset.frame else {
      return inquiry.observed(.ending, [reset.frame], "no ClientHello was seen before the RST")
    }
    let name = hello.value.serverName.map { " for \(Escaped.text($0))" } ?? ""
    return inquiry.observed(
      .ending, [hello.frame],
      "the RST follows the ClientHello\(name) by \(Seconds.text(reset.time.seconds(since: hello.time)))")
  }

  private static func distance(from limit: UInt8, to range: ClosedRange<UInt8>) -> Int {
    if range.contains(limit) { return 0 }
    return min(abs(Int(limit) - Int(range.lowerBound)), abs(Int(limit) - Int(range.upperBound)))
  }

  /// Some stacks send RSTs with an initial hop limit of their own (255 or 128 beside 64): as far away as the other packets.
  private static func isInitialHopLimitOfSameHost(_ reset: UInt8, _ other: UInt8) -> Bool {
    func hops(_ limit: UInt8) -> (start: Int, hops: Int) {
      let start = limit <= 32 ? 32 : limit <= 64 ? 64 : limit <= 128 ? 128 : 255
      return (start, start - Int(limit))
    }
    let (one, two) = (hops(reset), hops(other))
    return one.start != two.start && one.hops == two.hops
  }
}

extension Inquiry {
  /// The clients reached the same server under different names, and the working one was served.
  var isOtherNameOfSameServer: Bool {
    guard servesWorkingClient, let name = hello?.serverName, let other = workingHello?.serverName else { return false }
    return name != other
  }
}

extension Reset {
  /// Within a window's reach a RST may run ahead of data still under way; far off, it was guessed.
  var sequenceIsImplausible: Bool { sequenceOffset.map { $0 > 65_535 || $0 < -65_535 } ?? false }
}
