import CPcap
import Glibc
import NetworkValues

/// One interface that is being captured.
@safe final class LiveDevice {
  let interface: CaptureInterface
  /// For poll(2); -1 where the device has none.
  let descriptor: Int32
  /// Whether frames may be waiting: cleared by an empty read, set by poll(2).
  var isReady = true
  /// Whether everything that matters has been read: the capture was stopped, or the interface is gone.
  var isFinished = false

  private let handle: OpaquePointer
  private let timeUnit: Int64
  private var pending: (header: pcap_pkthdr, data: UnsafePointer<UInt8>)?
  private var totals = InterfaceStatistics()
  private var last = (received: UInt32(0), kernel: UInt32(0), interface: UInt32(0))

  init(_ name: String, _ options: LiveOptions) throws(CaptureError) {
    let handle = unsafe try Self.activate(name, options)
    do throws(CaptureError) {
      unsafe try Self.narrow(handle, name, options)
    } catch {
      unsafe pcap_close(handle)
      throw error
    }
    unsafe self.handle = handle
    unsafe descriptor = pcap_get_selectable_fd(handle)
    // Programs started meanwhile must not inherit the right to read all packets.
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    // Where libpcap counts in nanoseconds, `tv_usec` holds them.
    timeUnit = unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000
    interface = unsafe CaptureInterface(
      name: name, linkType: LinkType(libpcapValue: pcap_datalink(handle)), snapLength: Int(pcap_snapshot(handle)),
      filter: options.filter)
  }

  deinit { unsafe pcap_close(handle) }

  /// When the frame that waits to be taken was captured; nil where none does.
  var pendingTime: Timestamp? { unsafe pending.map { unsafe time(of: $0.header) } }

  /// Fetches the next frame, unless one waits already; true where one does then.
  func fetch() throws(CaptureError) -> Bool {
    guard unsafe pending == nil else { return true }
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    switch unsafe pcap_next_ex(handle, &header, &data) {
    case 1:
      guard let header = unsafe header?.pointee, let data = unsafe data else { return false }
      unsafe pending = (header, data)
      return true
    case 0, PCAP_ERROR_BREAK:
      isReady = false
      return false
    default:
      isFinished = true
      throw failure()
    }
  }

  /// Takes the frame that waits, numbered `number`. It is lent until the next ``fetch()``: only then does libpcap reuse
  /// its bytes.
  @_lifetime(borrow self)
  func take(number: Int, index: Int) -> Frame? {
    guard let (header, data) = unsafe pending else { return nil }
    unsafe pending = nil
    let frame = unsafe Frame(
      number: number, timestamp: time(of: header), linkType: interface.linkType, interface: index,
      originalLength: Int(header.len), bytes: RawSpan(_unsafeStart: data, byteCount: Int(header.caplen)))
    return unsafe _overrideLifetime(frame, borrowing: self)
  }

  /// Nothing more is wanted of this interface.
  func close() {
    unsafe pending = nil
    isFinished = true
  }

  private func time(of header: pcap_pkthdr) -> Timestamp {
    Timestamp(
      nanoseconds: Int64(header.ts.tv_sec) &* 1_000_000_000 &+ Int64(header.ts.tv_usec) &* timeUnit)
  }

  /// Frames since the capture began; counts go on where libpcap's 32 bits wrap, if asked often enough.
  func statistics() -> InterfaceStatistics {
    var raw = pcap_stat()
    guard unsafe pcap_stats(handle, &raw) == 0 else { return totals }
    totals.received &+= UInt64(raw.ps_recv &- last.received)
    totals.droppedByKernel &+= UInt64(raw.ps_drop &- last.kernel)
    totals.droppedByInterface &+= UInt64(raw.ps_ifdrop &- last.interface)
    last = (raw.ps_recv, raw.ps_drop, raw.ps_ifdrop)
    return totals
  }

  private func failure() -> CaptureError {
    let text = unsafe errorText(handle)
    // libpcap has no code for it.
    if text.contains("disappeared") { return CaptureError(.interfaceGone, path: interface.name) }
    return CaptureError(.capture(text), path: interface.name)
  }

  private static func activate(_ name: String, _ options: LiveOptions) throws(CaptureError) -> OpaquePointer {
    try Libpcap.require(for: name)
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let handle = unsafe pcap_create(name, &message) else {
      throw CaptureError(.capture(messageText(message)), path: name)
    }
    unsafe pcap_set_snaplen(handle, Int32(clamping: max(options.snapLength, 1)))
    unsafe pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
    unsafe pcap_set_timeout(handle, Int32(clamping: max(options.batchTime, 1)))
    unsafe pcap_set_buffer_size(handle, Int32(clamping: max(options.bufferSize, 1 << 16)))
    unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    let status = unsafe pcap_activate(handle)
    // Above 0 are warnings, such as an interface that cannot be promiscuous.
    guard status < 0 else { return unsafe handle }
    let reason = unsafe errorText(handle)
    unsafe pcap_close(handle)
    switch status {
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED: throw CaptureError(.capturePermission, path: name)
    case PCAP_ERROR_NO_SUCH_DEVICE: throw CaptureError(.noSuchInterface, path: name)
    case PCAP_ERROR_IFACE_NOT_UP: throw CaptureError(.capture("the interface is down; bring it up first"), path: name)
    default:
      let fallback = unsafe pcap_statustostr(status).map { unsafe String(cString: $0) } ?? "error \(status)"
      throw CaptureError(.capture(reason.isEmpty ? fallback : reason), path: name)
    }
  }

  /// Sets the filter and makes reading return at once where no frame waits: on a quiet interface libpcap would
  /// otherwise block for ever, whatever the timeout.
  private static func narrow(_ handle: OpaquePointer, _ name: String, _ options: LiveOptions) throws(CaptureError) {
    // The loopback shows each frame twice, going out and coming in, and libpcap drops the first: better not to have it
    // queued and counted at all. Kernels before 4.20 refuse; nothing is lost then.
    if name == "lo" {
      var one: Int32 = 1
      unsafe setsockopt(pcap_fileno(handle), 263, 23, &one, socklen_t(MemoryLayout<Int32>.size))
    }
    // On `any`, the newer header tells the interface of each frame.
    if name == "any" { unsafe pcap_set_datalink(handle, 276) }
    if !options.filter.isEmpty {
      var program = unsafe bpf_program()
      guard unsafe pcap_compile(handle, &program, options.filter, 1, 0xffff_ffff) == 0 else {
        throw CaptureError(.badFilter(unsafe errorText(handle)), path: options.filter)
      }
      defer { unsafe pcap_freecode(&program) }
      guard unsafe pcap_setfilter(handle, &program) == 0 else {
        throw CaptureError(.badFilter(unsafe errorText(handle)), path: options.filter)
      }
    }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard unsafe pcap_setnonblock(handle, 1, &message) == 0 else {
      throw CaptureError(.capture(messageText(message)), path: name)
    }
  }
}

/// libpcap's words on what went wrong with a handle last.
private func errorText(_ handle: OpaquePointer) -> String {
  unsafe pcap_geterr(handle).map { unsafe String(cString: $0) } ?? "unknown error"
}

/// The text in one of libpcap's error buffers.
func messageText(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
