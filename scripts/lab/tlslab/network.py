"""Where a run takes place: one namespace with a loopback, or two that a virtual Ethernet cable joins."""

import dataclasses
import os
import pathlib
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Net:
    """A network's shape.

    `families`: which addresses the server's name resolves to, in the hosts file's order ("46", "4", "6", or "" for a name
    that only DNS may know). `rules`: commands as (side, text) run before the server starts; `{port}`, `{client4}`,
    `{server4}`, `{client6}` and `{server6}` stand for the run's own. `mtu` is the cable's; `wire` says how bad it is, in
    the words of programs/wire.py.
    """

    kind: str = "loopback"
    families: str = "46"
    rules: tuple = ()
    mtu: int = 1500
    wire: str = ""

    def with_rules(self, *rules):
        return dataclasses.replace(self, rules=self.rules + rules)


LOOPBACK = Net()
CABLE = Net(kind="cable", families="4")
CABLE6 = Net(kind="cable", families="6")
DUAL = Net(kind="cable", families="46")


class Network:
    """A `Net` brought up; a context manager that takes it down again. `index` keeps parallel runs apart."""

    def __init__(self, net, index, name, port, nameserver=False):
        self.net, self.name, self.port, self.nameserver = net, name, port, nameserver
        self.middle = f"lab{os.getpid()}-{index}m" if net.wire else ""
        self.between = None
        self.client = f"lab{os.getpid()}-{index}c"
        self.server = f"lab{os.getpid()}-{index}s" if net.kind == "cable" else self.client
        third, fourth = index // 200 + 20, index % 200 + 10
        if net.kind == "cable":
            self.client4, self.server4 = f"10.{third}.{fourth}.23", f"10.{third}.{fourth}.80"
            self.client6, self.server6 = f"fd00:{third:x}:{fourth:x}::23", f"fd00:{third:x}:{fourth:x}::80"
            self.client_interface, self.server_interface = "eth0", "eth0"
        else:
            self.client4 = self.server4 = "127.0.0.1"
            self.client6 = self.server6 = "::1"
            self.client_interface = self.server_interface = "lo"

    def __enter__(self):
        for space in self.spaces:
            run("ip", "netns", "del", space, check=False)
            run("ip", "netns", "add", space)
            self.execute(space, "ip", "link", "set", "lo", "up")
            self._write_names(space)
        if self.net.kind == "cable":
            self._lay_cable()
        for side, text in self.net.rules:
            space = self.client if side == "client" else self.server
            self.execute(space, *self.format(text).split())
        return self

    @property
    def spaces(self):
        return {self.client, self.server, self.middle} - {""}

    def __exit__(self, *_):
        if self.between:
            self.between.kill()
            self.between.wait()
        for space in self.spaces:
            run("ip", "netns", "del", space, check=False)
            directory = pathlib.Path("/etc/netns") / space
            for file in directory.glob("*"):
                file.unlink()
            directory.rmdir()

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

    def _lay_cable(self):
        if self.middle:
            self._join(self.client, "eth0", self.middle, "left")
            self._join(self.middle, "right", self.server, "eth0")
            self._bring_up(self.middle, "left")
            self._bring_up(self.middle, "right")
        else:
            self._join(self.client, "eth0", self.server, "eth0")
        sides = ((self.client, self.client4, self.client6), (self.server, self.server4, self.server6))
        for space, address4, address6 in sides:
            self.execute(space, "ip", "address", "add", f"{address4}/24", "dev", "eth0")
            self.execute(space, "ip", "address", "add", f"{address6}/64", "dev", "eth0", "nodad")
            self._bring_up(space, "eth0")
        for space, _, _ in sides:
            self.execute(space, "ip", "route", "add", "default", "dev", "eth0")
        if self.middle:
            program = pathlib.Path(__file__).resolve().parent.parent / "programs" / "wire.py"
            self.between = subprocess.Popen(
                ["ip", "netns", "exec", self.middle, "python3", str(program), *self.net.wire.split()],
                stdout=subprocess.PIPE)
            self.between.stdout.readline()

    def _join(self, one, interface, other, other_interface):
        run("ip", "link", "add", interface, "netns", one, "type", "veth", "peer", "name", other_interface, "netns", other)

    def _bring_up(self, space, interface):
        self.execute(space, "ip", "link", "set", interface, "mtu", str(self.net.mtu), "up")
        self.execute(space, "ethtool", "-K", interface, "tso", "off", "gso", "off", "gro", "off", "tx", "off")


def run(*command, check=True):
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if check and result.returncode:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()}")
