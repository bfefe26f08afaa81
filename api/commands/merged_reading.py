"""The items of several paths, read as one batch."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.documents import Article, Reject
from index.sources.batch import SeenArticles
from index.sources.folder import read


def items(paths: Iterable[Path]) -> Iterator[Article | Reject]:
    """One id is one article across all the paths, as it is within each of them."""
    seen = SeenArticles()
    for path in paths:
        yield from read(path, seen=seen)
