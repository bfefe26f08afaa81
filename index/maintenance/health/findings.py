"""What an examination finds: how grave it is, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.errors import OnRecordError

RESTORE = "onrecord restore BACKUP --replace"
REBUILD = "onrecord index rebuild"
FINISH = "onrecord index finish"
SHOWN = 5
"""At most this many articles or files are named."""


class Grade(StrEnum):
    OK = "ok"
    WARN = "warn"
    """Answers are right, but something is missing, or soon may be."""
    FAIL = "fail"
    """Something is damaged or cannot be used."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of an examination."""

    check: str
    grade: Grade
    found: str
    """A sentence."""
    mend: str = ""
    """A command; empty if there is nothing to do."""


def graded(check: str, fault: str, *, fine: str, grade: Grade, mend: str) -> Finding:
    """Fine if there is no fault."""
    return Finding(check, grade, fault, mend) if fault else Finding(check, Grade.OK, fine)


def attempted(
    check: str, mend: str, findings: Callable[[], Iterable[Finding]]
) -> Iterator[Finding]:
    """The findings, and a failed one if they end in an error."""
    try:
        yield from findings()
    except (OnRecordError, OSError) as error:
        yield Finding(check, Grade.FAIL, str(error), mend)


def some(names: Sequence[str]) -> str:
    """The first of them, and how many there are more."""
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
