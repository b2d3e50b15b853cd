import Glibc
import NetworkValues

/// Captures from one or several interfaces at once.
///
///     var capture = try LiveCapture(LiveOptions(interfaces: ["eth0"], filter: "tcp port 443"))
///     try Privileges.drop()
///     while true {
///       switch try capture.next(timeout: .milliseconds(250)) {
///       case .frame(let frame): …
///       case .idle: …
///       case .ended: return
///       }
///     }
///
/// `stopper.stop()` ends it, from any thread or a signal handler; frames that had arrived by then are still returned.
///
/// Frames of several interfaces come in the order of their times: one waits until no other interface can have an earlier
/// one, which takes twice the batch time at most.
public struct LiveCapture: ~Copyable {
  /// After so many frames every interface is looked at, and a stop is noticed.
  private static let turnLength = 256

  /// Ends the capture from a signal handler or another thread.
  public let stopper: CaptureStopper
  private let devices: [LiveDevice]
  private let batchTime: Int
  private var turn = 0
  private var stop: (time: Timestamp, deadline: ContinuousClock.Instant)?

  /// Frames returned so far.
  public private(set) var framesRead = 0
  /// The interfaces in the order of their frames' `interface`.
  public var interfaces: [CaptureInterface] { devices.map(\.interface) }

  /// Opens the interfaces and begins to capture. This needs CAP_NET_RAW; reading does not.
  public init(_ options: LiveOptions = LiveOptions()) throws(CaptureError) {
    let stopper = try CaptureStopper()
    let names = options.interfaces.isEmpty ? [try NetworkInterface.defaultName()] : options.interfaces
    var opened: [LiveDevice] = []
    for name in names { opened.append(try LiveDevice(name, options)) }
    self.init(stopper, opened, batchTime: min(max(options.batchTime, 1), 10_000))
  }

  private init(_ stopper: CaptureStopper, _ devices: [LiveDevice], batchTime: Int) {
    self.stopper = stopper
    self.devices = devices
    self.batchTime = batchTime
  }

  /// The next frame, lent until the following call, or `idle` where none comes within `timeout`.
  ///
  /// An interface that disappears is an error, thrown once; the other interfaces go on with the next call.
  @_lifetime(&self)
  public mutating func next(timeout: Duration) throws(CaptureError) -> LiveEvent {
    let deadline = ContinuousClock.now + timeout
    while true {
      if turn < Self.turnLength {
        for device in devices where device.isReady && !device.isFinished { _ = try device.fetch() }
        if let index = earliestDevice(), isNext(devices[index]) {
          turn &+= 1
          let device = devices[index]
          if let stop, let time = device.pendingTime, time > stop.time {
            device.close()
            continue
          }
          guard let frame = device.take(number: framesRead &+ 1, index: index) else { continue }
          framesRead &+= 1
          return unsafe .frame(_overrideLifetime(frame, mutating: &self))
        }
      } else {
        turn = 0
        _ = try wait(milliseconds: 0)
        continue
      }
      turn = 0
      if hasEnded { return .ended }
      var left = (stop?.deadline ?? deadline) - ContinuousClock.now
      guard left > .zero else { return .idle }
      // A frame that waits for other interfaces is due soon.
      if earliestDevice() != nil { left = min(left, .milliseconds(orderPatience)) }
      if !(try wait(milliseconds: Self.milliseconds(left))) { return .idle }
    }
  }

  /// Frames received and lost on each interface since the capture began.
  public var statistics: [InterfaceStatistics] { devices.map { $0.statistics() } }

  /// The device whose waiting frame is the earliest.
  private func earliestDevice() -> Int? {
    if devices.count == 1 { return devices[0].pendingTime == nil ? nil : 0 }
    var best: (index: Int, time: Timestamp)?
    for (index, device) in devices.enumerated() {
      guard let time = device.pendingTime else { continue }
      if best.map({ time < $0.time }) ?? true { best = (index, time) }
    }
    return best?.index
  }

  /// Whether no other device can still bring a frame that is earlier than the one `device` has.
  private func isNext(_ device: LiveDevice) -> Bool {
    guard devices.count > 1, let time = device.pendingTime else { return true }
    if devices.allSatisfy({ $0.pendingTime != nil || $0.isFinished }) { return true }
    if let stop, ContinuousClock.now >= stop.deadline { return true }
    let age = Timestamp.now.nanoseconds &- time.nanoseconds
    // From the future: the clock was set back.
    return age >= Int64(orderPatience) &* 1_000_000 || age < 0
  }

  /// Milliseconds after which the kernel has handed over what came before.
  private var orderPatience: Int { batchTime * 2 }

  /// Whether all has been returned: no interface is left, or a stop is so long ago that the kernel has handed
  /// everything over.
  private var hasEnded: Bool {
    if devices.allSatisfy({ $0.isFinished && $0.pendingTime == nil }) { return true }
    guard let stop else { return false }
    return ContinuousClock.now >= stop.deadline
  }

  /// Waits for frames, a stop, or the time to pass; false where a signal came in.
  private mutating func wait(milliseconds: Int32) throws(CaptureError) -> Bool {
    var descriptors = [pollfd(fd: stop == nil ? stopper.descriptor : -1, events: Int16(POLLIN), revents: 0)]
    for device in devices {
      // One whose frame waits for others need not be waited for.
      let isAwaited = !device.isFinished && device.pendingTime == nil
      descriptors.append(pollfd(fd: isAwaited ? device.descriptor : -1, events: Int16(POLLIN), revents: 0))
    }
    let count = unsafe poll(&descriptors, UInt(descriptors.count), milliseconds)
    guard count >= 0 else {
      if errno == EINTR { return false }
      throw CaptureError(.capture(SystemError.text(errno)), path: interfaces.map(\.name).joined(separator: ", "))
    }
    // After a while without news every device is asked: some kernels do not announce a half-full batch.
    for (device, descriptor) in zip(devices, descriptors.dropFirst()) where count == 0 || descriptor.revents != 0 {
      device.isReady = true
    }
    if descriptors[0].revents != 0 { beginStop() }
    return true
  }

  private mutating func beginStop() {
    // The kernel hands a batch over after `batchTime` at the latest; twice that, for a busy machine.
    let patience = Duration.milliseconds(batchTime * 2 + 50)
    stop = (Timestamp.now, ContinuousClock.now + patience)
    for device in devices { device.isReady = true }
  }

  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    return Int32(clamping: max(seconds, 0) &* 1000 &+ attoseconds / 1_000_000_000_000_000 &+ 1)
  }
}
