"""Lets each article of one batch through once. One object per batch, whatever the sources."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from index.documents import Article, Reject, RejectReason

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class SeenArticles:
    """Keeps, of every article that passed, only its id, a short hash of its text, its place."""

    _passed: dict[str, tuple[bytes, Path, int | None]] = field(default_factory=dict)

    def admit(self, article: Article, path: Path, line: int | None) -> Article | Reject | None:
        """The article itself; None when it passed already; a Reject when it read otherwise."""
        digest = hashlib.blake2b(article.text.encode(), digest_size=_DIGEST_BYTES).digest()
        if article.id not in self._passed:
            self._passed[article.id] = (digest, path, line)
            return article
        known, first_path, first_line = self._passed[article.id]
        if known == digest:
            return None
        first = str(first_path) if first_line is None else f"{first_path}:{first_line}"
        detail = (
            f"id {article.id!r} was first seen at {first} with another text; "
            "give this article an id of its own"
        )
        return Reject(path, line, RejectReason.DUPLICATE_ID, detail)
