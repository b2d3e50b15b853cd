#!/usr/bin/env python3
"""A tunnel without Ethernet: tun.py ONE OTHER joins a `tun0` in each of two named network namespaces."""

import ctypes
import fcntl
import os
import select
import struct
import sys

TUNSETIFF, IFF_TUN, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 1, 0x1000, 0x40000000


def open_end(space):
    with open(f"/run/netns/{space}") as handle:
        if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), space)
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", b"tun0", IFF_TUN | IFF_NO_PI))
    return end


def main():
    one, other = (open_end(space) for space in sys.argv[1:3])
    print("connected", flush=True)
    while True:
        for end in select.select([one, other], [], [])[0]:
            packet = os.read(end, 65535)
            try:
                os.write(other if end == one else one, packet)
            except OSError:
                pass


main()
