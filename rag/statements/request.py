"""The statements consulted for a question: speakers, topic, dates and filters put together."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from index.documents import Filter
from index.language.speech import family
from index.stores.search.statements import StatementQuery
from rag.query.intent import Intent
from rag.statements.search import SEARCHED, ScoredStatement, StatementCollection, find
from rag.statements.speaker_lookup import SpeakerMatch, find_speaker
from rag.statements.topic import Topic, topic

ENOUGH = 0.5
"""Of a topic: a statement that covers less is not about it."""
SURE_ENOUGH = 0.25
"""The least confidence of a statement given as an answer."""
POSSIBLE = 5

Weigh = Callable[[Sequence[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class StatementRequest:
    """One question of speech, with all that is needed to answer it."""

    intent: Intent
    matched: SpeakerMatch
    topic: Topic
    filter: Filter
    record: StatementCollection

    @property
    def query(self) -> StatementQuery:
        """Any statement of these speakers that the question's dates and filters let through."""
        query = StatementQuery(
            filter=self.filter.narrowed_to(self.intent.period),
            acts=self.intent.acts,
            polarity=self.intent.polarity,
        )
        if self.matched.people:
            return replace(query, speakers=self.matched.keys)
        return replace(query, speaker_words=self.matched.described)

    def find(self, query: StatementQuery, limit: int = SEARCHED) -> list[ScoredStatement]:
        """The best first, near the topic or not."""
        return find(self.record, query, self.topic, verbs=family(self.intent.verb), limit=limit)

    def on_topic(self, query: StatementQuery, limit: int = SEARCHED) -> list[ScoredStatement]:
        """Those that may be given as an answer."""
        return [
            told
            for told in self.find(query, limit)
            if told.coverage >= ENOUGH and told.confidence >= SURE_ENOUGH
        ]

    def possible(self) -> list[ScoredStatement]:
        """Statements that may be of whom was asked for, or of a namesake: never an answer."""
        if not self.matched.keys:
            return []
        query = replace(self.query, speakers=(), possible=self.matched.keys)
        return self.on_topic(query, POSSIBLE)


def statement_request(
    intent: Intent,
    record: StatementCollection,
    *,
    filter: Filter,
    weigh: Weigh,
    unasked: AbstractSet[str],
) -> StatementRequest:
    """`weigh` gives the inverse document frequency of terms; `unasked` are never a topic."""
    meant = find_speaker(intent.speaker, record.index)
    subject = topic(intent.about, intent.listener, intent.phrases, without=unasked, weigh=weigh)
    return StatementRequest(intent, meant, subject, filter, record)
