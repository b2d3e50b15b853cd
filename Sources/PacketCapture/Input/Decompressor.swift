import Glibc

/// A running program that is fed a compressed file and hands its contents back.
///
/// It is fed, not given the file to read: of a file that grows it would read what came later too, for ever if that grows
/// fast enough.
struct Decompressor: ~Copyable {
  private let program: String
  private let path: String
  private let output: Int32
  private let process: pid_t
  private var hasBeenReaped = false
  private var feed: CompressedFeed

  /// Starts `program -dc`, to be fed the file from its beginning.
  init(_ compression: Compression, file: borrowing FileDescriptor) throws(CaptureError) {
    program = compression.program
    path = file.path
    guard let size = file.size else {
      (output, process) = (-1, -1)
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(
        .notACapture("\(program)-compressed data from a pipe; decompress it on the way with \(program) -dc"), path: path
      )
    }
    var ends: [Int32] = [-1, -1]
    // Sockets can be written to without a signal where the program has ended.
    var feeds: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0,
      unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &feeds) == 0
    else {
      let reason = SystemError.text(errno)
      for end in ends where end >= 0 { close(end) }
      (output, process) = (-1, -1)
      feed = CompressedFeed(descriptor: -1, size: 0)
      throw CaptureError(.unreadable(reason), path: path)
    }
    output = ends[0]
    feed = CompressedFeed(descriptor: feeds[0], size: size)
    // Only its own ends may stay open in the child, or no reader would see the end of the data.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer {
      close(ends[1])
      close(feeds[1])
    }
    var (child, status) = (pid_t(-1), Int32(0))
    Self.spawn(program, input: feeds[1], output: ends[1], &child, &status)
    process = child
    guard status == 0 else {
      hasBeenReaped = true
      let advice = "its \(program) compression needs the program \(program): install it, or decompress the file first"
      throw CaptureError(.unreadable(status == ENOENT ? advice : SystemError.text(status)), path: path)
    }
  }

  deinit {
    if output >= 0 { close(output) }
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
    guard status == 0 else {
      throw CaptureError(.badCompression("\(program) -dc failed"), path: path)
    }
  }

  private static func spawn(
    _ program: String, input: Int32, output: Int32, _ child: inout pid_t, _ status: inout Int32
  ) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    unsafe program.withCString { name in
      unsafe "-dc".withCString { option in
        let arguments = unsafe [UnsafeMutablePointer(mutating: name), UnsafeMutablePointer(mutating: option), nil]
        let environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
        status = unsafe posix_spawnp(&child, program, &actions, nil, arguments, environment)
      }
    }
  }
}
