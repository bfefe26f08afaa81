"""How far indexing is: what is done in a run, what is still to come, and when a run may end."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

FINISHED_AT_ONCE = 32
"""Articles that are stored, or whose statements and vectors are stored, in one step: a kill loses
seconds of work."""


class Progress(Protocol):
    """Called with the stage: reading, splitting, grouping, attributing, embedding, publishing."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


class Until(StrEnum):
    """When adding ends; `Builder.finish` does what is left."""

    NONE = "none"
    """As soon as the archive has it; nothing is found yet."""
    WORDS = "words"
    """As soon as what was added is found by its words."""
    ALL = "all"
    """When statements and vectors are there too."""


class IndexPart(StrEnum):
    """What a rebuild can make again, of every article."""

    VECTORS = "vectors"
    STATEMENTS = "statements"
    GROUPS = "groups"
    """Near duplicates, and the stories they form."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What a later generation of the same archive will have more."""

    statements: int = 0
    """Articles whose statements are still to be found."""
    vectors: int = 0
    """Passages still to be embedded; they are found by their words."""

    def __bool__(self) -> bool:
        return bool(self.statements or self.vectors)


NOTHING_PENDING = Pending()


def never() -> bool:
    """The `stop` of a run that goes on to its end."""
    return False
