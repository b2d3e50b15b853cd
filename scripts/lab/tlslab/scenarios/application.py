"""Failures around TLS: one side speaks something else, or something else must be said first."""

import dataclasses

from .. import clients, daemons, servers
from ..capture import Capture
from ..network import CABLE, CABLE6, LOOPBACK
from ..scenario import Scenario

HTTP = "GET / HTTP/1.1\r\nHost: {name}\r\nUser-Agent: probe/1.0\r\n\r\n"
PROXY_V2 = "0d0a0d0a000d0a515549540a2111000c0a1464170a14645000501bb1"


GRANIAN_PLAIN = servers.command("granian 2.8 (hyper), no TLS", script=lambda place: [
    place.tools.python.parent / "granian", "--interface", "asginl", "--no-ws", "--host", "0.0.0.0", "--port",
    str(place.port), "--working-dir", place.tools.program(""), "app:app"])

PLAINTEXT_SERVER = [
    Scenario(
        "plaintext-ssh-rustls", "app.plaintext-server", "an SSH server on the port", (servers.granian(),), clients.curl(),
        clients.rustls(), bad_servers=(daemons.sshd(),), net=CABLE, name="bastion.test", port=2222, expect="ERR"),
    Scenario(
        "plaintext-ssh-gnutls", "app.plaintext-server", "an SSH server on the port", (servers.gnutls(),), clients.gnutls(),
        clients.gnutls(), bad_servers=(daemons.sshd(),), net=CABLE, name="git.test", port=443, expect="packet|rror",
        capture=Capture(interface="any")),
    Scenario(
        "plaintext-hyper-java25", "app.plaintext-server", "granian without TLS answers in plain HTTP", (servers.granian(),),
        clients.curl(), clients.java(25), bad_servers=(GRANIAN_PLAIN,), net=CABLE, name="app.test", port=8000,
        expect="Unsupported or unrecognized|plaintext|terminated|SSL"),
    Scenario(
        "plaintext-python-http-go", "app.plaintext-server", "Python's http.server answers with an HTML error page",
        (servers.python(),), clients.curl(), clients.go(),
        bad_servers=(servers.command("Python 3.11 http.server", "python3", "-m", "http.server", "{port}"),), net=CABLE,
        name="files.test", port=8000, expect="first record does not look like"),
    Scenario(
        "plaintext-nginx-http-chrome-v6", "app.plaintext-server", "nginx listens without ssl", (servers.nginx(),),
        clients.curl(), clients.chrome(profile="chrome120"), bad_servers=(servers.nginx(listen=""),),
        net=CABLE6, name="www.test", port=8080, expect="WRONG_VERSION|wrong version|SSL"),
    Scenario(
        "plaintext-smtp-mbedtls", "app.plaintext-server", "an SMTP server without TLS greets first", (servers.openssl(),),
        clients.mbedtls(), clients.mbedtls(), accept=("app.starttls",),
        bad_servers=(servers.odd("banner", label="SMTP server", banner="220 mx1.example.net ESMTP Exim 4.96 ready\r\n",
                                 reply="500 unrecognized command\r\n"),),
        net=CABLE, name="mx.test", port=465, expect="ERR"),
]

PLAINTEXT_CLIENT = [
    Scenario(
        f"http-client-{stack}", "app.plaintext-client", f"an HTTP client on the TLS port of {stack}", (server,),
        clients.curl(), bad, net=net, name="secure.test", port=port, capture=capture)
    for stack, server, bad, net, port, capture in (
        ("granian", servers.granian(), clients.curl(scheme="http"), CABLE, 8443, Capture()),
        ("haproxy", servers.haproxy(), clients.raw("plain HTTP client", send=HTTP, expect="HTTP/1.1 200"), CABLE, 443,
         Capture(pcapng=True)),
        ("go", servers.go(), clients.curl(scheme="http"), CABLE, 8080, Capture(interface="any")),
        ("java", servers.java(17), clients.curl("--http1.1", scheme="http"), CABLE, 8443, Capture(side="server")),
        ("gnutls", servers.gnutls(), clients.raw("plain HTTP client", send=HTTP, expect="HTTP/1.1 200"), CABLE, 5556,
         Capture(nanoseconds=True)),
    )
] + [
    Scenario(
        "smtp-client-python", "app.plaintext-client", "a mail client waits, then says EHLO to an implicit-TLS port",
        (servers.python(),), clients.openssl(),
        clients.raw("plain SMTP client", send="EHLO relay.example.org\r\n", expect="250"), accept=("app.starttls",),
        net=CABLE, name="mail.test", port=465),
    Scenario(
        "redis-client-node", "app.plaintext-client", "a Redis client without TLS on the TLS port", (servers.node(),),
        clients.curl(), clients.raw("plain Redis client", send="*1\r\n$4\r\nPING\r\n", expect="+PONG"), net=CABLE,
        name="cache.test", port=6380),
]


def asking(protocol, words="QUIT\r\n"):
    """openssl s_client that asks for the upgrade as `protocol` wants it."""
    return dataclasses.replace(clients.openssl("-starttls", protocol, stdin=words), timeout=6,
                               works="Verification: OK|Verify return code: 0")


def direct(protocol, daemon, bad, port, expect, title, accept, words="QUIT\r\n", **more):
    """TLS from the first byte to a server that wants to be asked first; openssl s_client asks."""
    return Scenario(f"starttls-{protocol}-direct", "app.starttls", title, (daemon,), asking(protocol, words), bad,
                    accept=accept, port=port, expect=expect, net=CABLE, **more)


GREETS = ("app.plaintext-server",)
MUTE = ("tcp.closed-on-accept",)

STARTTLS = [
    direct("imap", daemons.dovecot("imap"), clients.java(21, mode="socket"), 143, "Unsupported or unrecognized",
           "TLS from the first byte to Dovecot's IMAP port", GREETS, name="imap.test", words="a LOGOUT\r\n"),
    direct("pop3", daemons.dovecot("pop3"), clients.gnutls(), 110, "packet|rror", "TLS from the first byte to Dovecot's POP3 port",
           GREETS, name="pop.test", capture=Capture(interface="any")),
    direct("ftp", daemons.vsftpd(), clients.python(), 21, "WRONG_VERSION|wrong version", "TLS from the first byte to an FTP server",
           GREETS, name="ftp.test"),
    direct("mysql", daemons.mariadb(), clients.node(), 3306, "EPROTO|wrong version",
           "TLS from the first byte to MariaDB, which greets in its own protocol", GREETS, name="db1.test", words="x"),
    direct("postgres", daemons.postgres(), clients.go(), 5432, "EOF|reset",
           "TLS from the first byte to PostgreSQL, which wants an SSLRequest and closes", MUTE, name="db2.test", words="x"),
    direct("ldap", daemons.slapd(), clients.java(11, mode="socket"), 389, "terminated|reset|Unsupported",
           "TLS from the first byte to OpenLDAP, which wants StartTLS and closes", MUTE, name="ldap.test", words="x"),
    direct("xmpp", servers.python(starttls="xmpp"), clients.wolfssl(), 5222, "ERR",
           "TLS from the first byte to an XMPP server, which answers in XML", GREETS, name="chat.test", words="x"),
    Scenario(
        "starttls-refused-smtp-curl", "app.starttls", "the SMTP server offers no STARTTLS, the client insists",
        (servers.python(starttls="smtp"),), clients.openssl("-starttls", "smtp"),
        clients.curl("--ssl-reqd", scheme="smtp"), bad_servers=(servers.python(starttls="smtp", refuse=True),), net=CABLE,
        name="relay.test", port=587, expect=r"\(64\)|STARTTLS"),
    Scenario(
        "starttls-refused-postgres", "app.starttls", "PostgreSQL runs without TLS and answers the SSLRequest with N",
        (daemons.postgres(),), asking("postgres", "x"),
        clients.openssl("-starttls", "postgres"), bad_servers=(daemons.postgres(tls="off"),), net=CABLE, name="db3.test",
        port=5433),
    Scenario(
        "starttls-refused-imap-gnutls", "app.starttls", "the IMAP server answers STARTTLS with BAD",
        (servers.python(starttls="imap"),), clients.gnutls("--starttls-proto=imap"),
        clients.gnutls("--starttls-proto=imap"), bad_servers=(servers.python(starttls="imap", refuse=True),), net=CABLE,
        name="imap2.test", port=1143, expect="rror|BAD|annot"),
]

WANTED = servers.nginx(listen="ssl proxy_protocol", bind="any4")

PROXY = [
    Scenario(
        "proxy-header-missing-nginx", "app.proxy-protocol", "nginx wants a PROXY header, the client sends none",
        (WANTED,), clients.curl("--haproxy-protocol"), clients.go(), accept=("tcp.closed-on-accept",), net=CABLE,
        name="edge1.test", port=8443, expect="EOF|reset|first record"),
    Scenario(
        "proxy-header-missing-haproxy-v6", "app.proxy-protocol", "haproxy wants a PROXY header, the client sends none, IPv6",
        (servers.haproxy("accept-proxy", bind="[::]"),), clients.curl("--haproxy-protocol"), clients.node(),
        accept=("tcp.closed-on-accept",), net=CABLE6, name="edge2.test", port=443, expect="ECONNRESET|ended|disconnected"),
    Scenario(
        "proxy-header-unexpected-granian", "app.proxy-protocol", "the client sends a PROXY header that rustls does not expect",
        (servers.granian(),), clients.curl(), clients.curl("--haproxy-protocol"), accept=("app.plaintext-client",),
        net=CABLE, name="edge3.test", port=9443, expect=r"curl: \("),
    Scenario(
        "proxy-header-unexpected-nginx", "app.proxy-protocol", "the client sends a PROXY header that nginx does not expect",
        (servers.nginx(bind="any4"),), clients.curl(), clients.curl("--haproxy-protocol"),
        accept=("app.plaintext-client",), net=CABLE, name="edge4.test", port=443, expect=r"curl: \("),
    Scenario(
        "proxy-v2-unexpected-openssl", "app.proxy-protocol",
        "haproxy sends a PROXY v2 header to a backend that does not expect one; captured between the two",
        (servers.haproxy(mode="tcp", tls=False, backend=lambda place: f"server s 127.0.0.1:{place.back_port}"),
         servers.openssl(front=False)), clients.curl(), clients.curl(),
        bad_servers=(servers.haproxy(mode="tcp", tls=False,
                                     backend=lambda place: f"server s 127.0.0.1:{place.back_port} send-proxy-v2"),
                     servers.openssl(front=False)),
        accept=("app.plaintext-client",), net=LOOPBACK, name="back.test", port=7443, capture=Capture(keep="port 8443"),
        expect=r"curl: \("),
    Scenario(
        "connect-403-squid-java", "app.proxy-protocol", "the HTTP proxy refuses CONNECT with 403",
        (servers.nginx(bind="any4"), daemons.squid(3128, "acl all_ports port 1-65535\nhttp_access allow all_ports")),
        clients.curl("-x", "{server4}:3128"), clients.java(17, proxy="{server4}:3128"),
        bad_servers=(servers.nginx(bind="any4"), daemons.squid(3128, "http_access deny all")), net=CABLE,
        name="far.test", port=443, expect="403"),
    Scenario(
        "connect-407-curl", "app.proxy-protocol", "the HTTP proxy wants to know who asks: 407",
        (servers.odd("connect", label="HTTP proxy"), servers.openssl(front=False)), clients.curl("-x", "{server4}:{port}"),
        clients.curl("-x", "{server4}:{port}"),
        bad_servers=(servers.odd("connect", label="HTTP proxy", status="407 Proxy Authentication Required"),
                     servers.openssl(front=False)),
        net=CABLE, name="out.test", port=8888, expect="407"),
]

TABLE = PLAINTEXT_SERVER + PLAINTEXT_CLIENT + STARTTLS + PROXY
