"""The replies to a question: an answer with citations, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from index.documents import Passage, Span
from index.progress import NOTHING_PENDING, Pending
from index.statements import Speaker, Statement
from rag.citations import Citation
from rag.guarantee.guarantee import Guarantee
from rag.query.respelling import Respelling

if TYPE_CHECKING:
    from index.stores.generation.generation import Generation

AnswerKind = Literal["sentence", "sentences", "statement", "statements"]
Agreement = Literal["alone", "agree", "differ"]
"""Whether other stories answer too: none does, some say the same, or some say otherwise."""
HowRead = Literal["full", "partial", "none"]
"""How many of the passages were read: time may run out, or the language be unsupported."""


class RefusalReason(StrEnum):
    """Why there is no answer; the value is part of the HTTP contract."""

    NO_EVIDENCE = "no_evidence"
    NO_SUCH_NAME = "no_such_name"
    OUTSIDE_FILTERS = "outside_filters"
    LOW_CONFIDENCE = "low_confidence"
    OUTSIDE_DATES = "outside_dates"
    """No article from the question's dates answers it; the nearest evidence has other dates."""
    NOT_A_QUESTION = "not_a_question"
    NO_SUCH_SPEAKER = "no_such_speaker"
    """Nobody of that name is quoted; the message lists similar names that are."""
    NOT_ABOUT_TOPIC = "not_about_topic"
    """That speaker is quoted, but never on this."""
    SAID_BY_OTHER = "said_by_other"
    """Somebody else said this; the message names that speaker."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Verbatim sentences. `confidence` is an estimated probability that they answer.

    Statements are cited speaker by speaker, in the order of `Reply.speakers`; of one speaker the
    most telling come first. `text` is the first quote.
    """

    text: str
    kind: AnswerKind
    confidence: float
    citations: tuple[Citation, ...]
    agreement: Agreement = "alone"
    agreeing: tuple[Citation, ...] = ()
    """From other stories, with the same short answer."""
    differing: tuple[Citation, ...] = ()
    """From other stories, with another short answer that is admissible too."""

    @property
    def short(self) -> str | None:
        """The short answer, verbatim; None where the sentences are the answer."""
        first = self.citations[0]
        return first.reads(first.short) if first.short else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not on the record: the reason, also in words, and the nearest passages."""

    reason: RefusalReason
    message: str
    nearest: tuple[Citation, ...] = ()
    names: tuple[Speaker, ...] = ()
    """Speakers with similar names, best first, where nobody of the name asked for is quoted."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """The generation that answered."""

    generation: str
    built_at: datetime
    newest_article: datetime | None
    articles: int
    passages: int
    pending: Pending = NOTHING_PENDING
    """What a later generation of the same archive will have more."""


def state_of(generation: "Generation") -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.name,
        manifest.built_at,
        manifest.newest_article,
        manifest.articles,
        manifest.passages,
        manifest.pending,
    )


@dataclass(frozen=True, slots=True)
class InterpretedDates:
    """The dates the question names, as understood; both days included, None at an open end."""

    words: str
    first: date | None
    last: date | None
    derived: bool
    """Whether the days were worked out from the instant of asking, as for "last week"."""
    narrowed: bool
    """Whether only articles published then, or within a few days after, were searched."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores; `score` in [0, 1] is comparable within one question only."""

    passage: Passage
    score: float
    lexical: float
    """BM25; 0 where it is not among the best passages by terms."""
    dense: float
    """Cosine of question and passage."""
    parts: Mapping[str, float]
    """Parts by name; they sum to `score`."""

    def blended(self, added: Mapping[str, tuple[float, float]]) -> "Hit":
        """Give each value in [0, 1] its share of the score, and scale the old parts to the rest."""
        left = 1 - sum(share for share, _ in added.values())
        parts = {name: left * worth for name, worth in self.parts.items()}
        parts |= {name: share * value for name, (share, value) in added.items()}
        score = left * self.score + sum(share * value for share, value in added.values())
        return replace(self, score=score, parts=parts)


@dataclass(frozen=True, slots=True)
class RankedStatement:
    """A statement considered for the answer; its score is comparable within one question only."""

    statement: Statement
    score: float
    parts: Mapping[str, float]
    """Parts by name (`rag.statements.ranking.features.WEIGHTS`); they sum to `score`."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that might have answered; `score` is comparable within one question only."""

    article_id: str
    revision: str
    span: Span
    score: float
    preferences: Mapping[str, float]
    """The parts of the score that compare it with the other sentences, by name."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that is returned for one question."""

    question: str
    outcome: Answer | Refusal
    alternatives: tuple[Citation, ...]
    """Evidence from other articles, best first; empty when refused."""
    index: IndexState
    timings_ms: Mapping[str, float]
    speakers: tuple[Speaker, ...] = ()
    """The quoted speakers that were asked for; two who share a surname are both listed, never
    merged."""
    namesakes: tuple[Speaker, ...] = ()
    """Others of the name asked for, where one of `speakers` has nearly all of its statements."""
    respelling: Respelling | None = None
    """None unless the name asked for is a slip of a speaker's, who was searched for instead."""
    total: int | None = None
    """All statements, or sentences, that answer, copies counted once; None where nothing did.
    Statements are in `outcome.citations` as far as they are shown; sentences also in `more`."""
    total_articles: int | None = None
    """In which these sentences are; None where statements answered or nothing did."""
    more: tuple[Citation, ...] = ()
    """Sentences that answer too and are cited nowhere else here: by relevance, then date."""
    period: InterpretedDates | None = None
    """None where the question names no dates."""
    hits: tuple[Hit, ...] = ()
    """The passages retrieved, best first; empty where statements answered."""
    ranked_statements: tuple[RankedStatement, ...] = ()
    """In the order of the answer; empty where passages answered or nothing did."""
    reading: HowRead | None = None
    """None where statements answered, or there was nothing to read."""
    sentences: tuple[ScoredSentence, ...] = ()
    """Of these passages, those that may answer, best first."""
    guarantee: Guarantee | None = None
    """None unless a share of wrong answers is set (`ONRECORD_MAX_WRONG`)."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One passage of a search, best first."""

    citation: Citation
    hit: Hit


@dataclass(frozen=True, slots=True)
class SearchReply:
    """Passages for a question, nothing decided."""

    question: str
    hits: tuple[SearchHit, ...]
    index: IndexState
    timings_ms: Mapping[str, float]
    period: InterpretedDates | None = None
    note: str | None = None
    """Why there are no hits, where the filter or the dates explain it."""


@dataclass(frozen=True, slots=True)
class StatementsReply:
    """Statements for a listing, the certain first, by relevance to the subject, else by date."""

    speakers: tuple[Speaker, ...]
    """The speakers the name may mean; empty without a name, or where nobody has it."""
    total: int
    """On all pages together; each wire copy counts, because a listing shows every statement."""
    citations: tuple[Citation, ...]
    """Each with its statement; copies are not merged."""
    index: IndexState
    timings_ms: Mapping[str, float]
    uncertain: int = 0
    """Of the total: perhaps never said, or somebody else's; listed after the certain ones."""
    nearest: tuple[Speaker, ...] = ()
    """Speakers with similar names, where nobody of that name is quoted."""
    note: str | None = None
    """Why there are none, where no article passes the filter."""
