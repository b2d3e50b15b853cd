import NetworkProtocols
import NetworkValues
import PacketCapture
import TLSProtocol
import Testing

@testable import ConnectionTracking
@testable import HandshakeModel

/// A capture that brings nothing for a while is told what its packets' times would tell.
@Suite struct QuietCaptureTests {
  private func look(
    _ tracker: inout ConnectionTracker, _ dialogue: Dialogue, after seconds: Double, scope: LookScope = .all
  ) -> [Connection] {
    let last = dialogue.script.steps.last?.time.nanoseconds ?? 0
    tracker.look(at: Timestamp(nanoseconds: last + Int64(seconds * 1e9)), LiveTiming(), scope)
    return tracker.takeFinished()
  }

  private func tracker(_ dialogue: Dialogue) -> ConnectionTracker {
    var tracker = ConnectionTracker()
    dialogue.script.play(to: &tracker)
    return tracker
  }

  @Test func aSYNWithoutAnAnswerFailsAfterTenSeconds() {
    var dialogue = Dialogue()
    dialogue.syn()
    var tracker = tracker(dialogue)
    let early = look(&tracker, dialogue, after: 9) + look(&tracker, dialogue, after: 11, scope: .closing)
    let told = look(&tracker, dialogue, after: 11)
    #expect(early.isEmpty && told.map(\.outcome) == [.failed])
  }

  @Test func aClientHelloWithoutAnAnswerFailsAfterTenSeconds() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    var tracker = tracker(dialogue)
    let early = look(&tracker, dialogue, after: 9)
    let told = look(&tracker, dialogue, after: 11)
    #expect(early.isEmpty && told.map(\.outcome) == [.failed])
  }

  @Test func whatWasClosedIsToldEarlyAndOnce() {
    var dialogue = Dialogue.opened
    dialogue.send(.client, TLSBytes.clientHello())
    dialogue.reset(.server)
    var tracker = tracker(dialogue)
    let told = look(&tracker, dialogue, after: 2, scope: .closing)
    let again = look(&tracker, dialogue, after: 20)
    #expect(told.map(\.outcome) == [.failed] && again.isEmpty)
    // Stragglers and the end add nothing.
    let before = dialogue.script.steps.count
    dialogue.acknowledge(.client)
    #expect(dialogue.script.steps.count == before + 1)
    dialogue.script.play(to: &tracker, from: before)
    let open = tracker.indicesOfOpenConnections()
    tracker.finishAll()
    let rest = tracker.takeFinished()
    #expect(open.isEmpty && rest.isEmpty)
  }
}
