import ArgumentParser
import PacketCapture
import Reporting

/// `tlswhy interfaces`: what can be captured on.
struct Interfaces: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interfaces",
    abstract: "List the network interfaces that packets can be captured on.",
    discussion: "The first is the one that capture chooses. With --format json each is one object on a line.")

  @Option(name: .long, help: "How to write the list.")
  var format = LineFormatName.text

  @OptionGroup var report: DestinationOptions

  func run() throws {
    let interfaces: [NetworkInterface]
    let preferred: String?
    do throws(CaptureError) {
      interfaces = try NetworkInterface.list()
      preferred = try? NetworkInterface.defaultName()
    } catch {
      throw Failure(error.exitStatus, error.description)
    }
    try report.openOutput()
    if format == .json {
      for interface in interfaces { Output.write(json(interface, isDefault: interface.name == preferred)) }
    } else {
      writeTable(interfaces, preferred)
    }
  }

  private func writeTable(_ interfaces: [NetworkInterface], _ preferred: String?) {
    let names = interfaces.map { $0.name + ($0.name == preferred ? " *" : "") }
    let width = names.map(\.count).max() ?? 0
    for (name, interface) in zip(names, interfaces) {
      let padding = String(repeating: " ", count: width - name.count)
      let state = interface.state.padding(to: 9)
      let link = interface.linkName.padding(to: 12)
      let addresses = interface.addresses.joined(separator: ", ")
      let remark = addresses.isEmpty ? interface.description : addresses
      let line = "\(name)\(padding)  \(state)  \(link)  \(remark)"
      Output.write(line.trimmingTrailingSpaces + "\n")
    }
    if preferred != nil, !report.quiet { Output.write("* is what capture chooses by itself\n") }
  }

  private func json(_ interface: NetworkInterface, isDefault: Bool) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: 512)
    writer.beginObject()
    writer.key("schema")
    writer.string("tlswhy.interface/1")
    writer.key("name")
    writer.string(interface.name)
    writer.key("description")
    writer.string(interface.description)
    writer.key("addresses")
    writer.beginArray()
    for address in interface.addresses { writer.string(address) }
    writer.endArray()
    let marks: [(StaticString, Bool)] = [
      ("up", interface.isUp), ("running", interface.isRunning), ("loopback", interface.isLoopback),
      ("default", isDefault),
    ]
    for (name, value) in marks {
      writer.key(name)
      writer.bool(value)
    }
    writer.key("link_type")
    if interface.linkType == nil { writer.null() } else { writer.string(interface.linkName) }
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

extension NetworkInterface {
  fileprivate var state: String { isUp ? isRunning ? "up" : "no link" : "down" }

  /// As libpcap and tcpdump call it, shortened to what people say.
  fileprivate var linkName: String {
    switch linkType {
    case nil: ""
    case .ethernet: isLoopback ? "Loopback" : "Ethernet"
    case .raw: "IP"
    case .linuxCooked, .linuxCooked2: "Linux cooked"
    case .some(let other): "type \(other.rawValue)"
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
