"""The articles one question needs: each is read once, and removed ones are left out."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from index.documents import Article, Boilerplate
from index.errors import ArchiveError, UnknownArticleError
from index.statements import Statement
from index.stores.archive.archive import Archive

log = logging.getLogger(__name__)

ArticleKey = tuple[str, str]
"""Id and revision."""


class ArticleCache:
    """For one question; not for several threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[ArticleKey, Article | None] = {}
        self._damaged: dict[str, ArchiveError] = {}

    def article(self, article_id: str, revision: str) -> Article | None:
        """None where it was removed since the index was built, or is damaged in the archive.

        A damaged one is never shown; whoever would have used it asks `raise_if_damaged`.
        """
        key = article_id, revision
        if key not in self._known:
            self._known[key] = self._read(article_id, revision)
        return self._known[key]

    def raise_if_damaged(self, ids: Iterable[str] | None = None) -> None:
        """ArchiveError if one of these articles was found damaged; of all read, if None."""
        for each in self._damaged if ids is None else ids:
            if each in self._damaged:
                raise self._damaged[each]

    def raise_if_damaged_before(self, article_id: str) -> None:
        """ArchiveError if one that was read before this article, so ranks higher, is damaged."""
        read = [each for each, _ in self._known]
        self.raise_if_damaged(read[: read.index(article_id)] if article_id in read else read)

    @property
    def read(self) -> tuple[ArticleKey, ...]:
        """All that were asked for until now, in that order."""
        return tuple(self._known)

    def digest(self, keys: Iterable[ArticleKey]) -> str | None:
        """Equal if these articles are equal in text and facts; None if one is gone or damaged."""
        digest = hashlib.sha256()
        for key in keys:
            article = self.article(*key)
            if article is None:
                return None
            digest.update(repr(article).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def live(self, ids: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the articles that are still served."""
        return self._archive.live(ids)

    def boilerplate(self, article_id: str, revision: str) -> Sequence[Boilerplate]:
        try:
            return self._archive.boilerplate(article_id, revision)
        except UnknownArticleError:
            return ()

    def statements(self, article_id: str, revision: str) -> Sequence[Statement]:
        """Of one text, in its order."""
        try:
            return self._archive.statements(article_id, revision)
        except UnknownArticleError:
            return ()

    def _read(self, article_id: str, revision: str) -> Article | None:
        try:
            return self._archive.article(article_id, revision)
        except UnknownArticleError:
            return None
        except ArchiveError as error:
            log.error("Left out: %s", error)  # noqa: TRY400  the message says all
            self._damaged[article_id] = error
            return None
