/// A layer under test and how bytes are fed to it.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  init(_ name: String, _ run: @escaping @Sendable ([UInt8]) -> Void) { (self.name, self.run) = (name, run) }

  static let all: [FuzzTarget] = [
    .capture, .frames, .table, .reassembly, .conversation, .handshake, .certificate, .ocsp, .quic, .dtls, .dns, .logs,
    .keylog, .pipeline, .dialogue,
  ]
}
