import Foundation

/// The built program, run as a user runs it.
enum Program {
  /// The package's folder: what relative paths in arguments start from.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The program lies beside the test bundle, whatever the configuration and the scratch path.
  static let executable: URL = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
    let beside = bundle.components(separatedBy: ".xctest")[0]
    let candidates = [
      URL(fileURLWithPath: beside).deletingLastPathComponent(), root.appendingPathComponent(".build/debug"),
    ].map { $0.appendingPathComponent("tlswhy") }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[1]
  }()

  /// Runs the program with nothing of this process's environment but what is given.
  static func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Run {
    try launch(executable, arguments, input: input, environment: environment)
  }

  /// Runs a line of shell in which `tlswhy` is the program.
  static func shell(_ line: String) throws -> Run {
    let function = "tlswhy() { '\(executable.path)' \"$@\"; }\n"
    return try launch(URL(fileURLWithPath: "/bin/bash"), ["-c", function + line], input: Data(), environment: [:])
  }

  private static func launch(
    _ executable: URL, _ arguments: [String], input: Data, environment: [String: String]
  ) throws -> Run {
    // Files, not pipes: a full pipe would stop the program while nobody reads.
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: folder.add("input", input))
    let (output, errors) = (try folder.add("output", Data()), try folder.add("errors", Data()))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    // The threads that tests run on block signals, and what they start would inherit that.
    var none = sigset_t()
    var mask = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &mask)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &mask, nil) }
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// What became of a run.
struct Run {
  /// The exit code, or the signal that ended the program.
  var status: Int32
  var wasKilled: Bool
  var output: String
  var errors: String

  /// Standard error, line by line.
  var complaints: [Substring] { errors.split(separator: "\n") }

  /// One JSON value a line.
  func objects() throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The commands of every remedy and next step.
  func commandsToPaste() throws -> [String] {
    try objects().flatMap { object in
      let causes = object["causes"] as? [[String: Any]] ?? []
      let items = causes.flatMap { cause in
        (cause["remedies"] as? [[String: Any]] ?? []) + (cause["next_steps"] as? [[String: Any]] ?? [])
      }
      return items.compactMap { $0["command"] as? String }
    }
  }
}
