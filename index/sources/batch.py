"""One batch of articles: each article once, and a limit on rejects. Knows no format."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.documents import Article, Reject, RejectReason, place

MOST_REJECTS = 10_000
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class SeenArticles:
    """The id, a short hash of the text, and the place of every article admitted so far.

    Share one object to read several sources as one batch.
    """

    _admitted: dict[str, tuple[bytes, Path, int | None]] = field(default_factory=dict)

    def admit(self, article: Article, path: Path, line: int | None) -> Article | Reject | None:
        """The article; None if it was admitted before; a Reject if its id had another text."""
        digest = hashlib.blake2b(article.text.encode(), digest_size=_DIGEST_BYTES).digest()
        if article.id not in self._admitted:
            self._admitted[article.id] = (digest, path, line)
            return article
        known, first_path, first_line = self._admitted[article.id]
        if known == digest:
            return None
        detail = (
            f"id {article.id!r} was first seen at {place(first_path, first_line)} "
            "with another text; give this article an id of its own"
        )
        return Reject(path, line, RejectReason.DUPLICATE_ID, detail)


def limit_length(items: Iterable[Article | Reject], longest: int) -> Iterator[Article | Reject]:
    """The items; an article with more than `longest` characters becomes a reject of its id.

    A newspaper's longest article has some 200,000. A whole book would hold the writer for minutes.
    """
    for item in items:
        if isinstance(item, Article) and len(item.text) > longest:
            found = f"the text of {item.id!r} has {len(item.text):,} characters"
            detail = (
                f"{found}, at most {longest:,} are taken; "
                "add it in parts, or raise ONRECORD_MAX_ARTICLE_CHARS"
            )
            yield Reject(Path(item.id), None, RejectReason.TOO_LARGE, detail)
        else:
            yield item


def limit_rejects(items: Iterable[Article | Reject], path: Path) -> Iterator[Article | Reject]:
    """The items of one source, up to `MOST_REJECTS` rejects if most of them are rejects.

    Every reject is kept for the report, and 40 kB of gzip can hold twenty million bad lines.
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
