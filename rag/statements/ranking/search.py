"""A query and a topic -> statements with their scores, best first. Decides nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Protocol

from index.documents import Article, Boilerplate
from index.language.names import name_key
from index.language.spellings import with_spellings
from index.language.terms import analyze
from index.statements import Polarity, Resolution, Speaker, Statement, StatementKind
from index.stores.search.statements import StatementHit, StatementQuery
from rag.statements.quote_spans import paragraphs_around, quote_span
from rag.statements.ranking.meaning import Meaning
from rag.statements.ranking.topic import StatementTerms, Topic

MOST_SEARCHED = 24
"""Statements taken from the index."""
MOST_IN_CONTEXT = 10
"""Of the best by their content, how many are scored by their paragraphs too."""
SAME_WORDS = 0.8
"""Jaccard similarity from which two statements are copies, as in wire stories."""
FEWEST_SHARED = 4
VERB_BONUS = 0.15
"""For a statement whose verb is like the question's."""
RELEVANCE_STEP = 0.1
"""Statements whose relevance rounds to the same step are ordered by date."""
OLDEST = datetime.min.replace(tzinfo=UTC)

RESOLUTION_TRUST: Mapping[Resolution, float] = {
    Resolution.FULL_NAME: 1.0,
    Resolution.SHORT_NAME: 0.97,
    Resolution.ITSELF: 0.97,
    Resolution.PRONOUN: 0.9,
    Resolution.DESCRIPTION: 0.85,
    Resolution.INHERITED: 0.85,
    Resolution.AMBIGUOUS: 0.4,
    Resolution.UNRESOLVED: 0.4,
}
"""How far to trust each way of resolving a speaker; set by hand."""
CERTAIN = 0.6
"""The least trust in a statement to list it among the certain ones. Of 300 that two people read,
about half of the rest were no statements, or somebody else's."""
CERTAIN_PRONOUN = 0.76
"""The same for "he" and "she": of those read between .6 and this, half meant somebody else."""
TOPIC_SHARE = 0.5
"""The part of the confidence that depends on the coverage of the topic."""


def trust_in(statement: Statement) -> float:
    """An estimate that this was said, and by this speaker."""
    return statement.confidence * RESOLUTION_TRUST[statement.resolution]


def is_certain(statement: Statement) -> bool:
    """Whether it may be listed as this speaker's without a remark."""
    pronoun = statement.resolution is Resolution.PRONOUN
    return statement.sure and trust_in(statement) >= (CERTAIN_PRONOUN if pronoun else CERTAIN)


ArticleOf = Callable[[str, str], Article | None]
"""The article of an id and a revision; None for one that was taken down."""


class StatementSearch(Protocol):
    """The statements and speakers of a generation."""

    size: int

    def search(self, query: StatementQuery, limit: int, offset: int = 0) -> list[StatementHit]: ...

    def candidates(
        self, query: StatementQuery, topic: Mapping[str, float], limit: int
    ) -> list[StatementHit]: ...

    def count(self, query: StatementQuery) -> int: ...

    def speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]: ...

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]: ...

    def with_roles(self, key: str) -> Speaker | None: ...

    def speaker(self, key: str) -> Speaker | None: ...


@dataclass(frozen=True, slots=True)
class StatementCollection:
    """Statements, and the articles they are in."""

    index: StatementSearch
    article: ArticleOf
    boilerplate: Callable[[str, str], Sequence[Boilerplate]]
    story: Callable[[str], str] = str
    """The article that leads the story of an article; itself if that is not known."""
    meaning: Meaning | None = None
    """None where there are no vectors to compare a topic with."""

    def search(
        self, query: StatementQuery, limit: int, offset: int = 0
    ) -> list[tuple[Statement, Article]]:
        """Those whose articles are still served."""
        return self.with_articles(self.index.search(query, limit, offset))

    def with_articles(self, hits: Iterable[StatementHit]) -> list[tuple[Statement, Article]]:
        """Those whose articles are still served."""
        found = (hit.statement for hit in hits)
        with_article = ((each, self.article(each.article_id, each.revision)) for each in found)
        return [(each, article) for each, article in with_article if article]


@dataclass(frozen=True, slots=True)
class ScoredStatement:
    """A statement, and how well it fits the question."""

    statement: Statement
    article: Article
    coverage: float = 1.0
    """Of the topic; 1 without one."""
    verbatim: bool = False
    """Whether its content has the phrases asked for."""
    relevance: float = 0.0
    copies: tuple[Article, ...] = ()
    reach: float = 1.0
    """The share of the topic that stands in the statement or anywhere around it."""
    central: bool = True
    """Whether the most telling word of the topic is there."""
    terms: AbstractSet[str] = frozenset()
    """The analysed words of its content, in every spelling."""
    story: str = ""
    features: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)
    """What each feature adds to the score; see `rag.statements.ranking.features`."""

    @property
    def score(self) -> float:
        """Comparable within one question only."""
        return sum(self.parts.values())

    @property
    def key(self) -> str:
        """The speaker's; "" if the speaker is not certain."""
        return _cached_key(self.statement.speaker or "") if self.statement.sure else ""

    @property
    def confidence(self) -> float:
        """An estimate that this was said, by this speaker, and on the topic."""
        fit = 1 - TOPIC_SHARE * (1 - self.coverage)
        return trust_in(self.statement) * fit

    @property
    def negative(self) -> bool:
        return self.statement.polarity is Polarity.NEGATIVE

    @property
    def content_terms(self) -> StatementTerms:
        """The words of its content alone."""
        return StatementTerms(self.terms, frozenset(), frozenset())

    @property
    def terms_around(self) -> StatementTerms:
        """Those of its content, its sentences, and what leads to them in its paragraphs."""
        return StatementTerms(self.terms, terms_of(self.quoted_text), terms_of(self._lead))

    @property
    def quoted_text(self) -> str:
        """The sentences it is quoted with."""
        return quote_span(self.article, self.statement, ()).of(self.article.text)

    @property
    def _lead(self) -> str:
        """The title and the paragraphs, as far as the sentences it is quoted with.

        What follows may be another's words, or why there are no more of them.
        """
        text, end = self.article.text, quote_span(self.article, self.statement, ()).end
        paragraphs = (span for span in paragraphs_around(text, self.statement) if span.start < end)
        return "\n".join(
            [self.article.title, *(text[p.start : min(p.end, end)] for p in paragraphs)]
        )

    @property
    def surrounding_text(self) -> str:
        """The title and the paragraphs around it."""
        text = self.article.text
        paragraphs = (span.of(text) for span in paragraphs_around(text, self.statement))
        return "\n".join([self.article.title, *paragraphs])


def find(
    collection: StatementCollection,
    query: StatementQuery,
    topic: Topic,
    *,
    verbs: frozenset[str] = frozenset(),
    limit: int = MOST_SEARCHED,
) -> list[ScoredStatement]:
    """The most relevant first, then the newest; copies of a statement come with the first."""
    found = collection.search(replace(query, about=topic.search_terms), limit)
    scored = [_by_content(each, article, topic, verbs) for each, article in found]
    if topic.search_terms and not any(each.verbatim for each in scored):
        scored.sort(key=lambda each: -each.relevance)
        read = [_by_paragraphs(each, topic, verbs) for each in scored[:MOST_IN_CONTEXT]]
        scored = read + scored[MOST_IN_CONTEXT:]
    return without_copies(sorted(scored, key=partial(_order, on_topic=bool(topic.search_terms))))


def _by_content(
    statement: Statement, article: Article, topic: Topic, verbs: frozenset[str]
) -> ScoredStatement:
    """Scored by its content and the title, which is fast."""
    content = content_of(article, statement)
    terms, verbatim = terms_of(content), has_phrases(topic, content)
    plain = ScoredStatement(statement, article, verbatim=verbatim, terms=terms)
    return _scored(plain, topic, StatementTerms(terms, frozenset(), terms_of(article.title)), verbs)


def _by_paragraphs(plain: ScoredStatement, topic: Topic, verbs: frozenset[str]) -> ScoredStatement:
    """Scored by its sentences and paragraphs too."""
    return _scored(plain, topic, plain.terms_around, verbs)


def _scored(
    plain: ScoredStatement, topic: Topic, terms: StatementTerms, verbs: frozenset[str]
) -> ScoredStatement:
    coverage = topic.coverage(terms)
    bonus = VERB_BONUS * (plain.statement.lemma in verbs)
    return replace(plain, coverage=coverage, relevance=coverage + bonus + plain.verbatim)


def content_of(article: Article, statement: Statement) -> str:
    return " ".join(span.of(article.text) for span in statement.content)


def has_phrases(topic: Topic, content: str) -> bool:
    """Whether the topic has phrases, and the content has each of them word for word."""
    return bool(topic.phrases) and topic.is_quoted_in(analyze(content))


@lru_cache(maxsize=4096)
def terms_of(text: str) -> frozenset[str]:
    """With other spellings: "$90m" has the terms of "$90 million" too."""
    return frozenset(with_spellings(text))


def _order(scored: ScoredStatement, *, on_topic: bool) -> tuple[float, bool, float, bool, str, int]:
    """By steps of relevance, the certain first, then newest first, undated last.

    On a topic, direct quotations of one instant come first; without one, the text's order is kept.
    """
    age = -((scored.article.published_at or OLDEST) - OLDEST).total_seconds()
    step = -round(scored.relevance / RELEVANCE_STEP)
    statement = scored.statement
    certain, direct = is_certain(statement), on_topic and statement.kind is StatementKind.DIRECT
    return step, not certain, age, not direct, scored.article.id, statement.content[0].start


def without_copies(ordered: Iterable[ScoredStatement]) -> list[ScoredStatement]:
    """Each statement once, with the articles that print it too."""
    kept: list[ScoredStatement] = []
    for each in ordered:
        for place, first in enumerate(kept):
            if _is_copy(each, first):
                kept[place] = _with_copy(first, each.article)
                break
        else:
            kept.append(each)
    return kept


def _is_copy(each: ScoredStatement, first: ScoredStatement) -> bool:
    """Whether both are nearly the same words of the same speaker."""
    if first.key != each.key or first.negative != each.negative:
        return False
    fewer, more = sorted((len(each.terms), len(first.terms)))
    if fewer < SAME_WORDS * more:  # most pairs, and a union costs more
        return False
    shared = len(each.terms & first.terms)
    all_terms = fewer + more - shared
    return shared == all_terms or shared >= max(FEWEST_SHARED, SAME_WORDS * all_terms)


def _with_copy(scored: ScoredStatement, article: Article) -> ScoredStatement:
    known = {scored.article.id, *(copy.id for copy in scored.copies)}
    return scored if article.id in known else replace(scored, copies=(*scored.copies, article))


@lru_cache(maxsize=4096)
def _cached_key(name: str) -> str:
    return name_key(name)
