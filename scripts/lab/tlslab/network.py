"""Where a run takes place: namespaces, and what lies between them."""

import dataclasses
import os
import pathlib
import subprocess
from dataclasses import dataclass

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "programs"


@dataclass(frozen=True)
class Net:
    """A network's shape.

    `kind`: loopback (one namespace); cable (two, joined by virtual Ethernet); routed (a router between them, which can
    capture too); span (a switch between them whose mirror port adds the VLAN tags `vlans`); vxlan (a cable that carries
    an overlay); tun (raw IP, no Ethernet).
    `families`: which addresses the server's name resolves to, in the hosts file's order ("46", "4", "6", or "" for a name
    that only DNS may know). `rules`: commands as (side, text) run before the server starts; `{port}`, `{client4}`,
    `{server4}`, `{client6}` and `{server6}` stand for the run's own. `mtu` is the cable's; `wire` says how bad it is, in
    the words of programs/wire.py. `offload` leaves segmentation to the network card.
    """

    kind: str = "loopback"
    families: str = "46"
    rules: tuple = ()
    mtu: int = 1500
    wire: str = ""
    vlans: tuple = ()
    offload: bool = False

    def with_rules(self, *rules):
        return dataclasses.replace(self, rules=self.rules + rules)


LOOPBACK = Net()
CABLE = Net(kind="cable", families="4")
CABLE6 = Net(kind="cable", families="6")
DUAL = Net(kind="cable", families="46")
ROUTED = Net(kind="routed", families="4")


class Network:
    """A `Net` brought up; a context manager that takes it down again. `index` keeps parallel runs apart."""

    def __init__(self, net, index, name, port, nameserver=False):
        self.net, self.name, self.port, self.nameserver = net, name, port, nameserver
        stem = f"lab{os.getpid()}-{index}"
        self.client, self.server = f"{stem}c", f"{stem}c" if net.kind == "loopback" else f"{stem}s"
        self.middle = f"{stem}m" if net.wire or net.kind in ("routed", "span") else ""
        self.interface = {"loopback": "lo", "tun": "tun0"}.get(net.kind, "eth0")
        self.middle_interface = {"span": "mirror"}.get(net.kind, "any")
        self.between = None
        third, fourth = index // 200 + 20, index % 200 + 10
        if net.kind == "loopback":
            self.client4 = self.server4 = "127.0.0.1"
            self.client6 = self.server6 = "::1"
        else:
            far = third + 100 if net.kind == "routed" else third
            self.client4, self.server4 = f"10.{third}.{fourth}.23", f"10.{far}.{fourth}.80"
            self.client6, self.server6 = f"fd00:{third:x}:{fourth:x}::23", f"fd00:{far:x}:{fourth:x}::80"

    def __enter__(self):
        try:
            for space in self.spaces:
                run("ip", "netns", "del", space, check=False)
                run("ip", "netns", "add", space)
                self.execute(space, "ip", "link", "set", "lo", "up")
                self._write_names(space)
            if self.net.kind != "loopback":
                self._join_spaces()
            for side, text in self.net.rules:
                self.execute(getattr(self, side), *self.format(text).split())
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.between:
            self.between.kill()
            self.between.wait()
        for space in self.spaces:
            run("ip", "netns", "del", space, check=False)
            directory = pathlib.Path("/etc/netns") / space
            for file in directory.glob("*"):
                file.unlink()
            if directory.exists():
                directory.rmdir()

    @property
    def spaces(self):
        return {self.client, self.server, self.middle} - {""}

    def format(self, text):
        for key in ("port", "client4", "server4", "client6", "server6", "name"):
            text = text.replace("{" + key + "}", str(getattr(self, key)))
        return text

    def execute(self, space, *command):
        run("ip", "netns", "exec", space, *command)

    def _write_names(self, space):
        directory = pathlib.Path("/etc/netns") / space
        directory.mkdir(parents=True, exist_ok=True)
        addresses = {"4": self.server4, "6": self.server6}
        lines = ["127.0.0.1 localhost"] + [f"{addresses[family]} {self.name}" for family in self.net.families]
        if self.name == "localhost":
            lines = [f"{addresses[family]} localhost" for family in self.net.families]
        (directory / "hosts").write_text("\n".join(lines) + "\n")
        resolver = f"nameserver {self.server4}\noptions timeout:1 attempts:2\n" if self.nameserver else ""
        (directory / "resolv.conf").write_text(resolver)

    def _join_spaces(self):
        if self.net.kind == "tun":
            self._start("tun.py", self.client, self.server)
        elif self.middle:
            self._join(self.client, "eth0", self.middle, "left")
            self._join(self.middle, "right", self.server, "eth0")
        else:
            self._join(self.client, "eth0", self.server, "eth0")
        inner = "vx0" if self.net.kind == "vxlan" else self.interface
        if self.net.kind == "vxlan":
            self._lay_overlay()
        sides = ((self.client, self.client4, self.client6), (self.server, self.server4, self.server6))
        for space, address4, address6 in sides:
            self._address(space, inner, address4, address6)
        if self.net.kind == "routed":
            self._set_up_router()
        for space, address4, address6 in sides:
            via = ("via", router(address4)) if self.net.kind == "routed" else ()
            self.execute(space, "ip", "route", "add", "default", *via, "dev", inner)
            if via:
                self.execute(space, "ip", "-6", "route", "add", "default", "via", router(address6), "dev", inner)
        if self.middle and self.net.kind != "routed":
            self._bring_up(self.middle, "left")
            self._bring_up(self.middle, "right")
            if self.net.kind == "span":
                self._join(self.middle, "mirror", self.middle, "mirrored")
                self._bring_up(self.middle, "mirror")
                self._bring_up(self.middle, "mirrored")
            tags = [f"mirror={','.join(map(str, self.net.vlans))}"] if self.net.kind == "span" else []
            self._start("wire.py", *self.net.wire.split(), *tags, space=self.middle)

    def _set_up_router(self):
        for interface, address4, address6 in (("left", self.client4, self.client6), ("right", self.server4, self.server6)):
            self._address(self.middle, interface, router(address4), router(address6))
        for key in ("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"):
            self.execute(self.middle, "sysctl", "-qw", f"{key}=1")

    def _lay_overlay(self):
        ends = ((self.client, "192.168.77.1", "192.168.77.2"), (self.server, "192.168.77.2", "192.168.77.1"))
        for space, local, remote in ends:
            self.execute(space, "ip", "address", "add", f"{local}/24", "dev", "eth0")
            self._bring_up(space, "eth0")
            self.execute(space, "ip", "link", "add", "vx0", "type", "vxlan", "id", "4242", "dstport", "4789", "local",
                         local, "remote", remote)

    def _address(self, space, interface, address4, address6):
        self.execute(space, "ip", "address", "add", f"{address4}/24", "dev", interface)
        self.execute(space, "ip", "address", "add", f"{address6}/64", "dev", interface, "nodad")
        self._bring_up(space, interface)

    def _join(self, one, interface, other, other_interface):
        run("ip", "link", "add", interface, "netns", one, "type", "veth", "peer", "name", other_interface, "netns", other)

    def _bring_up(self, space, interface):
        mtu = self.net.mtu + {"vx0": -50, "mirror": 16, "mirrored": 16}.get(interface, 0)
        self.execute(space, "ip", "link", "set", interface, "mtu", str(mtu), "up")
        if not self.net.offload and interface != "tun0":
            self.execute(space, "ethtool", "-K", interface, "tso", "off", "gso", "off", "gro", "off", "tx", "off")

    def _start(self, program, *arguments, space=""):
        inside = ["ip", "netns", "exec", space] if space else []
        self.between = subprocess.Popen([*inside, "python3", str(PROGRAMS / program), *arguments], stdout=subprocess.PIPE)
        self.between.stdout.readline()


def router(address):
    """The router's address on the network of another."""
    return address.rsplit(".", 1)[0] + ".1" if "." in address else address.rsplit(":", 1)[0] + ":1"


def run(*command, check=True):
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if check and result.returncode:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()}")
