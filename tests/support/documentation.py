"""The commands that README and docs show, taken from their `sh` blocks."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.places import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
NEEDS_DATA = "../shared/data"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"#.*\bexit code (\d)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One command line as a page shows it, and the exit code the page says it has."""

    page: str
    line: str
    exit_code: int = 0

    @property
    def words(self) -> list[str]:
        """Of its last program, redirections and comments left out."""
        words = shlex.split(self.line, comments=True)
        words = words[: words.index(">")] if ">" in words else words
        pipe = len(words) - words[::-1].index("|") if "|" in words else 0
        return words[pipe:]


def shown(page: Path) -> Iterator[Shown]:
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for line in filter(None, block.splitlines()):
            expected = _EXPECTED.search(line)
            yield Shown(page.name, line, int(expected[1]) if expected else 0)


COMMANDS = [command for page in PAGES for command in shown(page)]
