"""Where numbers come from: code, versions, machine, memory, seeds, settings. Sends nothing."""

import os
import platform
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

PROJECT = "onrecord"
ROOT = Path(__file__).resolve().parents[2]
CPUINFO = Path("/proc/cpuinfo")
STATUS = Path("/proc/self/status")


def environment(*, settings: Mapping[str, Any], seeds: Mapping[str, int]) -> dict[str, Any]:
    """What is needed to reproduce the numbers, or to see why others differ."""
    return {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "git": git(ROOT),
        "versions": versions(PROJECT),
        "python": sys.version.split()[0],
        "platform": platform.platform(),
        "cpu": cpu(),
        "seeds": dict(seeds),
        "settings": dict(settings),
    }


def git(root: Path) -> dict[str, Any] | None:
    """The revision and whether the working tree differs from it; None outside a checkout."""
    if not (root / ".git").exists():
        return None
    revision = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain")
    return None if revision is None else {"revision": revision, "dirty": bool(changed)}


def versions(project: str) -> dict[str, str | None]:
    """Of a package and its direct dependencies without extras; None where one is absent."""
    asked_for = [each for each in _requirements(project) if "extra ==" not in each]
    names = [project, *(re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in asked_for)]
    return {name: _version(name) for name in names}


def cpu(cpuinfo: Path = CPUINFO) -> dict[str, Any]:
    """`cores` counts those this process may use."""
    facts = _cpuinfo(cpuinfo)
    return {
        "model": facts.get("model name") or platform.processor() or platform.machine(),
        "flags": sorted((facts.get("flags") or facts.get("Features") or "").split()),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
    }


def resident_mb() -> float:
    """Memory of this process now; its maximum where the system does not report the present."""
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _git(root: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  fixed arguments, a folder of ours
            ["git", "-C", str(root), *args],  # noqa: S607  whichever git there is
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _requirements(project: str) -> list[str]:
    try:
        return requires(project) or []
    except PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpuinfo(path: Path) -> dict[str, str]:
    """The facts of the first processor."""
    if not path.exists():
        return {}
    first = path.read_text("utf-8", errors="replace").split("\n\n")[0]
    pairs = (line.partition(":") for line in first.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}
