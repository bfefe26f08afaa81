"""A parsed intent -> the request for statements: speaker, topic, dates and filters together."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from index.documents import Article, Filter
from index.language.names import QUALIFIERS
from index.language.synonyms import synonyms as same_words
from index.language.terms import STOP_TERMS, analyze
from index.language.verbs.reporting import synonyms
from index.stores.search.statements import StatementQuery
from rag.query.intent import Intent
from rag.query.respelling import Respelling
from rag.statements.ranking.features import by_score, contributions
from rag.statements.ranking.search import (
    MOST_SEARCHED,
    ScoredStatement,
    StatementCollection,
    StatementSearch,
    find,
    terms_of,
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
from rag.statements.speakers.misspelt import IsWritten, find_misspelt

NO_TOPIC = Topic({})
MIN_COVERAGE = 0.5
"""A statement that covers less of the topic is not on it."""
MIN_REACH = 0.45
"""With its most telling word, so much of the topic in the statement or around it is enough."""
STORY_REACH = 0.65
"""The share of the topic from which the story of an article is what was asked about."""
LEAD = 600
"""Characters from the start of an article that say what it is about."""
MIN_CONFIDENCE = 0.25
"""Statements below this are never an answer."""
MOST_AMBIGUOUS = 5
QUALIFIER_TERMS = frozenset(analyze(" ".join(QUALIFIERS)))
"""Words that make another office of one: deputy, former."""

Selected = tuple[StatementQuery, bool, int]
"""A query, whether without the topic, and how many."""


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """One question about statements, and the statements to answer it from."""

    intent: Intent
    speaker_match: SpeakerMatch
    topic: Topic
    filter: Filter
    collection: StatementCollection
    asked_at: datetime | None = None
    respelling: Respelling | None = None
    """How the speaker's name was read, if the question misspells it; `intent` has the right one."""
    selected: dict[Selected, list[ScoredStatement]] = field(default_factory=dict, compare=False)
    """What was selected already: an answer and the reason for a refusal look for the same."""

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
        words = described(self.intent.speaker)
        match = SpeakerMatch(description=words, office=self.speaker_match.office)
        return replace(self, speaker_match=match)

    def find(self, query: StatementQuery, limit: int = MOST_SEARCHED) -> list[ScoredStatement]:
        """The nearest to the words asked for first, whoever said them."""
        verbs = synonyms(self.intent.verb)
        return self._of_that_office(
            find(self.collection, query, self.topic, verbs=verbs, limit=limit)
        )

    def select(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """What a reader wants first, on topic or not."""
        return self._of_that_office(self._selected(query, self.topic, limit))

    def on_topic(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """What a reader wants first, of those that may be an answer."""
        return [each for each in self.select(query, limit) if may_answer(each)]

    def everything(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """What a reader wants first, whatever it is about."""
        return self._of_that_office(self._selected(query, NO_TOPIC, limit))

    def of_the_story(self, query: StatementQuery, limit: int = MOST_READ) -> list[ScoredStatement]:
        """The same, of articles that are on the topic by their title, lead and year.

        For those whose words alone leave the topic out: "This is madness," the mayor said. Of given
        articles everything is read, even without a word of the topic.
        """
        topic = NO_TOPIC if query.articles else self.topic
        told = map(self.in_story, self._of_that_office(self._selected(query, topic, limit)))
        return by_score(each for each in told if each.reach >= STORY_REACH and is_likely(each))

    def in_story(self, scored: ScoredStatement) -> ScoredStatement:
        """With what its article has of the topic, by synonyms too, at the weight of a paragraph."""
        around = scored.terms_around
        lead = set(_terms_of_story(scored.article))
        meant = (words for term in lead for words in same_words(term))
        known = self.topic.weights.keys()
        lead |= {term for words in meant if known >= set(words) for term in words}
        shares = self.topic.shares(replace(around, paragraphs=around.paragraphs | lead))
        found = {
            "content": shares.content,
            "sentence": shares.sentences,
            "paragraph": shares.paragraphs,
        }
        return replace(
            scored,
            coverage=shares.coverage,
            reach=shares.reach,
            features={**scored.features, **found},
            parts={**scored.parts, **contributions(found)},
        )

    def story_reach(self, scored: ScoredStatement) -> float:
        """The share of the topic in the statement or in the story of its article."""
        return self.in_story(scored).reach

    def _selected(self, query: StatementQuery, topic: Topic, limit: int) -> list[ScoredStatement]:
        wanted = query, topic is NO_TOPIC, limit
        if wanted not in self.selected:
            self.selected[wanted] = select(self.collection, query, topic, self._asked, limit=limit)
        return self.selected[wanted]

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
    near = scored.central and scored.reach >= MIN_REACH
    return (scored.coverage >= MIN_COVERAGE or near) and is_likely(scored)


def is_likely(scored: ScoredStatement) -> bool:
    return scored.confidence >= MIN_CONFIDENCE and "idle" not in scored.features


def _terms_of_story(article: Article) -> frozenset[str]:
    year = f"{article.published_at.year}" if article.published_at else ""
    return terms_of(f"{year}\n{article.title}\n{article.text[:LEAD]}")


def _source_terms(scored: ScoredStatement) -> set[str]:
    source = scored.statement.source
    return set(analyze(source.of(scored.article.text))) if source else set()


def statement_request(
    intent: Intent,
    collection: StatementCollection,
    *,
    filter: Filter,
    term_weights: TermWeights,
    is_written: IsWritten,
    asked_at: datetime | None = None,
) -> StatementRequest:
    asked, index = filter.narrowed_to(intent.period), collection.index
    match, respelling = find_speaker(intent.speaker, index), None
    if not match.people and (misspelt := find_misspelt(intent.speaker, index, is_written)):
        match, respelling = misspelt.match, misspelt.respelling
        intent = replace(intent, speaker=respelling.in_text(intent.speaker))
    topic = make_topic(
        intent.topic,
        intent.listener,
        intent.phrases,
        stop_words=STOP_TERMS,
        term_weights=term_weights,
    )
    match = match if match.people else _held(intent.speaker, index, asked) or match
    return StatementRequest(intent, match, topic, filter, collection, asked_at, respelling)


def _held(words: str, index: StatementSearch, asked: Filter) -> SpeakerMatch | None:
    """By office: "the pope" holds one, he is not everybody called Pope."""
    held = find_holders(words, index, asked)
    return held if held.people else None
