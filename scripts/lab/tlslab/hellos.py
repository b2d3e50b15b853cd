"""The stacks whose ClientHellos `record-hellos` records: what each is, and how it was configured."""

from dataclasses import dataclass

from . import clients
from .program import Client
from .toolbox import JDK_WHEELS, OPENSSL_WHEELS


@dataclass(frozen=True)
class Hello:
    """One recording: `stack` and `version` name who speaks, `how` the configuration."""

    stack: str
    version: str
    how: str
    client: Client

    @property
    def file(self):
        words = f"{self.stack}-{self.version}-{self.how}".lower()
        kept = "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in words)
        return "-".join(part for part in kept.split("-") if part) + ".pcap"


def program(*words, **environment):
    """Any command; `{url}`, `{name}`, `{port}`, `{ca}` and `{directory}` stand for the place's."""
    def command(place):
        values = {"url": place.url, "name": place.name, "port": str(place.port), "ca": str(place.pki.ca),
                  "directory": str(place.directory), "python": str(place.tools.python)}
        texts = [word.format(**values) for word in words]
        return ["env", *(f"{key}={value.format(**values)}" for key, value in environment.items()), *texts]
    return Client(words[0], command, timeout=14)


def script(text, *packages):
    """Python code over packages from PyPI; URL, CA, NAME and PORT are set for it."""
    def command(place):
        head = f"URL={place.url!r};CA={str(place.pki.ca)!r};NAME={place.name!r};PORT={place.port}\n"
        path = place.tools.library(*packages) if packages else ""
        return ["env", f"PYTHONPATH={path}", f"SSL_CERT_FILE={place.pki.ca}", place.tools.python, "-c", head + text]
    return Client("script", command, timeout=14)


def proxied(kind):
    """nginx or haproxy as a client of the place: a front of its own that plain curl asks."""
    def command(place):
        target = f"{place.name}:{place.port}"
        if kind == "nginx":
            text = (f"daemon off; master_process off; pid {place.directory}/n.pid; error_log stderr; events {{}}\n"
                    f"http {{ access_log off; server {{ listen 8099; location / {{ proxy_pass https://{target}; "
                    f"proxy_ssl_server_name on; }} }} }}")
            start = f"nginx -e stderr -c {place.write('front.conf', text)}"
        else:
            text = (f"defaults\n mode http\n timeout connect 2s\n timeout client 5s\n timeout server 5s\nfrontend f\n"
                    f" bind :8099\n default_backend b\nbackend b\n server s {target} ssl verify none sni str({place.name})\n")
            start = f"haproxy -db -f {place.write('front.cfg', text)}"
        return ["bash", "-c", f"{start} & pid=$!; sleep 0.7; curl -sS -m 4 http://127.0.0.1:8099/; kill $pid"]
    return Client(kind, command, timeout=12)


OPENSSL = [
    Hello("openssl", "3.0", "curl, ALPN h2 and http/1.1", clients.curl()),
    Hello("openssl", "3.0", "curl --http1.1", clients.curl("--http1.1")),
    Hello("openssl", "3.0", "curl --tls-max 1.2", clients.curl("--tls-max", "1.2")),
    Hello("openssl", "3.0", "curl --tlsv1.3", clients.curl("--tlsv1.3")),
    Hello("openssl", "3.0", "s_client", clients.openssl()),
    Hello("openssl", "3.0", "s_client -tls1_2", clients.openssl("-tls1_2")),
    Hello("openssl", "3.0", "s_client -tls1_3", clients.openssl("-tls1_3")),
    Hello("openssl", "3.0", "s_client -noservername", clients.openssl(sni="", verify=False)),
    Hello("openssl", "3.0", "python ssl default context", clients.python()),
    Hello("openssl", "3.0", "python ssl with ALPN http/1.1", clients.python(alpn=["http/1.1"])),
    Hello("openssl", "3.0", "python urllib", program(
        "/usr/bin/python3", "-c", "import urllib.request; print(urllib.request.urlopen('{url}').status)", SSL_CERT_FILE="{ca}")),
    Hello("openssl", "3.0", "nginx proxy_pass", proxied("nginx")),
    Hello("openssl", "3.0", "haproxy backend", proxied("haproxy")),
    Hello("openssl", "3.0", "redis-cli --tls", program(
        "redis-cli", "-h", "{name}", "-p", "{port}", "--tls", "--cacert", "{ca}", "--sni", "{name}", "PING")),
    Hello("openssl", "3.0", "stunnel as a client", program(
        "bash", "-c", "printf 'foreground = yes\\npid =\\n[c]\\nclient = yes\\naccept = 8098\\nconnect = {name}:{port}\\n' > "
        "{directory}/c.conf; stunnel4 {directory}/c.conf & p=$!; sleep 0.6; curl -sS -m 3 http://127.0.0.1:8098/; kill $p")),
    Hello("node", "20.20.2", "tls.connect", clients.node()),
    Hello("node", "20.20.2", "https.get", program(
        "node", "-e", "require('https').get('{url}', r => console.log('OK', r.statusCode)).on('error', e => console.log(e))",
        NODE_EXTRA_CA_CERTS="{ca}")),
    Hello("node", "20.20.2", "fetch (undici)", program(
        "node", "-e", "fetch('{url}').then(r => console.log('OK', r.status), e => console.log(e))", NODE_EXTRA_CA_CERTS="{ca}")),
] + [Hello("openssl", version, "pyOpenSSL default", clients.old_openssl(version)) for version in OPENSSL_WHEELS] + [
    Hello("openssl", "4.0.3", "pyOpenSSL default", script(
        "import socket\nfrom OpenSSL import SSL\nprint(SSL.SSLeay_version(0))\nc=SSL.Context(SSL.TLS_METHOD)\n"
        "s=SSL.Connection(c,socket.create_connection((NAME,PORT)));s.set_tlsext_host_name(NAME.encode());"
        "s.set_connect_state();s.do_handshake();print('OK')", "cryptography==50.0.2", "pyOpenSSL==26.4.0")),
    Hello("openssl", "python-requests", "requests over urllib3", script(
        "import requests;print('OK',requests.get(URL,verify=CA).status_code)", "requests")),
    Hello("openssl", "python-aiohttp", "aiohttp", script(
        "import aiohttp,asyncio,ssl\nasync def main():\n async with aiohttp.ClientSession() as s:\n"
        "  async with s.get(URL,ssl=ssl.create_default_context(cafile=CA)) as r: print('OK',r.status)\nasyncio.run(main())",
        "aiohttp")),
    Hello("openssl", "python-httpx", "httpx with h2", script(
        "import httpx,ssl;print('OK',httpx.Client(http2=True,verify=ssl.create_default_context(cafile=CA)).get(URL).status_code)",
        "httpx[http2]")),
]

JAVA = [
    Hello("java", str(version), how, clients.java(version, debug="", **options))
    for version in sorted({17, *JDK_WHEELS})
    for how, options in (
        ("HttpsURLConnection", {}), ("SSLSocket", {"mode": "socket"}), ("HttpClient, ALPN h2", {"mode": "http"}),
        ("HttpsURLConnection, TLS 1.2 only", {"jdk.tls.client.protocols": "TLSv1.2"}),
        ("SSLSocket, TLS 1.3 only", {"mode": "socket", "protocols": "TLSv1.3"}))
]

GO = [
    Hello("go", version or "1.19", how, clients.go(version, **options))
    for version in ("", "1.21", "1.23", "1.25", "1.27")
    for how, options in (("crypto/tls default", {}), ("crypto/tls, ALPN h2 and http/1.1", {"alpn": "h2,http/1.1"}),
                         ("crypto/tls, TLS 1.2 at most", {"max": "1.2"}))
]

GNUTLS = [
    Hello("gnutls", "3.7.9", "gnutls-cli", clients.gnutls()),
    Hello("gnutls", "3.7.9", "gnutls-cli, NORMAL without TLS 1.3", clients.gnutls("--priority", "NORMAL:-VERS-TLS1.3")),
    Hello("gnutls", "3.7.9", "gnutls-cli, SECURE256", clients.gnutls("--priority", "SECURE256")),
    Hello("gnutls", "3.7.9", "wget", program("wget", "-q", "-O", "-", "--ca-certificate={ca}", "-t", "1", "{url}")),
    Hello("gnutls", "3.7.9", "git (libcurl-gnutls)", program("git", "ls-remote", "{url}", GIT_SSL_CAINFO="{ca}")),
]

RUSTLS = [
    Hello("rustls", "0.23-pyrtls", "default", clients.rustls()),
    Hello("rustls", "0.23-pyrtls", "with ALPN h2", clients.rustls(alpn=["h2"])),
    Hello("rustls", "uv-0.13.9", "uv fetching an index", script(
        "import os,subprocess,uv\nsubprocess.run([uv.find_uv_bin(),'pip','download' if 0 else 'install','--target','/tmp/lab-uv',"
        "'--no-cache','--index-url',URL+'simple','nothing-at-all'],env={**os.environ,'UV_HTTP_TIMEOUT':'3','UV_HTTP_RETRIES':'0'})",
        "uv==0.13.9")),
    Hello("rustls", "pyreqwest-0.15.1", "reqwest", script(
        "import asyncio\nfrom pyreqwest.client import ClientBuilder\nasync def main():\n"
        " async with ClientBuilder().build() as c:\n  r=await c.get(URL).build().send(); print('OK',r.status)\nasyncio.run(main())",
        "pyreqwest==0.15.1")),
    Hello("rustls", "ry-0.0.105", "reqwest", script(
        "import asyncio,ry\nprint(asyncio.run(ry.fetch(URL)))", "ry==0.0.105")),
]

OTHERS = [
    Hello("nss", "3.87", "tstclnt", clients.nss()),
    Hello("nss", "3.87", "tstclnt, TLS 1.2 at most", clients.nss("-V", "tls1.0:tls1.2")),
    Hello("mbedtls", "2.28", "default, TLS 1.2", clients.mbedtls()),
    Hello("wolfssl", "5.5.4", "TLS 1.3", clients.wolfssl(version="13")),
    Hello("wolfssl", "5.5.4", "TLS 1.2", clients.wolfssl(version="12")),
    Hello("wolfssl", "5.5.4", "TLS 1.3 and 1.2", clients.wolfssl(version="any")),
    Hello("bearssl", "0.6", "full profile", Client("BearSSL 0.6", lambda place: [
        place.tools.compiled("bear-client"), place.name, str(place.port), place.name], works="ERR")),
    Hello("tlslite", "0.8.2", "default", clients.tlslite()),
    Hello("tlslite", "0.8.2", "TLS 1.2 at most", clients.tlslite(settings={"maxVersion": [3, 3]})),
    Hello("erlang", "25", "ssl:connect", program(
        "erl", "-noshell", "-eval", "ssl:start(), R = ssl:connect(\"{name}\", {port}, [{{verify, verify_peer}}, "
        "{{cacertfile, \"{ca}\"}}], 4000), io:format(\"~p~n\", [element(1, R)]), halt().")),
    Hello("chromium", "156", "headless", program(
        "timeout", "10", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors",
        "--disable-background-networking", "--user-data-dir={directory}/chromium", "--dump-dom", "{url}")),
    Hello("firefox", "153esr", "headless", program(
        "timeout", "12", "firefox-esr", "--headless", "--no-remote", "--profile", "{directory}", "--screenshot",
        "{directory}/shot.png", "{url}", HOME="/root")),
]

IMPERSONATED = [
    Hello("impersonated", profile, "curl_cffi 0.16.3 (BoringSSL)", clients.chrome(profile=profile))
    for profile in (
        "chrome99", "chrome100", "chrome101", "chrome104", "chrome107", "chrome110", "chrome116", "chrome119", "chrome120",
        "chrome123", "chrome124", "chrome131", "chrome133a", "chrome136", "chrome142", "chrome145", "chrome146", "chrome150",
        "chrome99_android", "chrome131_android", "edge99", "edge101", "safari153", "safari155", "safari170", "safari172_ios",
        "safari180", "safari180_ios", "safari184", "safari184_ios", "safari260", "safari260_ios", "safari2601", "firefox133",
        "firefox135", "firefox144", "firefox147", "tor145")
] + [
    Hello("boringssl", "curl_cffi-0.16.3", "libcurl, no impersonation", script(
        "from curl_cffi import requests\nprint('OK',requests.get(URL,verify=CA,timeout=5).status_code)", "curl_cffi==0.16.3")),
    Hello("impersonated", "chrome", "primp 2.0.1", script(
        "import primp\nprint('OK',primp.Client(impersonate='chrome',verify=False).get(URL).status_code)", "primp==2.0.1")),
    Hello("primp", "2.0.1", "no impersonation", script(
        "import primp\nprint('OK',primp.Client(verify=False).get(URL).status_code)", "primp==2.0.1")),
]

HELLOS = OPENSSL + JAVA + GO + GNUTLS + RUSTLS + OTHERS + IMPERSONATED
