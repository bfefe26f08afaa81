"""A parsed intent -> the request for statements: speaker, topic, dates and filters together."""

from dataclasses import dataclass, replace
from datetime import datetime

from index.documents import Filter
from index.language.names import QUALIFIERS
from index.language.terms import STOP_TERMS, analyze
from index.language.verbs.reporting import synonyms
from index.stores.search.statements import StatementQuery
from rag.query.intent import Intent
from rag.statements.ranking.search import (
    MOST_SEARCHED,
    ScoredStatement,
    StatementCollection,
    StatementSearch,
    find,
)
from rag.statements.ranking.selection import MOST_READ, Asked, select
from rag.statements.ranking.topic import TermWeights, Topic, make_topic
from rag.statements.speakers.lookup import (
    SpeakerMatch,
    described,
    find_holders,
    find_speaker,
    head_word,
    own_name,
)

MIN_COVERAGE = 0.5
"""A statement that covers less of the topic is not on it."""
MIN_CONFIDENCE = 0.25
"""Statements below this are never an answer."""
MOST_AMBIGUOUS = 5
QUALIFIER_TERMS = frozenset(analyze(" ".join(QUALIFIERS)))
"""Words that make another office of one: deputy, former."""


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """One question about statements, and the statements to answer it from."""

    intent: Intent
    speaker_match: SpeakerMatch
    topic: Topic
    filter: Filter
    collection: StatementCollection
    asked_at: datetime | None = None

    @property
    def of_everyone(self) -> "StatementRequest":
        """By any bearer of the name, where one of them has nearly all of its statements."""
        return replace(self, speaker_match=self.speaker_match.everyone)

    @property
    def query(self) -> StatementQuery:
        """All statements of these speakers within the question's dates and filters."""
        query = StatementQuery(
            filter=self.filter.narrowed_to(self.intent.period),
            acts=self.intent.acts,
            polarity=self.intent.polarity,
        )
        if self.speaker_match.people:
            return replace(query, speakers=self.speaker_match.keys)
        return replace(query, speaker_words=self.speaker_match.description)

    @property
    def described(self) -> "StatementRequest":
        """The same, of whoever is called so in the article itself."""
        return replace(self, speaker_match=SpeakerMatch(description=described(self.intent.speaker)))

    def find(self, query: StatementQuery, limit: int = MOST_SEARCHED) -> list[ScoredStatement]:
        """The nearest to the words asked for first, whoever said them."""
        verbs = synonyms(self.intent.verb)
        return self._of_that_office(
            find(self.collection, query, self.topic, verbs=verbs, limit=limit)
        )

    def select(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """What a reader wants first, on topic or not."""
        return self._of_that_office(
            select(self.collection, query, self.topic, self._asked, limit=limit)
        )

    def on_topic(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """What a reader wants first, of those that may be an answer."""
        return [each for each in self.select(query, limit) if may_answer(each)]

    @property
    def _asked(self) -> Asked:
        intent = self.intent
        words = " ".join([intent.speaker, intent.topic, intent.listener, *intent.phrases])
        return Asked(frozenset(analyze(words)), synonyms(intent.verb), self.asked_at)

    def _of_that_office(self, found: list[ScoredStatement]) -> list[ScoredStatement]:
        """For "the mayor" without what "the deputy mayor" said, or somebody called Mayor."""
        wanted = set(self.speaker_match.description)
        if not wanted:
            return found
        head = head_word(self.intent.speaker)
        return [
            each
            for each in found
            if not QUALIFIER_TERMS & _source_terms(each) - wanted
            and head not in own_name(each.statement)
        ]

    def ambiguous(self) -> list[ScoredStatement]:
        """Statements on topic by this speaker or a namesake: never an answer."""
        if not self.speaker_match.people:
            return []
        query = replace(self.query, speakers=(), possible=self.speaker_match.keys)
        return self.on_topic(query, MOST_AMBIGUOUS)


def may_answer(scored: ScoredStatement) -> bool:
    """On the topic, likely, and neither a headline nor the writer's question or guess."""
    fits = scored.coverage >= MIN_COVERAGE and scored.confidence >= MIN_CONFIDENCE
    return fits and "idle" not in scored.features


def _source_terms(scored: ScoredStatement) -> set[str]:
    source = scored.statement.source
    return set(analyze(source.of(scored.article.text))) if source else set()


def statement_request(
    intent: Intent,
    collection: StatementCollection,
    *,
    filter: Filter,
    term_weights: TermWeights,
    asked_at: datetime | None = None,
) -> StatementRequest:
    asked = filter.narrowed_to(intent.period)
    match = _speaker_match(intent.speaker, collection.index, asked)
    topic = make_topic(
        intent.topic,
        intent.listener,
        intent.phrases,
        stop_words=STOP_TERMS,
        term_weights=term_weights,
    )
    return StatementRequest(intent, match, topic, filter, collection, asked_at)


def _speaker_match(words: str, index: StatementSearch, asked: Filter) -> SpeakerMatch:
    """By name or by office: "the pope" holds one, he is not everybody called Pope."""
    named = find_speaker(words, index)
    if named.people:
        return named
    held = find_holders(words, index, asked)
    return held if held.people else named
