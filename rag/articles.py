"""The articles one question needs: each is read once, and removed ones are left out."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.documents import Article, Boilerplate
from index.errors import UnknownArticleError
from index.stores.archive.archive import Archive


class ArticleCache:
    """For one question; not for several threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[tuple[str, str], Article | None] = {}

    def article(self, article_id: str, revision: str) -> Article | None:
        """None where it was removed since the index was built."""
        key = article_id, revision
        if key not in self._known:
            try:
                self._known[key] = self._archive.article(article_id, revision)
            except UnknownArticleError:
                self._known[key] = None
        return self._known[key]

    def live(self, ids: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the articles that are still served."""
        return self._archive.live(ids)

    def boilerplate(self, article_id: str, revision: str) -> Sequence[Boilerplate]:
        try:
            return self._archive.boilerplate(article_id, revision)
        except UnknownArticleError:
            return ()
