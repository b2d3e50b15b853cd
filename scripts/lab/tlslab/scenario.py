"""A scenario: two runs against one kind of server, one that works and one that does not, and the truth about why."""

import json
import os
import pathlib
import re
import shutil
import tempfile
import time
from dataclasses import dataclass

from .capture import Capture, Recorder, packet_count
from .network import LOOPBACK, Net, Network
from .pki import Leaf
from .program import Client, Place, Running, run_client


@dataclass(frozen=True)
class Scenario:
    """One pair. What starts with `bad_` is the failing run's, where it differs from the working one's.

    `cause` is the truth, `accept` what an honest reader of the packets alone may say instead; `expect` a pattern that
    the failing client's words must match. `works` says that the second run works too, and nothing is wrong.
    `background` is a client that runs before the one that matters and is recorded too.
    """

    id: str
    cause: str
    title: str
    servers: tuple
    good: Client
    bad: Client
    accept: tuple = ()
    expect: str = ""
    works: bool = False
    name: str = "localhost"
    port: int = 8443
    leaf: Leaf = Leaf()
    bad_leaf: Leaf = None
    net: Net = LOOPBACK
    bad_net: Net = None
    bad_servers: tuple = None
    capture: Capture = Capture()
    bad_capture: Capture = None
    nameserver: bool = False
    background: Client = None
    background_works: bool = True
    parties: str = ""


class Failed(Exception):
    """A scenario that did not do what it is there to show."""


def stage(scenario, out, tools, pki, index, split="staged"):
    """Records both runs of a scenario and writes `out/<id>` when both are as they should be."""
    target = pathlib.Path(out) / scenario.id
    with tempfile.TemporaryDirectory(prefix=f"lab-{scenario.id}-") as temporary:
        folder = pathlib.Path(temporary)
        good = _run(scenario, folder, tools, pki, index, "good")
        bad = _run(scenario, folder, tools, pki, index, "bad")
        _check(scenario, good, bad, folder)
        servers = scenario.servers if scenario.bad_servers is None else scenario.bad_servers
        truth = {
            "id": scenario.id, "title": scenario.title, "cause": scenario.cause, "accept": list(scenario.accept),
            "split": split, "good_client": scenario.good.label, "bad_client": scenario.bad.label,
            "server": scenario.parties or " + ".join(server.label for server in servers or scenario.servers),
            "packets": {kind: packet_count(folder / f"{kind}.pcap") for kind in ("good", "bad")},
            "bad_error": bad.error, "reproduced": True,
        }
        (folder / "truth.json").write_text(json.dumps(truth, indent=1) + "\n")
        for scratch in folder.glob("*-run"):
            shutil.rmtree(scratch)
        _publish(folder, target)
    return truth


def _publish(folder, target):
    """Puts a finished folder in place at once, so that nobody sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name}.new"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(folder, beside)
    beside.chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    os.rename(beside, target)


def _run(scenario, folder, tools, pki, index, kind):
    bad = kind == "bad"
    chosen = lambda name: getattr(scenario, f"bad_{name}") if bad and getattr(scenario, f"bad_{name}") is not None \
        else getattr(scenario, name)
    directory = folder / f"{kind}-run"
    directory.mkdir()
    leaf = chosen("leaf")
    if not leaf.names:
        leaf = Leaf(**{**leaf.__dict__, "names": (scenario.name,)})
    keylog = folder / f"{kind}.keylog"
    client = scenario.bad if bad else scenario.good
    with Network(chosen("net"), index, scenario.name, scenario.port, scenario.nameserver) as network:
        place = Place(directory, network, pki, tools, scenario.name, scenario.port, leaf, keylog)
        with open(folder / f"{kind}.server.log", "w") as log, Running(chosen("servers"), place, log):
            with Recorder(chosen("capture"), network, folder / f"{kind}.pcap") as recorder:
                if scenario.background:
                    told = run_client(scenario.background, place)
                    if not told.worked and scenario.background_works:
                        raise Failed(f"the background client failed: {told.error}")
                outcome = run_client(client, place)
    if chosen("capture").secrets:
        recorder.embed(keylog)
    (folder / f"{kind}.client.log").write_text(outcome.log)
    for name in (f"{kind}.client.log", f"{kind}.server.log", f"{kind}.keylog"):
        path = folder / name
        if path.exists() and not path.stat().st_size:
            path.unlink()
    return outcome


def _check(scenario, good, bad, folder):
    if not good.worked:
        raise Failed(f"the working client failed: {good.error}")
    if bad.worked != scenario.works:
        raise Failed(f"the failing client {'worked' if bad.worked else 'failed'}: {bad.error}")
    if scenario.expect and not re.search(scenario.expect, bad.log):
        raise Failed(f"the failing client said: {bad.error}")
    for kind in ("good", "bad"):
        if not packet_count(folder / f"{kind}.pcap"):
            raise Failed(f"{kind}.pcap is empty")
