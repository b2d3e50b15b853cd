import Glibc

/// Runs a shell command and returns what it prints to standard output, and its exit status.
func shell(_ command: String) -> (output: String, status: Int32) {
  guard let pipe = unsafe popen(command, "r") else { return ("", -1) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = unsafe fread(&chunk, 1, chunk.count, pipe)
    if count == 0 { break }
    bytes += chunk[..<count]
  }
  let status = unsafe pclose(pipe)
  return (String(decoding: bytes, as: UTF8.self), status >> 8)
}

func isInstalled(_ program: String) -> Bool { shell("command -v \(program)").status == 0 }
