import Glibc
import NetworkValues
import PacketCapture

/// Tells a command's packets from everybody else's.
///
/// The kernel's socket lists say which process holds a socket, for as long as it lives. The socket of a refused
/// connection lives for microseconds and is in no list when one looks. So a connection is the command's if one of its
/// ends was seen in the command's hands; or if it was opened from this host while the command ran and nobody else was
/// seen to hold it. The second kind may be another process's, where that one opens and closes within milliseconds: each
/// SYN is a reason to look at once.
struct FlowOwners {
  private struct Record {
    /// Whose SYN came first; nil where none was captured.
    var client: Flow?
    /// On `any` one packet may pass several interfaces; each direction's first one counts.
    var interfaces: [Flow: UInt32] = [:]
  }

  private var tree: ProcessTree
  private var records: [Flow: Record] = [:]
  private var own: Set<Flow> = []
  private var ownPorts: Set<UInt16> = []
  /// Flows whose socket was seen in hands that are not the command's.
  private var foreign: Set<Flow> = []
  private var foreignPorts: Set<UInt16> = []
  private let localAddresses: Set<IPAddress>
  private var lastPoll = ContinuousClock.now - .seconds(1)
  /// A connection was opened since the last look.
  private var isLookWanted = false

  private static let pollInterval = Duration.milliseconds(15)
  private static let shortestPause = Duration.milliseconds(2)

  init(root: pid_t) {
    tree = ProcessTree(root: root)
    localAddresses = Self.addressesOfThisHost()
  }

  // MARK: While the command runs

  /// Looks who holds which socket, if the last look is a while ago.
  mutating func pollIfDue() {
    let age = ContinuousClock.now - lastPoll
    if age >= Self.pollInterval || isLookWanted && age >= Self.shortestPause { poll() }
  }

  /// Sends a signal to the command and all that it started.
  mutating func end(with signal: Int32) {
    tree.update()
    for process in tree.members { kill(process, signal) }
  }

  mutating func poll() {
    // Sockets first: one that is opened in between is missed, and not taken for somebody else's.
    let sockets = Socket.tcp()
    let datagrams = Socket.udp()
    tree.update()
    let inodes = tree.socketInodes()
    for socket in sockets where inodes.contains(socket.inode) { own.insert(socket.flow) }
    for socket in datagrams where inodes.contains(socket.inode) { ownPorts.insert(socket.flow.local.port) }
    // One that was there before and is there after the command's hands were looked through is in other hands. One that
    // has gone meanwhile may have been the command's.
    let others = sockets.filter { !inodes.contains($0.inode) && !foreign.contains($0.flow) }
    if !others.isEmpty {
      let still = Set(Socket.tcp().map(\.inode))
      for socket in others where still.contains(socket.inode) { foreign.insert(socket.flow) }
    }
    let otherDatagrams = datagrams.filter { !inodes.contains($0.inode) && !foreignPorts.contains($0.flow.local.port) }
    if !otherDatagrams.isEmpty {
      let still = Set(Socket.udp().map(\.inode))
      for socket in otherDatagrams where still.contains(socket.inode) { foreignPorts.insert(socket.flow.local.port) }
    }
    isLookWanted = false
    lastPoll = ContinuousClock.now
  }

  /// Notes a frame; false where it is surely somebody else's.
  mutating func observe(_ facts: FrameFacts, interface: UInt32) -> Bool {
    if facts.kind == .tcp {
      if facts.isSYN, !own.contains(facts.flow), !foreign.contains(facts.flow) {
        isLookWanted = true
        pollIfDue()
      }
      let key = self.key(facts.flow)
      if facts.isSYN, records[key]?.client == nil { records[key, default: Record()].client = facts.flow }
      if records[key]?.interfaces[facts.flow] == nil {
        records[key, default: Record()].interfaces[facts.flow] = interface
      }
    }
    return isOwn(facts) || !isForeign(facts)
  }

  // MARK: When it has ended

  /// Whether a frame belongs to the command.
  func keeps(_ facts: FrameFacts, interface: UInt32) -> Bool {
    switch facts.kind {
    case .tcp:
      if let first = records[key(facts.flow)]?.interfaces[facts.flow], first != interface { return false }
      return keepsConnection(facts.flow)
    case .udp: return keepsDatagram(facts.flow)
    case .icmp: return facts.quotesUDP ? keepsDatagram(facts.flow) : keepsConnection(facts.flow)
    }
  }

  private func keepsConnection(_ flow: Flow) -> Bool {
    if own.contains(flow) || own.contains(flow.reversed) { return true }
    guard let client = records[key(flow)]?.client, !foreign.contains(client) else { return false }
    return client.local.address.isLoopback || localAddresses.contains(client.local.address)
  }

  /// Of datagrams nobody saw the owner of, only lookups of names are kept.
  private func keepsDatagram(_ flow: Flow) -> Bool {
    if ownPorts.contains(flow.local.port) || ownPorts.contains(flow.remote.port) { return true }
    guard flow.local.port == 53 || flow.remote.port == 53 else { return false }
    let port = flow.local.port == 53 ? flow.remote.port : flow.local.port
    return !foreignPorts.contains(port)
  }

  private func isOwn(_ facts: FrameFacts) -> Bool {
    own.contains(facts.flow) || own.contains(facts.flow.reversed)
  }

  private func isForeign(_ facts: FrameFacts) -> Bool {
    guard facts.kind == .tcp, let client = records[key(facts.flow)]?.client else { return false }
    return foreign.contains(client)
  }

  /// One key for both directions.
  private func key(_ flow: Flow) -> Flow { flow.local < flow.remote ? flow : flow.reversed }

  private static func addressesOfThisHost() -> Set<IPAddress> {
    let texts = (try? NetworkInterface.list())?.flatMap(\.addresses) ?? []
    return Set(texts.compactMap { IPAddress(host: $0) })
  }
}
