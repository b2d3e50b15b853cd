import Testing

@testable import TLSProtocol

struct KeyRSATests {
  /// An RSAPublicKey, with the modulus 2^255 + 95, or what a test needs.
  private func key(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
    DER.sequence(DER.element(0x02, modulus), DER.element(0x02, exponent))
  }

  private let odd = [0x00, 0x80] + [UInt8](repeating: 0, count: 30) + [0x5f]

  @Test func powersAreTakenModuloTheModulus() throws {
    let key = try #require(RSAPublicKey(der: key(modulus: odd, exponent: [3])))
    // 2^3 = 8, and (n - 1)^3 = -1.
    #expect(key.recover([UInt8](repeating: 0, count: 31) + [2]) == [UInt8](repeating: 0, count: 31) + [8])
    let last = [0x80] + [UInt8](repeating: 0, count: 30) + [0x5e] as [UInt8]
    #expect(key.recover(last) == last)
  }

  /// Random numbers; the powers are Python's.
  static let vectors: [(modulus: String, exponent: String, base: String, power: String)] = [
    (
      modulus: "8b3510b0b46ee1da317017a6205738d16018366cf658f7a75ed34fe53a096533",
      exponent: "03",
      base: "6694f229359b154881a0d5b3ffc6e35ccfaf00103f584ad4230824d215ceb3a1",
      power: "7177d17af4b8bbaf105c1568c0d038de4eba6f91faf4b7edb3e5ffb91ef6ad0b"
    ),
    (
      modulus: "0192b850ad7eb72f8263f65da874007cb47cc661e97589ca4a07c15471a4517d6d",
      exponent: "010001",
      base: "01051e2670c24f6aa83bf36a147c2f7ad016edc5d467164890d49d0ac1e5b80638",
      power: "005b549f4d0a260dc490cbd436e56063169ac0b9a885d15db354f43275d19d9492"
    ),
    (
      modulus: "a9b7e3ea1d1d784fb9db434b610b1631e941aa79e6edaf80796d3bc4685ca8af852a5fba444adf43",
      exponent: "11",
      base: "1b941f4360908405d45c39a39ec353c162e917d310269470d0718c1afdd9a78d18dff3934223aa56",
      power: "8d75634c3782c85f3c203fd23007e350a0efbfb0e620c36df30f02012cf4d714923794dbffc6fe83"
    ),
    (
      modulus:
        """
      909b51c6322463278ecef2d30194df943c353a0106e6c08269844dbc0ca65423a9e744b24e7f61701e1607b1c4b0f913063c
      02e56756a3e9570edca4eca92d04a3
      """,
      exponent: "010001",
      base:
        """
      8e492091f271f47e49e18692e295990881ba9be85a74cda9c49436d6f6dc3d716bf22ff5fd25f0f21231a06a7cb3aa75ab7d
      1944ff09974b85f2306d4a8a2ad16e
      """,
      power:
        """
      72c6113a995b36a5317b70930136ca229534b2377667c5caf673fa0c04f5c912b8797cfbbb780411a934b186800a8c1ef218
      ee45cda0265e9bc42cd5dcf7c13057
      """
    ),
    (
      modulus:
        """
      9fbd873580ed55037ea03260d7ef27bba4d70dfcf3332eb05b6659eab3bfcd5d50545214b0afb81e8824918818fd64f799ef
      936ac3a8db5628865529228dc5196d16328fe0c99f3edae3df9c5b507a37
      """,
      exponent: "0100000001",
      base:
        """
      86fc1635855c9ee6c3a7db151b451e20a9c8510115d3542d08b664e518593dfbb783171249eb257711e9e99196a881fe1484
      05df6aff8737683b4eb172308da69062206b68fc60bf239805543b51f400
      """,
      power:
        """
      0b740ffa9be59a979fa0ffdeaa48c61a2b811bf38d3055fd03340822e5fbcc21dc88876b417cb04f632c1de4236d3686c95f
      5a6fa2d2b29397c349a970c7ffaedcb6c57374495ccf8910ed2bbd0c6fba
      """
    ),
    (
      modulus:
        """
      8f35c7ee337fbfbf6cd5ef05dea55631eb00c0b01b5db51125f707c19e534fac5659f840584ca632b1be6686fa1ee966aa92
      dc1b6aa88045e062e6b76c573e304f23f0a53ee9a12142045652ac308edbda101f0ed69abccb10fae5f845260642c1b54b1c
      5a7cfd3fcc8142a736efbbf85fcec56a512756064e5c33b37d
      """,
      exponent: "01fffffff1",
      base:
        """
      52be4840aa1472a676e8aa79a64be649d89cf8a1914a207a5f01b61f9932388d28a5b3998b85113bd3be7393646255191d86
      96f3bc52f8cca33abc36438064365b335f860991a84344b486126ed1bbc62d80a940d599a6db54c1710ba6bfbc494bf7c0cb
      4afa8910de17e4d8d28723160d6eb31588d44ab53b5d3588cf
      """,
      power:
        """
      81d90f7b04b4e751076d130ae73f15bbdd57e724600792630ec7e6dbafad86790237d8c005502b45ed784ee4074a7c6f9360
      8af0c062cc06874247fe09f060499be3a712c2c51082bbf0b4ebc1de6177b33d6ce773a8b0bcb8dda9b40969dbd18b8ee090
      cb8f2ae5673bb307bbb3315e333d18e590af1166fca5e920a3
      """
    ),
  ]

  @Test(arguments: vectors)
  func powersOfEverySizeAgree(_ vector: (modulus: String, exponent: String, base: String, power: String)) throws {
    let key = try #require(
      RSAPublicKey(der: key(modulus: [0] + bytes(vector.modulus), exponent: bytes(vector.exponent))))
    #expect(key.recover(bytes(vector.base)) == bytes(vector.power))
  }

  @Test func numbersBeyondTheModulusAreRefused() throws {
    let key = try #require(RSAPublicKey(der: key(modulus: odd, exponent: [3])))
    #expect(key.recover(Array(odd.dropFirst())) == nil)
    #expect(key.recover([UInt8](repeating: 0xff, count: 32)) == nil)
    #expect(key.recover([1]) == nil)
    #expect(!key.verifies([UInt8](repeating: 0, count: 32), content: [UInt8](repeating: 0, count: 40)))
  }

  @Test func whatIsNoKeyIsRefused() {
    let even = Array(odd.dropLast()) + [0x5e]
    #expect(RSAPublicKey(der: key(modulus: even, exponent: [3])) == nil)
    #expect(RSAPublicKey(der: key(modulus: odd, exponent: [4])) == nil)
    #expect(RSAPublicKey(der: key(modulus: odd, exponent: [1])) == nil)
    #expect(RSAPublicKey(der: key(modulus: odd, exponent: [2, 0, 0, 0, 1])) == nil, "an exponent of 34 bits")
    #expect(RSAPublicKey(der: key(modulus: odd, exponent: [])) == nil)
    #expect(RSAPublicKey(der: key(modulus: [3], exponent: [3])) == nil)
    #expect(RSAPublicKey(der: key(modulus: [UInt8](repeating: 0xff, count: 600), exponent: [3])) == nil)
    #expect(RSAPublicKey(der: [0x30, 0x00]) == nil)
  }
}
