"""The statements and speakers of a generation as of an instant: nothing published later counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from index.documents import Filter
from index.neural.embedder import Embedder
from index.statements import NameUses, Speaker, ToldRole
from index.stores.generation.generation import Generation
from index.stores.search.statements import StatementHit, StatementQuery
from index.stores.timestamps import day_of, seconds
from rag.articles import ArticleCache
from rag.statements.ranking.meaning import Meaning
from rag.statements.ranking.search import StatementCollection, StatementSearch

SECOND = timedelta(seconds=1)


class StatementsAsOf:
    """A statement index without what was published later.

    A speaker's names and counts are those of the articles published by then, the roles those told
    on days that were over.
    """

    def __init__(self, index: StatementSearch, as_of: datetime) -> None:
        self._index = index
        self._until = Filter(as_of=as_of)
        self._second = seconds(as_of)
        self._day = day_of(seconds(as_of + SECOND))
        self._known: dict[str, Speaker | None] = {}
        self.size = index.count(StatementQuery(filter=self._until))

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]:
        return self._index.search(self._narrowed(query), limit, offset)

    def candidates(
        self, query: StatementQuery, topic: Mapping[str, float], limit: int
    ) -> list[StatementHit]:
        return self._index.candidates(self._narrowed(query), topic, limit)

    def count(self, query: StatementQuery) -> int:
        return self._index.count(self._narrowed(query))

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        return self._all_as_of(self._index.speakers(name, limit))

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return self._all_as_of(self._index.nearest_speakers(name, limit))

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]:
        """With the roles told by then; of the rest all is as today."""
        return [self._with_roles(each) for each in self._index.with_office(terms, limit)]

    def with_roles(self, key: str) -> Speaker | None:
        """The same, for one speaker."""
        today = self._index.with_roles(key)
        return today and self._with_roles(today)

    def speaker(self, key: str) -> Speaker | None:
        today = self._index.speaker(key)
        return self._as_of(today) if today else None

    def _narrowed(self, query: StatementQuery) -> StatementQuery:
        return replace(query, filter=query.filter.narrowed_to(self._until))

    def _all_as_of(self, speakers: Iterable[Speaker]) -> list[Speaker]:
        return [then for today in speakers if (then := self._as_of(today))]

    def _as_of(self, today: Speaker) -> Speaker | None:
        """None who was not quoted yet."""
        if today.key not in self._known:
            self._known[today.key] = self._then(today)
        return self._known[today.key]

    def _then(self, today: Speaker) -> Speaker | None:
        if not today.names:  # published before names were kept: only the count is known
            count = self.count(StatementQuery(speakers=today.keys))
            return replace(self._with_roles(today), statements=count) if count else None
        names = [each for name in today.names if (each := _used_by(self._second, name)).uses]
        told = self._told(today)
        return Speaker.from_names(today.key, names, told, today.also) if names else None

    def _with_roles(self, today: Speaker) -> Speaker:
        return replace(today, told=self._told(today))

    def _told(self, today: Speaker) -> tuple[ToldRole, ...]:
        """Those of most articles first, as far as days that were over."""
        cut = (
            replace(role, days=tuple(day for day in role.days if 0 < day < self._day))
            for role in today.told
        )
        return tuple(sorted((each for each in cut if each.days), key=lambda each: -len(each.days)))


def _used_by(second: int, name: NameUses) -> NameUses:
    uses = (each for each in name.uses if each.published is not None and each.published <= second)
    return replace(name, uses=tuple(uses))


def statement_collection(
    generation: Generation,
    articles: ArticleCache,
    as_of: datetime | None,
    embedder: Callable[[], Embedder] | None = None,
) -> StatementCollection:
    """The generation's statements; without an instant, all of them.

    Without an embedder nothing is compared by its meaning.
    """
    table = generation.passage_table
    index: StatementSearch = generation.statements
    if as_of is not None:
        index = StatementsAsOf(index, as_of)
    return StatementCollection(
        index,
        articles.article,
        articles.boilerplate,
        table.story_of,
        Meaning(table, generation.vectors, embedder) if embedder else None,
    )
