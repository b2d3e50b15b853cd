/// What the name of a cipher suite says, in six bytes: the generated table holds one of these a suite.
struct CipherSuiteFacts {
  let keyExchange: CipherSuite.KeyExchange
  let authentication: CipherSuite.Authentication
  let bulkCipher: CipherSuite.BulkCipher
  let mode: CipherSuite.Mode
  let macHash: CipherSuite.HashFunction
  let prfHash: CipherSuite.HashFunction

  init(
    _ keyExchange: CipherSuite.KeyExchange, _ authentication: CipherSuite.Authentication,
    _ bulkCipher: CipherSuite.BulkCipher, _ mode: CipherSuite.Mode, _ macHash: CipherSuite.HashFunction,
    _ prfHash: CipherSuite.HashFunction
  ) {
    self.keyExchange = keyExchange
    self.authentication = authentication
    self.bulkCipher = bulkCipher
    self.mode = mode
    self.macHash = macHash
    self.prfHash = prfHash
  }
}
