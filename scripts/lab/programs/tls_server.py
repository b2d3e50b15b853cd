#!/usr/bin/env python3
"""A TLS server over one of Python's stacks. One JSON argument:

  stack    openssl, rustls or tlslite
  port cert key ca name keylog
  openssl: min max ciphers curve alpn (mismatch closes) clients (require) crl
           known (names; others get unrecognized_name) only_sni (without a name: handshake_failure)
           starttls (smtp imap pop3 ftp xmpp ldap postgres mysql) refuse (the upgrade) delay (seconds before the handshake)
           hang (after the request) cut (close after the request without an answer)
  rustls:  alpn
  tlslite: settings (attributes of HandshakeSettings), alpn
"""

import json
import socket
import struct
import sys
import threading
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n"


def openssl_context(options):
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options["cert"], options["key"])
    for key, attribute in (("min", "minimum_version"), ("max", "maximum_version")):
        if key in options:
            setattr(context, attribute, getattr(ssl.TLSVersion, options[key]))
    if "ciphers" in options:
        context.set_ciphers(options["ciphers"])
    if "curve" in options:
        context.set_ecdh_curve(options["curve"])
    if "alpn" in options:
        context.set_alpn_protocols(options["alpn"])
    if "keylog" in options:
        context.keylog_filename = options["keylog"]
    if options.get("clients"):
        context.load_verify_locations(options["ca"])
        context.verify_mode = ssl.CERT_REQUIRED
    if "crl" in options:
        context.load_verify_locations(options["crl"])
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF

    def choose(session, name, _):
        if "known" in options and name is not None and name not in options["known"]:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        if options.get("only_sni") and name is None:
            return ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        return None
    context.sni_callback = choose
    return context


def lines(connection):
    """Reads text lines; a line that starts like a TLS record is given back as it is."""
    buffer = b""
    while True:
        data = connection.recv(1000)
        if not data:
            return
        buffer += data
        if buffer[:1] == b"\x16":
            yield buffer
            buffer = b""
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)
            yield line.rstrip(b"\r")


TEXT = {
    "smtp": (b"220 mail.example.org ESMTP ready\r\n", b"STARTTLS", b"220 2.0.0 Ready to start TLS\r\n",
             b"454 4.7.0 TLS not available due to local problem\r\n", b"500 5.5.2 Error: bad syntax\r\n"),
    "imap": (b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n", b"STARTTLS", b"OK Begin TLS negotiation now\r\n",
             b"BAD STARTTLS not supported\r\n", b"* BAD Error in IMAP command\r\n"),
    "pop3": (b"+OK POP3 ready\r\n", b"STLS", b"+OK Begin TLS negotiation\r\n", b"-ERR STLS not available\r\n",
             b"-ERR Unknown command.\r\n"),
    "ftp": (b"220 FTP server ready\r\n", b"AUTH TLS", b"234 Proceed with negotiation.\r\n",
            b"502 Command not implemented.\r\n", b"530 Please login with USER and PASS.\r\n"),
}


def upgrade_text(connection, options):
    """The plaintext dialogue before TLS; says whether the client asked for it and it was granted."""
    banner, command, granted, refused, unknown = TEXT[options["starttls"]]
    connection.sendall(banner)
    for line in lines(connection):
        words = line.upper()
        if words.endswith(command):
            tag = line.split()[0] + b" " if options["starttls"] == "imap" else b""
            connection.sendall(tag + (refused if options.get("refuse") else granted))
            return not options.get("refuse")
        if words.startswith((b"EHLO", b"HELO")):
            offer = b"" if options.get("refuse") else b"250-STARTTLS\r\n"
            connection.sendall(b"250-mail.example.org\r\n" + offer + b"250 HELP\r\n")
        elif b"CAPABILITY" in words:
            connection.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + line.split()[0] + b" OK done\r\n")
        elif words.startswith(b"FEAT"):
            connection.sendall(b"211-Features:\r\n AUTH TLS\r\n211 End\r\n")
        elif words.startswith(b"CAPA"):
            connection.sendall(b"+OK\r\nSTLS\r\n.\r\n")
        else:
            connection.sendall(unknown)
            if line[:1] == b"\x16":
                return False
    return False


def upgrade_xmpp(connection, options):
    head = connection.recv(2000)
    if head[:1] == b"\x16":
        connection.sendall(b"<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='' xmlns:stream="
                           b"'http://etherx.jabber.org/streams' version='1.0'><stream:error><not-well-formed xmlns="
                           b"'urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>")
        return False
    connection.sendall(b"<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1' xmlns:stream="
                       b"'http://etherx.jabber.org/streams' version='1.0'><stream:features><starttls xmlns="
                       b"'urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>")
    connection.recv(2000)
    connection.sendall(b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
    return True


def upgrade_ldap(connection, options):
    request = connection.recv(2000)
    if request[:1] != b"\x30":
        return False
    code = b"\x02" if options.get("refuse") else b"\x00"
    connection.sendall(b"\x30\x0c\x02\x01" + request[4:5] + b"\x78\x07\x0a\x01" + code + b"\x04\x00\x04\x00")
    return not options.get("refuse")


def upgrade_postgres(connection, options):
    request = connection.recv(8)
    if request != struct.pack(">II", 8, 80877103):
        return False
    connection.sendall(b"N" if options.get("refuse") else b"S")
    return not options.get("refuse")


def upgrade_mysql(connection, options):
    greeting = (b"\x0a8.0.36\x00" + b"\x0b\x00\x00\x00" + b"abcdefgh\x00" + b"\xff\xff\xff\x02\x00\xff\xdf\x15" + bytes(10)
                + b"ijklmnopqrst\x00caching_sha2_password\x00")
    connection.sendall(struct.pack("<I", len(greeting))[:3] + b"\x00" + greeting)
    request = connection.recv(36)
    return len(request) == 36 and request[:1] != b"\x16"


UPGRADES = {"xmpp": upgrade_xmpp, "ldap": upgrade_ldap, "postgres": upgrade_postgres, "mysql": upgrade_mysql}


def openssl(connection, options, state):
    if "context" not in state:
        state["context"] = openssl_context(options)
    if "starttls" in options and not UPGRADES.get(options["starttls"], upgrade_text)(connection, options):
        return
    time.sleep(options.get("delay", 0))
    session = state["context"].wrap_socket(connection, server_side=True)
    if "alpn" in options and session.selected_alpn_protocol() is None and options.get("strict_alpn"):
        return
    session.recv(4096)
    time.sleep(options.get("hang", 0))
    if options.get("cut"):
        return
    session.sendall(ANSWER)
    session.unwrap().close()


def rustls(connection, options, state):
    import pyrtls
    if "config" not in state:
        with open(options["cert"]) as chain, open(options["key"]) as key:
            parts = [part + "-----END CERTIFICATE-----\n" for part in chain.read().split("-----END CERTIFICATE-----\n")[:-1]]
            state["config"] = pyrtls.ServerConfig(parts, key.read(), alpn_protocols=options.get("alpn"))
    connection.settimeout(None)
    session = state["config"].wrap_socket(connection)
    session.do_handshake()
    session.recv(4096)
    session.send(ANSWER)


def tlslite(connection, options, state):
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey
    settings = HandshakeSettings()
    for key, value in options.get("settings", {}).items():
        if key.endswith("Version"):
            value = tuple(value)
        elif key == "versions":
            value = [tuple(version) for version in value]
        setattr(settings, key, value)
    with open(options["cert"]) as chain, open(options["key"]) as key:
        certificates = X509CertChain()
        certificates.parsePemList(chain.read())
        private = parsePEMKey(key.read(), private=True)
    session = TLSConnection(connection)
    session.handshakeServer(certChain=certificates, privateKey=private, settings=settings,
                            alpn=[item.encode() for item in options["alpn"]] if "alpn" in options else None)
    session.recv(4096)
    session.sendall(ANSWER)
    session.close()


def main():
    options = json.loads(sys.argv[1])
    stack, state = {"openssl": openssl, "rustls": rustls, "tlslite": tlslite}[options["stack"]], {}
    listener = socket.create_server(("", options["port"]), backlog=64)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(stack, connection, options, state), daemon=True).start()


def serve(stack, connection, options, state):
    connection.settimeout(options.get("timeout", 8))
    try:
        stack(connection, options, state)
    except Exception as error:
        print("server:", type(error).__name__, error, flush=True)
    finally:
        connection.close()


main()
