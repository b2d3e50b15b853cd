import NetworkProtocols
import NetworkValues
import TLSProtocol

@testable import HandshakeModel

/// One TCP connection being written into a script: it keeps each side's sequence numbers.
struct Dialogue {
  var script = PacketScript()
  var client = Endpoint(address: IPAddress(ipv4: 0xC000_0201), port: 40_000)
  var server = Endpoint(address: IPAddress(ipv4: 0xC633_6402), port: 443)
  var clientNext: UInt32 = 1000
  var serverNext: UInt32 = 0xFFFF_FFF0

  /// A connection whose TCP handshake is done.
  static var opened: Dialogue {
    var dialogue = Dialogue()
    dialogue.open()
    return dialogue
  }

  /// A TLS 1.2 handshake in which both sides sent their Finished.
  static var finished12: Dialogue {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello(versions: [0x0303]))
    dialogue.send(.server, TLSBytes.serverFlight12)
    dialogue.send(.client, TLSBytes.clientFlight12)
    dialogue.send(.server, TLSBytes.serverFinished12)
    return dialogue
  }

  func next(_ role: Role) -> UInt32 { role == .client ? clientNext : serverNext }

  private mutating func advance(_ role: Role, _ count: Int) {
    if role == .client { clientNext &+= UInt32(count) } else { serverNext &+= UInt32(count) }
  }

  /// A segment with the sequence numbers as they stand; it moves nothing.
  mutating func segment(
    _ role: Role, _ flags: TCPFlags, _ payload: [UInt8] = [], at offset: Int = 0, payloadLength: Int? = nil,
    hopLimit: UInt8 = 64
  ) {
    let (source, destination) = role == .client ? (client, server) : (server, client)
    script.addTCP(
      from: source, to: destination, sequence: next(role) &+ UInt32(truncatingIfNeeded: offset),
      acknowledgment: flags.contains(.ack) ? next(role.peer) : 0, flags, payload, payloadLength: payloadLength,
      hopLimit: hopLimit)
  }

  mutating func syn() {
    segment(.client, .syn)
    advance(.client, 1)
  }

  mutating func open() {
    syn()
    segment(.server, [.syn, .ack])
    advance(.server, 1)
    acknowledge(.client)
  }

  mutating func acknowledge(_ role: Role) { segment(role, .ack) }

  /// Data, and the peer's acknowledgment of it.
  mutating func send(_ role: Role, _ bytes: [UInt8], isAcknowledged: Bool = true) {
    segment(role, [.ack, .psh], bytes)
    advance(role, bytes.count)
    if isAcknowledged { acknowledge(role.peer) }
  }

  /// Data that the capture does not show, though it was sent.
  mutating func lose(_ role: Role, _ count: Int) { advance(role, count) }

  mutating func fin(_ role: Role) {
    segment(role, [.ack, .fin])
    advance(role, 1)
  }

  mutating func reset(_ role: Role, at offset: Int = 0, hopLimit: UInt8 = 64) {
    segment(role, [.rst, .ack], at: offset, hopLimit: hopLimit)
  }

  /// Both sides close, `first` leads.
  mutating func close(_ first: Role = .client) {
    fin(first)
    fin(first.peer)
    acknowledge(first)
  }

  /// The one connection that the script holds.
  var connection: Connection { script.connections()[0] }
}
