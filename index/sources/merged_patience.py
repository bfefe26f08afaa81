"""How much of a source that holds no articles is read. Knows no format."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.documents import Article, Reject, RejectReason

MOST_REJECTS = 10_000


def patient(items: Iterable[Article | Reject], path: Path) -> Iterator[Article | Reject]:
    """The items of one source, given up where most are rejects and there are `MOST_REJECTS`.

    Every reject is kept to be reported, and 40 kB of gzip can hold twenty million bad lines.
    """
    rejects = articles = 0
    for item in items:
        yield item
        if isinstance(item, Article):
            articles += 1
            continue
        rejects += 1
        if rejects >= max(MOST_REJECTS, articles):
            detail = f"{rejects:,} of its items were rejected, so the rest of it was not read"
            yield Reject(path, None, RejectReason.MALFORMED, detail)
            return
