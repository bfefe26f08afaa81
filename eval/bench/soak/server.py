"""The server that is soaked: started, ended, and looked at from outside."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.bench.processes import ROOT
from eval.bench.soak.clients import PATIENCE, PROBE_SECONDS, Client


@contextmanager
def served(data: Path) -> Iterator[tuple["subprocess.Popen[str]", Client]]:
    """Ready; ended by SIGTERM."""
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--json"]
    process = subprocess.Popen(  # noqa: S603  our own program
        [*command, "--no-access-log", "--data", str(data)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout  # noqa: S101  it was asked for
    with process.stdout:
        address = ""
        while not address.rstrip().endswith("}"):
            address += process.stdout.readline()
        client = Client(int(json.loads(address)["address"].rpartition(":")[2]))
        while client.send("GET", "/readyz")[0] != "200":
            time.sleep(PROBE_SECONDS)
        yield process, client
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return round(int(next(each for each in lines if "VmRSS" in each).split()[1]) / 1024, 1)


def dead_maps(pid: int) -> int:
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return len({each.split()[-2] for each in lines if "generations" in each and "deleted" in each})
