"""Pairs that are easily mistaken for something else."""

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, DUAL, Net
from ..pki import Leaf
from ..scenario import Scenario

HIDDEN = ("cert.rejected",)
RSA = Leaf(key="rsa2048")
NGINX12 = servers.nginx(versions="TLSv1.2", bind="any4")
CLIENT = Leaf(common_name="device-3", usages=("client",))
FOUR_FIRST = {"java.net.preferIPv4Stack": "true"}
SIX_FIRST = {"java.net.preferIPv6Addresses": "true"}


def row(identifier, cause, title, server, good, bad, accept=(), **more):
    return Scenario(identifier, cause, title, server if isinstance(server, tuple) else (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "hard.test"} | more))


def expired(name="hard.test"):
    return Leaf(names=(name,), starts=-50, ends=-5)


FAMILIES = [
    row("family-v4-forwarder-java", "tcp.address-family", "a forwarder without a backend on 127.0.0.1, the server on ::1",
        (servers.openssl(bind="lo6"), servers.odd("forward", host="127.0.0.1")), clients.curl("--ipv6"), clients.java(17, **FOUR_FIRST),
        ("tcp.closed-on-accept",), net=Net(families="46"), name="localhost", port=7443, expect="terminated|reset",
        capture=Capture(keep="port {port}")),
    row("family-v6-forwarder-curl", "tcp.address-family", "curl takes IPv6, is accepted and dropped; it does not try IPv4 after that",
        (servers.nginx(bind="any4"), servers.odd("close", host="::")), clients.curl("--ipv4"), clients.curl(),
        ("tcp.closed-on-accept",), net=Net(kind="cable", families="64"), port=443, expect="SYSCALL|reset|EOF"),
    row("family-v6-silent-java", "tcp.address-family", "IPv6 leads to a listener that never answers, IPv4 to the server",
        (servers.nginx(bind="any4"), servers.odd("silent", host="::")), clients.curl("--ipv4"), clients.java(21, **SIX_FIRST),
        ("tcp.server-silent",), net=DUAL, port=443, expect="timed out"),
    row("family-v4-dropped-node", "tcp.address-family", "IPv4 is dropped by a firewall, IPv6 works; the client is told IPv4",
        servers.granian(bind="any6"), clients.curl("--ipv6"), clients.node(family=4), ("tcp.timeout", "tcp.refused"), net=DUAL,
        bad_net=DUAL.with_rules(("server", "iptables -A INPUT -p tcp --dport {port} -j DROP")), port=9443, expect="timeout"),
    row("dns-stale-address-curl", "tcp.timeout", "DNS still gives the old address, where a firewall drops everything",
        (servers.nginx(bind="any4"), servers.dns("answer", "{server4}")), clients.curl(), clients.curl("--connect-timeout", "4"),
        bad_servers=(servers.nginx(bind="any4"), servers.dns("answer", "198.51.100.9")),
        net=Net(kind="cable", families=""), nameserver=True, name="moved.example", port=443,
        bad_net=Net(kind="cable", families="", rules=(
            ("server", "ip address add 198.51.100.9/32 dev lo"), ("server", "iptables -A INPUT -d 198.51.100.9 -j DROP"))),
        expect="timed out|Timeout"),
]

SNI_PROXY = servers.haproxy(
    mode="tcp", tls=False, backend=lambda place: f"server s 127.0.0.1:{place.back_port}",
    frontend=lambda place: f"tcp-request inspect-delay 3s\n tcp-request content accept if {{ req_ssl_sni -i {place.name} }}\n"
                           " tcp-request content reject")
TWO_SITES = lambda place: (
    f"server {{ listen {place.port} ssl default_server; ssl_certificate {place.pki.files(Leaf(names=('default.example',))).chain}; "
    f"ssl_certificate_key {place.pki.files(Leaf(names=('default.example',))).key}; location / {{ return 200 d; }} }}\n"
    f"server {{ listen {place.port} ssl; server_name {place.name}; ssl_certificate {place.pki.files(place.leaf).chain}; "
    f"ssl_certificate_key {place.pki.files(place.leaf).key}; location / {{ return 200 hi; }} }}")

NAMES = [
    row("sni-proxy-unknown-openssl", "tls.sni-unrecognized", "a proxy that routes by name closes on a name that it does not know",
        (SNI_PROXY, servers.openssl(front=False)), clients.curl(), clients.openssl(sni="else.test", verify=False),
        ("tcp.closed-on-accept",), port=443, expect="errno|error:"),
    row("sni-proxy-missing-gnutls", "tls.sni-missing", "a proxy that routes by name closes on a hello without one",
        (SNI_PROXY, servers.openssl(front=False)), clients.curl(), clients.gnutls("--disable-sni", "--no-ca-verification"),
        ("tcp.closed-on-accept",), port=443, expect="rror|terminated"),
    row("sni-missing-default12-gnutls", "tls.sni-missing", "without a name nginx shows its default site's certificate, TLS 1.2",
        servers.nginx(servers=TWO_SITES, versions="TLSv1.2"), clients.curl(), clients.gnutls("--disable-sni"),
        ("cert.name-mismatch", "cert.wrong-certificate"), port=443, expect="name|expected"),
    row("sni-missing-default13-gnutls", "tls.sni-missing", "without a name nginx shows its default site's certificate, TLS 1.3",
        servers.nginx(servers=TWO_SITES, versions="TLSv1.3"), clients.curl(), clients.gnutls("--disable-sni"),
        ("cert.name-mismatch", "cert.wrong-certificate", "cert.rejected"), port=443, expect="name|expected"),
    row("name12-alias-default-openssl", "cert.name-mismatch", "a name that nginx lacks gets the default site's certificate, TLS 1.2",
        servers.nginx(servers=TWO_SITES, versions="TLSv1.2"), clients.curl(), clients.openssl(sni="alias.test"),
        ("cert.wrong-certificate", "tls.sni-unrecognized"), port=443, expect="mismatch"),
]

MUTUAL = [
    row("mtls-missing13-node-server", "cert.client-required", "a Node server wants a client certificate, TLS 1.3", servers.node(
        requestCert=True, rejectUnauthorized=True), clients.curl(leaf=CLIENT), clients.python(), port=8443, expect="ERR"),
    row("mtls-missing12-java-java", "cert.client-required", "a Java server wants a client certificate, Java has none, TLS 1.2",
        servers.java(21, need=1, protocols="TLSv1.2"), clients.curl(leaf=CLIENT), clients.java(25), port=8443,
        expect="bad_certificate|handshake"),
    row("mtls-no-chain12-go", "cert.client-rejected", "the client certificate comes without its intermediate, TLS 1.2",
        servers.go(clients="verify", max="1.2"), clients.curl(leaf=CLIENT),
        clients.curl(leaf=Leaf(common_name="device-4", usages=("client",), chain="none")), port=8443, expect=r"curl: \("),
    row("mtls-expired13-rustls-java", "cert.client-rejected", "the client certificate is expired, TLS 1.3, rustls",
        servers.granian("--ssl-ca", lambda place: place.pki.ca, "--ssl-client-verify"), clients.java(21, leaf=CLIENT),
        clients.java(21, leaf=Leaf(common_name="device-5", usages=("client",), starts=-90, ends=-9)), port=9443, expect="ERR"),
]

ABOVE = [
    row("above-application-hangs-java", "none", "the handshake completes; the application does not answer in time",
        servers.python(), clients.curl(), clients.java(21), bad_servers=(servers.python(hang=20),), port=8443, expect="Read timed out"),
    row("above-application-cuts-go", "none", "the handshake completes; the application closes without an answer", servers.python(),
        clients.curl(), clients.go(), bad_servers=(servers.python(cut=True),), port=8443, expect="EOF|reset"),
    row("above-application-cuts-curl12", "none", "the handshake completes; the application closes without an answer, TLS 1.2",
        servers.python(max="TLSv1_2"), clients.curl(), clients.curl(), bad_servers=(servers.python(max="TLSv1_2", cut=True),), port=443,
        expect=r"curl: \("),
    row("fine-early-close-node12", "none", "the client closes at once after the handshake, TLS 1.2", servers.openssl("-tls1_2"),
        clients.curl(), clients.python(early=True), works=True, port=4433),
    row("fine-dns-then-tls", "none", "a name is asked for, and all is well",
        (servers.granian(), servers.dns("answer", "{server4}")), clients.curl(), clients.go(), works=True,
        net=Net(kind="cable", families=""), nameserver=True, name="good.example", port=9443),
]

SEEN_BADLY = [
    row("from-hello-untrusted12-java", "cert.untrusted", "the capture lacks the TCP handshake but holds the hello and what follows",
        NGINX12, clients.curl(), clients.java(17, ca="other_ca"), bad_capture=Capture(frames="4-99"), port=443, expect="PKIX"),
    row("lossy-expired12-gnutls", "cert.expired", "a quarter of the packets is lost; the certificate is expired, TLS 1.2", NGINX12,
        clients.gnutls(), clients.gnutls(), bad_leaf=expired(), bad_net=Net(kind="cable", families="4", wire="loss=25 seed=12"), port=443,
        expect="expired"),
    row("reordered-name12-curl", "cert.name-mismatch", "segments out of order; the certificate is for another name, TLS 1.2", NGINX12,
        clients.curl(), clients.curl(), ("cert.wrong-certificate",), bad_leaf=Leaf(names=("much.other.test",), padding=80),
        bad_net=Net(kind="cable", families="4", wire="delay=5 reorder=60 seed=7"), port=443, expect="no alternative"),
    row("duplicated-version-node", "tls.version", "every second packet comes twice; the versions do not meet", servers.granian(),
        clients.curl(), clients.node(maxVersion="TLSv1.2"), bad_net=Net(kind="cable", families="4", wire="duplicate=50"), port=9443,
        expect="protocol version"),
    row("embedded-keys-expired13-curl", "cert.expired", "expired certificate, TLS 1.3; the pcapng file carries the keys",
        servers.nginx(versions="TLSv1.3", bind="any4"), clients.curl(keylog=True), clients.curl(keylog=True), bad_leaf=expired(),
        capture=Capture(pcapng=True, secrets=True), port=443, expect="expired"),
    row("embedded-keys-name13-python", "cert.name-mismatch", "certificate for another name, TLS 1.3; the pcapng file carries the server's keys",
        servers.python(keylog=True), clients.curl(), clients.node(), bad_leaf=Leaf(names=("not.this.test",)),
        capture=Capture(pcapng=True, secrets=True), port=443, expect="ALTNAME|altnames"),
    row("socks-then-expired12-curl", "cert.expired", "a SOCKS5 proxy leads to the server, whose certificate is expired, TLS 1.2",
        (servers.microsocks(), servers.nginx(versions="TLSv1.2", front=False, bind="any4")),
        clients.via_socks(), clients.via_socks(), bad_leaf=expired(), port=1080, expect="expired"),
]

RESETS = [
    row("reset-injected-on-certificate-go", "tcp.reset-injected", "a middlebox resets when it sees the server's certificate, TLS 1.2",
        (NGINX12, servers.odd("inject", label="middlebox", listens=False, word="unused", ttl=113, ip_id=0)), clients.curl(), clients.go(),
        ("tls.unknown", "cert.rejected"), bad_servers=(NGINX12, servers.odd("inject", label="middlebox", listens=False,
                                                                          word="Lab Issuing CA 2", ttl=113, ip_id=0)),
        net=Net(kind="cable", families="4", wire="delay=20"), port=443, expect="reset"),
]

TABLE = FAMILIES + NAMES + MUTUAL + ABOVE + SEEN_BADLY + RESETS
