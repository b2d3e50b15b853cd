#!/usr/bin/env python3
"""A bad wire between the interfaces `left` and `right`: wire.py SETTING...

  delay=MS        every frame takes so long
  loss=PERCENT    frames of TCP that vanish, each way
  duplicate=PERCENT
  reorder=PERCENT frames that take 30 ms longer than the others
  seed=NUMBER     the same misfortune every time
  mirror=5,7      also sends every frame to the interface `mirrored`'s other end, `mirror`, under these VLAN tags
"""

import heapq
import itertools
import random
import select
import socket
import struct
import sys
import time


def open_end(name):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    end.bind((name, 0))
    return end


def tagged(frame, vlans):
    """The frame with 802.1Q tags; the outer of two is a service tag."""
    kinds = [0x8100] if len(vlans) == 1 else [0x88A8] + [0x8100] * (len(vlans) - 1)
    tags = b"".join(struct.pack(">HH", kind, vlan) for kind, vlan in zip(kinds, vlans))
    return frame[:12] + tags + frame[12:]


def main():
    settings = dict(item.split("=") for item in sys.argv[1:])
    mirror = open_end("mirror") if "mirror" in settings else None
    vlans = [int(tag) for tag in settings.pop("mirror", "").split(",") if tag]
    settings = {key: float(value) for key, value in settings.items()}
    chance = random.Random(int(settings.get("seed", 1)))
    ends = [open_end("left"), open_end("right")]
    waiting, order = [], itertools.count()

    def hit(name):
        return chance.random() * 100 < settings.get(name, 0)

    print("connected", flush=True)
    while True:
        pause = max(0, waiting[0][0] - time.monotonic()) if waiting else None
        for end in select.select(ends, [], [], pause)[0]:
            frame, origin = end.recvfrom(65535)
            if origin[2] == socket.PACKET_OUTGOING:
                continue
            if mirror:
                mirror.send(tagged(frame, vlans))
            other = ends[1 - ends.index(end)]
            is_tcp = frame[12:14] == b"\x08\x00" and frame[23] == 6
            if is_tcp and hit("loss"):
                continue
            due = time.monotonic() + settings.get("delay", 0) / 1000 + (0.03 if is_tcp and hit("reorder") else 0)
            for _ in range(2 if is_tcp and hit("duplicate") else 1):
                heapq.heappush(waiting, (due, next(order), other, frame))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, other, frame = heapq.heappop(waiting)
            other.send(frame)


main()
