"""Articles as one question needs them: each read once, none that was taken down since."""

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
        """None where it is served no more."""
        place = article_id, revision
        if place not in self._known:
            self._known[place] = self._read(article_id, revision)
        return self._known[place]

    def live(self, ids: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the articles that are still served."""
        return self._archive.live(ids)

    def furniture(self, article_id: str, revision: str) -> Sequence[Boilerplate]:
        try:
            return self._archive.boilerplate(article_id, revision)
        except UnknownArticleError:
            return ()

    def _read(self, article_id: str, revision: str) -> Article | None:
        try:
            return self._archive.article(article_id, revision)
        except UnknownArticleError:
            return None
