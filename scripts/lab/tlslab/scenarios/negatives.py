"""Pairs in which nothing is wrong, or in which the capture does not hold enough to say."""

import dataclasses

from .. import clients, servers
from ..capture import Capture
from ..network import CABLE, CABLE6, Net
from ..pki import Leaf
from ..scenario import Scenario

NGINX = servers.nginx(bind="any4")


def bad_wire(settings):
    return Net(kind="cable", families="4", wire=settings)


def fine(identifier, title, server, good, bad, **more):
    """Both clients succeed."""
    return Scenario(identifier, "none", title, (server,), good, bad, works=True,
                    **({"net": CABLE, "name": "fine.test"} | more))


FINE = [
    fine("fine-slow-java", "a slow path, 300 ms each way", servers.granian(), clients.curl(), clients.java(21),
         bad_net=bad_wire("delay=300"), port=9443),
    fine("fine-reordered-curl12", "segments arrive out of order, TLS 1.2, a long chain", servers.nginx(versions="TLSv1.2", bind="any4"),
         clients.go(), clients.curl(), bad_net=bad_wire("delay=5 reorder=60 seed=7"), leaf=Leaf(names=("fine.test",), padding=80), port=443),
    fine("fine-duplicated-node", "every second packet comes twice", servers.node(), clients.node(), clients.node(minVersion="TLSv1.3"),
         bad_net=bad_wire("duplicate=50"), port=8443, capture=Capture(interface="any")),
    fine("fine-lossy-gnutls", "a quarter of all packets is lost, both ways, TLS 1.2", servers.gnutls("--priority", "NORMAL:-VERS-TLS1.3"), clients.gnutls(),
         clients.gnutls(), bad_net=bad_wire("loss=25 seed=5"), port=5556),
    fine("fine-resumed-go13", "the second of two connections resumes, TLS 1.3", servers.go(), clients.go(), clients.go(repeat=2), port=8443),
    fine("fine-resumed-python12", "the second of two connections resumes, TLS 1.2", servers.python(max="TLSv1_2"), clients.python(),
         clients.python(resume=True), port=443),
    fine("fine-http-404-java", "the application answers 404", servers.granian(status=404), clients.curl(), clients.java(25), port=9443),
    fine("fine-http-403-nginx12-java11", "the application answers 403, TLS 1.2", servers.nginx("return 403;", versions="TLSv1.2", bind="any4"),
         clients.curl(), clients.java(11), port=443),
    fine("fine-early-close-go", "the client closes right after the handshake", servers.go(), clients.curl(), clients.go(close="true"), port=8443),
    fine("fine-parallel-python", "six connections at a time, all succeed", NGINX, clients.python(), clients.python(count=6), port=443),
    fine("fine-retry-java", "a HelloRetryRequest, and then all is well", servers.openssl("-groups", "P-384"), clients.curl("--curves", "P-384"),
         clients.java(17), port=4433, capture=Capture(pcapng=True)),
    fine("fine-chrome-split-hello-v6", "a hello in two segments, IPv6", servers.go(), clients.curl(), clients.chrome(profile="chrome131"),
         net=CABLE6, port=443, capture=Capture(nanoseconds=True)),
    fine("fine-mutual13-haproxy", "a client certificate is asked for and given, TLS 1.3",
         servers.haproxy(lambda place: f"ca-file {place.pki.both} verify required"), clients.curl(leaf=Leaf(common_name="device-1")),
         clients.node(leaf=Leaf(common_name="device-2")), port=8443),
    fine("fine-family-timeout-curl", "IPv6 is dropped silently; curl falls back to IPv4 after 200 ms", servers.nginx(), clients.curl("--ipv4"),
         clients.curl(), net=Net(kind="cable", families="64"), bad_net=Net(kind="cable", families="64", rules=(
             ("server", "ip6tables -A INPUT -p tcp --dport {port} -j DROP"),)), port=443),
    fine("fine-optional-client-certificate", "a client certificate is asked for, none is given, and that is allowed, TLS 1.2",
         servers.nginx(lambda place: f"ssl_client_certificate {place.pki.both}; ssl_verify_client optional;", versions="TLSv1.2", bind="any4"),
         clients.curl(leaf=Leaf(common_name="device-1")), clients.curl(), port=443),
]


def lacking(identifier, title, server, good, bad, capture, works=True, **more):
    """The failing run's capture lacks what one would need to see."""
    return Scenario(identifier, "capture.incomplete", title, (server,), good, bad, bad_capture=capture, works=works,
                    **({"net": CABLE, "name": "part.test"} | more))


INCOMPLETE = [
    lacking("incomplete-mid-stream-tls12", "the capture starts after the handshake, TLS 1.2", servers.nginx(versions="TLSv1.2", bind="any4"),
            clients.curl(), clients.go(), Capture(frames="10-99"), port=443),
    dataclasses.replace(
        lacking("snaplen-96-untrusted-java", "96 bytes of each packet were kept; the client does not trust the CA, TLS 1.2",
                servers.openssl("-tls1_2"), clients.curl(), clients.java(17, ca="other_ca"), Capture(snaplen=96), works=False,
                port=4433), cause="cert.untrusted", accept=("cert.rejected", "capture.incomplete")),
    lacking("incomplete-snaplen-68-none", "68 bytes of each packet were kept", servers.granian(), clients.curl(), clients.node(),
            Capture(snaplen=68), port=9443),
    lacking("incomplete-client-only", "only the client's packets were captured", servers.go(), clients.curl(), clients.curl("--http1.1"),
            Capture(keep="tcp and src host {client4}"), accept=("none",), port=8443),
    lacking("incomplete-server-only", "only the server's packets were captured, TLS 1.3", servers.haproxy(), clients.curl(), clients.python(),
            Capture(keep="tcp and src host {server4}"), accept=("none",), port=443),
    lacking("incomplete-stops-after-hello", "the capture stops at the ClientHello", NGINX, clients.curl(), clients.gnutls(),
            Capture(frames="1-4"), port=443),
    lacking("incomplete-stops-after-server-hello", "the capture stops at the server's first flight, TLS 1.2", servers.openssl("-tls1_2"),
            clients.curl(), clients.openssl(), Capture(frames="1-6"), port=4433),
]

TABLE = FINE + INCOMPLETE
