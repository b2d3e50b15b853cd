"""What other versions of the stacks do, and captures full of other traffic."""

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, CABLE6, DUAL
from ..pki import Leaf
from ..scenario import Scenario

HIDDEN = ("cert.rejected",)
RSA = Leaf(key="rsa2048")
NGINX12 = servers.nginx(versions="TLSv1.2", bind="any4")
PLAIN_WEB = servers.odd("http", label="a web server beside", front=False)


def row(identifier, cause, title, server, good, bad, accept=(), **more):
    return Scenario(identifier, cause, title, server if isinstance(server, tuple) else (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "mix.test"} | more))


OLD_AND_NEW = [
    row("version-granian13-openssl110", "tls.version", "OpenSSL 1.1.0 knows no TLS 1.3, rustls is set to nothing else",
        servers.granian(), clients.old_openssl("1.1.1l"), clients.old_openssl("1.1.0i"), port=9443, expect="protocol version"),
    row("suite-rsa-kex-go127", "tls.cipher-suite", "the server has RSA key exchange only, which Go dropped from its defaults",
        servers.openssl("-tls1_2", "-cipher", "AES128-GCM-SHA256"), clients.go(), clients.go("1.27"), leaf=RSA, port=8443,
        expect="handshake failure"),
    row("mtu-pq-go127", "tcp.path-mtu", "a post-quantum hello is too large for the path; the same client without it is not",
        servers.nginx(bind="any4"), clients.go("1.27", curves="X25519"), clients.go("1.27"),
        bad_net=CABLE.with_rules(("server", "iptables -A INPUT -p tcp --dport {port} -m length --length 1281:65535 -j DROP")),
        port=443, expect="timeout"),
    row("intolerant-pq-openssl35", "tls.intolerance", "the front end resets on hellos over 1,000 bytes; OpenSSL 3.5 sends a post-quantum share",
        (servers.odd("smallread", label="front end", count=1000, reset=True), servers.openssl(front=False)),
        clients.old_openssl("3.4.1"), clients.old_openssl("3.5.4"), ("tcp.closed-on-accept",), port=443, expect="ERR"),
    row("untrusted13-openssl111", "cert.untrusted", "unknown CA, TLS 1.3, OpenSSL 1.1.1", servers.nginx(versions="TLSv1.3", bind="any4"),
        clients.old_openssl("1.1.1l"), clients.old_openssl("1.1.1l", ca="other_ca"), HIDDEN, port=443, expect="certificate verify failed"),
    row("untrusted13-go-openssl35", "cert.untrusted", "unknown CA, TLS 1.3, OpenSSL 3.5 against Go", servers.go(min="1.3"),
        clients.old_openssl("3.5.4"), clients.old_openssl("3.5.4", ca="other_ca"), HIDDEN, port=8443, expect="certificate verify failed"),
    row("expired13-go125-granian", "cert.expired", "expired certificate, TLS 1.3, Go 1.25", servers.granian(), clients.go("1.25"),
        clients.go("1.25"), HIDDEN, bad_leaf=Leaf(names=("mix.test",), starts=-20, ends=-1), port=9443, expect="expired"),
    row("name12-nginx-go121", "cert.name-mismatch", "certificate for another name, TLS 1.2, Go 1.21", NGINX12, clients.go("1.21"),
        clients.go("1.21"), ("cert.wrong-certificate",), bad_leaf=Leaf(names=("mox.test",)), port=443, expect="valid for"),
    row("pinning13-go123", "cert.rejected", "the client pins another certificate, TLS 1.3", servers.granian(), clients.go("1.23"),
        clients.go("1.23", pin="true"), ("cert.untrusted",), port=9443, expect="pinned"),
    row("pinning12-go", "cert.rejected", "the client pins another certificate, TLS 1.2: a good one is refused with bad_certificate", NGINX12,
        clients.go(), clients.go(pin="true"), ("cert.untrusted",), port=443, expect="pinned"),
    row("internal-error-go", "tls.unknown", "the server fails inside for clients with TLS 1.3 and says internal_error",
        servers.go(broken="true"), clients.go(max="1.2"), clients.go(), ("tls.intolerance", "tls.version"), port=8443, expect="internal error"),
    row("alpn-go-openssl31", "tls.alpn", "a Go 1.19 server with h2 only, OpenSSL 3.1 with imap", servers.go(alpn="h2"),
        clients.old_openssl("3.1.4", alpn=["h2"]), clients.old_openssl("3.1.4", alpn=["imap"]), port=8443, expect="ERR"),
    row("mtls-missing13-go127", "cert.client-required", "rustls wants a client certificate, Go 1.27 has none, TLS 1.3",
        servers.granian("--ssl-ca", lambda place: place.pki.ca, "--ssl-client-verify"),
        clients.go("1.27", leaf=Leaf(common_name="device-1")), clients.go("1.27"), port=9443, expect="ERR"),
    row("group-p521-go127", "tls.group", "the server has P-521 only, Go 1.27 is told X25519MLKEM768 and X25519 only",
        servers.openssl("-groups", "P-521"), clients.go("1.27"), clients.go("1.27", curves="X25519"), port=4433, expect="handshake failure"),
]

NOISE = clients.noise()

BUSY = [
    row("busy-refused-java", "tcp.refused", "the TLS port is refused amid plain HTTP to another port", (servers.granian(), PLAIN_WEB),
        clients.curl(), clients.java(17), bad_servers=(PLAIN_WEB,), background=NOISE, port=9443, expect="refused"),
    row("busy-expired12-curl", "cert.expired", "expired certificate, TLS 1.2, amid other connections", (NGINX12, PLAIN_WEB),
        clients.curl(), clients.curl(), bad_leaf=Leaf(names=("mix.test",), starts=-20, ends=-1), background=NOISE, port=443,
        expect="expired"),
    row("busy-version-java", "tls.version", "a client with TLS 1.2 only amid healthy ones with TLS 1.3", (servers.granian(), PLAIN_WEB),
        clients.curl(), clients.java(11, **{"jdk.tls.client.protocols": "TLSv1.2"}), background=clients.python(count=2), port=9443,
        expect="protocol_version", capture=Capture(interface="any")),
    row("busy-suite-node", "tls.cipher-suite", "a client whose suites do not fit amid healthy ones, IPv6",
        servers.nginx("ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;", versions="TLSv1.2", bind="any6"), clients.curl(),
        clients.node(maxVersion="TLSv1.2", ciphers="ECDHE-ECDSA-AES128-GCM-SHA256"), background=clients.curl(), net=CABLE6, port=443,
        expect="handshake failure|alert"),
    row("busy-untrusted12-go", "cert.untrusted", "unknown CA, TLS 1.2, while another client of the same host works", (NGINX12, PLAIN_WEB),
        clients.curl(), clients.go(ca="other_ca"), background=clients.curl(), port=443, expect="unknown authority",
        capture=Capture(pcapng=True)),
    row("busy-timeout-python", "tcp.timeout", "the TLS port is dropped by a firewall, other ports answer", (servers.python(), PLAIN_WEB),
        clients.curl(), clients.python(), background=NOISE, bad_net=DUAL.with_rules(
            ("server", "iptables -A INPUT -p tcp --dport {port} -j DROP"),
            ("server", "ip6tables -A INPUT -p tcp --dport {port} -j DROP")), net=CABLE, port=443, expect="timed out|TimeoutError"),
    row("busy-fine-curl", "none", "everything works amid other traffic", (servers.haproxy(), PLAIN_WEB), clients.curl(), clients.python(),
        background=NOISE, works=True, port=443),
]

TABLE = OLD_AND_NEW + BUSY
