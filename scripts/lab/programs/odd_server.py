#!/usr/bin/env python3
"""Listeners and middleboxes that misbehave, one mode each; the options come as one JSON argument.

  forward   accepts on `host`, then closes: a port forwarder whose backend is missing, as docker-proxy
"""

import json
import socket
import sys
import threading
import time


def listen(options):
    family = socket.AF_INET6 if ":" in options.get("host", "") else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((options.get("host", "0.0.0.0"), options["port"]))
    listener.listen(64)
    return listener


def forward(connection, options):
    """docker-proxy: dials its backend, is refused, and closes both halves."""
    try:
        socket.create_connection(("127.0.0.1", options.get("dead", 9)), timeout=2)
    except OSError as error:
        print("backend:", error, flush=True)
    connection.shutdown(socket.SHUT_WR)
    time.sleep(0.2)


MODES = {"forward": forward}


def main():
    options = json.loads(sys.argv[1])
    listener = listen(options)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, options), daemon=True).start()


def serve(connection, options):
    try:
        with connection:
            MODES[options["mode"]](connection, options)
    except OSError as error:
        print(options["mode"], error, flush=True)


main()
