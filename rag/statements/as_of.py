"""The statements and speakers of a generation as of an instant: nothing published later counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from index.documents import Filter
from index.identity.proper_names import type_of_name
from index.statements import Speaker, SpeakerMention, Statement
from index.stores.generation.generation import Generation
from index.stores.search.statements import StatementHit, StatementQuery
from index.stores.timestamps import day_of, seconds
from index.text.legible import legible_words
from rag.articles import ArticleCache
from rag.statements.ranking.search import ArticleOf, StatementCollection, StatementSearch


class StatementsAsOf:
    """A statement index without what was published later.

    A speaker's names, roles and counts are those of the statements published by then.
    """

    def __init__(self, index: StatementSearch, as_of: datetime, article: ArticleOf) -> None:
        self._index = index
        self._until = Filter(as_of=as_of)
        self._article = article
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
        """With the days before that of the instant; of the rest all is as today."""
        day = day_of(seconds(self._until.as_of)) if self._until.as_of else 0
        return [_told_before(day, each) for each in self._index.with_office(terms, limit)]

    def speaker(self, key: str) -> Speaker | None:
        today = self._index.speaker(key)
        return self._as_of(today) if today else None

    def _narrowed(self, query: StatementQuery) -> StatementQuery:
        return replace(query, filter=query.filter.narrowed_to(self._until))

    def _all_as_of(self, speakers: Iterable[Speaker]) -> list[Speaker]:
        return [then for today in speakers if (then := self._as_of(today))]

    def _as_of(self, today: Speaker) -> Speaker | None:
        """Put together from the statements by then, newest first; None without any."""
        if today.key not in self._known:
            query = StatementQuery(speakers=today.keys)
            found = [hit.statement for hit in self.search(query, today.statements)]
            mentions = [self._mention(each) for each in found]
            speaker = Speaker.from_mentions(today.key, mentions) if mentions else None
            self._known[today.key] = speaker and replace(speaker, also=today.also)
        return self._known[today.key]

    def _mention(self, statement: Statement) -> SpeakerMention:
        role, day = None, 0
        if statement.role:
            article = self._article(statement.article_id, statement.revision)
            role = legible_words(statement.role.of(article.text)) if article else None
            published = article.published_at if article else None
            day = day_of(seconds(published)) if published else 0
        name = statement.speaker or ""
        speaker_type = type_of_name(name, statement.source_type)
        return SpeakerMention(name, speaker_type, role, statement.article_id, day)


def _told_before(day: int, speaker: Speaker) -> Speaker:
    cut = (
        replace(role, days=tuple(each for each in role.days if 0 < each < day))
        for role in speaker.told
    )
    return replace(speaker, told=tuple(role for role in cut if role.days))


def statement_collection(
    generation: Generation, articles: ArticleCache, as_of: datetime | None
) -> StatementCollection:
    """The generation's statements; without an instant, all of them."""
    index: StatementSearch = generation.statements
    if as_of is not None:
        index = StatementsAsOf(index, as_of, articles.article)
    return StatementCollection(
        index, articles.article, articles.boilerplate, generation.passage_table.story_of
    )
