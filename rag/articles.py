"""The articles one question needs: each is read once, and removed ones are left out."""

import logging
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from index.documents import Article, Boilerplate
from index.errors import ArchiveError, UnknownArticleError
from index.stores.archive.archive import Archive

log = logging.getLogger(__name__)


class ArticleCache:
    """For one question; not for several threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[tuple[str, str], Article | None] = {}
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

    def live(self, ids: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the articles that are still served."""
        return self._archive.live(ids)

    def boilerplate(self, article_id: str, revision: str) -> Sequence[Boilerplate]:
        try:
            return self._archive.boilerplate(article_id, revision)
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
