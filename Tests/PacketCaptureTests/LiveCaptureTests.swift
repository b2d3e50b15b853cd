import Dispatch
import Glibc
import NetworkValues
import PacketCapture
import Synchronization
import Testing

private let mayCapture = (try? LiveCapture(LiveOptions(interfaces: ["lo"]))) != nil
private let mayMakeNetworks = (try? inNetworkNamespace { true }) == true

/// Real traffic, on the loopback and on interfaces that the tests make.
@Suite(.enabled(if: mayCapture, "capturing needs CAP_NET_RAW")) struct LiveCaptureTests {
  /// A UDP port of this run's own, so that tests side by side do not see each other's packets.
  private static let ports = Atomic<UInt16>(UInt16.random(in: 20_000...50_000))

  private static func freshPort() -> UInt16 { ports.wrappingAdd(1, ordering: .relaxed).newValue }

  /// Sends one UDP datagram, to the loopback unless told otherwise.
  private func send(_ payload: [UInt8], to port: UInt16, at host: UInt32 = 0x7f00_0001) {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = host.bigEndian
    unsafe withUnsafeBytes(of: &address) { raw in
      guard let start = raw.baseAddress else { return }
      _ = unsafe payload.withUnsafeBytes { bytes in
        unsafe sendto(
          descriptor, bytes.baseAddress, bytes.count, 0, start.assumingMemoryBound(to: sockaddr.self),
          socklen_t(raw.count))
      }
    }
  }

  /// All frames until the capture ends or, without a stop, until nothing comes for 400 ms.
  private func drain(_ capture: inout LiveCapture) throws(CaptureError) -> [KeptFrame] {
    var frames: [KeptFrame] = []
    while true {
      switch try capture.next(timeout: .milliseconds(400)) {
      case .frame(let frame):
        let bytes = unsafe frame.bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        frames.append(
          KeptFrame(
            number: frame.number, nanoseconds: frame.timestamp.nanoseconds, linkType: frame.linkType,
            interface: frame.interface, originalLength: frame.originalLength, bytes: bytes))
      case .idle, .ended: return frames
      }
    }
  }

  private func numberOfNextFrame(_ capture: inout LiveCapture) throws(CaptureError) -> Int? {
    guard case .frame(let frame) = try capture.next(timeout: .seconds(5)) else { return nil }
    return frame.number
  }

  @Test func aDatagramOnTheLoopbackIsCapturedWithItsTime() throws {
    let port = Self.freshPort()
    var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp dst port \(port)"))
    let before = Timestamp.now
    send([1, 2, 3], to: port)
    let frames = try drain(&capture)
    #expect(frames.count == 1)
    #expect(frames.first?.bytes.suffix(3) == [1, 2, 3])
    #expect(frames.first?.originalLength == 14 + 20 + 8 + 3)
    #expect(frames.first?.linkType == .ethernet)
    let delay = Timestamp(nanoseconds: frames.first?.nanoseconds ?? 0).seconds(since: before)
    #expect(delay >= 0 && delay < 5)
    #expect(capture.framesRead == 1)
    #expect(capture.statistics.first?.received == 1)
    #expect(capture.interfaces.map(\.name) == ["lo"])
  }

  @Test func aQuietInterfaceIsIdleWithinTheTimeout() throws {
    var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp port \(Self.freshPort())"))
    let clock = ContinuousClock()
    let start = clock.now
    guard case .idle = try capture.next(timeout: .milliseconds(120)) else {
      Issue.record("a frame came from nowhere")
      return
    }
    #expect(clock.now - start >= .milliseconds(100))
    #expect(clock.now - start < .seconds(5))
  }

  /// With the kernel's ring the last packets are lost unless it is drained.
  @Test func stoppedRightAfterTheLastPacketTheCaptureStillReturnsIt() throws {
    for round in 0..<100 {
      let port = Self.freshPort()
      var capture = try LiveCapture(
        LiveOptions(interfaces: ["lo"], filter: "udp dst port \(port)", bufferSize: 1 << 20, batchTime: 10))
      send([UInt8(round)], to: port)
      capture.stopper.stop()
      let frames = try drain(&capture)
      #expect(frames.count == 1)
      guard case .ended = try capture.next(timeout: .zero) else {
        Issue.record("it goes on after its end")
        return
      }
    }
  }

  @Test func aStopWakesAWaitingCapture() throws {
    var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp port \(Self.freshPort())"))
    let stopper = capture.stopper
    // Not a task: the test itself blocks a thread of their pool.
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { stopper.stop() }
    let clock = ContinuousClock()
    let start = clock.now
    guard case .ended = try capture.next(timeout: .seconds(60)) else {
      Issue.record("it did not end")
      return
    }
    #expect(clock.now - start < .seconds(20))
  }

  @Test func aSignalEndsTheWaitSoThatItsHandlerIsHeard() throws {
    signal(SIGUSR2) { _ in }
    let port = Self.freshPort()
    final class Flags: Sendable {
      let isAwake = Atomic(false)
      let isQuiet = Atomic(false)
    }
    let flags = Flags()
    let waited = try onNewThread {
      var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp port \(port)"))
      let thread = pthread_self()
      // The threads that tests run on block all signals, and so does what they begin.
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
      DispatchQueue.global().async {
        while !flags.isAwake.load(ordering: .acquiring) {
          pthread_kill(thread, SIGUSR2)
          usleep(20_000)
        }
        flags.isQuiet.store(true, ordering: .releasing)
      }
      let start = ContinuousClock.now
      let isIdle = if case .idle = try capture.next(timeout: .seconds(60)) { true } else { false }
      flags.isAwake.store(true, ordering: .releasing)
      // The thread must live as long as signals are sent to it.
      while !flags.isQuiet.load(ordering: .acquiring) { usleep(1000) }
      return isIdle ? ContinuousClock.now - start : .seconds(99)
    }
    #expect(waited.map { $0 < .seconds(20) } == true)
  }

  @Test func framesThatComeAfterTheStopAreNotReturned() throws {
    let port = Self.freshPort()
    var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp dst port \(port)"))
    send([1], to: port)
    capture.stopper.stop()
    // The stop is noticed in here, then the packet comes.
    #expect(try numberOfNextFrame(&capture) == 1)
    send([2], to: port)
    #expect(try drain(&capture).isEmpty)
  }

  @Test func theSnapLengthCutsFrames() throws {
    let port = Self.freshPort()
    var capture = try LiveCapture(
      LiveOptions(interfaces: ["lo"], filter: "udp dst port \(port)", snapLength: 64))
    send([UInt8](repeating: 7, count: 500), to: port)
    let frames = try drain(&capture)
    #expect(frames.first?.bytes.count == 64)
    #expect(frames.first?.originalLength == 542)
  }

  @Test func theAnyDeviceGivesCookedFrames() throws {
    let port = Self.freshPort()
    var capture = try LiveCapture(LiveOptions(interfaces: ["any"], filter: "udp dst port \(port)"))
    send([1, 2, 3], to: port)
    let frames = try drain(&capture)
    #expect(frames.first?.linkType == .linuxCooked2)
    #expect(frames.first?.bytes.suffix(3) == [1, 2, 3])
  }

  @Test func anInterfaceThatDoesNotExistIsNamed() {
    #expect(throws: CaptureError(.noSuchInterface, path: "nonexistent0")) {
      _ = try LiveCapture(LiveOptions(interfaces: ["nonexistent0"]))
    }
  }

  @Test func aBadFilterIsRefusedBeforeTheCaptureBegins() {
    let error = #expect(throws: CaptureError.self) {
      _ = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "tcp prot 1"))
    }
    #expect(error?.description.contains("syntax error") == true)
  }

  @Test(.enabled(if: mayMakeNetworks, "needs CAP_SYS_ADMIN"))
  func severalInterfacesAreCapturedAtOnceAndOneMayDisappear() throws {
    let port = Self.freshPort()
    let seen = try inNetworkNamespace {
      _ = shell("ip link set tw0 up")
      var capture = try LiveCapture(LiveOptions(interfaces: ["tw0", "lo"], filter: "udp dst port \(port)"))
      send([1], to: port)
      let before = try drain(&capture)
      _ = shell("ip link del tw0")
      var failure: CaptureError?
      do throws(CaptureError) { _ = try drain(&capture) } catch { failure = error }
      // The other interface goes on.
      send([2], to: port)
      let after = try drain(&capture)
      return (before: before, failure: failure, after: after, received: capture.statistics.map(\.received))
    }
    #expect(seen?.before.map(\.interface) == [1])
    #expect(seen?.failure == CaptureError(.interfaceGone, path: "tw0"))
    #expect(seen?.after.map(\.bytes.last) == [2])
    #expect(seen?.received == [0, 2])
  }

  @Test func framesOfSeveralInterfacesComeInTheOrderOfTheirTimes() throws {
    let port = Self.freshPort()
    var capture = try LiveCapture(
      LiveOptions(interfaces: ["lo", "any"], filter: "udp dst port \(port)", batchTime: 10))
    for index: UInt8 in 0..<200 {
      send([index], to: port)
      if index % 50 == 49 { usleep(15_000) }
    }
    let frames = try drain(&capture)
    #expect(frames.count == 400)
    #expect(Set(frames.map(\.interface)) == [0, 1])
    #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.nanoseconds <= $1.nanoseconds })
    #expect(frames.map(\.number) == Array(1...400))
  }

  @Test func aSmallBufferIsHandedOverInFewerBatches() {
    #expect(LiveOptions(bufferSize: 16 << 20).batchTime == 100)
    #expect(LiveOptions(bufferSize: 1 << 30).batchTime == 50)
    #expect(LiveOptions(bufferSize: 1 << 16).batchTime == 1000)
  }

  @Test(.enabled(if: mayMakeNetworks, "needs CAP_SYS_ADMIN"))
  func anInterfaceThatIsDownIsRefusedInWords() throws {
    let line = try inNetworkNamespace {
      do {
        _ = try LiveCapture(LiveOptions(interfaces: ["tw0"]))
        return "it opened"
      } catch {
        return "\(error)"
      }
    }
    #expect(line == "tw0: capture failed: the interface is down; bring it up first")
  }

  @Test(.enabled(if: mayMakeNetworks, "needs CAP_SYS_ADMIN"))
  func anInterfaceThatGoesDownAndUpAgainIsStillCaptured() throws {
    let frames = try inNetworkNamespace {
      _ = shell("ip addr add 192.0.2.1/24 dev tw0; ip link set tw0 up; ip link set tw1 up")
      var capture = try LiveCapture(LiveOptions(interfaces: ["tw0"], filter: "arp"))
      _ = shell("ip link set tw0 down")
      _ = try drain(&capture)
      _ = shell("ip link set tw0 up")
      // Nobody has that address: the kernel asks for it in vain.
      send([1], to: 9, at: 0xc000_0202)
      return try drain(&capture)
    }
    #expect(frames?.isEmpty == false)
  }

  @Test func whatIsCapturedCanBeWrittenAndReadAgain() throws {
    let port = Self.freshPort()
    let file = TemporaryFile(suffix: ".pcapng")
    var capture = try LiveCapture(LiveOptions(interfaces: ["lo"], filter: "udp dst port \(port)"))
    var writer = try CaptureWriter(path: file.path)
    for interface in capture.interfaces { try writer.addInterface(interface) }
    for index: UInt8 in 0..<20 { send([index], to: port) }
    capture.stopper.stop()
    var isRunning = true
    while isRunning {
      switch try capture.next(timeout: .seconds(1)) {
      case .frame(let frame): try writer.write(frame)
      case .idle: break
      case .ended: isRunning = false
      }
    }
    try writer.finish(statistics: capture.statistics)
    var source = try PacketSource(path: file.path)
    var frames: [KeptFrame] = []
    try collect(&source, into: &frames)
    #expect(frames.map(\.bytes.last) == (0..<20).map { UInt8($0) })
    #expect(source.interfaces.first?.name == "lo")
    #expect(source.interfaces.first?.received == 20)
    #expect(source.interfaces.first?.dropped == 0)
  }
}
