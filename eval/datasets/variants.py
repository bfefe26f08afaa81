"""Variants of a set: as of each question's day, without the reader, or both.

`SET@as-of`, `SET@unread`, `SET@as-of@unread`, over the same data and the same index.
"""

from dataclasses import dataclass
from pathlib import Path

AS_OF, UNREAD = "as-of", "unread"
VARIANTS = (AS_OF, UNREAD)
"""In the order they have in a name."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The parts of a set's name as written."""

    source: str
    """The name or path without variants."""
    chosen: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "Variant":
        """A path may contain an @: what is no variant belongs to the path."""
        source, found = written, set[str]()
        while (parts := source.rpartition("@"))[2] in VARIANTS and parts[1]:
            source = parts[0]
            found.add(parts[2])
        return cls(source, tuple(each for each in VARIANTS if each in found))

    @property
    def behind(self) -> str:
        """As written after a set: "@as-of@unread"."""
        return "".join(f"@{each}" for each in self.chosen)

    @property
    def doubtful(self) -> bool:
        """Whether an @ is followed by something that is no variant."""
        return "@" in Path(self.source).name

    def named(self, name: str) -> str:
        """The name of the set in a run: "town-as-of-unread"."""
        return "-".join((name, *self.chosen))


def unread_of(name: str) -> str:
    """The name, in a run, of a set asked without the reader."""
    return f"{name}-{UNREAD}"
