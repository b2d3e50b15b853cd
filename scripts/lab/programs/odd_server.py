#!/usr/bin/env python3
"""Listeners and middleboxes that misbehave, one mode each; the options come as one JSON argument.

Listeners (`host` to bind, `reset` to close with RST instead of FIN):
  forward    accepts, dials a backend that is missing, closes: as docker-proxy does
  close      closes right after accept, or after `count` bytes were read, `delay` seconds later
  silent     reads and never answers; `count` bytes only where given, so that the window fills
  banner     says `banner` at once; answers whatever comes with `reply`, then closes
  http       reads a little and answers 400 in plain HTTP
  limit      serves `allowed` connections at a time through the backend and closes the others
  connect    an HTTP proxy: answers CONNECT with `status`; 200 tunnels to the backend
  garbage    answers a hello with bytes that only look like TLS: `answer` in hex

Relays to the backend at `back`:
  relay      passes everything on
  smallread  resets when the hello is over `count` bytes
  whole      closes unless the hello's record came in one segment of `count` bytes at most
  extension  closes (or sends `alert`) when the hello has one of the `types`; -1 means any GREASE value
  versions   closes when the hello offers TLS 1.3
  mangle     flips a byte: the `nth` record of content type `type` from `who`, at `offset` from its end or start
  lengths    makes the ServerHello's inner length too large
  suite      puts the cipher suite `suite` into the ServerHello
  extra      adds an extension nobody asked for to a TLS 1.2 ServerHello: its type is `type`
  retry      answers every hello itself with a HelloRetryRequest for `group`
  stop       passes on only the first `count` bytes from the server, then closes (or, with `hang`, keeps quiet)

Middlebox:
  inject     watches the server's interface; answers a packet that holds `word` with resets in both
             directions' names
"""

import json
import socket
import struct
import sys
import threading
import time

GREASE = {value << 8 | value for value in range(0x0A, 0x100, 0x10)}


def listen(options):
    family = socket.AF_INET6 if ":" in options.get("host", "") else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if options.get("window"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, options["window"])
    listener.bind((options.get("host", "0.0.0.0"), options["port"]))
    listener.listen(64)
    return listener


def leave(connection, options):
    """Closes with FIN, or with RST where the options say so."""
    if options.get("reset"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    else:
        connection.shutdown(socket.SHUT_WR)
        time.sleep(0.2)


def forward(connection, options):
    try:
        socket.create_connection(("127.0.0.1", options.get("dead", 9)), timeout=2)
    except OSError as error:
        print("backend:", error, flush=True)
    leave(connection, options)


def close(connection, options):
    if options.get("count"):
        connection.recv(options["count"])
    time.sleep(options.get("delay", 0))
    leave(connection, options)


def silent(connection, options):
    if "count" in options:
        connection.recv(options["count"])
        time.sleep(30)
    while connection.recv(4096):
        pass


def banner(connection, options):
    connection.sendall(plain(options, "banner"))
    while connection.recv(2000):
        if not options.get("reply"):
            break
        connection.sendall(plain(options, "reply"))
        if not options.get("patient"):
            break
    leave(connection, options)


def plain(options, key):
    if key + "_hex" in options:
        return bytes.fromhex(options[key + "_hex"])
    return options.get(key, "").encode()


def http(connection, options):
    connection.recv(2000)
    body = "<html><body><h1>400 Bad Request</h1></body></html>\n"
    connection.sendall((f"HTTP/1.1 400 Bad Request\r\nServer: {options.get('server', 'httpd')}\r\nContent-Type: text/html\r\n"
                        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}").encode())
    leave(connection, options)


busy = threading.Semaphore(0)


def limit(connection, options):
    if not busy.acquire(blocking=False):
        return leave(connection, options)
    try:
        relay(connection, options)
    finally:
        busy.release()


def connect(connection, options):
    request = connection.recv(4000)
    status = options.get("status", "200 Connection established")
    if status.startswith("200") and request.startswith(b"CONNECT"):
        connection.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())
        return relay(connection, options)
    extra = 'Proxy-Authenticate: Basic realm="proxy"\r\n' if status.startswith("407") else ""
    connection.sendall(f"HTTP/1.1 {status}\r\nVia: 1.1 gateway (squid/5.7)\r\n{extra}Content-Length: 0\r\n"
                       f"Connection: close\r\n\r\n".encode())
    leave(connection, options)


def garbage(connection, options):
    connection.recv(4000)
    connection.sendall(bytes.fromhex(options["answer"]))
    time.sleep(options.get("delay", 1))
    leave(connection, options)


def relay(connection, options, first=b"", change=lambda who, data: data):
    with socket.create_connection(("127.0.0.1", options["back"]), timeout=4) as back:
        back.settimeout(20)
        if first:
            back.sendall(change("client", first))
        pumps = [threading.Thread(target=pump, args=(connection, back, "client", change), daemon=True),
                 threading.Thread(target=pump, args=(back, connection, "server", change), daemon=True)]
        for thread in pumps:
            thread.start()
        for thread in pumps:
            thread.join()


def pump(source, target, who, change):
    try:
        while data := source.recv(16384):
            target.sendall(change(who, data))
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def hello(connection):
    """Reads the whole first record."""
    data = b""
    while len(data) < 5 or len(data) < 5 + int.from_bytes(data[3:5], "big"):
        more = connection.recv(4096)
        if not more:
            break
        data += more
    return data


def smallread(connection, options):
    data = hello(connection)
    if len(data) > options["count"]:
        return leave(connection, options)
    relay(connection, options, data)


def whole(connection, options):
    data = connection.recv(options["count"])
    if len(data) < 5 + int.from_bytes(data[3:5], "big"):
        return leave(connection, options)
    relay(connection, options, data)


def parsed(data):
    """The hello's suites and {extension type: bytes}."""
    position = 5 + 4 + 2 + 32
    position += 1 + data[position]
    length = int.from_bytes(data[position:position + 2], "big")
    suites = struct.unpack(f">{length // 2}H", data[position + 2:position + 2 + length])
    position += 2 + length
    position += 1 + data[position] + 2
    extensions = {}
    while position + 4 <= len(data):
        kind, length = struct.unpack(">HH", data[position:position + 4])
        extensions[kind] = data[position + 4:position + 4 + length]
        position += 4 + length
    return suites, extensions


def extension(connection, options):
    data = hello(connection)
    suites, extensions = parsed(data)
    types = set(options["types"])
    hit = types & set(extensions) or (-1 in types and GREASE & (set(suites) | set(extensions)))
    if options.get("filled"):
        hit = any(extensions.get(kind) for kind in types)
    if not hit:
        return relay(connection, options, data)
    if "alert" in options:
        connection.sendall(bytes([21, 3, 3, 0, 2, 2, options["alert"]]))
    leave(connection, options)


def versions(connection, options):
    data = hello(connection)
    if b"\x03\x04" in parsed(data)[1].get(43, b""):
        return leave(connection, options)
    relay(connection, options, data)


def by_record(work):
    """Wraps `work(who, type, number, record)` so that it sees whole records, counted for each side and type."""
    held, counts = {"client": b"", "server": b""}, {}

    def change(who, data):
        held[who] += data
        out = b""
        while len(held[who]) >= 5:
            length = 5 + int.from_bytes(held[who][3:5], "big")
            if len(held[who]) < length:
                break
            record, held[who] = bytearray(held[who][:length]), held[who][length:]
            number = counts[who, record[0]] = counts.get((who, record[0]), 0) + 1
            out += bytes(work(who, record[0], number, record))
        return out
    return change


def mangle(connection, options):
    def work(who, kind, number, record):
        if (who, kind, number) == (options.get("who", "server"), options.get("type", 23), options.get("nth", 1)):
            record[options.get("offset", -1)] ^= options.get("flip", 0x55)
        return record
    relay(connection, options, change=by_record(work))


def lengths(connection, options):
    def work(who, kind, number, record):
        if who == "server" and kind == 22 and number == 1:
            record[43] = 0xE0
        return record
    relay(connection, options, change=by_record(work))


def suite(connection, options):
    def work(who, kind, number, record):
        if who == "server" and kind == 22 and number == 1:
            position = 44 + record[43]
            record[position:position + 2] = options["suite"].to_bytes(2, "big")
        return record
    relay(connection, options, change=by_record(work))


def extra(connection, options):
    def work(who, kind, number, record):
        if who == "server" and kind == 22 and number == 1:
            added = struct.pack(">HH", options["type"], 0)
            session = 43 + 1 + record[43]
            record += added
            for position, width in ((3, 2), (6, 3), (session + 3, 2)):
                value = int.from_bytes(record[position:position + width], "big") + len(added)
                record[position:position + width] = value.to_bytes(width, "big")
        return record
    relay(connection, options, change=by_record(work))


def retry(connection, options):
    random = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
    for _ in range(options.get("rounds", 1)):
        data = hello(connection)
        while data[:1] == b"\x14":
            data = data[6:] or hello(connection)
        session = data[43:44 + data[43]]
        extensions = bytes.fromhex("002b00020304") + struct.pack(">HHH", 51, 2, options["group"])
        body = b"\x03\x03" + random + session + b"\x13\x01\x00" + struct.pack(">H", len(extensions)) + extensions
        message = b"\x02" + len(body).to_bytes(3, "big") + body
        connection.sendall(b"\x16\x03\x03" + struct.pack(">H", len(message)) + message)
    connection.recv(4000)
    leave(connection, options)


def stop(connection, options):
    seen = [0]

    def change(who, data):
        if who == "server":
            data = data[:max(0, options["count"] - seen[0])]
            seen[0] += len(data)
            if seen[0] >= options["count"]:
                connection.sendall(data)
                if options.get("hang"):
                    time.sleep(20)
                leave(connection, options)
                raise OSError("stopped")
        return data
    relay(connection, options, change=change)


def inject(options):
    """Sends a reset to the client, and one to the server, whose TTL and IP-ID are the middlebox's own."""
    watch = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0003))
    send = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    print("watching", flush=True)
    while True:
        packet = watch.recv(65535)
        if len(packet) < 40 or packet[0] >> 4 != 4:
            continue
        header = (packet[0] & 15) * 4
        source, target = packet[12:16], packet[16:20]
        ports = struct.unpack(">HH", packet[header:header + 4])
        if packet[9] != 6 or options["port"] not in ports:
            continue
        start = header + (packet[header + 12] >> 4) * 4
        sequence, acknowledged = struct.unpack(">II", packet[header + 4:header + 12])
        payload = packet[start:int.from_bytes(packet[2:4], "big")]
        if options["word"].encode() not in payload:
            continue
        forward = (source, target, ports, sequence + len(payload), acknowledged)
        backward = (target, source, ports[::-1], acknowledged, sequence + len(payload))
        to_client, to_server = (backward, forward) if ports[1] == options["port"] else (forward, backward)
        for burst in range(options.get("burst", 1)):
            source, target, ports, first, second = to_client
            send.sendto(reset(source, target, ports, first + burst * 1460, second, options), (socket.inet_ntoa(target), 0))
        send.sendto(reset(*to_server, options), (socket.inet_ntoa(to_server[1]), 0))


def reset(source, target, ports, sequence, acknowledged, options):
    flags = 0x14 if options.get("acknowledge", True) else 0x04
    segment = struct.pack(">HHIIBBHHH", *ports, sequence & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF, 5 << 4, flags,
                          options.get("window", 0), 0, 0)
    pseudo = source + target + struct.pack(">BBH", 0, 6, len(segment))
    segment = segment[:16] + struct.pack(">H", checksum(pseudo + segment)) + segment[18:]
    return struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40, options.get("ip_id", 0x4242), 0, options.get("ttl", 101), 6, 0,
                       source, target) + segment


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


MODES = {mode.__name__: mode for mode in (
    forward, close, silent, banner, http, limit, connect, garbage, relay, smallread, whole, extension, versions, mangle,
    lengths, suite, extra, retry, stop)}


def main():
    options = json.loads(sys.argv[1])
    if options["mode"] == "inject":
        return inject(options)
    for _ in range(options.get("allowed", 0)):
        busy.release()
    listener = listen(options)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, options), daemon=True).start()


def serve(connection, options):
    try:
        with connection:
            connection.settimeout(25)
            MODES[options["mode"]](connection, options)
    except (OSError, IndexError, struct.error) as error:
        print(options["mode"], error, flush=True)


main()
