import Glibc

/// A running program that decompresses a file and hands the result over through a pipe.
struct Decompressor: ~Copyable {
  private let program: String
  private let path: String
  private let output: Int32
  private let process: pid_t
  private var hasBeenReaped = false

  /// Starts `program -dc` on the file, from its beginning.
  init(_ compression: Compression, file: borrowing FileDescriptor) throws(CaptureError) {
    program = compression.program
    path = file.path
    var ends: [Int32] = [-1, -1]
    guard lseek(file.rawValue, 0, SEEK_SET) == 0 else {
      (output, process) = (-1, -1)
      throw CaptureError(
        .notACapture("\(program)-compressed data from a pipe; decompress it on the way with \(program) -dc"), path: path
      )
    }
    guard unsafe pipe(&ends) == 0 else {
      (output, process) = (-1, -1)
      throw CaptureError(.unreadable(SystemError.text(errno)), path: path)
    }
    output = ends[0]
    defer { close(ends[1]) }
    // Only its own end may stay open in the child, or no other reader would see the end of the data.
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    var (child, status) = (pid_t(-1), Int32(0))
    Self.spawn(program, input: file.rawValue, output: ends[1], &child, &status)
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

  /// Reads up to the buffer's size; 0 is the end of a file that decompressed well.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
    let count = try FileDescriptor.uninterrupted(path) {
      unsafe Glibc.read(output, buffer.baseAddress, buffer.count)
    }
    guard count == 0 else { return count }
    guard !hasBeenReaped else { return 0 }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    hasBeenReaped = true
    guard status == 0 else {
      throw CaptureError(.badCompression("\(program) -dc failed"), path: path)
    }
    return 0
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
