"""The clients: each function returns a `Client` that goes to the place's name and port, or to `to` instead of the name."""

import json

from .program import Client

WORKED = r"(?s)^OK(?!.*\nERR)"
REQUEST = "GET / HTTP/1.0\r\n\r\n"


def _leaf_options(place, leaf, certificate, key):
    if leaf is None:
        return []
    files = place.pki.files(leaf)
    return [certificate, files.chain, key, files.key]


def curl(*options, ca="ca", to="", leaf=None, scheme="https", keylog=False):
    """curl with Debian's OpenSSL. `ca`: which store it trusts, ca or other_ca; "" for the system's."""
    def command(place):
        trust = ["--cacert", getattr(place.pki, ca)] if ca else []
        return ["curl", "-sS", "-v", "-m", "8", "-o", "/dev/null", "-w", "OK %{http_code}\\n", *trust,
                *_leaf_options(place, leaf, "--cert", "--key"), *_formatted(options, place),
                f"{scheme}://{to or place.name}:{place.port}/"]
    return Client("curl 7.88 (OpenSSL 3.0)", command, error=r"^curl: \(|^OK [1-5]",
                  environment={"SSLKEYLOGFILE": "keylog"} if keylog else {})


def openssl(*options, ca="ca", to="", sni=None, leaf=None, verify=True, stdin=REQUEST, hold=0.6):
    """openssl s_client; sends a request and prints the answer. `sni` "" for none, else the place's name."""
    def command(place):
        name = place.name if sni is None else sni
        names = ["-servername", name] if name else ["-noservername"]
        checks = ["-verify_return_error", "-verify_hostname", name or place.name] if verify else []
        target = to or place.name
        bracketed = f"[{target}]" if ":" in target else target
        return ["openssl", "s_client", "-connect", f"{bracketed}:{place.port}", *names, "-CAfile",
                getattr(place.pki, ca), *checks, *_leaf_options(place, leaf, "-cert", "-key"),
                *(["-cert_chain", place.pki.files(leaf).chain] if leaf else []),
                *_formatted(options, place)]
    return Client("openssl s_client 3.0", command, works=r"HTTP/1\.[01] [1-5]\d\d", error="error:|errno|Didn",
                  stdin=stdin, hold=hold)


def gnutls(*options, ca="ca", to="", leaf=None, keylog=False):
    """gnutls-cli."""
    def command(place):
        return ["gnutls-cli", "--x509cafile", getattr(place.pki, ca), "-p", str(place.port),
                *_leaf_options(place, leaf, "--x509certfile", "--x509keyfile"), *_formatted(options, place),
                to or place.name]
    return Client("gnutls-cli 3.7", command, works="Handshake was completed", error=r"\*\*\*|Could not|Handshake was",
                  stdin=REQUEST, hold=0.6, environment={"SSLKEYLOGFILE": "keylog"} if keylog else {})


def go(version="", ca="ca", to="", leaf=None, keylog=False, **flags):
    """The lab's Go client (crypto/tls), by Debian's Go or a newer one; `flags` as peer.go documents them."""
    def command(place):
        options = {"mode": "client", "address": f"{to or place.name}:{place.port}", "ca": getattr(place.pki, ca)}
        if leaf is not None:
            options |= {"cert": place.pki.files(leaf).chain, "key": place.pki.files(leaf).key}
        if keylog:
            options["keylog"] = place.keylog
        options |= flags
        return [place.tools.go_peer(version), *(f"-{key}={value}" for key, value in options.items())]
    return Client(f"Go {version or '1.19'} (crypto/tls)", command, works=WORKED)


def java(version=17, mode="url", ca="ca", to="", leaf=None, debug="ssl:handshake", path="/", scheme="https", **options):
    """The lab's Java client; names with a dot are system properties, others the client's own (lab.*)."""
    def command(place):
        properties = {key if "." in key else f"lab.{key}": value for key, value in options.items()}
        if ca:
            properties["lab.ca"] = getattr(place.pki, ca)
        if leaf is not None:
            properties["lab.p12"] = place.pki.files(leaf).pkcs12
        if debug:
            properties["javax.net.debug"] = debug
        host = to or place.name
        bracketed = f"[{host}]" if ":" in host else host
        target = [host, str(place.port)] if mode == "socket" else [f"{scheme}://{bracketed}:{place.port}{path}"]
        return [place.tools.java(version), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                *(f"-D{key}={place.network.format(str(value))}" for key, value in properties.items()),
                "-cp", place.tools.compiled(""), "TLSPeer", mode, *target]
    return Client(f"Java {version} (JSSE)", command, works=r"(^|\n)OK")


def python(ca="ca", to="", leaf=None, **options):
    """Python's ssl; options as tls_client.py documents them."""
    return _python_client("Python 3.11 ssl (OpenSSL 3)", "openssl", ca, to, leaf, options, system=True)


def old_openssl(version, ca="ca", to="", **options):
    """pyOpenSSL over another OpenSSL than the system's, from a wheel of `cryptography`."""
    def command(place):
        given = options | {"stack": "pyopenssl", "host": to or place.name, "port": place.port,
                           "ca": str(getattr(place.pki, ca))}
        return ["env", f"PYTHONPATH={place.tools.openssl_library(version)}", place.tools.python, "-W", "ignore",
                place.tools.program("tls_client.py"), json.dumps(given)]
    return Client(f"pyOpenSSL (OpenSSL {version})", command, works=WORKED)


def rustls(ca="ca", to="", **options):
    """pyrtls: rustls as a client."""
    return _python_client("rustls 0.23 (pyrtls)", "rustls", ca, to, None, options)


def chrome(ca="ca", to="", profile="chrome131", **options):
    """curl_cffi: curl over BoringSSL with a browser's hello."""
    return _python_client(f"curl_cffi (BoringSSL, {profile})", "impersonate", ca, to, None,
                          options | {"profile": profile})


def tlslite(ca="ca", to="", **options):
    """tlslite-ng as a client."""
    return _python_client("tlslite-ng 0.8", "tlslite", ca, to, None, options)


def raw(label="plain client", **options):
    """A client that is no TLS stack; options as raw_client.py documents them."""
    def command(place):
        given = {"host": place.name, "port": place.port} | {
            key: place.network.format(value) if isinstance(value, str) else value for key, value in options.items()}
        return ["python3", place.tools.program("raw_client.py"), json.dumps(given)]
    return Client(label, command, works=WORKED)


def _python_client(label, stack, ca, to, leaf, options, system=False):
    def command(place):
        given = {"stack": stack, "host": to or place.name, "port": place.port, "ca": str(getattr(place.pki, ca))}
        if leaf is not None:
            given |= {"cert": str(place.pki.files(leaf).chain), "key": str(place.pki.files(leaf).key)}
        if options.get("keylog"):
            given["keylog"] = str(place.keylog)
        given = options | given
        interpreter = "/usr/bin/python3" if system else place.tools.python
        return [interpreter, place.tools.program("tls_client.py"), json.dumps(given)]
    return Client(label, command, works=WORKED)


def node(ca="ca", to="", leaf=None, **options):
    """Node's tls; options are those of tls.connect."""
    def command(place):
        given = {"host": to or place.name, "port": place.port, "caFile": str(getattr(place.pki, ca))}
        if leaf is not None:
            given |= {"certFile": str(place.pki.files(leaf).chain), "keyFile": str(place.pki.files(leaf).key)}
        return ["node", place.tools.program("tls_client.js"), json.dumps(given | options)]
    return Client("Node 20 (OpenSSL 3)", command, works=WORKED)


def mbedtls(ca="ca", to="", **options):
    """The lab's mbedTLS client: TLS 1.2."""
    def command(place):
        return [place.tools.compiled("mbed-client"), to or place.name, str(place.port), getattr(place.pki, ca),
                options.get("sni", place.name)]
    return Client("mbedTLS 2.28", command, works=WORKED)


def wolfssl(ca="ca", to="", version="13", **options):
    """The lab's wolfSSL client."""
    def command(place):
        return [place.tools.compiled("wolf-client"), to or place.name, str(place.port), getattr(place.pki, ca),
                options.get("sni", place.name), version]
    return Client("wolfSSL 5.5", command, works=WORKED)


def nss(*options, ca="ca", to=""):
    """NSS's tstclnt."""
    def command(place):
        store = place.directory / "nss"
        script = (f"mkdir -p {store} && certutil -N -d sql:{store} --empty-password && "
                  f"certutil -A -d sql:{store} -n ca -t C,, -i {getattr(place.pki, ca)} && "
                  f"exec tstclnt -h {to or place.name} -p {place.port} -d sql:{store} -v -a {place.name} "
                  f"-A {place.write('request', REQUEST)} {' '.join(_formatted(options, place))}")
        return ["bash", "-c", script]
    return Client("NSS 3.87 (tstclnt)", command, works="HTTP/1", error="tstclnt: ", hold=0.6, timeout=10)


def _formatted(options, place):
    texts = []
    for option in options:
        text = place.network.format(str(option)) if not callable(option) else str(option(place))
        texts.append(text)
    return texts


def early_data():
    """openssl s_client twice: the first gets a session, the second sends early data with it."""
    def command(place):
        common = f"openssl s_client -connect {place.name}:{place.port} -servername {place.name} -CAfile {place.pki.ca}"
        request = place.write("early", REQUEST)
        return ["bash", "-c", f"(printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 1) | {common} -sess_out session >/dev/null; "
                              f"{common} -sess_in session -early_data {request} </dev/null 2>&1 | grep -v 'HTTP/1'"]
    return Client("openssl s_client 3.0", command, works=r"Early data was accepted", error="error:|errno", timeout=12)


def noise():
    """Plain HTTP to the web server beside, twice: traffic that has nothing to do with the goal."""
    def command(place):
        target = f"http://{place.network.server4}:{place.back_port}/"
        return ["bash", "-c", f"curl -s {target} >/dev/null; curl -s {target}other >/dev/null; echo OK"]
    return Client("curl over plain HTTP", command, works=WORKED)


def program(label, *words, works=""):
    """Any other client; `{name}` and `{port}` stand for the place's."""
    return Client(label, lambda place: _formatted(words, place), works=works, timeout=10)


def via_socks(*options):
    """curl through a SOCKS5 proxy on the place's port to the server behind it."""
    def command(place):
        proxy = f"{place.network.server4}:{place.port}"
        return ["curl", "-sS", "-v", "-m", "8", "-o", "/dev/null", "--cacert", place.pki.ca, "--socks5-hostname", proxy,
                *options, f"https://{place.name}:{place.back_port}/"]
    return Client("curl 7.88 (OpenSSL 3.0)", command, error=r"^curl: \(")
