"""Faults in data sets and stored runs, each at its place, and the error they raise.

OnRecordError
└── DataError             a dataset, a run or a run's file cannot be trusted; says which line
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from index.errors import OnRecordError


class DataError(OnRecordError):
    """The message begins with the place, `file:line: `."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file: what was found and what was expected."""

    path: Path
    line: int | None
    """From 1; None for the file or folder as a whole."""
    message: str

    def __str__(self) -> str:
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


Report = Callable[[Fault], None]
"""Receives a fault: `stop` raises; a list's `append` collects, and reading continues."""


def stop(fault: Fault) -> NoReturn:
    """Raises DataError at the first fault."""
    raise DataError(str(fault))
