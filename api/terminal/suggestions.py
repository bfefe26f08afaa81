"""Commands that are suggested act on the data folder that was given, also when they are pasted."""

import re
import shlex
from contextvars import ContextVar
from pathlib import Path

_GIVEN: ContextVar[Path | None] = ContextVar("given", default=None)

_COMMAND = re.compile(
    r"\bonrecord (?:(?:index|keys) [a-z]+|ask|demo|doctor|quotes|restore|serve|show)\b"
    r"(?![^`\n]*--data)"
)
"""Of those that take a data folder, in a sentence or alone; not those that name one."""


def suggest_for(data: Path | None) -> None:
    """The folder that `--data` names in this run; None if the usual one is meant."""
    _GIVEN.set(data)


def suggested(words: str) -> str:
    """The words, their commands with the ` --data FOLDER` that was given, if one was."""
    data = _GIVEN.get()
    if data is None:
        return words
    option = f" --data {shlex.quote(str(data))}"
    return _COMMAND.sub(lambda found: found[0] + option, words)
