"""Everything wrong with a dataset at once, where loading it stops at the first."""

from pathlib import Path

from eval.datasets.loading import locate, nothing_asked, read
from eval.errors import Fault


def faults(name_or_path: str | Path, data: Path | None = None) -> list[Fault]:
    """In the order of reading, articles before questions; DataError when there is no such set."""
    found: list[Fault] = []
    path = locate(str(name_or_path), data)
    dataset = read(path, found.append)
    return found if found or dataset.questions else [nothing_asked(path)]
