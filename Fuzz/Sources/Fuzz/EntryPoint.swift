import Glibc

/// libFuzzer calls this for each input; TLSWHY_FUZZ names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
  chosenTarget.run(bytes)
  return 0
}

private let chosenTarget: FuzzTarget = {
  let name = unsafe getenv("TLSWHY_FUZZ").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    print("TLSWHY_FUZZ must name a target: " + FuzzTarget.all.map(\.name).joined(separator: " "))
    exit(2)
  }
  return target
}()

/// Stops where a claim about the code under test does not hold; libFuzzer then keeps the input.
func claim(_ holds: Bool, _ what: @autoclosure () -> String) {
  guard !holds else { return }
  print("claim does not hold: " + what())
  fflush(nil)
  abort()
}
