#!/usr/bin/env python3
"""A name server on UDP port 53 of the given address: dns_server.py ADDRESS MODE [IPV4] [IPV6].

MODE: answer, nxdomain, servfail, refused, empty (NOERROR without records), silent, or v6only (AAAA alone).
"""

import ipaddress
import socket
import struct
import sys

CODES = {"nxdomain": 3, "servfail": 2, "refused": 5}


def main():
    address, mode, *records = sys.argv[1:]
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind((address, 53))
    print("listening", flush=True)
    while True:
        query, source = listener.recvfrom(1500)
        if mode != "silent":
            listener.sendto(answer(query, mode, records), source)


def answer(query, mode, records):
    end = query.index(b"\0", 12) + 5
    question = query[12:end]
    kind = struct.unpack(">H", question[-4:-2])[0]
    wanted = {1: 4, 28: 16}.get(kind)
    found = [ipaddress.ip_address(text).packed for text in records] if mode in ("answer", "v6only") else []
    found = [packed for packed in found if len(packed) == wanted and not (mode == "v6only" and wanted == 4)]
    code = CODES.get(mode, 0)
    head = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(found), 0, 0)
    body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(packed)) + packed for packed in found)
    return head + question + body


main()
