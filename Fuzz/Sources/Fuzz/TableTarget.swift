import NetworkProtocols
import NetworkValues

extension FuzzTarget {
  /// The connection table against a dictionary.
  static let table = FuzzTarget("table") { bytes in
    var script = InputScript(bytes)
    var table = ConnectionTable()
    var model: [ConnectionKey: Int] = [:]
    var slot: UInt32 = 0
    while !script.isAtEnd {
      let operation = script.byte()
      // Few keys, so that they meet; as many as 4096, so that the table grows.
      let number = script.word() & (operation & 0x40 != 0 ? 0xfff : 0x1f)
      let one = Endpoint(address: IPAddress(ipv4: UInt32(number & 0x3f)), port: UInt16(number >> 6))
      let other =
        operation & 0x20 != 0
        ? Endpoint(address: IPAddress(ipv6High: UInt64(number) << 40, low: 1), port: 443)
        : Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: 443)
      let key =
        operation & 0x10 != 0
        ? ConnectionKey(source: one, destination: other) : ConnectionKey(source: other, destination: one)
      switch operation & 0x0f {
      case 0..<6:
        slot &+= 1
        table.insert(key, slot: slot)
        model[key] = Int(slot)
      case 6..<10: claim(table.remove(key) == model.removeValue(forKey: key), "remove gives what was stored")
      case 15 where operation & 0x80 != 0:
        table.removeAll()
        model = [:]
      default: claim(table.find(key) == model[key], "find gives what was stored")
      }
      claim(table.count == model.count, "the table counts its flows")
    }
    for (key, value) in model { claim(table.find(key) == value, "nothing is lost") }
  }
}
