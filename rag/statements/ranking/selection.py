"""The statements a question may mean -> the best of them, as a reader wants them. Decides nothing.

Three steps, each for fewer: all candidates by what the index knows, the best of these by their
content, and the best of those by the paragraphs around them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.language.terms import STOP_TERMS
from index.language.verbs.reporting import MENTION_VERBS
from index.statements import Statement, StatementKind
from index.stores.search.statements import CONTEXT_SHARE, StatementHit, StatementQuery
from rag.statements.ranking.features import (
    OLDEST_YEARS,
    Facts,
    by_score,
    contributions,
    diversified,
    features,
)
from rag.statements.ranking.search import (
    MOST_IN_CONTEXT,
    ScoredStatement,
    StatementCollection,
    content_of,
    has_phrases,
    terms_of,
    without_copies,
)
from rag.statements.ranking.telling import Idle, Wording, asks, form_of, idle, is_empty
from rag.statements.ranking.topic import Shares, StatementTerms, Topic

MOST_CANDIDATES = 120
"""Statements taken from the index."""
QUOTED = (StatementKind.DIRECT, StatementKind.MIXED)
FACTOR = 4
"""Candidates for each statement asked for, where only a few are."""
MOST_READ = 36
"""Of these, how many are scored by their content."""
MOST_OF_AN_ARTICLE = 6
"""Of those, how many are of one article."""
CHARACTERS_A_WORD = 11
"""Of content, for each word that is no stop word."""
SECONDS_A_YEAR = 31_556_952


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question wants beyond its speaker and topic."""

    terms: AbstractSet[str] = frozenset()
    """All words of the question, analysed: they are not new."""
    verbs: frozenset[str] = frozenset()
    """Lemmas like its verb."""
    at: datetime | None = None
    """When it was asked; None where that is the time of the newest statement."""


def select(
    collection: StatementCollection,
    query: StatementQuery,
    topic: Topic,
    asked: Asked,
    *,
    limit: int = MOST_READ,
) -> list[ScoredStatement]:
    """Best first, at most `limit`, copies with the first, and no near repeats at the top."""
    hits = _candidates(collection, query, topic, limit)
    selection = _Selection(collection, topic, asked, _instant(asked, hits))
    return selection.best(hits, limit)


def _candidates(
    collection: StatementCollection, query: StatementQuery, topic: Topic, limit: int
) -> list[StatementHit]:
    """Half of them quoted, if so many are: of thousands, the newest may all be bare mentions.

    Where no sentence of theirs has a word of the topic, the paragraph before it may.
    """
    most = max(limit, MOST_CANDIDATES if limit >= MOST_READ else FACTOR * limit)
    find, weights = collection.index.candidates, topic.search_weights
    if query.kinds:
        return find(query, weights, most)
    quoted = find(replace(query, kinds=QUOTED), weights, most // 2)
    plain = replace(query, kinds=(StatementKind.INDIRECT,))
    found = [*quoted, *find(plain, weights, most - len(quoted))]
    if weights and query.speakers and not found:
        return find(query, {}, most)
    return found


@dataclass(frozen=True, slots=True)
class _Selection:
    collection: StatementCollection
    topic: Topic
    asked: Asked
    now: float
    """Seconds since 1970."""

    def best(self, hits: Sequence[StatementHit], limit: int) -> list[ScoredStatement]:
        ordered = sorted(hits, key=lambda hit: -_outlook(hit, self.now))
        few = ordered if limit > MOST_READ else _of_several_articles(ordered)
        found = by_score(self._by_content(few[:limit]))
        if self.topic.search_terms and not any("verbatim" in each.parts for each in found):
            near = [self._by_paragraphs(each) for each in found[:MOST_IN_CONTEXT]]
            found = by_score([*near, *found[MOST_IN_CONTEXT:]])
        return diversified(without_copies(found))

    def _by_content(self, hits: Iterable[StatementHit]) -> Iterator[ScoredStatement]:
        for hit in hits:
            statement = hit.statement
            if article := self.collection.article(statement.article_id, statement.revision):
                story = self.collection.story(article.id)
                terms = terms_of(content_of(article, statement))
                plain = ScoredStatement(statement, article, terms=terms, story=story)
                known = StatementTerms(terms, frozenset(), terms_of(article.title))
                central = self.topic.has_heaviest(known)
                yield self._scored(replace(plain, central=central), self._shares(known, hit.score))

    def _shares(self, terms: StatementTerms, known: float) -> Shares:
        """With what the index knows of the sentences: these are not cut yet."""
        found = self.topic.shares(terms)
        sentences = max(0.0, min(1 - found.content, (known - found.content) / CONTEXT_SHARE))
        return Shares(found.content, sentences, max(0.0, found.paragraphs - sentences))

    def _by_paragraphs(self, plain: ScoredStatement) -> ScoredStatement:
        around = plain.terms_around
        central = self.topic.has_heaviest(around)
        return self._scored(replace(plain, central=central), self.topic.shares(around))

    def _scored(self, plain: ScoredStatement, shares: Shares) -> ScoredStatement:
        statement, article = plain.statement, plain.article
        content = content_of(article, statement)
        form = form_of(statement, content)
        words = plain.terms - STOP_TERMS
        new_words = len(words - self.asked.terms)
        empty = is_empty(statement, form, len(words), new_words)
        facts = Facts(
            shares,
            new_words,
            years=_years(self.now, _seconds(article.published_at)),
            form=form,
            on_topic=bool(self.topic.search_terms),
            same_verb=statement.lemma in self.asked.verbs,
            verbatim=has_phrases(self.topic, content),
            asks=asks(statement, article.text),
            idle=Idle.EMPTY if empty else idle(statement, article),
        )
        found = features(statement, facts)
        return replace(
            plain,
            coverage=shares.coverage if self.topic.total else 1.0,
            reach=shares.reach,
            verbatim=facts.verbatim,
            features=found,
            parts=contributions(found),
        )


def _outlook(hit: StatementHit, now: float) -> float:
    """The score without a word of the article."""
    statement = hit.statement
    length = sum(part.end - part.start for part in statement.content)
    facts = Facts(
        Shares(content=hit.score),
        new_words=length / CHARACTERS_A_WORD,
        years=_years(now, hit.published),
        form=_likely_form(statement),
        on_topic=hit.score > 0,
    )
    return sum(contributions(features(statement, facts)).values())


def _likely_form(statement: Statement) -> Wording:
    if statement.kind is not StatementKind.INDIRECT:
        return Wording.QUOTED
    return Wording.PHRASE if statement.lemma in MENTION_VERBS else Wording.CLAUSE


def _of_several_articles(ordered: Iterable[StatementHit]) -> list[StatementHit]:
    """Without what one article says after its best few."""
    seen = Counter[str]()
    kept = []
    for hit in ordered:
        seen[hit.statement.article_id] += 1
        if seen[hit.statement.article_id] <= MOST_OF_AN_ARTICLE:
            kept.append(hit)
    return kept


def _instant(asked: Asked, hits: Iterable[StatementHit]) -> float:
    newest = max((hit.published for hit in hits if hit.published is not None), default=0)
    return asked.at.timestamp() if asked.at else float(newest)


def _seconds(published: datetime | None) -> int | None:
    return None if published is None else int(published.astimezone(UTC).timestamp())


def _years(now: float, published: int | None) -> float:
    """An undated statement is as old as can be."""
    return OLDEST_YEARS if published is None else max(0.0, now - published) / SECONDS_A_YEAR
