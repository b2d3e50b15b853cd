import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Rows of values, and tests for CI.
@Suite struct TabularFormatTests {
  private static let failing = Sample.failing("version")

  @Test func rowsHaveTheFieldsThatWereAskedFor() throws {
    let fields = "index,server.port,causes.0.code,client_hellos.0.supported_versions.name,negotiated,nothing"
    let run = try Program.run([
      "analyze", "samples/version", "--format", "csv", "--fields",
      "capture,server.port,causes.0.code,causes.code,client_hellos.supported_versions.name,negotiated",
    ])
    #expect(
      run.output == """
        capture,server.port,causes.0.code,causes.code,client_hellos.supported_versions.name,negotiated
        samples/version/failing.pcap,9443,tls.version,tls.version,TLS 1.2,
        samples/version/working.pcap,9443,none,none,"TLS 1.3,TLS 1.2,TLS 1.1,TLS 1.0",version=id=772 name=TLS 1.3 cipher_suite=id=4866 name=TLS_AES_256_GCM_SHA384 group=id=29 name=x25519 alpn= resumed=false

        """)
    #expect(run.status == 1 && run.errors.isEmpty)
    let refused = try Program.run(["analyze", Self.failing, "--format", "csv", "--fields", fields])
    #expect(refused.status == 2 && refused.errors.contains("'nothing' is no field"))
  }

  @Test(arguments: ["1", "4"])
  func tabsPartValuesInTSV(_ jobs: String) throws {
    let run = try Program.run(["analyze", "samples", "--format", "tsv", "--jobs", jobs])
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let connections = try Program.run(["analyze", "samples", "--format", "json"]).objects().count
    #expect(lines.count == connections + 2 && lines.last?.isEmpty == true)
    let columns = lines.dropLast().map { $0.split(separator: "\t", omittingEmptySubsequences: false).count }
    #expect(columns.allSatisfy { $0 == 16 })
  }

  @Test func aComparisonIsOneRow() throws {
    let run = try Program.run([
      "diff", Sample.working("version"), Self.failing, "--format", "csv", "--fields",
      "causes.0.code,failing.server.port,working.outcome,divergence.stage",
    ])
    #expect(run.output.hasSuffix("\ntls.version,9443,established,client_hello\n"))
    #expect(
      try Program.run(["show", Self.failing, "--format", "csv", "--fields", "outcome"]).output == "outcome\nfailed\n")
  }

  @Test func fieldsAreListedAndMisspeltOnesAnswered() throws {
    let list = try Program.run(["analyze", "--fields", "list"])
    #expect(list.status == 0 && list.output.contains("\nclient_hellos.server_name\n"))
    #expect(try Program.run(["diff", "--format", "csv", "--fields=list"]).output.contains("\nfailing.causes.code\n"))
    let run = try Program.run(["analyze", Self.failing, "--format", "csv", "--fields", "causes.0.cod"])
    #expect(run.status == 2 && run.errors.contains("did you mean causes.code?"))
    #expect(try Program.run(["analyze", Self.failing, "--fields", "index"]).status == 2)
  }

  /// Each member that the schemas know is in the list, as `scripts/generate-field-paths` writes it.
  @Test(.enabled(if: LiveLab.hasPython, "needs python3"))
  func theListIsThatOfTheSchemas() throws {
    let run = try Program.shell(
      """
      cp -r scripts docs "$TMPDIR" && mkdir -p "$TMPDIR/Sources/Reporting/Fields" && "$TMPDIR/scripts/generate-field-paths" \
        && swift format "$TMPDIR/Sources/Reporting/Fields/FieldPaths+Schemas.swift" > /dev/null 2>&1; \
        diff -b "$TMPDIR/Sources/Reporting/Fields/FieldPaths+Schemas.swift" Sources/Reporting/Fields/FieldPaths+Schemas.swift
      """.replacing("$TMPDIR", with: try folder.url.path))
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
  private let kept = Result { try TemporaryFolder() }
  private var folder: TemporaryFolder { get throws { try kept.get() } }

  @Test func everyMemberOfAConnectionIsKnown() throws {
    let known = FieldPaths.all
    let objects = try Program.run(["analyze", "samples", "--format", "json"]).objects()
    func check(_ value: Any, _ path: String) {
      if let members = value as? [String: Any] {
        for (name, member) in members where name != "omitted" { check(member, path.isEmpty ? name : "\(path).\(name)") }
      } else if let elements = value as? [Any] {
        for element in elements { check(element, path) }
      }
      if !path.isEmpty { #expect(FieldPaths.isKnown(path, among: known), "\(path)") }
    }
    for object in objects { check(object, "") }
  }

  // MARK: Hostile text

  @Test(arguments: HostileCapture.places.keys.sorted(), ["csv", "tsv"])
  func aRowIsALineWhateverPacketsHold(_ place: String, _ format: String) throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places[place])
    let capture = try folder.add("in.pcap", Sample.capture(of: frames))
    let fields =
      "index,client_hellos.server_name,client_hellos.alpn,certificates.subject,plaintext.excerpt,causes.title,outcome"
    let run = try Program.run(["analyze", "--all", capture.path, "--format", format, "--fields", fields])
    let lines = run.output.split(separator: "\n")
    #expect(lines.count <= 2)
    #expect(
      run.output.unicodeScalars.allSatisfy { scalar in
        scalar == "\n" || scalar == "\t"
          || !(scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format)
      })
    if format == "tsv" {
      #expect(lines.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 7 })
    }
  }

  @Test(arguments: ["=1+1+cmd|' /", "@SUM(1)xxxxx", "-2+3xxxxxxxx", "+1xxxxxxxxxx"])
  func noNameIsAFormula(_ name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = Array(name.utf8.prefix(12)) + [UInt8](repeating: 0x78, count: max(0, 12 - name.utf8.count))
    let capture = try folder.add("in.pcap", Sample.renamed(Self.failing, "service.test", to: bytes))
    for format in ["csv", "tsv"] {
      let run = try Program.run([
        "analyze", capture.path, "--format", format, "--fields", "client_hellos.0.server_name",
      ])
      #expect(run.output.split(separator: "\n")[1].hasPrefix("'"), "\(run.output)")
    }
  }

  @Test func quotesAreDoubledAndNumbersKept() {
    let report = FieldReport(.commas, fields: ["a\"b", "c,d", "plain"])
    #expect(report.opening(title: "") == "\"a\"\"b\",\"c,d\",plain\n")
  }

  @Test func treesAreTakenApart() throws {
    let tree = try #require(JSONTree(Array(#"{"a":[{"b":"\u00e9\ud83d\ude00\n"},{"b":null}],"n":-1.5,"t":true}"#.utf8)))
    #expect(tree.values(at: ["a", "b"]).map(\.plain) == ["é😀\n", ""])
    #expect(tree.values(at: ["a", "1", "b"]).map(\.plain) == [""])
    #expect(tree.values(at: ["a", "7"]).isEmpty && tree.values(at: ["n", "x"]).isEmpty)
    #expect(tree.values(at: ["n"]).first?.plain == "-1.5" && tree.values(at: ["t"]).first?.plain == "true")
    for broken in ["", "{", "[1", #"{"a"}"#, #""\ud83d""#, String(repeating: "[", count: 100)] {
      #expect(JSONTree(Array(broken.utf8)) == nil, "\(broken)")
    }
  }

  // MARK: JUnit

  /// What a CI system takes from a file.
  private final class Suites: NSObject, XMLParserDelegate {
    var names: [String] = []
    var tests: [[String: String]] = []
    var failures: [(type: String, message: String)] = []
    var skipped = 0
    var counted = (tests: 0, failures: 0)

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      switch element {
      case "testsuite":
        names.append(attributes["name"] ?? "")
        counted.tests += Int(attributes["tests"] ?? "") ?? 0
        counted.failures += Int(attributes["failures"] ?? "") ?? 0
      case "testcase": tests.append(attributes)
      case "failure": failures.append((attributes["type"] ?? "", attributes["message"] ?? ""))
      case "skipped": skipped += 1
      default: break
      }
    }
  }

  private func suites(_ text: String) throws -> Suites {
    let suites = Suites()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = suites
    #expect(parser.parse(), "\(String(describing: parser.parserError)): \(text)")
    return suites
  }

  @Test(arguments: ["1", "4"])
  func eachConnectionIsATest(_ jobs: String) throws {
    let run = try Program.run(["analyze", "samples", "--format", "junit", "--jobs", jobs])
    #expect(run.status == 1 && run.errors.isEmpty)
    let suites = try suites(run.output)
    #expect(suites.tests.count == suites.counted.tests && suites.failures.count == suites.counted.failures)
    #expect(suites.failures.map(\.type).sorted().prefix(2) == ["cert.rejected", "cert.untrusted"])
    #expect(suites.names.contains(Self.failing))
    #expect(suites.tests.contains { $0["name"] == "1: 127.0.0.1:42792 → 127.0.0.1:9443 service.test" })
    #expect(suites.tests.allSatisfy { Double($0["time"] ?? "") != nil })
  }

  @Test func aComparisonIsATest() throws {
    let failed = try suites(Program.run(["diff", Sample.working("version"), Self.failing, "--format", "junit"]).output)
    #expect(failed.failures.first?.type == "tls.version" && failed.tests.count == 1)
    let passed = try suites(
      Program.run(["diff", Sample.working("version"), Sample.working("version"), "--format", "junit"]).output)
    #expect(passed.failures.isEmpty && passed.tests.count == 1)
  }

  @Test(arguments: HostileCapture.places.keys.sorted())
  func xmlStaysXML(_ place: String) throws {
    let folder = try TemporaryFolder()
    let frames = try #require(HostileCapture.places[place])
    let capture = try folder.add("in.pcap", Sample.capture(of: frames))
    let run = try Program.run(["analyze", "--all", capture.path, "--format", "junit"])
    #expect(try suites(run.output).tests.count == 1)
    #expect(!run.output.contains("<script") && !run.output.contains("\u{1b}") && !run.output.contains("\u{202e}"))
    #expect(XMLText.escape("a\u{ffff}<&>\"'\u{1}") == "a\\u{ffff}&lt;&amp;&gt;&quot;&#39;\\x01")
  }

  // MARK: Elastic Common Schema

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/jq"), "needs jq"))
  func theRecipeForTheElasticCommonSchemaWorks() throws {
    let document = try String(contentsOf: Program.root.appendingPathComponent("docs/json.md"), encoding: .utf8)
    let recipe = try #require(
      document.components(separatedBy: "```jq\n").dropFirst().first?.components(separatedBy: "```")[0])
    let folder = try TemporaryFolder()
    let file = try folder.add("ecs.jq", Data(recipe.utf8))
    let run = try Program.shell("tlswhy analyze --format json samples/version | /usr/bin/jq -c -f '\(file.path)'")
    let events = try run.objects()
    #expect(events.count == 2 && run.errors.isEmpty)
    let failed = try #require(events.first)
    #expect((failed["event"] as? [String: Any])?["outcome"] as? String == "failure")
    #expect((failed["error"] as? [String: Any])?["code"] as? String == "tls.version")
    let tls = try #require(events.last?["tls"] as? [String: Any])
    #expect(
      tls["version"] as? String == "1.3" && tls["established"] as? Bool == true && tls["curve"] as? String == "x25519")
    #expect(events.last?["error"] == nil)
  }
}
