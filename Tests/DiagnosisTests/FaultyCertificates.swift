import Foundation
import HandshakeModel

/// Certificates on P-256, valid until 2126, each with a fault of its own: made with OpenSSL, as DER in Base64.
enum FaultyCertificates {
  /// CN=svc.test without a subjectAltName, for key agreement, must-staple.
  static let commonNameOnly = bytes(
    "MIIBODCB36ADAgECAgEBMAoGCCqGSM49BAMCMBMxETAPBgNVBAMMCHN2Yy50ZXN0MCAXDTI2MTEzMDIyNTczMVoYDzIxMjYxMTA2"
      + "MjI1NzMxWjATMREwDwYDVQQDDAhzdmMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHf6xXZYvzGouJhvjOudnA9zj9YQ"
      + "UKgfn8xsuogIRQJkCmilwPANCh+meDT1M+MdECHAD1SDLsVaRT7WZPghq0ujIjAgMAsGA1UdDwQEAwIDCDARBggrBgEFBQcBGAQF"
      + "MAMCAQUwCgYIKoZIzj0EAwIDSAAwRQIgHZAg0Y2IwufszoTNmwYs1BDOie3ldl7sslC6n5zOq68CIQC8+5FuzLvSzJW0S7qc6bPq"
      + "fXTcM99VdEexZF/77KgHMw==")

  /// CN=no authority, self-signed with CA:FALSE.
  static let noAuthority = bytes(
    "MIIBLDCB0qADAgECAgECMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDG5vIGF1dGhvcml0eTAgFw0yNjExMzAyMjU3MzJaGA8yMTI2"
      + "MTEwNjIyNTczMlowFzEVMBMGA1UEAwwMbm8gYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYRlk09bO8STqqmeA"
      + "Ea++Sb5K4cFSXVsWuZX5uU7CtacHvIwxkuBSd97cCVUB4KDzjnjY5qN4Kg+54m+zSVS0A6MNMAswCQYDVR0TBAIwADAKBggqhkjO"
      + "PQQDAgNJADBGAiEA4QhaS0b8iisKKxvLDocDDZSdrJWOQlkkMqPjNQpFfEYCIQDX8gFqXz9cvXEW8VbK3QGQFutsWOz17A7xumFp"
      + "y7GsSg==")

  /// For svc.test, issued by ``noAuthority``.
  static let byNoAuthority = bytes(
    "MIIBMjCB2KADAgECAgEDMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDG5vIGF1dGhvcml0eTAgFw0yNjExMzAyMjU3MzJaGA8yMTI2"
      + "MTEwNjIyNTczMlowEzERMA8GA1UEAwwIc3ZjLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASs9MVuZhRX4EKgc9iKlSNF"
      + "kEl0aY/ssAlyqpipBMd+dlkuxsVjzf5y6iAF4zirh2leugjgrukURJ+bX0j1S/OEoxcwFTATBgNVHREEDDAKgghzdmMudGVzdDAK"
      + "BggqhkjOPQQDAgNJADBGAiEAxOyfxDl0ZhWtomZ686i6rKB8a1hHI2cF5iy933xPOtACIQDn1aZGk3Olh5wGbGOliwCDYbTISnbn"
      + "C3yxIzu+vN/QlA==")

  /// CN=root with pathLenConstraint 0.
  static let root = bytes(
    "MIIBIzCBy6ADAgECAgEEMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3QwIBcNMjYxMTMwMjI1NzMyWhgPMjEyNjExMDYyMjU3"
      + "MzJaMA8xDTALBgNVBAMMBHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASAM5YwYuDXxj/iPgfSle6H8PoMySgPMrzba8bN"
      + "wVS7MwA64yb6dQAq+D45Xhk913J/NRsfNLkD9OH54z9Ac1FooxYwFDASBgNVHRMBAf8ECDAGAQH/AgEAMAoGCCqGSM49BAMCA0cA"
      + "MEQCIEuReAdfmfSs0PMLJ3YWZXvdvANRi1lBgNQkaoZcrG4aAiByNTo/95neb5/Ky/pcH0GKRjwzVQtfMOhWfrHgKyzHXg==")

  /// CN=root again, with another key.
  static let otherRoot = bytes(
    "MIIBIDCByKADAgECAgEEMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3QwIBcNMjYxMTMwMjI1NzMyWhgPMjEyNjExMDYyMjU3"
      + "MzJaMA8xDTALBgNVBAMMBHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR3iYL1lkz42VXU/r6nUCBZjccwPzjm2n3sYATd"
      + "T3vQjCpl+U62GBjrMbIdmEYV43AKHRyRSQyVEBWnYgrxv11poxMwETAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQC"
      + "IFBI9EgAsXSLbVzweVkXPa1uX8vhNEBu8eVL3XBBrfgcAiA8nryaXx5xAWvIc5CNgpXQm0/9CN9mo1ynR7qebkbSfA==")

  /// CN=intermediate, issued by ``root``.
  static let intermediate = bytes(
    "MIIBKDCB0KADAgECAgEFMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3QwIBcNMjYxMTMwMjI1NzMzWhgPMjEyNjExMDYyMjU3"
      + "MzNaMBcxFTATBgNVBAMMDGludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGTl+2k7ljCzQj2yECtXS6y4qXV3"
      + "iQFN4+npuIsthGjbEn1SzKFzX7Vf1YztYnPifnSQ4f6RAJQp9STQre2E2sSjEzARMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0E"
      + "AwIDRwAwRAIgFLUFRSGXcqBeBuqIr0xDzjTQ9r2N1wZH+MRrH7O+RWECIDQhLeRV3/jae+hjj1buJmqLKJuFRiJPerSDapLLctI5")

  /// For svc.test, issued by ``intermediate``.
  static let leaf = bytes(
    "MIIBMDCB2KADAgECAgEGMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDGludGVybWVkaWF0ZTAgFw0yNjExMzAyMjU3MzNaGA8yMTI2"
      + "MTEwNjIyNTczM1owEzERMA8GA1UEAwwIc3ZjLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARdPby4zjxkldMpKC7KvZbs"
      + "3bN0Y3fgNNQ82Jxc5hSyKnmKTCf3cyqhySxnvipfq05T4xZgW15U7NW1kTz8DINZoxcwFTATBgNVHREEDDAKgghzdmMudGVzdDAK"
      + "BggqhkjOPQQDAgNHADBEAiB40VpMqCMCFXFcJUJDY+oUsJPrUAIVfz457wmqAvnlsgIgbn63qWKp7xq4YK2h3ar94jVzhB6a/4p5"
      + "4Vd5tLgsepc=")

  /// An OCSP response by ``intermediate`` that says that ``leaf`` is revoked.
  static let staple = bytes(
    "MIIBGAoBAKCCAREwggENBgkrBgEFBQcwAQEEgf8wgfwwgaOhGTAXMRUwEwYDVQQDDAxpbnRlcm1lZGlhdGUYDzIwMjYxMTMwMjI1"
      + "NzMzWjB1MHMwOjAJBgUrDgMCGgUABBSczRNnO9xtTPYHFLsHKhYLbDp5YgQU0H+JCD/yZdwgViDSQwe1/YphlZQCAQahERgPMjAy"
      + "NTAxMDEwMDAwMDBaGA8yMDI2MTEzMDIyNTczM1qgERgPMjEyNjExMDYyMjU3MzNaMAoGCCqGSM49BAMCA0gAMEUCIQCK5oPWlYoD"
      + "enudsf3mh1JXyd6Lx/pX+wkMJrVzx/RAAwIgIbG2KyoA3cAR+YrNXVA1Mlm4igionoBNXzYClPdMixg=")

  private static func bytes(_ text: String) -> [UInt8] { Data(base64Encoded: text).map(Array.init) ?? [] }
}
