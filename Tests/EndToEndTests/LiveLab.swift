import Foundation

/// Real traffic for the built program: shell scripts in a network of their own, with OpenSSL's server and curl.
enum LiveLab {
  static let requirement = "needs Linux, root (network namespaces), ip, openssl and curl"

  static let isAvailable: Bool = {
    let tools = ["unshare", "ip", "openssl", "curl"]
    guard tools.allSatisfy({ tool in path.contains { isProgram("\($0)/\(tool)") } }) else { return false }
    let lab = try? Program.shell(
      "PATH=\(path.joined(separator: ":")); unshare --net --mount --pid --fork --mount-proc ip link set lo up")
    return lab?.status == 0
  }()

  static let hasTshark = isProgram("/usr/bin/tshark")
  static let hasPython = path.contains { isProgram("\($0)/python3") }

  private static let path = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

  private static func isProgram(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// A certificate for localhost, made once.
  private static let credentials: TemporaryFolder? = {
    guard let folder = try? TemporaryFolder() else { return nil }
    let made = try? Program.shell(
      """
      cd '\(folder.url.path)' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem
      chmod 755 . && chmod 644 *.pem
      """)
    return made?.status == 0 ? folder : nil
  }()

  /// What scripts may use. `$tlswhy` is the program, the working directory one of their own, and the network empty but
  /// for a loopback; `localhost` has both address families.
  private static let prelude = """
    ip link set lo up
    printf '127.0.0.1 localhost\\n::1 localhost\\n' > hosts && mount --bind hosts /etc/hosts
    # await FILE PATTERN: until a line of it matches, for 20 seconds at most.
    await() { for _ in {1..400}; do grep -q -- "$2" "$1" 2>/dev/null && return; sleep 0.05; done; echo "no $2 in $1" >&2; }
    # server ADDRESS PORT OPTION...: OpenSSL's server; $server is its process.
    server() {
      openssl s_server -accept "$1:$2" -cert cert.pem -key key.pem -www "${@:3}" > server.log 2>&1 & server=$!
      for _ in {1..400}; do
        grep -qE ":$(printf %04X "$2") 0+:0000 0A" /proc/net/tcp /proc/net/tcp6 && return; sleep 0.05
      done
    }
    # capture NAME OPTION...: begins one, into NAME.out and NAME.err; $capture is its process.
    capture() {
      rm -f "$1.err"
      "$tlswhy" capture "${@:2}" > "$1.out" 2> "$1.err" & capture=$!
      await "$1.err" 'listening on'
    }
    get() { curl -sk -m 5 "$@" > /dev/null; }

    """

  /// Runs a script. What it leaves running ends with it: it is the first process of a namespace.
  static func run(_ script: String) throws -> Run {
    let folder = try TemporaryFolder()
    for name in ["cert.pem", "key.pem"] {
      guard let source = credentials?.url.appendingPathComponent(name) else { break }
      _ = try folder.add(name, Data(contentsOf: source))
    }
    let file = try folder.add("script", Data((prelude + script).utf8))
    return try Program.shell(
      """
      export PATH=\(path.joined(separator: ":")) tlswhy='\(Program.executable.path)'
      cd '\(folder.url.path)' && chmod 755 . && timeout 100 unshare --net --mount --pid --fork --kill-child --mount-proc bash '\(file.path)'
      """)
  }
}
