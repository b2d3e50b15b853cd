"""What a run is made of: the place, and the programs that meet there."""

import os
import pathlib
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import Callable

from .network import Network
from .pki import PKI, Leaf
from .toolbox import Toolbox


@dataclass
class Place:
    """All that a program needs to know about the run it takes part in."""

    directory: pathlib.Path
    network: Network
    pki: PKI
    tools: Toolbox
    name: str
    port: int
    leaf: Leaf
    keylog: pathlib.Path

    @property
    def back_port(self):
        """The port of a server behind the one that clients see."""
        return self.port + 1000

    @property
    def url(self):
        return f"https://{self.name}:{self.port}/"

    def write(self, name, text):
        """Writes a configuration file of this run; returns its path as text."""
        path = self.directory / name
        path.write_text(text)
        return str(path)

    def address(self, bind):
        """The address that `bind` names: any4, any6, lo4, lo6."""
        return {"any4": "0.0.0.0", "any6": "::", "lo4": "127.0.0.1", "lo6": "::1"}[bind]


@dataclass(frozen=True)
class Server:
    """A program that listens. `command(place)` gives its arguments; `front` false marks one behind another."""

    label: str
    command: Callable
    front: bool = True
    listens: bool = True
    environment: dict = field(default_factory=dict)
    settle: float = 0.0


@dataclass(frozen=True)
class Client:
    """A program that connects. `works` and `error` are patterns for its output."""

    label: str
    command: Callable
    works: str = ""
    error: str = ""
    stdin: str = ""
    environment: dict = field(default_factory=dict)
    timeout: float = 25
    hold: float = 0.0


NO_SERVER = Server("none", lambda place: None)


class Running:
    """Servers that run while the `with` block lasts; what they print goes to one log."""

    def __init__(self, servers, place, log):
        self.servers, self.place, self.log = servers, place, log
        self.processes = []

    def __enter__(self):
        place = self.place
        try:
            for server in self.servers:
                self._start(server, place)
        except Exception:
            self.__exit__()
            raise
        return self

    def _start(self, server, place):
        command = server.command(place)
        if not command:
            return
        environment = os.environ | {"SSLKEYLOGFILE": ""} | server.environment
        if not environment["SSLKEYLOGFILE"]:
            del environment["SSLKEYLOGFILE"]
        process = subprocess.Popen(
            ["ip", "netns", "exec", place.network.server, *map(str, command)], cwd=place.directory, env=environment,
            stdin=subprocess.PIPE, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        self.processes.append(process)
        if server.listens:
            self._await(place.port if server.front else place.back_port, process, server.label)
        time.sleep(server.settle)

    def _await(self, port, process, label):
        deadline = time.time() + 15
        while time.time() < deadline:
            shown = subprocess.run(["ip", "netns", "exec", self.place.network.server, "ss", "-Hltn", f"sport = :{port}"],
                                   stdout=subprocess.PIPE, text=True)
            if shown.stdout.strip():
                return
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{label} does not listen on {port}: {self.log_text()[-400:]}")

    def log_text(self):
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def __exit__(self, *_):
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(3)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(3)
            except ProcessLookupError:
                pass


@dataclass
class Outcome:
    """What a client said."""

    worked: bool
    error: str
    log: str


def run_client(client, place):
    """Runs a client to its end in the client's namespace."""
    environment = os.environ | client.environment
    if environment.get("SSLKEYLOGFILE") == "keylog":
        environment["SSLKEYLOGFILE"] = str(place.keylog)
    command = ["ip", "netns", "exec", place.network.client, *map(str, client.command(place))]
    process = subprocess.Popen(command, cwd=place.directory, env=environment, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    if client.stdin:
        process.stdin.write(client.stdin.encode())
        process.stdin.flush()
    if client.hold:
        time.sleep(client.hold)
    try:
        output, _ = process.communicate(timeout=client.timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0] + b"\n(killed: no answer)\n"
    log = output.decode(errors="replace")
    worked = bool(re.search(client.works, log)) if client.works else process.returncode == 0
    return Outcome(worked, last_words(client, log, worked), log)


def last_words(client, log, worked):
    """The line that tells what a client made of it: its last that matches the pattern, else its last."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    if not worked:
        lines = [line for line in lines if not line.startswith("OK")] or lines
    matching = [line for line in lines if re.search(client.error or r"^(OK|ERR)\b", line)]
    return (matching or lines or [""])[-1][:200]
