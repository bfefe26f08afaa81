"""The ways one set can be asked: as it is, as of each question's day, without the reader, or both.

`SET@as-of`, `SET@unread`, `SET@as-of@unread`: of the same data and the same index.
"""

from dataclasses import dataclass
from pathlib import Path

AS_OF, UNREAD = "as-of", "unread"
VARIANTS = (AS_OF, UNREAD)
"""In the order in which they stand in a name."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A set as it was written, taken apart."""

    source: str
    """What it is without its variants: a name or a path."""
    chosen: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "Variant":
        """A path may hold an @ of its own: what is no variant belongs to it."""
        source, found = written, set[str]()
        while (parts := source.rpartition("@"))[2] in VARIANTS and parts[1]:
            source = parts[0]
            found.add(parts[2])
        return cls(source, tuple(each for each in VARIANTS if each in found))

    @property
    def behind(self) -> str:
        """As it is written behind a set: "@as-of@unread"."""
        return "".join(f"@{each}" for each in self.chosen)

    @property
    def doubtful(self) -> bool:
        """Whether something stands behind an @ that is no variant."""
        return "@" in Path(self.source).name

    def named(self, name: str) -> str:
        """What the set is called in a run: "town-as-of-unread"."""
        return "-".join((name, *self.chosen))


def unread_of(name: str) -> str:
    """What a set of a run is called where it was asked without the reader."""
    return f"{name}-{UNREAD}"
