#!/usr/bin/env python3
"""A client that is no TLS stack; prints "OK ..." or "ERR ...". One JSON argument:

  host port
  send     text to send first (\\r\\n written out), or `hex`
  expect   what the answer must start with for OK; without it any answer will do
  wait     seconds to wait for the answer
"""

import json
import socket
import sys


def main():
    options = json.loads(sys.argv[1])
    connection = socket.create_connection((options["host"], options["port"]), timeout=4)
    connection.settimeout(options.get("wait", 3))
    connection.sendall(bytes.fromhex(options["hex"]) if "hex" in options else options.get("send", "").encode())
    answer = connection.recv(2000)
    if answer.startswith(options.get("expect", "").encode()) and answer:
        return f"OK {answer[:60]}"
    return f"ERR {answer[:60]}" if answer else "ERR closed without an answer"


try:
    told = main()
except OSError as error:
    told = f"ERR {type(error).__name__} {error}"
print(told)
sys.exit(0 if told.startswith("OK") else 1)
