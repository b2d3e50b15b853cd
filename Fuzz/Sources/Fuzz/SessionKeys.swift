import Glibc
import TLSProtocol

/// The secrets of the sessions among the seeds: TLSWHY_FUZZ_KEYS names the file that holds them.
enum SessionKeys {
  static let keyLog: KeyLog = {
    var log = KeyLog()
    guard let path = unsafe getenv("TLSWHY_FUZZ_KEYS"), let file = unsafe fopen(path, "r") else { return log }
    defer { unsafe fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    log.append(lines: Array(buffer[..<count]))
    return log
  }()
}
