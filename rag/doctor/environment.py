"""Python, the packages and the engines: whether they are those that this version needs."""

import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from index.language.numbers import counted
from index.maintenance.health.findings import Finding, Grade, graded, some
from index.neural.processor import usable_cores

LEAST_PYTHON = (3, 11)
INSTALL = "pip install --upgrade onrecord"


def environment_findings() -> Iterator[Finding]:
    found = platform.python_version()
    yield graded(
        "Python",
        f"This is Python {found}; 3.11 is the least." if sys.version_info < LEAST_PYTHON else "",
        fine=f"Python {found} on {platform.system()} {platform.machine()}, {usable_cores()} cores.",
        grade=Grade.FAIL,
        mend="python3.11 -m venv .venv",
    )
    yield package_finding(requires("onrecord") or (), _installed)


def package_finding(needed: Iterable[str], installed: Callable[[str], str | None]) -> Finding:
    """Whether each package is there in a version of the range; `installed` gives its version."""
    wanted = [each for each in map(Requirement, needed) if _is_for_everybody(each)]
    faults = [fault for each in wanted if (fault := _fault(each, installed(each.name)))]
    return graded(
        "packages",
        f"{some(faults)}." if faults else "",
        fine=f"{counted(len(wanted), 'package', 'are')} installed in a version of the range.",
        grade=Grade.FAIL,
        mend=INSTALL,
    )


def _is_for_everybody(requirement: Requirement) -> bool:
    """Not only for an extra, or for another system."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _fault(needed: Requirement, found: str | None) -> str:
    if found is None:
        return f"{needed.name} is not installed"
    if needed.specifier.contains(found, prereleases=True):
        return ""
    return f"{needed.name} is {found}, not {needed.specifier}"


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
