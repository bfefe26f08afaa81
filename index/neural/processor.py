"""How many cores this process may use, and which processor they belong to."""

import math
import os
import platform
from collections.abc import Iterator
from pathlib import Path

CGROUPS = "sys/fs/cgroup"


def usable_cores(root: Path = Path("/")) -> int:
    """Cores that the scheduler and the container's quota leave to this process, at least one.

    A part of a core counts as a core: with a quota of 1.5, two threads finish sooner than one.
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min([cores, *(math.ceil(quota) for quota in _quotas(root))]))


def processor(root: Path = Path("/")) -> str:
    """A description that differs where the fastest engine may differ."""
    names = {"model name", "flags", "Features"}
    described = [platform.machine(), platform.processor()]
    for line in _text(root / "proc/cpuinfo").split("\n\n")[0].splitlines():
        name, _, value = line.partition(":")
        if name.strip() in names:
            described.append(value.strip())
    return " ".join(described)


def _quotas(root: Path) -> Iterator[float]:
    """Of the process's control group and of all groups around it, in cores; both versions.

    https://docs.kernel.org/admin-guide/cgroup-v2.html and cgroup-v1.
    """
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if controllers and "cpu" not in controllers.split(","):
            continue
        # A container often sees its own group as the root of the tree, whatever its path says.
        base = root / CGROUPS / controllers
        inner = base / path.lstrip("/")
        for folder in {base, inner, *inner.parents}:
            if folder.is_relative_to(base):
                yield from _quota(folder)


def _quota(group: Path) -> Iterator[float]:
    words = _text(group / "cpu.max").split()
    if not words:
        words = [
            *_text(group / "cpu.cfs_quota_us").split(),
            *_text(group / "cpu.cfs_period_us").split(),
        ]
    try:
        allowed, period = map(int, words)
    except ValueError:  # "max", or no such file
        return
    if allowed > 0 and period > 0:
        yield allowed / period


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
