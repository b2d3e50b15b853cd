import Glibc
import NetworkValues
import PacketCapture
import Testing

/// Linux keeps capabilities per thread: each test gives them up on a thread of its own.
@Suite struct PrivilegesTests {
  /// What `body` throws on a thread without any capability.
  private func failureWithoutCapabilities(_ body: @escaping () throws -> Void) throws -> CaptureError? {
    let failure: CaptureError?? = try onNewThread {
      try Privileges.drop(to: nil)
      do {
        try body()
        return nil
      } catch {
        return error as? CaptureError
      }
    }
    return failure ?? nil
  }

  @Test func capabilitiesAreGoneAfterTheDrop() throws {
    let status = try onNewThread {
      try Privileges.drop(to: nil)
      return String(decoding: contents(ofFile: "/proc/thread-self/status"), as: UTF8.self)
    }
    #expect(status?.contains("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n") == true)
  }

  @Test func noPowerCanBeGainedAfterTheDrop() throws {
    let status = try onNewThread {
      try Privileges.drop(to: nil)
      return String(decoding: contents(ofFile: "/proc/thread-self/status"), as: UTF8.self)
    }
    #expect(status?.contains("NoNewPrivs:\t1\n") == true)
    // Without root the bounding set stays: nothing can be had from it then.
    #expect(geteuid() != 0 || status?.contains("CapBnd:\t0000000000000000\n") == true)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root")) func whoeverIsConfinedMayKeepItsCapabilities() throws {
    let status = try onNewThread {
      try Privileges.confine(keepsCapabilities: true)
      return String(decoding: contents(ofFile: "/proc/thread-self/status"), as: UTF8.self)
    }
    #expect(status?.contains("NoNewPrivs:\t1\n") == true)
    #expect(status?.contains("CapBnd:\t0000000000000000\n") == true)
    #expect(status?.contains("CapEff:\t0000000000000000\n") == false)
  }

  @Test func capturingWithoutTheCapabilitySaysHowToGetIt() throws {
    let error = try failureWithoutCapabilities { _ = try LiveCapture(LiveOptions(interfaces: ["lo"])) }
    #expect(error?.kind == .capturePermission)
    #expect(error?.description.contains("run with sudo") == true)
    #expect(error?.description.contains("setcap cap_net_raw+ep") == true)
  }

  @Test func aFileThatMayNotBeReadIsDenied() throws {
    let file = TemporaryFile([1])
    unsafe chmod(file.path, 0)
    let error = try failureWithoutCapabilities { _ = try PacketSource(path: file.path) }
    #expect(error == CaptureError(.permissionDenied, path: file.path))
  }

  @Test func aFileThatMayNotBeWrittenIsAnError() throws {
    let file = TemporaryFile([1])
    unsafe chmod(file.path, 0o400)
    let error = try failureWithoutCapabilities { _ = try CaptureWriter(path: file.path) }
    #expect(error == CaptureError(.unwritable("Permission denied"), path: file.path))
  }

  @Test func theInterfacesAreListedWithoutPrivileges() throws {
    let names = try onNewThread {
      try Privileges.drop(to: nil)
      return try NetworkInterface.list().map(\.name)
    }
    #expect(names?.contains("lo") == true)
  }

  @Test func nobodyOwnsNothing() {
    #expect(UserIdentity.nobody.user != 0)
  }
}
