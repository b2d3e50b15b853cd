"""The same failures seen through other paths: routers, mirror ports, overlays, tunnels, upgrades, reused ports."""

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, ROUTED, Net
from ..pki import Leaf
from ..scenario import Scenario

HIDDEN = ("cert.rejected",)
RSA = Leaf(key="rsa2048")
NGINX12 = servers.nginx(versions="TLSv1.2", bind="any4")
AT_ROUTER = Capture(side="middle")
SPAN = Net(kind="span", families="4", vlans=(205,))
SPAN_QINQ = Net(kind="span", families="6", vlans=(100, 7))
VXLAN = Net(kind="vxlan", families="4")
TUN = Net(kind="tun", families="4")
TUN6 = Net(kind="tun", families="6")
NAT = ROUTED.with_rules(
    ("middle", "iptables -t nat -A PREROUTING -p tcp -d 10.99.0.9 --dport {port} -j DNAT --to-destination {server4}"),
    ("middle", "iptables -t nat -A POSTROUTING -o right -j MASQUERADE"))


def row(identifier, cause, title, server, good, bad, accept=(), **more):
    return Scenario(identifier, cause, title, server if isinstance(server, tuple) else (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "path.test"} | more))


ROUTERS = [
    row("routed-any-untrusted12-java", "cert.untrusted", "captured on all interfaces of a router: every packet twice", NGINX12,
        clients.curl(), clients.java(17, ca="other_ca"), net=ROUTED, capture=AT_ROUTER, port=443, expect="PKIX"),
    row("routed-any-version-go", "tls.version", "captured on all interfaces of a router: every packet twice", servers.granian(),
        clients.curl(), clients.go(max="1.2"), net=ROUTED, capture=AT_ROUTER, port=9443, expect="protocol version"),
    row("routed-any-fine-node", "none", "captured on all interfaces of a router: every packet twice, nothing is wrong", servers.node(),
        clients.node(), clients.node(), works=True, net=ROUTED, capture=AT_ROUTER, port=8443),
    row("nat-any-expired12-gnutls", "cert.expired", "captured at a router that translates addresses: each connection under two pairs of them",
        NGINX12, clients.gnutls("--sni-hostname={name}", "--verify-hostname={name}", to="10.99.0.9"),
        clients.gnutls("--sni-hostname={name}", "--verify-hostname={name}", to="10.99.0.9"),
        bad_leaf=Leaf(names=("path.test",), starts=-9, ends=-1), net=NAT, capture=AT_ROUTER, port=443, expect="expired"),
    row("routed-host-unreachable-curl", "tcp.unreachable", "the router itself says host unreachable: the server's network is gone",
        servers.nginx(bind="any4"), clients.curl(), clients.curl(), net=ROUTED, bad_net=ROUTED.with_rules(
            ("middle", "ip link set right down")), port=443,
        expect="No route|unreachable|onnect"),
    row("routed-refused-by-router", "tcp.refused", "the router's firewall resets in the server's name: another TTL", servers.openssl(),
        clients.curl(), clients.node(), net=ROUTED, bad_net=ROUTED.with_rules(
            ("middle", "iptables -A FORWARD -p tcp --dport {port} -j REJECT --reject-with tcp-reset")),
        accept=("tcp.reset-injected",), port=4433, expect="ECONNREFUSED"),
    row("routed-small-mtu-no-icmp-java", "tcp.path-mtu", "the router's far link takes 600 bytes and its ICMP errors are dropped",
        servers.granian(), clients.openssl("-groups", "P-256", "-sigalgs", "ECDSA+SHA256", "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"),
        clients.chrome(profile="chrome124"), net=ROUTED, bad_net=ROUTED.with_rules(
            ("middle", "ip link set right mtu 600"), ("middle", "iptables -A OUTPUT -p icmp -j DROP")), port=9443,
        expect="[Tt]imed out|Timeout"),
    row("routed-small-mtu-with-icmp-fine", "none", "the router's far link takes 1,000 bytes and says so by ICMP: the client adapts",
        servers.nginx(bind="any4"), clients.curl(), clients.chrome(profile="chrome131"), works=True, net=ROUTED,
        bad_net=ROUTED.with_rules(
            ("middle", "ip link set right mtu 1000"), ("server", "ip link set eth0 mtu 1000"),
            ("server", "iptables -t mangle -A OUTPUT -p tcp --tcp-flags SYN SYN -j TCPMSS --set-mss 1448")), port=443),
]

TAPS = [
    row("vlan-refused-curl", "tcp.refused", "seen at a mirror port, under a VLAN tag", servers.openssl(), clients.curl(), clients.curl(),
        bad_servers=(), net=SPAN, capture=AT_ROUTER, port=4433, expect="onnect"),
    row("vlan-suite-go", "tls.cipher-suite", "seen at a mirror port, under a VLAN tag",
        servers.nginx("ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;", versions="TLSv1.2", bind="any4"), clients.curl(),
        clients.go(max="1.2", suites="TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), leaf=RSA, net=SPAN, capture=AT_ROUTER, port=443,
        expect="handshake failure"),
    row("qinq-untrusted13-go-v6", "cert.untrusted", "seen at a mirror port, under two VLAN tags, IPv6", servers.openssl(bind="any6"),
        clients.curl(), clients.go(ca="other_ca"), HIDDEN, net=SPAN_QINQ, capture=AT_ROUTER, port=4433, expect="unknown authority"),
    row("vxlan-alpn-node", "tls.alpn", "seen below a VXLAN overlay", servers.go(alpn="h2,http/1.1"), clients.curl("--http1.1"),
        clients.node(ALPNProtocols=["imap"]), net=VXLAN, port=8443, expect="no application protocol|alert"),
    row("vxlan-closed-java", "tcp.closed-on-accept", "seen below a VXLAN overlay: a proxy without a backend", servers.granian(),
        clients.curl(), clients.java(21), bad_servers=(servers.odd("close"),), net=VXLAN, port=9443, expect="terminated|reset"),
    row("tun-expired13-python", "cert.expired", "raw IP without Ethernet, as in a VPN", servers.haproxy(), clients.python(),
        clients.python(), HIDDEN, bad_leaf=Leaf(names=("path.test",), starts=-40, ends=-9), net=TUN, port=443, expect="expired"),
    row("tun-v6-timeout-curl", "tcp.timeout", "raw IPv6 without Ethernet; the SYN is dropped", servers.openssl(bind="any6"), clients.curl(),
        clients.curl("--connect-timeout", "4"), net=TUN6, bad_net=TUN6.with_rules(
            ("server", "ip6tables -A INPUT -p tcp --dport {port} -j DROP")), port=4433, expect="Timeout|timed out"),
    row("offload-fine-java", "none", "segments larger than the wire takes, as offloading shows them, a long chain", NGINX12, clients.curl(),
        clients.java(21), works=True, leaf=Leaf(names=("path.test",), padding=220), net=Net(kind="cable", families="4", offload=True),
        port=443),
]

TINY = CABLE.with_rules(
    ("client", "iptables -t mangle -A OUTPUT -p tcp --tcp-flags SYN SYN -j TCPMSS --set-mss 96"),
    ("server", "iptables -t mangle -A OUTPUT -p tcp --tcp-flags SYN SYN -j TCPMSS --set-mss 96"))

SHAPES = [
    row("tiny-segments-fine-curl", "none", "segments of 84 bytes: every message lies across many", NGINX12, clients.curl(), clients.curl(),
        works=True, net=TINY, port=443),
    row("tiny-segments-name12-go", "cert.name-mismatch", "segments of 84 bytes; the certificate is for another name, TLS 1.2", NGINX12,
        clients.go(), clients.go(), ("cert.wrong-certificate",), bad_leaf=Leaf(names=("other.test",)), net=TINY, port=443, expect="valid for"),
    row("tiny-records-fine-tlslite", "none", "records of 50 bytes: every message lies across many, TLS 1.2", servers.openssl("-tls1_2"),
        clients.tlslite(), clients.tlslite(record=50), works=True, leaf=RSA, port=4433),
    row("reused-port-version-python", "tls.version", "the failing connection reuses the port of one that worked a moment ago",
        servers.granian(), clients.curl(), clients.python(max="TLSv1_2", source=42420),
        background=clients.python(source=42420, abort=True), port=9443, expect="PROTOCOL_VERSION"),
    row("stall-mid-flight-curl", "tcp.server-silent", "the server's flight stops after 600 bytes and nothing more comes",
        (servers.odd("relay", label="relay"), servers.openssl(front=False)), clients.curl(), clients.curl(),
        ("tcp.path-mtu", "tls.unknown"), bad_servers=(servers.odd("stop", label="relay that stalls", count=600, hang=True),
                                                      servers.openssl(front=False)), port=8443, expect="timed out|Timeout"),
    row("slow-server-impatient-client", "tcp.server-silent", "the server takes three seconds to answer, the client waits one",
        servers.python(delay=3), clients.curl(), clients.curl("-m", "1"), port=8443, expect="timed out|Timeout"),
    row("suite-not-offered-go", "tls.malformed", "a middlebox changes the cipher suite in ServerHello to one not offered",
        (servers.odd("relay", label="relay"), servers.openssl("-tls1_2", front=False)), clients.curl(), clients.go(), ("tls.cipher-suite",),
        bad_servers=(servers.odd("suite", label="middlebox", suite=0xC0AE), servers.openssl("-tls1_2", front=False)),
        port=8443, expect="ERR"),
]


def mail(version):
    return servers.python(starttls="smtp", **version)


AFTER_AN_UPGRADE = [
    row("starttls-smtp-version", "tls.version", "STARTTLS is granted, then the versions do not meet", mail({"max": "TLSv1_2"}),
        clients.openssl("-starttls", "smtp"), clients.openssl("-starttls", "smtp", "-tls1_3"), port=587, expect="protocol version|error:"),
    row("starttls-imap-expired12-gnutls", "cert.expired", "STARTTLS is granted, then the certificate is expired, TLS 1.2",
        servers.python(starttls="imap", max="TLSv1_2"), clients.gnutls("--starttls-proto=imap"), clients.gnutls("--starttls-proto=imap"),
        bad_leaf=Leaf(names=("path.test",), starts=-8, ends=-2), port=143, expect="expired"),
    row("starttls-postgres-untrusted12", "cert.untrusted", "PostgreSQL grants TLS, then the CA is unknown, TLS 1.2",
        servers.python(starttls="postgres", max="TLSv1_2"), clients.openssl("-starttls", "postgres"),
        clients.openssl("-starttls", "postgres", ca="other_ca"), port=5432, expect="unable to get|error:"),
    row("connect-then-name12-curl", "cert.name-mismatch", "the HTTP proxy tunnels, then the certificate is for another name, TLS 1.2",
        (servers.odd("connect", label="HTTP proxy"), servers.nginx(versions="TLSv1.2", front=False, bind="any4")),
        clients.curl("-x", "{server4}:{port}"), clients.curl("-x", "{server4}:{port}"), ("cert.wrong-certificate",),
        bad_leaf=Leaf(names=("other.test",)), port=3128, expect="no alternative"),
    row("connect-502-java", "app.proxy-protocol", "the HTTP proxy answers CONNECT with 502: its own way is barred",
        (servers.odd("connect", label="HTTP proxy"), servers.openssl(front=False)), clients.curl("-x", "{server4}:{port}"),
        clients.java(21, proxy="{server4}:{port}"),
        bad_servers=(servers.odd("connect", label="HTTP proxy", status="502 Bad Gateway"), servers.openssl(front=False)), port=8080,
        expect="502"),
    row("proxy-header-then-version", "tls.version", "the PROXY header is accepted, then the versions do not meet",
        servers.haproxy("accept-proxy ssl-min-ver TLSv1.3"), clients.curl("--haproxy-protocol"),
        clients.curl("--haproxy-protocol", "--tls-max", "1.2"), port=8443, expect="protocol version|alert"),
]

SPEAKERS = [
    row("h2c-client-haproxy", "app.plaintext-client", "HTTP/2 in the clear on the TLS port", servers.haproxy(), clients.curl(),
        clients.curl("--http2-prior-knowledge", scheme="http"), port=8443),
    row("ssh-client-granian", "app.plaintext-client", "an SSH client on the TLS port", servers.granian(), clients.curl(),
        clients.program("OpenSSH 9.2 client", "ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "ConnectTimeout=4", "-p",
                        "{port}", "nobody@{name}", "true"), port=9443),
    row("captive-portal-python", "app.plaintext-server", "a captive portal answers every port with an HTTP redirect", servers.python(),
        clients.curl(), clients.python(), bad_servers=(servers.odd(
            "banner", label="captive portal", banner="HTTP/1.1 302 Found\r\nLocation: http://login.hotel.example/\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n"),), port=443, expect="WRONG_VERSION|wrong version"),
    row("dns-v6only-java-v4stack", "dns.no-answer", "the name has an IPv6 address only, Java asks for IPv4 only",
        (servers.openssl(bind="any6"), servers.dns("v6only", "{server6}")), clients.curl(), clients.java(17, **{"java.net.preferIPv4Stack": "true"}),
        ("tcp.address-family",), net=Net(kind="cable", families=""), nameserver=True, name="six.example", port=8443, expect="UnknownHost"),
]

STAPLED = [
    row("revoked-staple-curl12", "cert.revoked", "the server staples an OCSP response that revokes its certificate, TLS 1.2",
        servers.openssl("-tls1_2", "-status_file", lambda place: place.pki.ocsp_response(place.leaf)), clients.curl("--cert-status"),
        clients.curl("--cert-status"), leaf=Leaf(names=("path.test",), serial=8101), bad_leaf=Leaf(names=("path.test",), serial=8666),
        port=4433, expect="revo"),
    row("revoked-staple-gnutls13", "cert.revoked", "the server staples an OCSP response that revokes its certificate, TLS 1.3",
        servers.openssl("-tls1_3", "-status_file", lambda place: place.pki.ocsp_response(place.leaf)), clients.gnutls(),
        clients.gnutls(), HIDDEN, leaf=Leaf(names=("path.test",), serial=8102), bad_leaf=Leaf(names=("path.test",), serial=8667),
        port=8443, expect="revo"),
]

TABLE = ROUTERS + TAPS + SHAPES + AFTER_AN_UPGRADE + SPEAKERS + STAPLED
