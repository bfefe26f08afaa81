"""What the service says over HTTP: the shapes of its bodies, made from the rooms' own facts."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.citations import CitationBody, all_cited, members
from api.schemas.scores import ExplainedBody, Parts, explained, parts
from api.schemas.statements import SpeakerBody
from index.statements import Speaker
from rag.citations import CitationVerdict
from rag.replies import (
    Agreement,
    Answer,
    AnswerKind,
    HowRead,
    IndexState,
    InterpretedDates,
    Refusal,
    RefusalReason,
    Reply,
    SearchHit,
    SearchReply,
    StatementsReply,
)

NOTED = "Why there is nothing, and what the archive covers, where no article passes the filters."


class Problem(BaseModel):
    """RFC 9457; further members depend on `type`."""

    type: str = Field(examples=["/problems/unknown-article"])
    title: str = Field(examples=["Unknown article"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No article has the id 'harbour-tolls'."])
    instance: str = Field(examples=["/v1/articles/harbour-tolls"])


def _speakers(speakers: Iterable[Speaker]) -> list[SpeakerBody]:
    return [SpeakerBody.of(speaker) for speaker in speakers]


class AnswerBody(BaseModel):
    text: str
    kind: AnswerKind = Field(
        description="A `statement` names its speaker in `citations[].statement`."
    )
    confidence: float = Field(description="The estimated probability that this answers.")
    short: str | None = Field(
        description="The few words that answer, verbatim, as `citations[0].short` has them with "
        "their place; null where the sentences are the answer.",
        examples=["on Tuesday"],
    )
    agreement: Agreement = Field(
        description="Of the articles that answer: one `alone` does, others `agree`, or some "
        "`differ`, and then the others may still agree."
    )
    agreeing: list[CitationBody] = Field(
        description="From other stories, with the same short answer."
    )
    differing: list[CitationBody] = Field(
        description="From other stories, with another short answer that is as sure."
    )

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(
            text=answer.text,
            kind=answer.kind,
            confidence=answer.confidence,
            short=answer.short,
            agreement=answer.agreement,
            agreeing=all_cited(answer.agreeing),
            differing=all_cited(answer.differing),
        )


class RefusalBody(BaseModel):
    reason: RefusalReason
    message: str
    nearest: list[CitationBody]
    names: list[SpeakerBody] = Field(
        description="Names that are quoted, best first, to ask again with one of them."
    )


class IndexBody(BaseModel):
    """Which generation of the index answered."""

    generation: str
    built_at: datetime
    newest_article: datetime | None
    articles: int
    passages: int

    @classmethod
    def of(cls, state: IndexState) -> Self:
        return cls(
            generation=state.generation,
            built_at=state.built_at,
            newest_article=state.newest_article,
            articles=state.articles,
            passages=state.passages,
        )


class PeriodBody(BaseModel):
    """The dates that the question's own words tell; both days are in it, in UTC."""

    model_config = ConfigDict(populate_by_name=True)

    words: str = Field(examples=["last week"])
    first: date | None = Field(alias="from", description="Null where it is open.")
    last: date | None = Field(alias="to", description="Null where it is open.")
    derived: bool = Field(description="Whether they were worked out from the instant of asking.")
    narrowed: bool = Field(
        description="Whether only articles published then, or in the few days after, were searched."
    )

    @classmethod
    def of(cls, period: InterpretedDates | None) -> Self | None:
        return None if period is None else cls(**asdict(period))


class ReplyBody(BaseModel):
    """Either an answer with its citations, or a refusal with its reason."""

    question: str
    answered: bool
    answer: AnswerBody | None
    citations: list[CitationBody]
    alternatives: list[CitationBody]
    speakers: list[SpeakerBody] = Field(
        description="Whose words were asked for; two who share a surname are never merged."
    )
    total: int | None = Field(
        description="How many statements there are, copies counted once; null for other questions."
    )
    refusal: RefusalBody | None
    period: PeriodBody | None = Field(description="Null where the question names no dates.")
    reading: HowRead | None = Field(
        description="How much of the passages to be read was: `partial` or `none` where there was "
        "no time, or no reader of their language, so that better evidence may have been missed; "
        "null where statements answered, or there was nothing to read.",
        examples=["full"],
    )
    explained: list[ExplainedBody] | None = Field(
        description="The passages considered, best first; null unless `explain` is true."
    )
    index: IndexBody
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, reply: Reply, *, explain: bool = False) -> Self:
        given, refused = _outcome(reply.outcome)
        return cls(
            question=reply.question,
            answered=given is not None,
            answer=given,
            citations=all_cited(getattr(reply.outcome, "citations", ())),
            alternatives=all_cited(reply.alternatives),
            speakers=_speakers(reply.speakers),
            total=reply.total,
            refusal=refused,
            period=PeriodBody.of(reply.period),
            reading=reply.reading,
            explained=explained(reply.hits) if explain else None,
            index=IndexBody.of(reply.index),
            timings_ms=dict(reply.timings_ms),
        )


def _outcome(outcome: Answer | Refusal) -> tuple[AnswerBody | None, RefusalBody | None]:
    if isinstance(outcome, Refusal):
        return None, RefusalBody(
            reason=outcome.reason,
            message=outcome.message,
            nearest=all_cited(outcome.nearest),
            names=_speakers(outcome.names),
        )
    return AnswerBody.of(outcome), None


class HitBody(CitationBody):
    score: float = Field(description="The fused score, from 0 to 1.")
    lexical: float
    dense: float
    parts: Parts

    @classmethod
    def found(cls, found: SearchHit, *, explain: bool) -> Self:
        hit = found.hit
        scores = {"score": hit.score, "lexical": hit.lexical, "dense": hit.dense}
        told = {"parts": parts(hit) if explain else None}
        return cls(**(members(found.citation) | scores | told))


class SearchBody(BaseModel):
    question: str
    hits: list[HitBody]
    period: PeriodBody | None = Field(description="Null where the question names no dates.")
    note: str | None = Field(description=NOTED)
    index: IndexBody
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, reply: SearchReply, *, explain: bool = False) -> Self:
        return cls(
            question=reply.question,
            hits=[HitBody.found(each, explain=explain) for each in reply.hits],
            period=PeriodBody.of(reply.period),
            note=reply.note,
            index=IndexBody.of(reply.index),
            timings_ms=dict(reply.timings_ms),
        )


class StatementsBody(BaseModel):
    """Statements best first where a subject was asked for, else newest first."""

    speakers: list[SpeakerBody] = Field(
        description="Whom the name asked for may mean; empty where nobody of that name is quoted."
    )
    total: int = Field(description="Of all pages, each copy counted.", examples=[1])
    statements: list[CitationBody] = Field(description="Each with its `statement`.")
    nearest: list[SpeakerBody] = Field(
        description="Names that are nearly the one asked for, where nobody of that name is quoted."
    )
    note: str | None = Field(description=NOTED)
    index: IndexBody
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, reply: StatementsReply) -> Self:
        return cls(
            speakers=_speakers(reply.speakers),
            total=reply.total,
            statements=all_cited(reply.citations),
            nearest=_speakers(reply.nearest),
            note=reply.note,
            index=IndexBody.of(reply.index),
            timings_ms=dict(reply.timings_ms),
        )


class SpeakersBody(BaseModel):
    """Entries of the register; each shows how it is written and how much is quoted."""

    speakers: list[SpeakerBody]

    @classmethod
    def of(cls, speakers: Iterable[Speaker]) -> Self:
        return cls(speakers=_speakers(speakers))


class VerdictBody(BaseModel):
    article_id: str
    revision: str | None
    start: int
    end: int
    verified: bool
    message: str
    found: str | None = Field(description="What the stored article reads at that range.")

    @classmethod
    def of(cls, verdict: CitationVerdict) -> Self:
        claim = verdict.claim
        return cls(
            article_id=claim.article_id,
            revision=claim.revision,
            start=claim.start,
            end=claim.end,
            verified=verdict.verified,
            message=verdict.message,
            found=verdict.found,
        )


class VerdictsBody(BaseModel):
    verified: bool = Field(description="Whether every citation holds.")
    citations: list[VerdictBody]
