"""Failures of the negotiation: versions, suites, groups, signatures, names, protocols, and peers that choke."""

import dataclasses

from .. import clients, servers
from ..capture import Capture
from ..hello import client_hello, extension
from ..network import CABLE, CABLE6
from ..pki import Leaf
from ..scenario import Scenario

RSA = Leaf(key="rsa2048")
ANY = Capture(interface="any")


def pair(identifier, cause, title, server, good, bad, **more):
    """A scenario whose two clients differ while the server stays as it is."""
    return Scenario(identifier, cause, title, server if isinstance(server, tuple) else (server,), good, bad,
                    **({"net": CABLE, "name": "svc.test"} | more))


VERSION = [
    pair("version-openssl13-gnutls12", "tls.version", "TLS 1.3 only server, TLS 1.2 only client",
         servers.openssl("-tls1_3"), clients.gnutls(), clients.gnutls("--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2"),
         port=4433, expect="alert|rror"),
    pair("version-go13-mbedtls", "tls.version", "TLS 1.3 only server, mbedTLS 2.28 knows TLS 1.2 only",
         servers.go(min="1.3"), clients.curl(), clients.mbedtls(), port=8443, capture=ANY, expect="ERR"),
    pair("version-haproxy13-python12-v6", "tls.version", "haproxy from TLS 1.3 on, the client up to TLS 1.2, IPv6",
         servers.haproxy("ssl-min-ver TLSv1.3", bind="[::]"), clients.python(), clients.python(max="TLSv1_2"), net=CABLE6,
         port=443, expect="PROTOCOL_VERSION|protocol version"),
    pair("version-java13-node12", "tls.version", "a Java server with TLS 1.3 only, Node up to TLS 1.2",
         servers.java(17, protocols="TLSv1.3"), clients.node(), clients.node(maxVersion="TLSv1.2"), port=9443,
         expect="protocol version|alert"),
    pair("version-nginx12-openssl13", "tls.version", "nginx with TLS 1.2 only, the client with TLS 1.3 only",
         servers.nginx(versions="TLSv1.2", bind="any4"), clients.curl(), clients.openssl("-tls1_3"), port=443,
         expect="protocol version", capture=Capture(nanoseconds=True)),
    pair("version-openssl11-curl-aborts", "tls.version", "the server answers with TLS 1.1; curl's lowest is 1.2, it aborts",
         servers.openssl("-tls1_1", "-cipher", "ALL@SECLEVEL=0"), clients.openssl("-tls1_1", "-cipher", "ALL@SECLEVEL=0"),
         clients.curl("--tlsv1.2", "--tls-max", "1.2"), leaf=RSA, port=4433, expect="unsupported protocol|version"),
    pair("version-tlslite11-go", "tls.version", "the server knows TLS 1.1 at most, the client 1.2 at least",
         servers.tlslite(settings={"maxVersion": [3, 2], "versions": [[3, 2], [3, 1]]}), clients.openssl("-tls1_1", "-cipher", "ALL@SECLEVEL=0"),
         clients.go(), leaf=RSA, port=4443, expect="unsupported protocol version|protocol version"),
    pair("version-openssl10-rustls", "tls.version", "a TLS 1.0 client meets rustls",
         servers.rustls(), clients.openssl(), clients.openssl("-tls1", "-cipher", "ALL@SECLEVEL=0"), port=8443,
         expect="alert protocol version|protocol version|error"),
    pair("version-gnutls12-wolfssl13", "tls.version", "a GnuTLS server with TLS 1.2 only, wolfSSL with TLS 1.3 only",
         servers.gnutls("--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2"), clients.gnutls(), clients.wolfssl(version="13"),
         port=5556, expect="ERR"),
    pair("version-chrome-old-server", "tls.version", "a TLS 1.0 server, a browser's hello",
         servers.openssl("-tls1", "-cipher", "ALL@SECLEVEL=0"), clients.openssl("-tls1", "-cipher", "ALL@SECLEVEL=0"),
         clients.chrome(profile="chrome124"), leaf=RSA, port=8443, expect="protocol version|VERSION|SSL"),
]

SUITE = [
    pair("suite-ecdsa-server-gnutls-rsa", "tls.cipher-suite", "an ECDSA certificate, a client with ECDHE-RSA suites only",
         servers.nginx(versions="TLSv1.2", bind="any4"), clients.curl(),
         clients.gnutls("--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2:-ECDHE-ECDSA"), accept=("tls.signature-scheme",),
         port=443, expect="alert|rror"),
    pair("suite-java-cbc384-go", "tls.cipher-suite", "a Java server with one CBC-SHA384 suite, which Go does not have",
         servers.java(17, protocols="TLSv1.2", suites="TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"), clients.curl(),
         clients.go(), leaf=RSA, port=8443, expect="handshake failure"),
    pair("suite-tls13-ccm-node", "tls.cipher-suite", "a TLS 1.3 server with AES-CCM only, Node's defaults have none",
         servers.openssl("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256"),
         clients.openssl("-ciphersuites", "TLS_AES_128_CCM_SHA256"), clients.node(), port=4433,
         expect="alert handshake failure|handshake"),
    pair("suite-gnutls13-chacha-curl", "tls.cipher-suite", "a GnuTLS server with ChaCha20 only, curl with AES only, TLS 1.3",
         servers.gnutls("--priority", "NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305:-VERS-ALL:+VERS-TLS1.3"), clients.go(),
         clients.curl("--tlsv1.3", "--tls13-ciphers", "TLS_AES_128_GCM_SHA256"), port=5557, capture=ANY,
         expect="handshake failure|alert"),
    pair("suite-haproxy-ccm-chrome", "tls.cipher-suite", "haproxy with AES-CCM only in TLS 1.2, a browser's hello",
         servers.haproxy("ssl-max-ver TLSv1.2 ciphers ECDHE-ECDSA-AES128-CCM"), clients.openssl("-cipher", "ALL"),
         clients.chrome(profile="chrome124"), port=443, expect="handshake failure|HANDSHAKE_FAILURE|SSL"),
    pair("suite-rustls-cbc-python", "tls.cipher-suite", "rustls has no CBC suites, the client offers no other",
         servers.rustls(), clients.curl(), clients.python(max="TLSv1_2", ciphers="ECDHE-ECDSA-AES128-SHA"), port=8443,
         expect="HANDSHAKE_FAILURE|handshake failure"),
    pair("suite-openssl-dhe-rustls", "tls.cipher-suite", "the server has DHE only, a rustls client ECDHE only",
         servers.openssl("-tls1_2", "-cipher", "DHE-RSA-AES256-GCM-SHA384"), clients.gnutls(), clients.rustls(),
         leaf=RSA, port=9443, expect="HandshakeFailure|handshake"),
]

GROUP = [
    pair("group-gnutls-p521-chrome", "tls.group", "a GnuTLS server with secp521r1 only, a browser without it",
         servers.gnutls("--priority", "NORMAL:-GROUP-ALL:+GROUP-SECP521R1:-VERS-ALL:+VERS-TLS1.3"), clients.gnutls(),
         clients.chrome(profile="chrome124"), port=5556, expect="HANDSHAKE_FAILURE|handshake|SSL"),
    pair("group-go-p521-curl", "tls.group", "a Go server with P-521 only, curl with X25519 only", servers.go(curves="P521"),
         clients.curl(), clients.curl("--curves", "X25519"), port=8443, expect="handshake failure|alert"),
    pair("group-java-p384-openssl", "tls.group", "a Java server with secp384r1 only, the client with X25519 only",
         servers.java(21, **{"jdk.tls.namedGroups": "secp384r1"}), clients.curl(), clients.openssl("-groups", "X25519"),
         port=9443, expect="handshake failure|alert"),
    pair("group-openssl-x448-go", "tls.group", "a server with X448 only, which Go does not have",
         servers.openssl("-groups", "X448"), clients.curl(), clients.go(), port=4433, capture=ANY,
         expect="handshake failure"),
    pair("group-nginx12-p521-rustls", "tls.group", "nginx with secp521r1 only in TLS 1.2, rustls without it",
         servers.nginx("ssl_ecdh_curve secp521r1;", versions="TLSv1.2", bind="any4"), clients.curl(), clients.rustls(),
         accept=("tls.cipher-suite",), port=443, expect="HandshakeFailure|handshake"),
    Scenario("group-retry-not-offered-go", "tls.group", "the server asks by HelloRetryRequest for a group not offered",
             (servers.go(),), clients.curl(), clients.go(), bad_servers=(servers.odd("retry", group=30),),
             accept=("tls.malformed",), net=CABLE, name="svc.test", port=8443, expect="unsupported group|ERR"),
    Scenario("group-retry-twice-openssl", "tls.group", "the server sends a second HelloRetryRequest",
             (servers.openssl(),), clients.curl(), clients.openssl(),
             bad_servers=(servers.odd("retry", group=24, rounds=2),), accept=("tls.malformed",), net=CABLE, name="svc.test",
             port=4433, expect="error"),
]

SIGNATURE = [
    pair("sig-nginx-ec-openssl-pss13", "tls.signature-scheme", "an ECDSA certificate, a client with RSA-PSS only, TLS 1.3",
         servers.nginx(bind="any4"), clients.curl(), clients.openssl("-sigalgs", "rsa_pss_rsae_sha256"), port=443,
         expect="handshake failure|alert"),
    pair("sig-go-ec-gnutls-rsa", "tls.signature-scheme", "an ECDSA certificate, GnuTLS without ECDSA signatures, TLS 1.3",
         servers.go(min="1.3"), clients.curl(),
         clients.gnutls("--priority", "NORMAL:-SIGN-ALL:+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-SHA256"), port=8443,
         expect="rror|alert"),
    pair("sig-granian-p256-java384", "tls.signature-scheme", "a P-256 certificate, Java with ECDSA P-384 only, TLS 1.3",
         servers.granian(), clients.curl(), clients.java(21, **{"jdk.tls.client.SignatureSchemes": "ecdsa_secp384r1_sha384"}),
         port=9443, capture=ANY, expect="handshake_failure"),
    pair("sig-nginx-ed25519-chrome", "tls.signature-scheme", "an Ed25519 certificate, a browser that knows none",
         servers.nginx(bind="any4"), clients.curl(), clients.chrome(profile="chrome120"), leaf=Leaf(key="ed25519"), port=443,
         expect="HANDSHAKE_FAILURE|handshake|SSL"),
    pair("sig-openssl12-ec-rsa", "tls.signature-scheme", "an ECDSA certificate, RSA signatures only, TLS 1.2",
         servers.openssl("-tls1_2"), clients.curl(), clients.openssl("-sigalgs", "RSA+SHA256:RSA+SHA384"),
         accept=("tls.cipher-suite",), port=4433, expect="handshake failure|alert"),
    pair("sig-haproxy-rsa-ecdsa-only", "tls.signature-scheme", "an RSA certificate, a client with ECDSA signatures only",
         servers.haproxy("ssl-min-ver TLSv1.3"), clients.node(), clients.node(sigalgs="ecdsa_secp256r1_sha256"), leaf=RSA,
         port=8443, expect="handshake failure|alert"),
]

REJECT = lambda place: (f"server {{ listen {place.port} ssl default_server; ssl_reject_handshake on; }}\n"
                        f"server {{ listen {place.port} ssl; server_name {place.name}; "
                        f"ssl_certificate {place.pki.files(place.leaf).chain}; "
                        f"ssl_certificate_key {place.pki.files(place.leaf).key}; location / {{ return 200 hi; }} }}")

SNI = [
    pair("sni-missing-nginx-reject-go", "tls.sni-missing", "nginx refuses handshakes without a known name; Go sends none",
         servers.nginx(servers=REJECT), clients.curl(), clients.go(sni="-"), port=443, name="www.svc.test",
         expect="unrecognized name|alert"),
    pair("sni-missing-haproxy-node", "tls.sni-missing", "haproxy with strict-sni; Node sends no name",
         servers.haproxy("strict-sni"), clients.curl(), clients.node(servername=""), port=8443, name="api.svc.test",
         expect="unrecognized name|alert|EPROTO"),
    pair("sni-missing-python-openssl", "tls.sni-missing", "the server answers a hello without a name by handshake_failure",
         servers.python(only_sni=True), clients.openssl(), clients.openssl(sni="", verify=False), port=4433,
         name="shop.svc.test", capture=ANY, expect="handshake failure|alert"),
    pair("sni-missing-go-gnutls", "tls.sni-missing", "a Go server that picks its certificate by name; GnuTLS sends none",
         servers.go(names="lab.svc.test"), clients.curl(), clients.gnutls("--disable-sni", "--no-ca-verification"),
         name="lab.svc.test", port=8443, expect="alert|rror"),
    pair("sni-unknown-nginx-reject-openssl", "tls.sni-unrecognized", "nginx refuses handshakes for names that it lacks",
         servers.nginx(servers=REJECT), clients.curl(), clients.openssl(sni="old.svc.test", verify=False), port=443,
         name="new.svc.test", expect="unrecognized name"),
    pair("sni-unknown-go-python", "tls.sni-unrecognized", "a Go server without a certificate for the name: internal_error",
         servers.go(names="one.svc.test"), clients.curl(), clients.python(sni="two.svc.test"), port=8443,
         name="one.svc.test", expect="INTERNAL_ERROR|internal error"),
    pair("sni-unknown-haproxy-rustls", "tls.sni-unrecognized", "haproxy with strict-sni, a name that it lacks",
         servers.haproxy("strict-sni"), clients.curl(), clients.rustls(sni="typo.svc.test"), port=443,
         name="real.svc.test", expect="UnrecogniZed|Unrecogni[sz]ed|unrecogni"),
    pair("sni-unknown-java-gnutls", "tls.sni-unrecognized", "a Java server with an SNI matcher, another name",
         servers.java(17, match="java.svc.test"), clients.curl(),
         clients.gnutls("--sni-hostname=jawa.svc.test", "--verify-hostname=jawa.svc.test"), port=9443,
         name="java.svc.test", capture=ANY, expect="alert|rror"),
]

ALPN = [
    pair("alpn-go-node", "tls.alpn", "a Go server with h2 and http/1.1, the client with mqtt",
         servers.go(alpn="h2,http/1.1"), clients.python(alpn=["http/1.1"]), clients.node(ALPNProtocols=["mqtt"]), port=8443,
         expect="no application protocol|alert"),
    pair("alpn-java-python", "tls.alpn", "a Java server with h2 only, the client with http/1.1",
         servers.java(17, alpn="h2"), clients.python(alpn=["h2", "http/1.1"]), clients.python(alpn=["http/1.1"]), port=9443,
         expect="NO_APPLICATION_PROTOCOL|no application protocol"),
    pair("alpn-gnutls-fatal", "tls.alpn", "a GnuTLS server that insists on ALPN, TLS 1.2",
         servers.gnutls("--alpn=h2", "--alpn-fatal", "--priority", "NORMAL:-VERS-TLS1.3"), clients.gnutls("--alpn=h2"),
         clients.gnutls("--alpn=imap"), port=5556, expect="alert|rror"),
    pair("alpn-openssl-go", "tls.alpn", "openssl s_server with h2 only, Go with http/1.1, IPv6",
         servers.openssl("-alpn", "h2", bind="any6"), clients.go(alpn="h2"), clients.go(alpn="http/1.1"), net=CABLE6,
         port=4433, expect="no application protocol|alert"),
    pair("alpn-node-java-client", "tls.alpn", "a Node server with h2 only, a Java client with http/1.1",
         servers.node(ALPNProtocols=["h2"]), clients.java(21, mode="socket", alpn="h2"),
         clients.java(21, mode="socket", alpn="http/1.1"), port=8443, expect="no_application_protocol"),
]

RENEGOTIATION = "NORMAL:-VERS-ALL:+VERS-TLS1.2:%DISABLE_SAFE_RENEGOTIATION"

EXTENSION = [
    pair("ems-tlslite-go", "tls.extension", "the server requires the extended master secret, Go 1.19 does not have it",
         servers.tlslite(settings={"requireExtendedMasterSecret": True, "maxVersion": [3, 3]}), clients.curl(),
         clients.go(max="1.2"), leaf=RSA, port=4443, expect="insufficient security|alert"),
    pair("ems-tlslite-client-go-server", "tls.extension", "the client requires the extended master secret, the server has none",
         servers.go(max="1.2"), clients.tlslite(settings={"maxVersion": [3, 3]}, unverified=True),
         clients.tlslite(settings={"maxVersion": [3, 3], "requireExtendedMasterSecret": True}), leaf=RSA, port=8443,
         expect="ERR"),
    pair("renegotiation-info-curl", "tls.extension", "the server lacks secure renegotiation, which OpenSSL 3 insists on",
         servers.gnutls("--priority", RENEGOTIATION), clients.go(), clients.curl(), port=5556,
         expect="unsafe legacy renegotiation"),
    pair("missing-signature-algorithms", "tls.extension", "a TLS 1.3 hello without signature_algorithms",
         servers.openssl("-tls1_3"), clients.curl(),
         clients.raw("hand-made hello", hex=client_hello("svc.test", leave_out=(13,)), expect="\x16"), port=4433, expect="ERR"),
    pair("missing-key-share-rustls", "tls.extension", "a TLS 1.3 hello with supported_groups but without key_share",
         servers.granian(), clients.curl(),
         clients.raw("hand-made hello", hex=client_hello("svc.test", versions=(0x0304,), leave_out=(51,)), expect="\x16"),
         accept=("tls.group",), port=9443, expect="ERR"),
    Scenario("unsolicited-extension-node", "tls.extension", "a middlebox adds an extension to ServerHello that nobody asked for",
             (servers.odd("relay", label="relay"), servers.openssl("-tls1_2", front=False)), clients.curl(), clients.node(),
             bad_servers=(servers.odd("extra", label="middlebox", type=0x0010), servers.openssl("-tls1_2", front=False)),
             accept=("tls.malformed", "tls.alpn"), net=CABLE, name="svc.test", port=8443, expect="ERR"),
]

FALLBACK = [
    pair("fallback-go-openssl", "tls.fallback", "a TLS 1.2 hello with the fallback SCSV meets a Go server with TLS 1.3",
         servers.go(), clients.openssl(), clients.openssl("-tls1_2", "-fallback_scsv"), port=8443,
         expect="inappropriate fallback"),
    pair("fallback-nginx-gnutls", "tls.fallback", "GnuTLS sends the fallback SCSV to nginx with TLS 1.3",
         servers.nginx(bind="any4"), clients.gnutls(), clients.gnutls("--priority", "NORMAL:-VERS-TLS1.3:%FALLBACK_SCSV"),
         port=443, capture=ANY, expect="alert|rror"),
]

CHOKES = ("tcp.closed-on-accept",)


def choking(identifier, title, mode, good, bad, backend=None, accept=CHOKES, **options):
    """A relay in front of a healthy server that cannot stand the failing client's hello."""
    keep = {key: options.pop(key) for key in list(options) if key in ("port", "name", "expect", "capture", "net", "leaf")}
    return Scenario(
        identifier, "tls.intolerance", title,
        (servers.odd(mode, label="front end", **options), backend or servers.openssl(front=False)), good, bad,
        accept=accept, **({"net": CABLE, "name": "legacy.test"} | keep))


INTOLERANCE = [
    choking("intolerant-split-hello-chrome", "the front end wants the hello in one segment; a post-quantum hello needs two",
            "whole", clients.curl(), clients.chrome(profile="chrome131"), count=1448, port=443, expect="SSL|reset|ERR"),
    choking("intolerant-tls13-go", "the front end closes on hellos that offer TLS 1.3", "versions",
            clients.curl("--tls-max", "1.2"), clients.go(), accept=CHOKES + ("tls.version",), port=8443, expect="EOF|reset"),
    choking("intolerant-grease-chrome", "the front end answers GREASE with decode_error", "extension", clients.curl(),
            clients.chrome(profile="chrome120"), types=[-1], alert=50, accept=("tls.malformed",), port=443,
            expect="DECODE|decode|SSL"),
    choking("intolerant-etm-curl", "the front end resets on encrypt_then_mac, which OpenSSL sends and Go does not",
            "extension", clients.go(), clients.curl(), types=[22], reset=True, port=8443, expect="reset|SYSCALL"),
    choking("intolerant-status-request-java", "the front end answers status_request_v2 with handshake_failure",
            "extension", clients.curl(), clients.java(17), types=[17], alert=40, accept=(), port=9443,
            backend=servers.node(front=False), capture=ANY, expect="handshake_failure"),
]

RESUMPTION = [
    Scenario("resumption-psk-close-python", "tls.resumption", "a front end closes on a pre_shared_key; the first, full handshake works",
             (servers.odd("extension", label="front end", types=[41]), servers.openssl(front=False)), clients.python(),
             clients.python(resume=True), accept=("tcp.closed-on-accept", "tls.intolerance"), net=CABLE, name="svc.test",
             port=8443, expect="EOF|reset|ERR"),
    Scenario("resumption-ticket12-go", "tls.resumption", "a front end refuses a session ticket in TLS 1.2 by handshake_failure",
             (servers.odd("extension", label="front end", types=[35], filled=True, alert=40),
              servers.openssl("-tls1_2", front=False)), clients.go(), clients.go(repeat=2), accept=("tls.intolerance",),
             net=CABLE, name="svc.test", port=443, expect="handshake failure"),
    Scenario("resumption-early-data-reset", "tls.resumption", "the front end resets when early data comes with the hello",
             (servers.odd("extension", label="front end", types=[42], reset=True),
              servers.openssl("-early_data", front=False, web=False)),
             dataclasses.replace(clients.openssl(), works="Verify return code: 0"),
             clients.early_data(), accept=("tcp.closed-on-accept", "tls.intolerance"), net=CABLE, name="svc.test", port=4433),
    pair("resumption-psk-identity-gnutls", "tls.resumption", "external pre-shared keys differ, TLS 1.3",
         servers.openssl("-psk", "0102030405060708090a0b0c0d0e0f10", "-psk_identity", "Client_identity", "-nocert"),
         clients.openssl("-psk", "0102030405060708090a0b0c0d0e0f10", verify=False),
         clients.openssl("-psk", "a1a2a3a4a5a6a7a8a9aaabacadaeafa0", verify=False), accept=("tls.decrypt",), port=4433,
         capture=Capture(pcapng=True), expect="illegal parameter|alert|error"),
]


def mangled(identifier, title, backend, bad, cause="tls.decrypt", accept=(), mode="mangle", good=None, **options):
    """A relay that damages what passes, for the failing run only."""
    keep = {key: options.pop(key) for key in list(options) if key in ("port", "name", "expect", "capture", "net", "leaf")}
    return Scenario(identifier, cause, title, (servers.odd("relay", label="relay"), backend), good or clients.curl(), bad,
                    bad_servers=(servers.odd(mode, label=f"relay that damages ({mode})", **options), backend), accept=accept,
                    **({"net": CABLE, "name": "svc.test"} | keep))


DECRYPT = [
    mangled("decrypt-client-finished13-go", "the client's encrypted Finished is damaged, TLS 1.3",
            servers.granian(front=False, bind="lo4"), clients.go(), who="client", type=23, nth=1, port=9443, expect="bad record MAC|ERR"),
    mangled("decrypt-server-flight13-java", "the server's encrypted flight is damaged, TLS 1.3",
            servers.openssl(front=False), clients.java(21), who="server", type=23, nth=1, accept=("cert.rejected",), port=8443,
            expect="bad_record_mac|Tag mismatch|BadTag|ERR"),
    mangled("decrypt-key-exchange12-node", "the client's key exchange is damaged, TLS 1.2: the Finished does not verify",
            servers.nginx(front=False, versions="TLSv1.2", bind="any4"), clients.node(), who="client", type=22, nth=2, port=443,
            expect="bad record mac|alert|illegal|decrypt|ERR"),
    mangled("decrypt-server-finished12-gnutls", "the server's Finished is damaged, TLS 1.2",
            servers.go(front=False, max="1.2", tickets="false"), clients.gnutls(), who="server", type=22, nth=5, port=8443,
            accept=("none",), capture=ANY, expect="rror|MAC"),
]

MALFORMED = [
    mangled("malformed-server-hello-rustls", "the ServerHello's session id length points beyond its end",
            servers.openssl(front=False), clients.rustls(), "tls.malformed", mode="lengths", port=8443, expect="ERR"),
    mangled("malformed-record-type-go", "a record of an unknown type follows the ServerHello",
            servers.openssl("-tls1_2", front=False), clients.go(), "tls.malformed", who="server", type=22, nth=2, offset=0,
            port=4433, expect="ERR"),
    Scenario("malformed-overflow-node", "tls.malformed", "the server answers with a record longer than TLS allows",
             (servers.node(),), clients.curl(), clients.node(),
             bad_servers=(servers.odd("garbage", label="broken server", answer="160303ff00020000ff" + "ab" * 300),), net=CABLE,
             name="svc.test", port=8443, expect="ERR"),
    pair("malformed-client-hello-granian", "tls.malformed", "an extension in the hello is longer than the hello",
         servers.granian(), clients.curl(),
         clients.raw("hand-made hello", expect="\x16",
                     hex=client_hello("svc.test", added=extension(0x4469, b"")[:2] + b"\x7f\xff\x00\x01")),
         port=9443, expect="ERR"),
]

TABLE = VERSION + SUITE + GROUP + SIGNATURE + SNI + ALPN + EXTENSION + FALLBACK + INTOLERANCE + RESUMPTION + DECRYPT + MALFORMED
