"""Statements of a speaker on a topic, found and read, the best first. Decides nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from index.documents import Article, Boilerplate, Span
from index.language.names import name_key
from index.language.terms import analyze
from index.statements import Polarity, Resolution, Speaker, Statement
from index.stores.search.statements import StatementHit, StatementQuery
from rag.statements.quote_spans import around, quoted
from rag.statements.topic import StatementTerms, Topic

SEARCHED = 24
"""Statements read of those the index thinks best; as many more when no topic tells them apart."""
READ = 10
"""Of these, how many are read sentence by sentence."""
SAME_WORDS = 0.8
"""Shared by two statements that are one, as wire copies have it (Jaccard)."""
FEWEST_SHARED = 4
VERB_BONUS = 0.15
"""For a statement reported with a verb like the question's."""
COVERAGE_STEP = 0.1
"""Statements closer than this in relevance are ordered by date."""

RESOLVED: Mapping[Resolution, float] = {
    Resolution.FULL_NAME: 1.0,
    Resolution.SHORT_NAME: 0.97,
    Resolution.ITSELF: 0.97,
    Resolution.PRONOUN: 0.9,
    Resolution.DESCRIPTION: 0.85,
    Resolution.INHERITED: 0.85,
    Resolution.AMBIGUOUS: 0.4,
    Resolution.UNRESOLVED: 0.4,
}
"""How far each way to a speaker is to be trusted; set by hand, to be fitted."""
TOPIC_SHARE = 0.5
"""Of the confidence: how much of it is how much of the topic is there."""


class StatementSearch(Protocol):
    """What is asked of the statements of a generation."""

    size: int

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]: ...

    def count(self, query: StatementQuery) -> int: ...

    def speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def speaker(self, key: str) -> Speaker | None: ...


@dataclass(frozen=True, slots=True)
class StatementCollection:
    """Statements, and the articles they stand in; None for one taken down since."""

    index: StatementSearch
    article: Callable[[str, str], Article | None]
    furniture: Callable[[str, str], Sequence[Boilerplate]]


@dataclass(frozen=True, slots=True)
class ScoredStatement:
    """A statement, and how well it fits what was asked."""

    statement: Statement
    article: Article
    coverage: float = 1.0
    """Of the topic; 1 where there is none."""
    verbatim: bool = False
    """Whether what was asked for word for word stands in what was said."""
    relevance: float = 0.0
    copies: tuple[Article, ...] = ()

    @property
    def key(self) -> str:
        """Of the speaker; "" where it is not known for certain."""
        return _key(self.statement.speaker or "") if self.statement.sure else ""

    @property
    def confidence(self) -> float:
        """An estimate that this was said, by that speaker, and on that topic."""
        fit = 1 - TOPIC_SHARE * (1 - self.coverage)
        return self.statement.confidence * RESOLVED[self.statement.resolution] * fit

    @property
    def negative(self) -> bool:
        return self.statement.polarity is Polarity.NEGATIVE


def find(
    record: StatementCollection,
    query: StatementQuery,
    topic: Topic,
    *,
    verbs: frozenset[str] = frozenset(),
    limit: int = SEARCHED,
) -> list[ScoredStatement]:
    """Relevant first, then newest; copies of one statement collapsed into the first."""
    hits = record.index.search(replace(query, about=topic.searched), limit)
    held = ((hit.statement, _article(record, hit.statement)) for hit in hits)
    glanced = [_told(each, article, topic, verbs) for each, article in held if article]
    if topic.searched and not any(told.verbatim for told in glanced):
        glanced.sort(key=lambda told: -told.relevance)
        read = [_read(told, topic, verbs) for told in glanced[:READ]]
        glanced = read + glanced[READ:]
    return collapsed(sorted(glanced, key=_order))


def read_all(
    record: StatementCollection, query: StatementQuery, limit: int, offset: int = 0
) -> list[ScoredStatement]:
    """As the index has them, copies and all."""
    hits = record.index.search(query, limit, offset)
    held = ((hit.statement, _article(record, hit.statement)) for hit in hits)
    return [ScoredStatement(each, article) for each, article in held if article]


def touches(statement: Statement, span: Span) -> bool:
    """Whether anything that was said stands there."""
    return any(part.touches(span) for part in statement.content)


def near_text(told: ScoredStatement) -> str:
    """The paragraphs around, and the title."""
    text = told.article.text
    near = (span.of(text) for span in around(text, told.statement))
    return "\n".join([told.article.title, *near])


def collapsed(ordered: Iterable[ScoredStatement]) -> list[ScoredStatement]:
    """One for each statement, however many articles print it."""
    kept: list[tuple[frozenset[str], ScoredStatement]] = []
    for told in ordered:
        words = frozenset(content_words(told))
        at = next((i for i, (w, one) in enumerate(kept) if _same(w, one, words, told)), -1)
        if at < 0:
            kept.append((words, told))
        else:
            kept[at] = (kept[at][0], _with_copy(kept[at][1], told.article))
    return [told for _, told in kept]


def content_words(told: ScoredStatement) -> list[str]:
    text = told.article.text
    return analyze(" ".join(span.of(text) for span in told.statement.content))


def quote_of(record: StatementCollection, told: ScoredStatement) -> Span:
    """The sentences to quote; the page's furniture only matters where they are of several lines."""
    place = told.statement.article_id, told.statement.revision
    span = quoted(told.article, told.statement, ())
    if "\n" not in span.of(told.article.text):
        return span
    return quoted(told.article, told.statement, record.furniture(*place))


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return name_key(name)


def _article(record: StatementCollection, statement: Statement) -> Article | None:
    return record.article(statement.article_id, statement.revision)


def _told(
    statement: Statement, article: Article, topic: Topic, verbs: frozenset[str]
) -> ScoredStatement:
    """At a glance: what was said and the title, or all there is where that is no topic."""
    words = _words(article, statement.content)
    places = StatementTerms(frozenset(words), frozenset(), frozenset(analyze(article.title)))
    return _judged(
        ScoredStatement(statement, article, 0.0, topic.is_quoted_in(words), 0.0),
        topic,
        places,
        verbs,
    )


def _read(told: ScoredStatement, topic: Topic, verbs: frozenset[str]) -> ScoredStatement:
    """With the sentences and the paragraphs around, which cost more to analyse."""
    article, statement = told.article, told.statement
    span = quoted(article, statement, ())
    near = _words(article, around(article.text, statement))
    places = StatementTerms(
        frozenset(_words(article, statement.content)),
        frozenset(_words(article, [span])),
        frozenset([*near, *analyze(article.title)]),
    )
    return _judged(told, topic, places, verbs)


def _judged(
    told: ScoredStatement, topic: Topic, places: StatementTerms, verbs: frozenset[str]
) -> ScoredStatement:
    coverage = topic.coverage(places)
    bonus = VERB_BONUS * (told.statement.lemma in verbs)
    return replace(told, coverage=coverage, relevance=coverage + bonus + told.verbatim)


def _words(article: Article, spans: Sequence[Span]) -> list[str]:
    return analyze(" ".join(span.of(article.text) for span in spans))


def _order(told: ScoredStatement) -> tuple[float, float, str, int]:
    """By steps of relevance, then newest, the undated last."""
    published = told.article.published_at or datetime.min.replace(tzinfo=UTC)
    age = -(published - datetime.min.replace(tzinfo=UTC)).total_seconds()
    step = -round(told.relevance / COVERAGE_STEP)
    return step, age, told.article.id, told.statement.content[0].start


def _same(
    one: frozenset[str], first: ScoredStatement, other: frozenset[str], second: ScoredStatement
) -> bool:
    """Whether two print the same words of the same speaker, a few words more or less."""
    if first.key != second.key or first.negative != second.negative:
        return False
    shared, all_words = len(one & other), len(one | other)
    return one == other or (shared >= FEWEST_SHARED and shared >= SAME_WORDS * all_words)


def _with_copy(told: ScoredStatement, article: Article) -> ScoredStatement:
    known = {told.article.id, *(copy.id for copy in told.copies)}
    return told if article.id in known else replace(told, copies=(*told.copies, article))
