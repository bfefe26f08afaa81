"""What a run of the builder did; apart from it, so that a server need not import the builder."""

from dataclasses import dataclass

from index.attribution.effort import UnreadArticle
from index.documents import Reject
from index.maintenance.erasing import Erasure
from index.progress import Pending


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run changed, and what the index holds after it."""

    added: int
    revised: int
    updated: int
    unchanged: int
    removed: int
    rejects: tuple[Reject, ...]
    embedded: int
    """Passages encoded in this run, also of articles that an earlier one had left; known texts are
    not encoded again."""
    articles: int
    passages: int
    statements: int
    pending: Pending
    """What is still to be done for these articles."""
    generation: str
    """Empty if there is no index because no article was ever added."""
    given_up: tuple[UnreadArticle, ...] = ()
    """Articles of this run without statements, since to find them would cost too much."""
    erased: Erasure | None = None
    """What was erased for good; None if nothing had to be."""
