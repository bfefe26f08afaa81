"""What can be wrong with data that others wrote: one fault at its place, and the error it becomes.

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
    """One thing wrong in one file: what was found, what was wanted."""

    path: Path
    line: int | None
    """From 1; None when it is the file or folder as a whole."""
    message: str

    def __str__(self) -> str:
        place = str(self.path) if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


Report = Callable[[Fault], None]
"""Who is told of a fault: `stop`, or a list's `append`, after which reading goes on."""


def stop(fault: Fault) -> NoReturn:
    """The report of whoever wants sound data or none."""
    raise DataError(str(fault))
