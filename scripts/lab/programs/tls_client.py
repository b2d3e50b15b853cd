#!/usr/bin/env python3
"""A TLS client over one of Python's stacks; prints "OK ..." or "ERR reason". One JSON argument:

  stack     openssl, pyopenssl, rustls, impersonate (curl_cffi) or tlslite
  host port ca cert key keylog
  sni       the name to send; "" for none; the host's without it
  openssl:  min max ciphers curve alpn crl count (connections at a time) resume (a second one with the first's session)
            early (close right after the handshake) unverified source (the port to come from) abort (end with RST)
  pyopenssl: alpn ciphers max (as numbers, 0x0303)
  rustls:   alpn          impersonate: profile          tlslite: settings (attributes of HandshakeSettings) record (its size)
"""

import json
import socket
import struct
import sys
import threading
import time

REQUEST = b"GET / HTTP/1.0\r\n\r\n"


def dial(options):
    if "source" not in options:
        connection = socket.create_connection((options["host"], options["port"]), timeout=4)
    else:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        connection.bind(("", options["source"]))
        connection.connect((options["host"], options["port"]))
    if options.get("abort"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.settimeout(6)
    return connection


def name(options):
    return options.get("sni", options["host"])


def openssl_context(options):
    import ssl
    context = ssl.create_default_context(cafile=options["ca"])
    for key, attribute in (("min", "minimum_version"), ("max", "maximum_version")):
        if key in options:
            setattr(context, attribute, getattr(ssl.TLSVersion, options[key]))
    if "ciphers" in options:
        context.set_ciphers(options["ciphers"])
    if "curve" in options:
        context.set_ecdh_curve(options["curve"])
    if "alpn" in options:
        context.set_alpn_protocols(options["alpn"])
    if "cert" in options:
        context.load_cert_chain(options["cert"], options["key"])
    if "keylog" in options:
        context.keylog_filename = options["keylog"]
    if "crl" in options:
        context.load_verify_locations(options["crl"])
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    if options.get("unverified") or not name(options):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE if options.get("unverified") else ssl.CERT_REQUIRED
    return context


def exchange(session):
    session.sendall(REQUEST)
    data = session.recv(4096)
    if not data:
        raise OSError("the server closed without an answer")
    while session.recv(4096):
        pass
    return data


def openssl(options):
    context = openssl_context(options)
    kept = None
    for _ in range(2 if options.get("resume") else 1):
        session = context.wrap_socket(dial(options), server_hostname=name(options) or None, session=kept)
        if not options.get("early"):
            exchange(session)
        kept = session.session
        told = f"OK {session.version()} resumed={session.session_reused}"
        session.close()
        print(told, flush=True)
        time.sleep(0.1)


def pyopenssl(options):
    from OpenSSL import SSL
    context = SSL.Context(SSL.SSLv23_METHOD)
    context.load_verify_locations(options["ca"])
    context.set_verify(SSL.VERIFY_PEER, lambda *arguments: bool(arguments[-1]))
    if "ciphers" in options:
        context.set_cipher_list(options["ciphers"].encode())
    if "alpn" in options:
        context.set_alpn_protos([item.encode() for item in options["alpn"]])
    if "max" in options:
        context.set_options(SSL.OP_NO_TLSv1_3)
    plain = dial(options)
    plain.settimeout(None)
    session = SSL.Connection(context, plain)
    if name(options):
        session.set_tlsext_host_name(name(options).encode())
    session.set_connect_state()
    session.do_handshake()
    session.sendall(REQUEST)
    print("OK", session.recv(100)[:15], flush=True)


def rustls(options):
    import pyrtls
    with open(options["ca"]) as file:
        config = pyrtls.ClientConfig(platform_verifier=False, custom_roots=[file.read()],
                                     alpn_protocols=options.get("alpn"))
    plain = dial(options)
    plain.settimeout(None)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 6, 0))
    session = config.wrap_socket(plain, name(options))
    session.send(REQUEST)
    data = session.recv(4096)
    if not data:
        raise OSError("the server closed without an answer")
    print("OK", data[:15], flush=True)


def impersonate(options):
    from curl_cffi import requests
    answer = requests.get(f"https://{options['host']}:{options['port']}/", impersonate=options["profile"],
                          verify=options["ca"], timeout=options.get("timeout", 6))
    print("OK", answer.status_code, flush=True)


def tlslite(options):
    from tlslite.api import HandshakeSettings, TLSConnection
    settings = HandshakeSettings()
    for key, value in options.get("settings", {}).items():
        if key.endswith("Version"):
            value = tuple(value)
        elif key == "versions":
            value = [tuple(version) for version in value]
        setattr(settings, key, value)
    session = TLSConnection(dial(options))
    session.recordSize = options.get("record", session.recordSize)
    session.handshakeClientCert(serverName=name(options) or None, settings=settings,
                                alpn=[item.encode() for item in options["alpn"]] if "alpn" in options else None)
    session.sendall(REQUEST)
    print("OK", bytes(session.recv(100))[:15], flush=True)
    session.close()


def main():
    options = json.loads(sys.argv[1])
    stack = {"openssl": openssl, "pyopenssl": pyopenssl, "rustls": rustls, "impersonate": impersonate, "tlslite": tlslite}[options["stack"]]
    failures = []

    def once():
        try:
            stack(options)
        except Exception as error:
            failures.append(f"ERR {type(error).__name__} {error}")

    threads = [threading.Thread(target=once) for _ in range(options.get("count", 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        print(failure)
    sys.exit(1 if failures else 0)


main()
