"""The statements and speakers of a generation as they stood at an instant: nothing later counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from index.documents import Article, Filter
from index.statements import Speaker, Statement
from index.stores.generation.generation import Generation
from index.stores.search.statements import StatementHit, StatementQuery
from rag.articles import ArticleCache
from rag.statements.search import StatementCollection, StatementSearch

MOST_ROLES = 5

Reading = Callable[[str, str], Article | None]


class StatementsAsOf:
    """A statement index that lets nothing through, nor counts, what was published later.

    A speaker's names, roles and counts are told anew from the statements there were.
    """

    def __init__(self, index: StatementSearch, as_of: datetime, article: Reading) -> None:
        self._index = index
        self._until = Filter(as_of=as_of)
        self._article = article
        self._known: dict[str, Speaker | None] = {}
        self.size = index.count(StatementQuery(filter=self._until))

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        return self._index.search(self._then(query), limit, offset)

    def count(self, query: StatementQuery) -> int:
        return self._index.count(self._then(query))

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        return self._standing(self._index.speakers(name, limit))

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return self._standing(self._index.nearest_speakers(name, limit))

    def speaker(self, key: str) -> Speaker | None:
        now = self._index.speaker(key)
        return self._of_then(now) if now else None

    def _then(self, query: StatementQuery) -> StatementQuery:
        return replace(query, filter=query.filter.narrowed_to(self._until))

    def _standing(self, speakers: Iterable[Speaker]) -> list[Speaker]:
        return [then for now in speakers if (then := self._of_then(now))]

    def _of_then(self, now: Speaker) -> Speaker | None:
        """None for one who had said nothing yet."""
        if now.key not in self._known:
            query = StatementQuery(speakers=(now.key,), filter=self._until)
            said = [hit.statement for hit in self._index.search(query, now.statements)]
            self._known[now.key] = self._told(now, said) if said else None
        return self._known[now.key]

    def _told(self, now: Speaker, said: Sequence[Statement]) -> Speaker:
        """`said` newest first, as the index lists them."""
        names = {each.speaker for each in said}
        written = [name for name in (now.name, *now.aliases) if name in names]
        return replace(
            now,
            name=written[0] if written else now.name,
            aliases=tuple(written[1:]),
            roles=self._roles(said),
            statements=len(said),
            articles=len({each.article_id for each in said}),
        )

    def _roles(self, said: Sequence[Statement]) -> tuple[str, ...]:
        told: dict[str, str] = {}
        for each in said:
            if each.role and len(told) < MOST_ROLES:
                article = self._article(each.article_id, each.revision)
                role = each.role.of(article.text) if article else ""
                told.setdefault(role.casefold(), role)
        return tuple(filter(None, told.values()))


def record_of(
    generation: Generation, library: ArticleCache, as_of: datetime | None
) -> StatementCollection:
    """The statements, as they stood at the instant where one is given."""
    index: StatementSearch = generation.statements
    if as_of is not None:
        index = StatementsAsOf(index, as_of, library.article)
    return StatementCollection(index, library.article, library.furniture)
