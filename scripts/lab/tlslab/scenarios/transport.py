"""Failures below TLS: names, addresses, connections, packets that vanish."""

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, CABLE6, DUAL, Net
from ..pki import Leaf
from ..program import NO_SERVER
from ..scenario import Scenario

ANY_DROP6 = ("server", "ip6tables -A INPUT -p tcp --dport {port} -j DROP")


def rejecting(kind, side="server", chain="INPUT"):
    return CABLE.with_rules((side, f"iptables -A {chain} -p tcp --dport {{port}} -j REJECT --reject-with {kind}"))


def by_dns(mode, *records):
    return (servers.nginx(bind="any4"), servers.dns(mode, *records))


NAMED = Net(kind="cable", families="")

DNS = [
    Scenario(
        f"dns-{mode}-{stack}", "dns.no-answer", title, by_dns("answer", "{server4}"), clients.curl(), bad,
        bad_servers=by_dns(mode), net=NAMED, name=name, nameserver=True, port=port, expect=expect, capture=capture)
    for mode, stack, title, bad, name, port, expect, capture in (
        ("nxdomain", "go", "the name does not exist", clients.go(), "api.prod.example", 443, "no such host", Capture()),
        ("servfail", "curl", "the name server answers SERVFAIL", clients.curl(), "orders.example", 8443,
         "Could not resolve", Capture()),
        ("silent", "python", "the name server never answers", clients.python(), "ldap.corp.example", 636,
         "gaierror", Capture(interface="any")),
        ("empty", "node", "the name has no address: NOERROR without records", clients.node(), "queue.example", 5671,
         "ENOTFOUND|ENODATA", Capture(pcapng=True)),
        ("refused", "java11", "the name server refuses to answer", clients.java(11), "vault.example", 8200,
         "UnknownHost", Capture()),
    )
]

TCP = [
    Scenario(
        "refused-go-v6", "tcp.refused", "nothing listens on the port, IPv6", (servers.go(),), clients.curl(),
        clients.go(), bad_servers=(NO_SERVER,), net=CABLE6, name="db.test", port=6380, expect="refused"),
    Scenario(
        "refused-wrong-port-rustls", "tcp.refused", "the client goes to a port next to the right one",
        (servers.granian(),), clients.curl(), clients.curl("--connect-to", "::{name}:9444"), net=CABLE,
        name="svc.test", port=9443, expect="refused|connect to", capture=Capture(pcapng=True)),
    Scenario(
        "refused-rst-late-node", "tcp.refused", "the server is down; the firewall answers for it with RST",
        (servers.nginx(bind="any4"),), clients.node(), clients.node(), net=CABLE, name="web.test", port=443,
        bad_net=rejecting("tcp-reset"), expect="ECONNREFUSED", capture=Capture(interface="any")),
    Scenario(
        "timeout-curl-v6", "tcp.timeout", "a firewall drops the SYN, IPv6", (servers.openssl(bind="any6"),),
        clients.curl(), clients.curl("--connect-timeout", "5"), net=CABLE6,
        bad_net=CABLE6.with_rules(ANY_DROP6), name="edge.test", port=4433, expect="[Tt]imed? ?out|Timeout"),
    Scenario(
        "timeout-synack-lost-go", "tcp.timeout", "the server's SYN-ACK never arrives: asymmetric filter",
        (servers.go(),), clients.gnutls(), clients.go(), net=CABLE,
        bad_net=CABLE.with_rules(("server", "iptables -A OUTPUT -p tcp --sport {port} -j DROP")), name="payments.test", port=8444, expect="timeout",
        capture=Capture(nanoseconds=True)),
    Scenario(
        "unreachable-host-curl", "tcp.unreachable", "a router says host unreachable", (servers.nginx(bind="any4"),),
        clients.curl(), clients.curl(), net=CABLE, bad_net=rejecting("icmp-host-unreachable"), name="node7.test",
        port=443, expect="No route to host|timed out|Could not connect|Couldn't connect|Failed to connect"),
    Scenario(
        "unreachable-prohibited-java", "tcp.unreachable", "a firewall says administratively prohibited",
        (servers.granian(),), clients.curl(), clients.java(21), net=CABLE,
        bad_net=rejecting("icmp-admin-prohibited"), name="node8.test", port=9443, expect="NoRoute|No route"),
    Scenario(
        "unreachable-net-go", "tcp.unreachable", "a router says network unreachable", (servers.go(),),
        clients.curl(), clients.go(), net=CABLE, bad_net=rejecting("icmp-net-unreachable"), name="node9.test",
        port=8443, expect="unreachable|no route", capture=Capture(interface="any")),
    Scenario(
        "unreachable-v6-noroute-python", "tcp.unreachable", "a router says no route to destination, ICMPv6",
        (servers.nginx(bind="any6"),), clients.curl(), clients.python(), net=CABLE6,
        bad_net=CABLE6.with_rules(
            ("server", "ip6tables -A INPUT -p tcp --dport {port} -j REJECT --reject-with icmp6-no-route")),
        name="node6.test", port=443, expect="unreachable|No route"),
]

FAMILY = [
    Scenario(
        "family-v6-dropped-java", "tcp.address-family", "IPv6 is dropped by a firewall, IPv4 works; Java takes ::",
        (servers.nginx(),), clients.curl("--ipv4"), clients.java(17, **{"java.net.preferIPv6Addresses": "true"}),
        accept=("tcp.timeout",), net=DUAL, bad_net=DUAL.with_rules(ANY_DROP6), name="dual.test", port=443,
        expect="timed out"),
    Scenario(
        "family-v4-refused-curl", "tcp.address-family", "the server listens on IPv6 only; the client goes to IPv4 only",
        (servers.openssl(bind="any6"),), clients.curl(), clients.curl("--ipv4"),
        accept=("tcp.refused",), net=DUAL, name="v6only.test", port=8443, expect="refused|onnect"),
    Scenario(
        "family-v6-prohibited-java21", "tcp.address-family", "IPv6 is administratively prohibited, IPv4 works",
        (servers.granian(),), clients.go(), clients.java(21, **{"java.net.preferIPv6Addresses": "true"}),
        accept=("tcp.unreachable",), net=DUAL,
        bad_net=DUAL.with_rules(
            ("server", "ip6tables -A INPUT -p tcp --dport {port} -j REJECT --reject-with icmp6-adm-prohibited")),
        name="api.test", port=9443, expect="Permission denied|NoRoute|prohibited|unreachable"),
    Scenario(
        "family-v6-forwarder-reset-java25", "tcp.address-family",
        "a forwarder on ::1 accepts and resets; 127.0.0.1 works; the client takes ::1",
        (servers.nginx(bind="lo4"), servers.odd("forward", host="::1", reset=True)), clients.python(to="127.0.0.1", sni="localhost"),
        clients.java(25, **{"java.net.preferIPv6Addresses": "true"}), accept=("tcp.closed-on-accept",),
        net=Net(families="64"), leaf=Leaf(names=("localhost", "127.0.0.1")), port=5443, capture=Capture(keep="port {port}"),
        expect="reset|terminated"),
    Scenario(
        "family-fallback-fine", "none", "IPv6 is refused and curl falls back to IPv4 by itself: nothing is wrong",
        (servers.granian(),), clients.curl(), clients.curl("--http1.1"), net=Net(kind="cable", families="64"),
        works=True, name="fallback.test", port=9443),
]

CLOSED = [
    Scenario(
        "closed-haproxy-no-backend", "tcp.closed-on-accept", "haproxy passes TLS through, its backend is down",
        (servers.haproxy(mode="tcp", tls=False, backend=lambda place: f"server s 127.0.0.1:{place.back_port}"),
         servers.nginx(bind="lo4", front=False)), clients.curl(), clients.java(21),
        bad_servers=(servers.haproxy(mode="tcp", tls=False, backend=lambda place: f"server s 127.0.0.1:{place.back_port}"),),
        net=CABLE, name="shop.test", port=443, expect="terminated|reset"),
    Scenario(
        "closed-socat-dead-backend-rustls", "tcp.closed-on-accept", "a socat forwarder whose target is gone",
        (servers.command("socat", "socat", "TCP-LISTEN:{port},fork,reuseaddr", "TCP:127.0.0.1:9443"),
         servers.command("granian 2.8 (rustls 0.23, hyper)", front=False,
                         script=lambda place: servers.granian(bind="lo4", front=False).command(place))),
        clients.curl(), clients.rustls(),
        bad_servers=(servers.command("socat", "socat", "TCP-LISTEN:{port},fork,reuseaddr", "TCP:127.0.0.1:9443"),),
        net=CABLE, name="fwd.test", port=8443, expect="ERR", parties="socat + granian 2.8 (rustls 0.23, hyper)"),
    Scenario(
        "closed-limit-rst-go", "tcp.closed-on-accept", "the server is over its connection limit and resets",
        (servers.odd("limit", allowed=10), servers.go(front=False)), clients.curl(), clients.go(),
        bad_servers=(servers.odd("limit", allowed=0, reset=True), servers.go(front=False)), net=CABLE,
        name="busy.test", port=7443, expect="reset|EOF", capture=Capture(keep="port {port}")),
    Scenario(
        "closed-access-list-fin-gnutls", "tcp.closed-on-accept", "an access list accepts and closes at once",
        (servers.gnutls(),), clients.gnutls(), clients.gnutls(), bad_servers=(servers.odd("close"),), net=CABLE,
        name="acl.test", port=5001, expect="rror|terminated|reset", capture=Capture(side="server")),
    Scenario(
        "closed-after-hello-rst-node", "tcp.closed-on-accept", "the listener reads the hello and resets",
        (servers.node(),), clients.node(), clients.node(), bad_servers=(servers.odd("close", count=4000, reset=True),),
        net=CABLE, name="queue.test", port=5671, expect="ECONNRESET", capture=Capture(interface="any")),
]

LARGE = Leaf(padding=60, names=("big.test",))
VANISH_DOWN = ("client", "iptables -A INPUT -p tcp --sport {port} -m length --length 1101:65535 -j DROP")
LOST_ON_THE_WAY = (
    ("server", "tc qdisc add dev eth0 clsact"),
    ("server", "tc filter add dev eth0 egress protocol ip u32 match ip protocol 6 0xff match u16 0x0400 0x0400 at 2 "
               "action mirred egress redirect dev lo"),
)
VANISH_UP = ("server", "iptables -A INPUT -p tcp --dport {port} -m length --length 401:65535 -j DROP")

PATH = [
    Scenario(
        "mtu-server-flight-curl", "tcp.path-mtu", "the server's large certificate flight vanishes on the way to the client",
        (servers.nginx(bind="any4"),), clients.curl(), clients.curl(),
        net=CABLE, bad_net=CABLE.with_rules(*LOST_ON_THE_WAY),
        accept=("tcp.server-silent",), leaf=LARGE, name="big.test", port=443, expect="timed out|Timeout"),
    Scenario(
        "mtu-server-flight-tls12-java-serverside", "tcp.path-mtu",
        "the server's large certificate vanishes; captured at the server, where the retransmissions show",
        (servers.openssl("-tls1_2"),), clients.curl(), clients.java(17), net=CABLE,
        bad_net=CABLE.with_rules(VANISH_DOWN), leaf=LARGE, name="big.test", port=8443,
        expect="Read timed out", capture=Capture(side="server")),
    Scenario(
        "mtu-client-hello-java", "tcp.path-mtu", "segments over 400 bytes vanish on the way to the server, a tunnel's MTU",
        (servers.granian(),), clients.openssl("-groups", "P-256", "-sigalgs", "ECDSA+SHA256", "-ciphersuites",
                                             "TLS_AES_128_GCM_SHA256", "-tls1_3"), clients.java(21), net=CABLE,
        bad_net=CABLE.with_rules(VANISH_UP), name="tunnel.test", port=9443, expect="Read timed out"),
    Scenario(
        "mtu-pq-hello-v6-chrome", "tcp.path-mtu", "a post-quantum sized hello vanishes, small segments pass, IPv6",
        (servers.go(),), clients.go(),
        clients.chrome(profile="chrome131"), net=CABLE6, bad_net=CABLE6.with_rules(
            ("server", "ip6tables -A INPUT -p tcp --dport {port} -m length --length 1281:65535 -j DROP")),
        name="v6tunnel.test", port=8443, expect="[Tt]imed out|Timeout"),
]

RESETS = [
    Scenario(
        f"reset-injected-{stack}", "tcp.reset-injected", title,
        (servers.nginx(bind="any4"), servers.odd("inject", label="middlebox", listens=False, word="unused", **options)), clients.curl(), bad,
        bad_servers=(servers.nginx(bind="any4"), servers.odd("inject", label="middlebox", listens=False, word=name, **options)),
        bad_net=CABLE.with_rules(("server", f"iptables -A INPUT -p tcp -m string --string {name} --algo bm -j DROP")),
        accept=("tcp.closed-on-accept",), net=CABLE, name=name, port=443, expect=expect)
    for stack, title, name, bad, expect, options in (
        ("go", "a middlebox resets by SNI; its TTL is not the server's", "blocked.test", clients.go(), "reset",
         {"ttl": 47}),
        ("burst-python", "a middlebox sends three resets with other sequence numbers", "forbidden.test",
         clients.python(), "reset", {"ttl": 255, "burst": 3, "ip_id": 0x1234}),
        ("java25", "a middlebox resets without ACK flag, with a window and an IP-ID of its own", "censored.test",
         clients.java(25), "reset", {"ttl": 128, "acknowledge": False, "window": 1024}),
    )
] + [
    Scenario(
        "reset-by-server-python", "tcp.closed-on-accept", "the server itself resets after the hello: its own TTL and IP-ID",
        (servers.python(),), clients.curl(), clients.python(),
        bad_servers=(servers.odd("close", count=100, reset=True, delay=0.05),), net=CABLE, name="own.test", port=8883,
        expect="reset"),
]

SILENT = [
    Scenario(
        "silent-rustls-client", "tcp.server-silent", "the server process hangs: accepts, never answers",
        (servers.granian(),), clients.curl(), clients.rustls(), bad_servers=(servers.odd("silent"),), net=CABLE,
        name="hung.test", port=9443, expect="timed out|would block|unavailable|ERR"),
    Scenario(
        "silent-backlog-java", "tcp.server-silent", "a stopped server: the kernel accepts and acknowledges, nobody reads",
        (servers.openssl(),), clients.curl(), clients.java(11), bad_servers=(servers.odd("silent", count=1),),
        net=DUAL, name="stopped.test", port=4443, expect="timed out", capture=Capture(pcapng=True)),
    Scenario(
        "silent-alternate-curl-v6", "tcp.server-silent", "a debug port that waits for input, IPv6",
        (servers.openssl(bind="any6"),), clients.curl(), clients.curl("-m", "4"),
        bad_servers=(servers.odd("silent", host="::"),), net=CABLE6, name="debug.test", port=8787, expect="timed out|Timeout"),
]

TABLE = DNS + TCP + FAMILY + CLOSED + PATH + RESETS + SILENT
