import CGlibc
import Glibc

/// A running program that is fed a compressed file and hands its contents back.
///
/// It is fed, not given the file to read: of a file that grows it would read what came later too, for ever if that grows
/// fast enough.
struct Decompressor: ~Copyable {
  private let program: String
  private let path: String
  private let output: Int32
  /// What the program says of what went wrong.
  private let complaints: Int32
  private let process: pid_t
  private var hasBeenReaped = false
  private var feed: CompressedFeed

  /// Starts the program, to be fed the file from its beginning, with as much memory as ``Compression/memoryLimit`` grants.
  init(_ compression: Compression, file: borrowing FileDescriptor) throws(CaptureError) {
    program = compression.program
    path = file.path
    guard let size = file.size else {
      (output, complaints, process) = (-1, -1, -1)
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(
        .notACapture("\(program)-compressed data from a pipe; decompress it on the way with \(program) -dc"), path: path
      )
    }
    guard let results = Self.makePipe() else {
      (output, complaints, process) = (-1, -1, -1)
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(Self.shortage(errno), path: path)
    }
    output = results.reading
    defer { close(results.writing) }
    // Nobody listens before the end: what there is no room for is not said.
    guard let words = Self.makePipe(O_NONBLOCK) else {
      (complaints, process) = (-1, -1)
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(Self.shortage(errno), path: path)
    }
    complaints = words.reading
    defer { close(words.writing) }
    // A socket can be written to without a signal where the program has ended.
    var feeds: [Int32] = [-1, -1]
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &feeds) == 0 else {
      process = -1
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(Self.shortage(errno), path: path)
    }
    feed = CompressedFeed(descriptor: feeds[0], size: size)
    defer { close(feeds[1]) }
    var (child, status) = (pid_t(-1), Int32(0))
    Self.spawn(
      [program] + compression.arguments, input: feeds[1], output: results.writing, complaints: words.writing,
      &child, &status)
    process = child
    if status == 0 { Self.limitMemory(of: child) }
    guard status == 0 else {
      hasBeenReaped = true
      let advice = "its \(program) compression needs the program \(program): install it, or decompress the file first"
      throw CaptureError(.unreadable(status == ENOENT ? advice : SystemError.text(status)), path: path)
    }
  }

  deinit {
    if output >= 0 { close(output) }
    if complaints >= 0 { close(complaints) }
    if process > 0, !hasBeenReaped {
      kill(process, SIGTERM)
      waitpid(process, nil, 0)
    }
  }

  /// Reads up to the buffer's size; 0 is the end of a file that decompressed well. `bytesFed` counts what was read of the
  /// file itself.
  mutating func read(
    from file: borrowing FileDescriptor, counting bytesFed: inout Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(CaptureError) -> Int {
    guard !hasBeenReaped else { return 0 }
    while true {
      var descriptors = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: feed.descriptor, events: Int16(POLLOUT), revents: 0),
      ]
      _ = try FileDescriptor.uninterrupted(path) { unsafe Int(poll(&descriptors, UInt(descriptors.count), -1)) }
      if descriptors[1].revents != 0 { try feed.send(from: file, counting: &bytesFed) }
      guard descriptors[0].revents != 0 else { continue }
      let count = try FileDescriptor.uninterrupted(path) {
        unsafe Glibc.read(output, buffer.baseAddress, buffer.count)
      }
      guard count == 0 else { return count }
      try requireSuccess()
      return 0
    }
  }

  private mutating func requireSuccess() throws(CaptureError) {
    feed.end()
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    hasBeenReaped = true
    guard status == 0 else { throw CaptureError(failure, path: path) }
  }

  /// Why the program failed, as far as its words say.
  private var failure: CaptureError.Kind {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(complaints, $0.baseAddress, $0.count) }
    let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    // "Memory usage limit reached", "Frame requires too much memory for decoding", "Cannot allocate memory".
    return words.contains("emory") ? .compressionNeedsMemory(program) : .badCompression("\(program) -dc failed")
  }

  /// Why no pipe can be had: seven descriptors are needed for a moment.
  private static func shortage(_ code: Int32) -> CaptureError.Kind {
    let text = SystemError.text(code)
    return .unreadable(code == EMFILE ? "\(text): decompressing it needs more; raise the limit (ulimit -n)" : text)
  }

  /// Both ends of a new pipe. Only the ends that a child is given by name may stay open in it, or no other reader would see
  /// the end of the data.
  private static func makePipe(_ flags: Int32 = 0) -> (reading: Int32, writing: Int32)? {
    var ends: [Int32] = [-1, -1]
    // Closed in children from the start: another thread may start one at any moment.
    guard unsafe pipe2(&ends, O_CLOEXEC | flags) == 0 else { return nil }
    return (ends[0], ends[1])
  }

  /// A bound for programs that know none of their own, or a fault of theirs: four times what the compression may take.
  private static func limitMemory(of process: pid_t) {
    let bytes = rlim_t(Compression.memoryLimit) << 22
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    _ = unsafe prlimit(process, Int32(RLIMIT_DATA.rawValue), &limit, nil)
  }

  private static func spawn(
    _ command: [String], input: Int32, output: Int32, complaints: Int32, _ child: inout pid_t, _ status: inout Int32
  ) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO)
    var arguments = unsafe command.map { unsafe strdup($0) }
    defer { unsafe arguments.forEach { unsafe free($0) } }
    unsafe arguments.append(nil)
    // Without a language of its own the program speaks as its authors wrote it.
    let environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    status = unsafe posix_spawnp(&child, command[0], &actions, nil, arguments, environment)
  }
}
