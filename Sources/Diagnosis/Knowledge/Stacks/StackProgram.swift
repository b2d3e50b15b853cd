/// What is known of a program above a TLS implementation. One of which much is known has a file in `Programs`, others
/// stand in that of their stack; the stack's ``StackProfile/programs`` lists them.
struct StackProgram: Sendable {
  /// Which one it is.
  let product: StackProduct
  /// Whom remedies for it are for, the most specific first.
  let audiences: [Audience]
  /// What shows it in a ClientHello that is its stack's; one of these is enough.
  let hello: [Sign]
  /// Words of a plaintext answer by which its servers name themselves, in lower case.
  let banners: [String]
  /// What its logs say, beside what its stack's errors say.
  var logs: [LogPattern] { makeLogs() }
  /// A command that makes it write its keys; nil where the stack's own way is all there is.
  let keyLog: ShellCommand?

  /// Made when they are asked for, as ``StackProfile/logs`` are.
  private let makeLogs: @Sendable () -> [LogPattern]

  /// A way to tell the program from others on the same stack.
  struct Sign: Sendable {
    /// In words.
    var text: String
    /// All have to show.
    var traits: [StackTrait]
    init(_ text: String, _ traits: [StackTrait]) { (self.text, self.traits) = (text, traits) }
  }

  init(
    _ product: StackProduct, audiences: [Audience], hello: [Sign] = [], banners: [String] = [],
    logs: @autoclosure @escaping @Sendable () -> [LogPattern] = [], keyLog: ShellCommand? = nil
  ) {
    self.product = product
    self.audiences = audiences
    self.hello = hello
    self.banners = banners
    makeLogs = logs
    self.keyLog = keyLog
  }
}
