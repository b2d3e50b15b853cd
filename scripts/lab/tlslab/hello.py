"""ClientHellos made by hand, for what no stack would send."""

import struct

GROUPS = (29, 23, 24)
SIGNATURES = (0x0403, 0x0804, 0x0401, 0x0503, 0x0805)


def extension(kind, body):
    return struct.pack(">HH", kind, len(body)) + body


def vector(body, width=2):
    return len(body).to_bytes(width, "big") + body


def shorts(values):
    return b"".join(struct.pack(">H", value) for value in values)


def client_hello(name, versions=(0x0304, 0x0303), suites=(0x1301, 0x1302, 0xC02B, 0xC02F), leave_out=(), added=b"",
                 legacy=0x0303):
    """A ClientHello record as hex. `leave_out` names extension types not to send; `added` is put behind the others."""
    everything = {
        0: vector(b"\0" + vector(name.encode())),
        10: vector(shorts(GROUPS)),
        11: vector(b"\0", 1),
        13: vector(shorts(SIGNATURES)),
        43: vector(shorts(versions), 1),
        51: vector(shorts([29]) + vector(bytes(range(9, 41)))),
        23: b"",
    }
    extensions = b"".join(extension(kind, body) for kind, body in everything.items() if kind not in leave_out) + added
    body = (struct.pack(">H", legacy) + bytes(range(32)) + vector(bytes(range(100, 132)), 1) + vector(shorts(suites))
            + b"\x01\x00" + vector(extensions))
    return (b"\x16\x03\x01" + vector(b"\x01" + vector(body, 3))).hex()
