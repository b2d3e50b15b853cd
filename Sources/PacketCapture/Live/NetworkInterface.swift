import CPcap
import Glibc

/// A network interface that packets can be captured on.
public struct NetworkInterface: Hashable, Sendable {
  /// As the system calls it, for example `eth0`.
  public var name: String
  /// What libpcap says of it; empty where nothing.
  public var description: String
  /// IPv4 and IPv6 addresses as text.
  public var addresses: [String]
  /// It is switched on.
  public var isUp: Bool
  /// It has a carrier.
  public var isRunning: Bool
  /// Its frames do not leave the machine.
  public var isLoopback: Bool
  /// What its frames begin with; nil where that is not known before it is opened.
  public var linkType: LinkType?

  /// All interfaces, the one that tcpdump would choose first. No privileges are needed.
  public static func list() throws(CaptureError) -> [NetworkInterface] {
    try Libpcap.require(for: "interfaces")
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    var first: UnsafeMutablePointer<pcap_if_t>?
    guard unsafe pcap_findalldevs(&first, &message) == 0 else {
      throw CaptureError(.capture(messageText(message)), path: "interfaces")
    }
    defer { unsafe pcap_freealldevs(first) }
    var interfaces: [NetworkInterface] = []
    var next = unsafe first
    while let device = unsafe next {
      let interface = unsafe NetworkInterface(device.pointee)
      // libpcap also lists USB buses, Bluetooth adapters and netfilter queues: no networks.
      if interface.linkType != nil { interfaces.append(interface) }
      unsafe next = device.pointee.next
    }
    return interfaces
  }

  /// The interface that tcpdump would choose: libpcap sorts them by how likely they are to be wanted.
  public static func defaultName() throws(CaptureError) -> String {
    guard let best = try list().first else {
      throw CaptureError(.noSuchInterface, path: "no network interface found")
    }
    return best.name
  }

  /// Whether an interface is up just now; nil where there is none of that name.
  public static func isUp(_ name: String) -> Bool? {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var request = unsafe ifreq()
    let bytes = Array(name.utf8)
    guard bytes.count < Int(IFNAMSIZ) else { return nil }
    unsafe withUnsafeMutableBytes(of: &request.ifr_ifrn) { unsafe $0.copyBytes(from: bytes) }
    guard unsafe ioctl(descriptor, UInt(SIOCGIFFLAGS), &request) == 0 else { return nil }
    return unsafe Int32(request.ifr_ifru.ifru_flags) & Int32(IFF_UP) != 0
  }

  private init(_ device: pcap_if_t) {
    name = unsafe String(cString: device.name)
    description = unsafe device.description.map { unsafe String(cString: $0) } ?? ""
    let flags = unsafe Int32(bitPattern: device.flags)
    isUp = flags & PCAP_IF_UP != 0
    isRunning = flags & PCAP_IF_RUNNING != 0
    isLoopback = flags & PCAP_IF_LOOPBACK != 0
    linkType = Self.linkType(of: name)
    addresses = []
    var next = unsafe device.addresses
    while let entry = unsafe next {
      if let text = unsafe Self.text(entry.pointee.addr) { addresses.append(text) }
      unsafe next = entry.pointee.next
    }
  }

  private static func text(_ address: UnsafeMutablePointer<sockaddr>?) -> String? {
    guard let address = unsafe address else { return nil }
    let length: Int
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET: length = MemoryLayout<sockaddr_in>.size
    case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe getnameinfo(
      address, socklen_t(length), &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
    return status == 0 ? messageText(host) : nil
  }

  /// What Linux says of the hardware (ARPHRD_ values): opening the interface would need privileges.
  private static func linkType(of name: String) -> LinkType? {
    if name == "any" { return .linuxCooked2 }
    guard !name.contains("/"), let hardware = number(inFile: "/sys/class/net/\(name)/type") else { return nil }
    switch hardware {
    case 1, 772: return .ethernet
    case 801: return LinkType(rawValue: 105)
    case 802: return LinkType(rawValue: 119)
    case 803: return LinkType(rawValue: 127)
    case 512, 768, 769, 776, 778, 65_534: return .raw
    default: return .linuxCooked
    }
  }

  private static func number(inFile path: String) -> Int? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return Int(String(decoding: bytes[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
  }
}
