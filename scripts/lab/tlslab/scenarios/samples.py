"""The pairs of the repository's samples folder: rustls and nginx servers, curl and Java."""

from .. import clients, servers
from ..capture import Capture
from ..network import Net
from ..scenario import Scenario

SAMPLES = [
    Scenario(
        "founding-refused", "tcp.address-family",
        "rustls listens on 127.0.0.1 only; curl falls back from ::1 to 127.0.0.1, Java asks for ::1 and stops there",
        (servers.granian(bind="lo4"),), clients.curl(),
        clients.java(17, **{"java.net.preferIPv6Addresses": "true"}),
        accept=("tcp.refused",), net=Net(families="64"), name="service.test", expect="Connection refused"),
    Scenario(
        "founding-forwarder", "tcp.address-family",
        "a port forwarder accepts on ::1 with no backend behind it and closes; Java prefers ::1, curl was told --ipv4",
        (servers.granian(bind="lo4"), servers.odd("forward", host="::1")), clients.curl("--ipv4"),
        clients.java(17, **{"java.net.preferIPv6Addresses": "true"}),
        accept=("tcp.closed-on-accept",), net=Net(families="64"), capture=Capture(keep="port {port}"),
        expect="terminated the handshake"),
    Scenario(
        "version", "tls.version", "rustls accepts TLS 1.3 only; Java is limited to TLS 1.2",
        (servers.granian(),), clients.curl(keylog=True),
        clients.java(21, **{"jdk.tls.client.protocols": "TLSv1.2"}),
        net=Net(families="4"), name="service.test", port=9443, expect="protocol_version"),
    Scenario(
        "untrusted-ca", "cert.untrusted", "Java does not trust the CA; TLS 1.3 hides certificate and alert",
        (servers.granian(),), clients.curl(keylog=True), clients.java(21, ca="other_ca"),
        accept=("cert.rejected",), net=Net(families="4"), name="service.test", port=9443, expect="PKIX path building"),
    Scenario(
        "untrusted-ca-tls12", "cert.untrusted", "Java does not trust the CA; TLS 1.2 shows certificate and alert",
        (servers.nginx(bind="any4", versions="TLSv1.2"),), clients.curl(),
        clients.java(17, ca="other_ca"),
        net=Net(families="4"), name="service.test", port=443, expect="PKIX path building"),
]
