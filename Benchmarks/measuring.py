"""What Benchmarks/compare and Benchmarks/scale share: running commands in turn and taking medians of quiet rounds."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent
# A round counts as quiet where other programs took less than this share of the processors.
QUIET = 0.05


class Run(NamedTuple):
    wall: float
    user: float
    system: float
    peak: int  # KiB
    others: float  # share of the machine's processors that other programs took
    status: int

    @property
    def processor(self) -> float:
        return self.user + self.system


def default_folder() -> pathlib.Path:
    return pathlib.Path(tempfile.gettempdir()) / "tlswhy-benchmarks"


def build(name: str, *libraries: str) -> pathlib.Path:
    """Compiles one of the C files beside this one."""
    folder = default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    subprocess.run(["cc", "-O2", FOLDER / f"{name}.c", "-o", program, *libraries], check=True)
    return program


def measure(measurer: pathlib.Path, command: list) -> Run:
    with tempfile.NamedTemporaryFile("r") as report:
        subprocess.run([measurer, report.name, *command], check=True)
        fields = report.read().split()
    run = Run(*map(float, fields[:3]), int(fields[3]), float(fields[4]), int(fields[5]))
    if run.status == 127:
        sys.exit(f"cannot run {command[0]}")
    return run


def rounds(measurer: pathlib.Path, commands: dict, count: int, patience: float) -> dict:
    """Runs all commands in turn until `count` rounds were quiet, or `patience` seconds have passed and there were
    `count` rounds at all. Returns the quietest of each command."""
    for command in commands.values():  # the files into the page cache, the programs too
        measure(measurer, command)
    taken: dict = {name: [] for name in commands}
    start = time.monotonic()
    while True:
        for name, command in commands.items():
            taken[name].append(measure(measurer, command))
        done = len(next(iter(taken.values())))
        quiet = all(sum(run.others < QUIET for run in runs) >= count for runs in taken.values())
        if done >= count and (quiet or time.monotonic() - start > patience):
            return {name: sorted(runs, key=lambda run: run.others)[:count] for name, runs in taken.items()}


def median(runs: list, what: str) -> float:
    return statistics.median(getattr(run, what) for run in runs)


def machine() -> str:
    model = "processor unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    kernel = os.uname().release.split("-")[0]
    return f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors ({model}), Linux {kernel}"


def version(program: str) -> str:
    """The first line in which a program says what it is."""
    for option in ("--version", "-v", "-h"):
        try:
            said = subprocess.run(
                [program, option], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            continue
        name = pathlib.Path(program).name.lower()
        for line in (said.stdout + said.stderr).splitlines():
            if any(character.isdigit() for character in line) and (name in line.lower() or "--version" == option):
                return line.strip()[:60]
    return ""


def present(program: str) -> bool:
    return shutil.which(program) is not None
