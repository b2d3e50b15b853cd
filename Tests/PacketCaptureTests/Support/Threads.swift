import Glibc

@_silgen_name("unshare") private func unshare(_ flags: Int32) -> Int32

/// Work for one thread, and what came of it.
private final class Work {
  let body: () throws -> Any
  var result: Result<Any, any Error>?

  init(_ body: @escaping () throws -> Any) { self.body = body }
}

/// Runs `body` on a thread of its own, which may give up its privileges or its network without harm to other tests.
func onNewThread<Value>(_ body: @escaping () throws -> Value) throws -> Value? {
  let work = Work(body)
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { pointer in
      guard let pointer = unsafe pointer else { return nil }
      let work = unsafe Unmanaged<Work>.fromOpaque(pointer).takeUnretainedValue()
      work.result = Result { try work.body() }
      return nil
    }, Unmanaged.passUnretained(work).toOpaque())
  guard status == 0 else { return nil }
  pthread_join(thread, nil)
  return try work.result?.get() as? Value
}

/// Runs `body` on a thread with a network of its own, which vanishes with it; nil where that is not allowed.
///
/// Sockets belong to the network of the thread that opens them, and so do the children of that thread. The network has
/// a loopback and two ends of a cable, `tw0` and `tw1`, which are down.
func inNetworkNamespace<Value>(_ body: @escaping () throws -> Value) throws -> Value? {
  let value: Value?? = try onNewThread {
    let newNetwork: Int32 = 0x4000_0000
    guard unshare(newNetwork) == 0 else { return nil }
    guard shell("ip link set lo up && ip link add tw0 type veth peer name tw1").status == 0 else { return nil }
    return try body()
  }
  return value ?? nil
}
