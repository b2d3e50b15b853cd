"""Failures over certificates, the server's and the client's, in TLS 1.2 and 1.3."""

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, CABLE6, DUAL
from ..pki import Leaf
from ..scenario import Scenario

HIDDEN = ("cert.rejected",)
ANY = Capture(interface="any")
NGINX12 = servers.nginx(versions="TLSv1.2", bind="any4")
NGINX13 = servers.nginx(versions="TLSv1.3", bind="any4")
CLIENT = Leaf(common_name="device-17", usages=("client",))
BAD_CLIENT = Leaf(common_name="device-17", usages=("client",), issuer="stranger")
EXPIRED_CLIENT = Leaf(common_name="device-18", usages=("client",), starts=-400, ends=-3)
SERVER_ONLY_CLIENT = Leaf(common_name="device-19", usages=("server",))


def bad_certificate(identifier, cause, title, server, client, bad_leaf, accept=(), good=None, **more):
    """The same client, before and after the server got another certificate."""
    return Scenario(identifier, cause, title, (server,), good or client, client, bad_leaf=bad_leaf, accept=accept,
                    **({"net": CABLE, "name": "shop.test"} | more))


def distrust(identifier, title, server, good, bad, cause="cert.untrusted", accept=(), **more):
    """The same server, two clients with different trust."""
    return Scenario(identifier, cause, title, (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "intra.test"} | more))


def leaf(name="shop.test", **options):
    return Leaf(names=(name,), **options)


VALIDITY = [
    bad_certificate("expired13-granian-go", "cert.expired", "expired certificate, TLS 1.3", servers.granian(), clients.go(),
                    leaf(starts=-90, ends=-1), HIDDEN, port=9443, expect="expired"),
    bad_certificate("expired12-nginx-mbedtls", "cert.expired", "expired certificate, TLS 1.2", NGINX12, clients.mbedtls(),
                    leaf(starts=-800, ends=-435), port=443, expect="ERR"),
    bad_certificate("expired13-haproxy-chrome", "cert.expired", "expired certificate, TLS 1.3",
                    servers.haproxy("ssl-min-ver TLSv1.3"), clients.chrome(profile="chrome131"), leaf(starts=-30, ends=-2),
                    HIDDEN, port=443, expect="expired|SSL"),
    bad_certificate("expired12-openssl-gnutls", "cert.expired", "expired certificate, TLS 1.2, RSA, with the keys",
                    servers.openssl("-tls1_2"), clients.gnutls(keylog=True), leaf(starts=-90, ends=-1, key="rsa2048"),
                    port=4433, capture=ANY, expect="expired"),
    bad_certificate("expired13-go-rustls", "cert.expired", "expired certificate, TLS 1.3", servers.go(), clients.rustls(),
                    leaf(starts=-60, ends=-10), HIDDEN, port=8443, expect="xpired"),
    bad_certificate("expired13-nginx-curl-keys", "cert.expired", "expired certificate, TLS 1.3, the client logs keys", NGINX13,
                    clients.curl(keylog=True), leaf(starts=-60, ends=-10), port=443, expect="expired"),
    bad_certificate("future13-nginx-java25", "cert.not-yet-valid", "certificate not yet valid, TLS 1.3", NGINX13,
                    clients.java(25), leaf(starts=2, ends=90), HIDDEN, port=443, expect="NotBefore|validity|not yet"),
    bad_certificate("future12-go-node", "cert.not-yet-valid", "certificate not yet valid, TLS 1.2", servers.go(max="1.2"),
                    clients.node(), leaf(starts=1, ends=90), port=8443, expect="CERT_NOT_YET_VALID|not yet"),
    bad_certificate("future12-haproxy-go", "cert.not-yet-valid", "certificate not yet valid, TLS 1.2, RSA",
                    servers.haproxy("ssl-max-ver TLSv1.2"), clients.go(), leaf(starts=3, ends=30, key="rsa2048"), port=443,
                    expect="not yet valid|expired"),
]

OTHER = leaf("www.other.test")

NAME = [
    bad_certificate("name13-granian-node", "cert.name-mismatch", "certificate for another name, TLS 1.3; Node closes without an alert",
                    servers.granian(), clients.node(), OTHER, HIDDEN, port=9443,
                    expect="ALTNAME|altnames"),
    bad_certificate("name12-haproxy-go", "cert.name-mismatch", "certificate for another name, TLS 1.2",
                    servers.haproxy("ssl-max-ver TLSv1.2"), clients.go(), OTHER, ("cert.wrong-certificate",), port=443,
                    expect="valid for"),
    Scenario("name12-nginx-curl-alias", "cert.name-mismatch", "the failing client asks by an alias that the certificate lacks",
             (NGINX12,), clients.curl(), clients.openssl(sni="shop-alias.test"), net=CABLE, name="shop.test", port=443,
             expect="ostname mismatch|error"),
    bad_certificate("name13-java-gnutls", "cert.name-mismatch", "certificate for another name, TLS 1.3, Java server",
                    servers.java(17), clients.gnutls(), OTHER, HIDDEN, port=8443, expect="name"),
    bad_certificate("name12-wildcard-depth-java", "cert.name-mismatch", "a wildcard covers one label, the name has two, TLS 1.2",
                    NGINX12, clients.java(17), leaf("*.shop.test"), ("cert.wrong-certificate",), name="a.b.shop.test",
                    port=443, expect="No subject alternative"),
    bad_certificate("name13-python-chrome-keys", "cert.name-mismatch", "certificate for another name, TLS 1.3, keys from the server",
                    servers.python(keylog=True), clients.chrome(profile="safari17_0"), OTHER,
                    HIDDEN, port=443, expect="SSL|name"),
]

NO_CHAIN = leaf(chain="none")

CHAIN = [
    bad_certificate("chain13-nginx-curl", "cert.incomplete-chain", "no intermediate, TLS 1.3, the client logs keys", NGINX13,
                    clients.curl(keylog=True), NO_CHAIN, ("cert.untrusted",), port=443, expect="unable to get local issuer"),
    distrust("chain12-go-go", "no intermediate, TLS 1.2; one client knows the intermediate itself", servers.go(max="1.2"),
             clients.curl(ca="both"), clients.go(), "cert.incomplete-chain", ("cert.untrusted",), leaf=leaf("intra.test", chain="none"), port=8443,
             expect="unknown authority"),
    distrust("chain13-granian-java21", "no intermediate, TLS 1.3; one client knows the intermediate itself",
             servers.granian(), clients.curl(ca="both"), clients.java(21), "cert.incomplete-chain",
             HIDDEN + ("cert.untrusted",), leaf=leaf("intra.test", chain="none"), port=9443, expect="PKIX path building"),
    bad_certificate("chain12-openssl-gnutls", "cert.incomplete-chain", "a wrong certificate instead of the intermediate, TLS 1.2",
                    servers.gnutls("--priority", "NORMAL:-VERS-TLS1.3"), clients.gnutls(), leaf(chain="wrong"), ("cert.untrusted",), port=5556,
                    capture=ANY, expect="issuer is unknown|trusted"),
]

SELF = leaf(issuer="self", chain="none")

SELF_SIGNED = [
    bad_certificate("selfsigned12-haproxy-node", "cert.self-signed", "self-signed certificate, TLS 1.2",
                    servers.haproxy("ssl-max-ver TLSv1.2"), clients.node(), SELF, ("cert.untrusted",), port=443,
                    expect="SELF_SIGNED|self-signed|self signed"),
    bad_certificate("selfsigned13-granian-go", "cert.self-signed", "self-signed certificate, TLS 1.3", servers.granian(),
                    clients.go(), SELF, HIDDEN + ("cert.untrusted",), port=9443, expect="unknown authority|signed"),
    bad_certificate("selfsigned12-java-curl-v6", "cert.self-signed", "a Java server with a self-signed certificate, TLS 1.2, IPv6",
                    servers.java(17, protocols="TLSv1.2", host="::"), clients.curl(), leaf(issuer="self", chain="none", key="rsa2048"),
                    ("cert.untrusted",), net=CABLE6, port=8443, expect="self-signed|self signed"),
]

UNTRUSTED = [
    distrust("untrusted13-granian-go", "unknown CA, TLS 1.3", servers.granian(), clients.curl(), clients.go(ca="other_ca"),
             accept=HIDDEN, port=9443, expect="unknown authority"),
    distrust("untrusted12-nginx-gnutls", "unknown CA, TLS 1.2", NGINX12, clients.curl(), clients.gnutls(ca="other_ca"), port=443,
             accept=(), expect="issuer is unknown|trusted"),
    distrust("untrusted13-node-node", "unknown CA, TLS 1.3; Node closes without an alert", servers.node(), clients.node(),
             clients.node(ca="other_ca"), accept=HIDDEN, port=8443, expect="UNABLE_TO|SELF_SIGNED|self-signed"),
    distrust("untrusted13-haproxy-chrome", "unknown CA, TLS 1.3", servers.haproxy("ssl-min-ver TLSv1.3"), clients.curl(),
             clients.chrome(ca="other_ca"), accept=HIDDEN, port=443, expect="SSL|certificate"),
    distrust("untrusted12-go-mbedtls", "unknown CA, TLS 1.2", servers.go(), clients.mbedtls(), clients.mbedtls(ca="other_ca"),
             port=8443, capture=ANY, expect="ERR"),
    distrust("untrusted13-go-rustls", "unknown CA, TLS 1.3; rustls as the client", servers.go(min="1.3"),
             clients.rustls(), clients.rustls(ca="other_ca"), accept=HIDDEN, port=4433, expect="UnknownIssuer"),
    distrust("untrusted12-java11-rsa", "unknown CA, TLS 1.2, RSA", servers.openssl("-tls1_2"), clients.curl(),
             clients.java(11, ca="other_ca"), leaf=Leaf(key="rsa2048"), port=4433, expect="PKIX path building"),
    distrust("untrusted13-go-wolfssl", "unknown CA, TLS 1.3", servers.go(), clients.wolfssl(), clients.wolfssl(ca="other_ca"),
             accept=HIDDEN, port=8443, capture=Capture(pcapng=True), expect="ERR"),
    distrust("untrusted13-granian-python-busy", "unknown CA, TLS 1.3, amid connections that work", servers.granian(),
             clients.curl(), clients.python(ca="other_ca"), accept=HIDDEN, port=9443,
             background=clients.python(count=3), expect="CERTIFICATE_VERIFY_FAILED"),
    distrust("untrusted12-nginx-nss", "unknown CA, TLS 1.2", NGINX12, clients.nss(), clients.nss(ca="other_ca"), port=443,
             expect="tstclnt|issuer"),
    distrust("untrusted13-java25-httpclient", "unknown CA, TLS 1.3, Java's HttpClient", servers.granian(), clients.java(25, mode="http"),
             clients.java(25, mode="http", ca="other_ca"), accept=HIDDEN, port=9443, expect="PKIX path building"),
]

WEAK = [
    bad_certificate("weak-rsa1024-go-python13", "cert.weak", "an RSA key of 1024 bits, TLS 1.3", servers.go(), clients.python(),
                    leaf(key="rsa1024"), HIDDEN, port=8443, expect="too weak|TOO_SMALL|KEY"),
    bad_certificate("weak-rsa1024-gnutls-curl12", "cert.weak", "an RSA key of 1024 bits, TLS 1.2",
                    servers.gnutls("--priority", "NORMAL:-VERS-TLS1.3:%PROFILE_VERY_WEAK"), clients.curl(), leaf(key="rsa1024"), port=5556,
                    expect="too weak|too small|key"),
    bad_certificate("weak-sha1-go12", "cert.weak", "a certificate signed with SHA-1, TLS 1.2", servers.go(max="1.2"),
                    clients.go(), leaf(digest="sha1"), port=8443, expect="SHA1|insecure"),
]

USAGE = [
    bad_certificate("usage-client-eku-curl13", "cert.usage", "a certificate for clients only, TLS 1.3", NGINX13,
                    clients.curl(), leaf(usages=("client",)), HIDDEN, port=443, expect="unsuitable|purpose"),
    bad_certificate("usage-email-eku-go12", "cert.usage", "a certificate for mail only, TLS 1.2",
                    servers.haproxy("ssl-max-ver TLSv1.2"), clients.go(), leaf(usages=("email",)), port=8443,
                    expect="usage"),
    bad_certificate("usage-ca-as-leaf-rustls13", "cert.usage", "a CA certificate as the server's own, TLS 1.3", servers.go(),
                    clients.rustls(), leaf(authority=True), HIDDEN, port=9443, expect="CaUsedAsEndEntity"),
    bad_certificate("usage-client-eku-java12", "cert.usage", "a certificate for clients only, TLS 1.2", NGINX12,
                    clients.java(17), leaf(usages=("client",)), port=443, expect="Extended key usage"),
]


def revoking(identifier, title, server, make, certificate, accept=(), **more):
    """The failing client checks a CRL that lists the certificate; the working one's CRL is empty."""
    return Scenario(identifier, "cert.revoked", title, (server,), make(()), make((certificate,)), leaf=certificate, accept=accept,
                    **({"net": CABLE, "name": "shop.test"} | more))


REVOKED = [
    revoking("revoked-nginx-curl12", "the client checks a CRL, TLS 1.2", NGINX12,
             lambda gone: clients.curl("--crlfile", lambda place: place.pki.revocation_list(*gone)),
             leaf(serial=7001), port=443, expect="revoked"),
    revoking("revoked-go-gnutls13", "the client checks a CRL, TLS 1.3", servers.go(),
             lambda gone: clients.gnutls("--x509crlfile", lambda place: place.pki.revocation_list(*gone), ca="both"),
             leaf(serial=7002), HIDDEN, port=8443, expect="revoked"),
]

WRONG = [
    bad_certificate("wrong-backend-curl12", "cert.wrong-certificate", "a second backend shows another site's certificate, TLS 1.2",
                    NGINX12, clients.curl(), leaf("intranet.example"), ("cert.name-mismatch",), port=443, expect="no alternative|subject"),
    bad_certificate("wrong-backend-other-ca-java12", "cert.wrong-certificate",
                    "a second backend shows the same name from another CA, TLS 1.2", NGINX12, clients.java(17),
                    leaf(issuer="stranger", chain="none"), ("cert.untrusted", "cert.incomplete-chain"), port=443, expect="PKIX"),
    Scenario("wrong-host-on-v6-go12", "cert.wrong-certificate", "IPv6 leads to another server with another certificate, TLS 1.2",
             (servers.nginx(versions="TLSv1.2", bind="any4"), servers.nginx(versions="TLSv1.2", bind="any6", leaf=leaf("old.example"))),
             clients.curl("--ipv4"), clients.curl("--ipv6"), accept=("cert.name-mismatch", "tcp.address-family"), net=DUAL,
             name="shop.test", port=443, expect="no alternative|subject"),
]


def required(identifier, title, server, good, bad, accept=(), **more):
    return Scenario(identifier, "cert.client-required", title, (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "mtls.test"} | more))


def rejected(identifier, title, server, good, bad, accept=(), **more):
    return Scenario(identifier, "cert.client-rejected", title, (server,), good, bad, accept=accept,
                    **({"net": CABLE, "name": "mtls.test"} | more))


CA_FILE = ("--ssl-ca", lambda place: place.pki.ca, "--ssl-client-verify")
VERIFY = lambda place: f"ca-file {place.pki.both} verify required"
REQUIRE_GNUTLS = ("--x509cafile", lambda place: place.pki.ca, "--require-client-cert", "--verify-client-cert")
NEED_OPENSSL = ("-CAfile", lambda place: place.pki.ca, "-Verify", "3", "-verify_return_error")

REQUIRED = [
    required("mtls-missing13-granian-go", "rustls wants a client certificate, Go has none, TLS 1.3", servers.granian(*CA_FILE),
             clients.curl(leaf=CLIENT), clients.go(), port=9443, expect="certificate required|reset|EOF|ERR"),
    required("mtls-missing12-haproxy-node", "haproxy wants a client certificate, TLS 1.2",
             servers.haproxy(lambda place: VERIFY(place) + " ssl-max-ver TLSv1.2"), clients.curl(leaf=CLIENT), clients.node(),
             port=443, expect="ERR"),
    required("mtls-missing13-haproxy-python-keys", "haproxy wants a client certificate, TLS 1.3, the client logs keys",
             servers.haproxy(lambda place: VERIFY(place) + " ssl-min-ver TLSv1.3"), clients.python(leaf=CLIENT, keylog=True),
             clients.python(keylog=True), port=443, expect="CERTIFICATE_REQUIRED|certificate required|ERR"),
    required("mtls-missing13-java-curl", "a Java server wants a client certificate, TLS 1.3", servers.java(17, need=1),
             clients.curl(leaf=CLIENT), clients.curl(), port=8443, expect="curl: "),
    required("mtls-missing12-gnutls-gnutls", "a GnuTLS server wants a client certificate, TLS 1.2",
             servers.gnutls("--priority", "NORMAL:-VERS-TLS1.3", *REQUIRE_GNUTLS), clients.gnutls(leaf=CLIENT),
             clients.curl("--tls-max", "1.2"), port=5556, capture=ANY, expect="curl: "),
    required("mtls-missing12-go-rustls", "a Go server wants a client certificate, TLS 1.2", servers.go(clients="verify", max="1.2"),
             clients.curl(leaf=CLIENT), clients.rustls(), port=8443, expect="ERR"),
    Scenario("mtls-missing-nginx-http400", "cert.client-required",
             "nginx completes the handshake without a client certificate and answers HTTP 400, TLS 1.2",
             (servers.nginx(lambda place: f"ssl_client_certificate {place.pki.both}; ssl_verify_client on;", versions="TLSv1.2", bind="any4"),),
             clients.curl(leaf=CLIENT), clients.curl(), accept=("none",), works=True, net=CABLE, name="mtls.test", port=443),
]

REJECTED = [
    rejected("mtls-stranger13-granian-curl", "rustls does not know the client certificate's CA, TLS 1.3",
             servers.granian(*CA_FILE), clients.curl(leaf=CLIENT), clients.curl(leaf=BAD_CLIENT), port=9443,
             expect="curl: "),
    rejected("mtls-stranger12-openssl-python", "the server does not know the client certificate's CA, TLS 1.2",
             servers.openssl("-tls1_2", *NEED_OPENSSL), clients.python(leaf=CLIENT), clients.python(leaf=BAD_CLIENT), port=4433,
             expect="UNKNOWN_CA|unknown ca|ERR"),
    rejected("mtls-expired12-haproxy-curl", "the client certificate is expired, TLS 1.2",
             servers.haproxy(lambda place: VERIFY(place) + " ssl-max-ver TLSv1.2"), clients.curl(leaf=CLIENT),
             clients.curl(leaf=EXPIRED_CLIENT), port=443, expect="curl: "),
    rejected("mtls-expired13-openssl-node", "the client certificate is expired, TLS 1.3", servers.openssl("-tls1_3", *NEED_OPENSSL),
             clients.curl(leaf=CLIENT), clients.node(leaf=EXPIRED_CLIENT), port=8443, expect="ERR"),
    rejected("mtls-usage12-go-openssl", "the client certificate is for servers only, TLS 1.2",
             servers.go(clients="verify", max="1.2"), clients.curl(leaf=CLIENT), clients.openssl(leaf=SERVER_ONLY_CLIENT), port=8443,
             expect="bad certificate|error:"),
    rejected("mtls-stranger13-java-curl-keys", "a Java server does not know the client certificate's CA, TLS 1.3; keys from the client",
             servers.java(21, need=1), clients.curl(leaf=CLIENT), clients.curl(leaf=BAD_CLIENT, keylog=True),
             accept=("cert.client-required",), port=9443, expect="curl: "),
]

TABLE = (VALIDITY + NAME + CHAIN + SELF_SIGNED + UNTRUSTED + WEAK + USAGE + REVOKED + WRONG + REQUIRED + REJECTED)
