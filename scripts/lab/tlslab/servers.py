"""The servers: each function returns a `Server` that listens on the place's port, or on its back port (`front` false)."""

import json

from .program import Server


def _files(place, leaf):
    return place.pki.files(leaf or place.leaf)


def _port(place, front):
    return place.port if front else place.back_port


def granian(*options, bind="any4", leaf=None, front=True, minimum="tls1.3", status=200, level="debug"):
    """granian: rustls and hyper. Its log names rustls's errors."""
    def command(place):
        files = _files(place, leaf)
        return [place.tools.python.parent / "granian", "--interface", "asginl", "--no-ws", "--host", place.address(bind),
                "--port", str(_port(place, front)), "--ssl-certificate", files.chain, "--ssl-keyfile", files.key,
                "--ssl-protocol-min", minimum, "--log-level", level, "--working-dir", place.tools.program(""),
                *[option(place) if callable(option) else option for option in options], "app:app"]
    return Server("granian 2.8 (rustls 0.23, hyper)", command, front,
                  environment={"LAB_STATUS": str(status), "PYTHONDONTWRITEBYTECODE": "1"}, settle=0.3)


def openssl(*options, bind="any4", leaf=None, front=True, keylog=False, web=True):
    """openssl s_server, with -www unless not `web`."""
    def command(place):
        files = _files(place, leaf)
        address = place.address(bind)
        accept = f"[{address}]:{_port(place, front)}" if ":" in address else f"{address}:{_port(place, front)}"
        extra = ["-keylogfile", place.keylog] if keylog else []
        return ["openssl", "s_server", "-accept", accept, "-cert", files.leaf, "-cert_chain", files.chain, "-key",
                files.key, *(["-www"] if web else []), *extra,
                *[option(place) if callable(option) else option for option in options]]
    return Server("openssl s_server 3.0", command, front)


def nginx(settings="", bind="any", leaf=None, front=True, listen="ssl", servers=None, versions="TLSv1.2 TLSv1.3"):
    """nginx. `settings` go into the server block; `servers(place)` replaces all server blocks."""
    def command(place):
        files = _files(place, leaf)
        port = _port(place, front)
        addresses = {"any": [f"{port}", f"[::]:{port}"], "any4": [f"{port}"], "any6": [f"[::]:{port} ipv6only=on"],
                     "lo4": [f"127.0.0.1:{port}"]}[bind]
        lines = "".join(f"listen {address} {listen};" for address in addresses)
        body = settings(place) if callable(settings) else settings
        block = (f"server {{ {lines} ssl_certificate {files.chain}; ssl_certificate_key {files.key}; {body} "
                 f"location / {{ return 200 hello; }} }}")
        temporary = "".join(f"{kind}_temp_path {place.directory};" for kind in (
            "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        text = (f"daemon off; master_process off; pid {place.directory}/nginx.pid; error_log stderr info;\n"
                f"events {{}} http {{ access_log off; {temporary} ssl_protocols {versions};\n"
                f"{servers(place) if servers else block} }}\n")
        return ["nginx", "-e", "stderr", "-c", place.write("nginx.conf", text)]
    return Server("nginx 1.22 (OpenSSL 3)", command, front)


def haproxy(bind_options="", frontend="", backend="http-request return status 200", mode="http", front=True, leaf=None,
            bind="", tls=True, defaults=""):
    """haproxy. Without a backend of its own it answers 200 itself."""
    def command(place):
        files = _files(place, leaf)
        own = f"ssl crt {files.bundle}" if tls else ""
        fill = lambda text: text(place) if callable(text) else text
        text = (f"global\n log stderr format raw daemon debug\ndefaults\n mode {mode}\n log global\n option "
                f"{'httplog' if mode == 'http' else 'tcplog'}\n"
                f" timeout connect 2s\n timeout client 5s\n timeout server 5s\n {defaults}\n"
                f"frontend f\n bind {bind}:{_port(place, front)} {own} {fill(bind_options)}\n {fill(frontend)}\n"
                f" default_backend b\nbackend b\n {fill(backend)}\n")
        return ["haproxy", "-db", "-f", place.write("haproxy.cfg", text)]
    return Server("haproxy 2.6 (OpenSSL 3)", command, front)


def gnutls(*options, leaf=None, front=True):
    """gnutls-serv --http."""
    def command(place):
        files = _files(place, leaf)
        return ["gnutls-serv", "--http", "-p", str(_port(place, front)), "--x509certfile", files.chain, "--x509keyfile",
                files.key, *[option(place) if callable(option) else option for option in options]]
    return Server("gnutls-serv 3.7", command, front, settle=0.2)


def go(leaf=None, front=True, **flags):
    """The lab's Go server (crypto/tls); `flags` as peer.go documents them."""
    def command(place):
        files = _files(place, leaf)
        options = {"mode": "server", "address": f":{_port(place, front)}", "cert": files.chain, "key": files.key,
                   "ca": place.pki.ca} | {key: value(place) if callable(value) else value for key, value in flags.items()}
        return [place.tools.compiled("gopeer"), *(f"-{key}={value}" for key, value in options.items())]
    return Server("Go 1.19 (crypto/tls)", command, front)


def java(version=17, leaf=None, front=True, host="0.0.0.0", **options):
    """The lab's Java server."""
    def command(place):
        properties = {key if "." in key else f"lab.{key}": value for key, value in options.items()}
        properties |= {"lab.p12": _files(place, leaf).pkcs12, "lab.ca": place.pki.ca}
        return [place.tools.java(version), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                *(f"-D{key}={place.network.format(str(value))}" for key, value in properties.items()),
                "-cp", place.tools.compiled(""), "TLSPeer", "serve", host, str(_port(place, front))]
    return Server(f"Java {version} (JSSE)", command, front)


def _python_server(label, stack, leaf, front, options, system=True):
    def command(place):
        files = _files(place, leaf)
        given = {"stack": stack, "port": _port(place, front), "back": place.back_port, "cert": str(files.chain),
                 "key": str(files.key), "ca": str(place.pki.ca), "name": place.name}
        if options.get("keylog"):
            given["keylog"] = str(place.keylog)
        given = {key: place.network.format(value) if isinstance(value, str) else value
                 for key, value in options.items()} | given
        interpreter = "/usr/bin/python3" if system else place.tools.python
        return [interpreter, place.tools.program("tls_server.py"), json.dumps(given)]
    return Server(label, command, front)


def python(leaf=None, front=True, **options):
    """Python's ssl; options as tls_server.py documents them."""
    return _python_server("Python 3.11 ssl (OpenSSL 3)", "openssl", leaf, front, options)


def rustls(leaf=None, front=True, **options):
    """pyrtls: rustls as a server."""
    return _python_server("rustls 0.23 (pyrtls)", "rustls", leaf, front, options, system=False)


def tlslite(leaf=None, front=True, **options):
    """tlslite-ng as a server."""
    return _python_server("tlslite-ng 0.8", "tlslite", leaf, front, options, system=False)


def odd(mode, front=True, label="", listens=True, **options):
    """A listener or middlebox that misbehaves as odd_server.py's modes tell."""
    def command(place):
        given = {"mode": mode, "port": _port(place, front), "back": place.back_port, "name": place.name,
                 "cert": str(_files(place, None).chain), "key": str(_files(place, None).key)}
        given = {key: place.network.format(value) if isinstance(value, str) else value
                 for key, value in options.items()} | given
        return ["python3", place.tools.program("odd_server.py"), json.dumps(given)]
    return Server(label or f"plain socket ({mode})", command, front, listens, settle=0.0 if listens else 0.6)


def node(leaf=None, front=True, **options):
    """Node's tls; options are those of tls.createServer."""
    def command(place):
        files = _files(place, leaf)
        given = {"port": _port(place, front), "certFile": str(files.chain), "keyFile": str(files.key),
                 "caFile": str(place.pki.ca)}
        return ["node", place.tools.program("tls_server.js"), json.dumps(options | given)]
    return Server("Node 20 (OpenSSL 3)", command, front)


def stunnel(settings="", front=True, leaf=None):
    """stunnel in front of the back port."""
    def command(place):
        files = _files(place, leaf)
        text = (f"foreground = yes\npid =\ndebug = info\n[tls]\naccept = {_port(place, front)}\n"
                f"connect = 127.0.0.1:{place.back_port}\ncert = {files.chain}\nkey = {files.key}\n{settings}\n")
        return ["stunnel4", place.write("stunnel.conf", text)]
    return Server("stunnel 5.68 (OpenSSL 3)", command, front)


def dns(mode, *records):
    """A name server beside the others; `records` are the addresses that it knows."""
    def command(place):
        return ["python3", place.tools.program("dns_server.py"), place.network.server4, mode,
                *[place.network.format(record) for record in records]]
    return Server(f"name server ({mode})", command, listens=False, settle=0.3)


def command(label, *words, front=True, script="", settle=0.0, listens=True):
    """Any other program; `script(place)` returns its arguments instead of `words`."""
    def build(place):
        if script:
            return script(place)
        return [place.network.format(str(word)) for word in words]
    return Server(label, build, front, listens, settle=settle)


def microsocks():
    """A SOCKS5 proxy on the place's port."""
    return Server("microsocks 1.0", lambda place: ["microsocks", "-p", str(place.port)])
