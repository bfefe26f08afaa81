"""Figures as JSON -> the text between the markers of README and docs.

`<!-- figures:quality -->` begins the table of `quality.json`, `<!-- /figures -->` ends it; what
stands between them is replaced.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.errors import DataError
from eval.figures.tables import TABLES, Measures

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_MARKED = re.compile(r"<!-- figures:([\w-]+) -->\n(.*?)<!-- /figures -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figures:
    """One set of numbers, with the commands and the day that they come from."""

    name: str
    commands: tuple[str, ...]
    date: str
    """ISO 8601."""
    measures: Measures

    @classmethod
    def read(cls, name: str, folder: Path = FOLDER) -> "Figures":
        """DataError when there is no such file."""
        path = folder / f"{name}.json"
        if name not in TABLES or not path.is_file():
            raise DataError(f"{path} does not exist; figures are {', '.join(TABLES)}")
        return cls(name, **json.loads(path.read_text("utf-8")))

    def write(self, folder: Path = FOLDER) -> None:
        facts = {"commands": self.commands, "date": self.date, "measures": dict(self.measures)}
        (folder / f"{self.name}.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")

    @property
    def markdown(self) -> str:
        commands = ", ".join(f"`{each}`" for each in self.commands)
        unread = any("-unread/" in name for name in self.measures)
        note = "In brackets: without the reader. " if unread else ""
        table = TABLES[self.name](self.measures)
        return f"{table}\n\n{note}Measured on {self.date} with {commands}."


def documents(root: Path = ROOT) -> list[Path]:
    """The pages that have figures, or may have."""
    return [root / "README.md", *sorted((root / "docs").glob("*.md"))]


def rendered(text: str, folder: Path = FOLDER) -> str:
    """The page with its tables as the JSON files have them; DataError for an unknown marker."""

    def table(marked: re.Match[str]) -> str:
        name = marked[1]
        body = Figures.read(name, folder).markdown
        return f"<!-- figures:{name} -->\n{body}\n<!-- /figures -->"

    return _MARKED.sub(table, text)


def outdated(root: Path = ROOT, folder: Path = FOLDER) -> Iterator[tuple[Path, str]]:
    """Pages whose text differs from the JSON files, each with what it should read."""
    for page in documents(root):
        text = page.read_text("utf-8")
        if (now := rendered(text, folder)) != text:
            yield page, now
