"""Recording what passes an interface, with tcpdump."""

import os
import pathlib
import signal
import subprocess
import time
from dataclasses import dataclass


WITHOUT_NEIGHBOURS = "not arp and not (icmp6 and ip6[40] >= 130) and not (ip6[6] == 0)"


@dataclass(frozen=True)
class Capture:
    """How a run is recorded. `side`: client, server or middle; `interface`: "" for the run's own, or "any".

    `keep` is a filter for what stays; `frames` an editcap range that stays, e.g. "5-99", "1-6". `secrets` puts the run's
    key log into the pcapng file.
    """

    side: str = "client"
    interface: str = ""
    snaplen: int = 0
    nanoseconds: bool = False
    pcapng: bool = False
    keep: str = ""
    frames: str = ""
    secrets: bool = False


class Recorder:
    """Runs tcpdump inside a network while the `with` block lasts."""

    def __init__(self, capture, network, path):
        self.capture, self.network, self.path = capture, network, pathlib.Path(path)

    def __enter__(self):
        middle = self.capture.side == "middle"
        space = getattr(self.network, self.capture.side)
        interface = self.capture.interface or (self.network.middle_interface if middle else self.network.interface)
        command = ["ip", "netns", "exec", space, "tcpdump", "-n", "-U", "--immediate-mode", "-Z", "root",
                   "-i", interface, "-s", str(self.capture.snaplen), "-w", str(self.path)]
        if self.capture.nanoseconds:
            command.append("--time-stamp-precision=nano")
        keep = self.network.format(self.capture.keep) or ("" if middle else WITHOUT_NEIGHBOURS)
        self.process = subprocess.Popen(command + ([keep] if keep else []), stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "listening on" in line:
                break
        else:
            raise RuntimeError(f"tcpdump did not start: {' '.join(command)}")
        return self

    def __exit__(self, *_):
        time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=10)
        if self.capture.frames:
            self._edit("-r", self.capture.frames)
        if self.capture.pcapng:
            self._edit("-F", "pcapng")

    def embed(self, keylog):
        """Moves a key log into the capture."""
        subprocess.run(["editcap", "-F", "pcapng", "--inject-secrets", f"tls,{keylog}", str(self.path), f"{self.path}.new"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(f"{self.path}.new", self.path)
        keylog.unlink()

    def _edit(self, option, value):
        """Rewrites the file with editcap: a range of frames goes after the file names, a format before them."""
        edited = self.path.with_suffix(".edited")
        files = [str(self.path), str(edited)]
        kind = "nsecpcap" if self.capture.nanoseconds else "pcap"
        command = ["editcap", "-F", kind, "-r", *files, value] if option == "-r" else ["editcap", option, value, *files]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(edited, self.path)


def packet_count(path):
    """How many packets a capture file holds."""
    result = subprocess.run(["tcpdump", "-n", "-r", str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return len([line for line in result.stdout.splitlines() if line[:1].isdigit()])
