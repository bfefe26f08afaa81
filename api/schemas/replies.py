"""Replies as JSON: answers, passages, statements, speakers and verdicts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from pydantic import AliasPath, BaseModel, Field

from api.schemas.body import Body
from api.schemas.citations import CitationBody
from api.schemas.scores import (
    MOST,
    ExplainedBody,
    ExplainedSentenceBody,
    ExplainedStatementBody,
    Parts,
)
from api.schemas.statements import SpeakerBody
from rag.citations import CitationVerdict
from rag.guarantee.judged_answers import Judges
from rag.replies import Agreement, Answer, AnswerKind, HowRead, RefusalReason, Reply, SearchReply

NOTED = "Why there is nothing, and what the archive covers, if no article passes the filters."


class Problem(BaseModel):
    """RFC 9457; further members depend on `type`."""

    type: str = Field(examples=["/problems/unknown-article"])
    title: str = Field(examples=["Unknown article"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No article has the id 'harbour-tolls'."])
    instance: str = Field(examples=["/v1/articles/harbour-tolls"])


class AnswerBody(Body):
    text: str
    kind: AnswerKind = Field(
        description="A `statement` names its speaker in `citations[].statement`."
    )
    confidence: float = Field(description="The estimated probability that this is the answer.")
    short: str | None = Field(
        description="The few words that answer, verbatim; `citations[0].short` has their place. "
        "Null if the whole sentences are the answer.",
        examples=["on Tuesday"],
    )
    agreement: Agreement = Field(
        description="`alone` if one article answers, `agree` if others give the same answer, "
        "`differ` if some give another one; the rest may still agree."
    )
    agreeing: list[CitationBody] = Field(
        description="From other stories, with the same short answer."
    )
    differing: list[CitationBody] = Field(
        description="From other stories, with a different short answer that is as confident."
    )


class RefusalBody(Body):
    reason: RefusalReason
    message: str
    nearest: list[CitationBody]
    names: list[SpeakerBody] = Field(
        description="Quoted speakers with similar names, best first; ask again with one of them."
    )


class PendingBody(Body):
    """What is found by its words already, and more of which is still being made."""

    statements: int = Field(description="Articles whose statements are still to be found.")
    vectors: int = Field(description="Passages still to be embedded.")


class IndexBody(Body):
    """Which generation of the index answered."""

    generation: str
    built_at: datetime
    newest_article: datetime | None
    articles: int
    passages: int
    pending: PendingBody


class KeptGenerationBody(Body):
    """A generation of the index that is kept."""

    name: str
    current: bool = Field(description="Whether it answers questions that name none.")
    built_at: datetime
    articles: int
    passages: int
    statements: int


class GenerationsBody(Body):
    generations: list[KeptGenerationBody]


class RollbackBody(Body):
    generation: str = Field(description="The one that answers now.")
    before: str = Field(description="The one that answered before.")


class PeriodBody(Body):
    """The dates that the question names; both days are included, in UTC."""

    words: str = Field(examples=["last week"])
    first: date | None = Field(alias="from", description="Null if it is open.")
    last: date | None = Field(alias="to", description="Null if it is open.")
    derived: bool = Field(description="Whether they were worked out from the time of asking.")
    narrowed: bool = Field(
        description="Whether only articles published then, or in the few days after, were searched."
    )


class RespellingBody(Body):
    """A name that the archive does not have, and the speaker whose name it was read as."""

    asked: str = Field(description="As the question writes it.", examples=["Ines Caldar"])
    name: str = Field(description="As the archive writes it.", examples=["Ines Calder"])


class GuaranteeBody(Body):
    """What is promised of shown answers, with 95 % confidence, on questions like those judged."""

    max_wrong: float = Field(
        validation_alias=AliasPath("threshold", "max_wrong"),
        description="At most this share of shown answers is wrong.",
        examples=[0.1],
    )
    least_confidence: float = Field(
        validation_alias=AliasPath("threshold", "least_confidence"),
        description="Answers that are less sure are refused.",
    )
    judged_by: Judges = Field(
        description="Who says what is right: `people`, or the `marks` of the development sets."
    )
    questions: int = Field(description="Judged questions that the threshold was chosen on.")
    words: str = Field(description="The same in words.")


class ReplyBody(Body):
    """Either an answer with its citations, or a refusal with its reason."""

    question: str
    answered: bool
    answer: AnswerBody | None
    citations: list[CitationBody]
    alternatives: list[CitationBody]
    speakers: list[SpeakerBody] = Field(
        description="The speakers asked about; two who share a surname are never merged."
    )
    namesakes: list[SpeakerBody] = Field(
        description="Others of the name asked for, where one of `speakers` has nearly all of its "
        "statements; ask for them by their full names."
    )
    respelling: RespellingBody | None = Field(
        description="How a misspelt name was read; null unless one was."
    )
    total: int | None = Field(
        description="How many statements, or sentences of the passages read, answer; copies are "
        "counted once. Null for a refusal.",
        examples=[9],
    )
    total_articles: int | None = Field(
        description="In how many articles these sentences are; null if statements answered, and "
        "for a refusal.",
        examples=[5],
    )
    more: list[CitationBody] = Field(
        description="Sentences that answer too and are cited nowhere else in the reply: by "
        "relevance, then the newest first. Empty if statements answered."
    )
    refusal: RefusalBody | None
    period: PeriodBody | None = Field(description="Null if the question names no dates.")
    reading: HowRead | None = Field(
        description="How many passages the reader read: `partial` or `none` if time ran out or "
        "their language is unsupported, so better evidence may have been missed. Null if "
        "statements answered or there was nothing to read.",
        examples=["full"],
    )
    explained: list[ExplainedBody] | None = Field(
        description="The passages considered, best first; null unless `explain` is true."
    )
    explained_statements: list[ExplainedStatementBody] | None = Field(
        description="The statements considered, in the order of the answer; null unless `explain` "
        "is true."
    )
    explained_sentences: list[ExplainedSentenceBody] | None = Field(
        description="Their sentences that may answer, best first; null unless `explain` is true."
    )
    guarantee: GuaranteeBody | None = Field(
        description="Null unless a share of wrong answers is set (`ONRECORD_MAX_WRONG`)."
    )
    index: IndexBody
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, reply: Reply, *, explain: bool = False) -> Self:
        outcome = reply.outcome
        answer, refusal = (outcome, None) if isinstance(outcome, Answer) else (None, outcome)
        return cls.from_fact(
            reply,
            answered=answer is not None,
            answer=answer,
            citations=answer.citations if answer else (),
            refusal=refusal,
            explained=reply.hits[:MOST] if explain else None,
            explained_statements=reply.ranked_statements[:MOST] if explain else None,
            explained_sentences=reply.sentences[:MOST] if explain else None,
        )


class HitBody(CitationBody):
    score: float = Field(description="The fused score, from 0 to 1.")
    lexical: float
    dense: float
    parts: Parts


class SearchBody(Body):
    question: str
    hits: list[HitBody]
    period: PeriodBody | None = Field(description="Null if the question names no dates.")
    note: str | None = Field(description=NOTED)
    index: IndexBody
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, reply: SearchReply, *, explain: bool = False) -> Self:
        hits = [
            HitBody.of(
                found.citation,
                score=found.hit.score,
                lexical=found.hit.lexical,
                dense=found.hit.dense,
                parts=found.hit.parts if explain else None,
            )
            for found in reply.hits
        ]
        return cls.from_fact(reply, hits=hits)


class StatementsBody(Body):
    """Statements, the certain first; of them the best for a subject, otherwise the newest."""

    speakers: list[SpeakerBody] = Field(
        description="The speakers that the name may mean; empty if nobody of that name is quoted."
    )
    total: int = Field(description="On all pages; each copy counts.", examples=[1])
    uncertain: int = Field(
        description="How many of them are not `certain`; they come last.", examples=[0]
    )
    statements: list[CitationBody] = Field(
        validation_alias="citations", description="Each with its `statement`."
    )
    nearest: list[SpeakerBody] = Field(
        description="Speakers with similar names, if nobody of that name is quoted."
    )
    note: str | None = Field(description=NOTED)
    index: IndexBody
    timings_ms: dict[str, float]


class SpeakersBody(Body):
    """Quoted speakers; each with its spellings and how often it is quoted."""

    speakers: list[SpeakerBody]


class VerdictBody(Body):
    article_id: str = Field(validation_alias=AliasPath("claim", "article_id"))
    revision: str | None = Field(validation_alias=AliasPath("claim", "revision"))
    start: int = Field(validation_alias=AliasPath("claim", "start"))
    end: int = Field(validation_alias=AliasPath("claim", "end"))
    verified: bool
    message: str
    found: str | None = Field(description="The stored article's text at that range.")
    superseded_at: datetime | None = Field(
        description="When a later text took the place of the revision named; null if none did."
    )


class VerdictsBody(Body):
    verified: bool = Field(description="Whether every citation holds.")
    citations: list[VerdictBody]

    @classmethod
    def of(cls, verdicts: Sequence[CitationVerdict]) -> Self:
        holds = all(verdict.verified for verdict in verdicts)
        return cls.model_validate({"verified": holds, "citations": verdicts})
