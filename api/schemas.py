"""What the service says over HTTP: the shapes of its bodies, made from the rooms' own facts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, Field

from api.explained import Explained, Parts, explained, parts
from api.period import PeriodBody
from api.speech import SpeakerBody, StatementBody, spoken
from index.documents import Article
from index.statements import Speaker
from rag.answer import (
    Answer,
    AnswerKind,
    Citation,
    Found,
    IndexState,
    Refusal,
    RefusalReason,
    Reply,
    SearchReply,
    StatementsReply,
)
from rag.cite import Verdict, text_fragment

NOTED = "Why there is nothing, and what the archive covers, where no article passes the filters."


class Problem(BaseModel):
    """RFC 9457; further members depend on `type`."""

    type: str = Field(examples=["/problems/unknown-article"])
    title: str = Field(examples=["Unknown article"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No article has the id 'harbour-tolls'."])
    instance: str = Field(examples=["/v1/articles/harbour-tolls"])


class Source(BaseModel):
    """Which revision of which article."""

    id: str = Field(examples=["harbour-tolls"])
    revision: str = Field(description="The sha256 of the text.")
    title: str
    url: str | None
    outlet: str | None
    authors: list[str]
    published_at: datetime | None

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(
            id=article.id,
            revision=article.revision,
            title=article.title,
            url=article.url,
            outlet=article.outlet,
            authors=list(article.authors),
            published_at=article.published_at,
        )


class Paragraph(BaseModel):
    text: str
    start: int = Field(description="Where the paragraph begins in the article's text.")


class TextQuoteSelector(BaseModel):
    """The quote and its surroundings, as the W3C's Web Annotation Data Model has it."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(BaseModel):
    """The quote's range, as the W3C's Web Annotation Data Model has it."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class Cited(BaseModel):
    """`article.text[start:end] == quote`, counted in Unicode code points."""

    article: Source
    quote: str
    start: int
    end: int
    prefix: str
    suffix: str
    paragraph: Paragraph
    selectors: tuple[TextQuoteSelector, TextPositionSelector]
    link: str | None = Field(description="The article's url, scrolling to the quote.")
    notes: list[str] = Field(description="The article's own note and correction, if any.")
    statement: StatementBody | None = Field(description="Who said it; null where nobody is told.")
    copies: list[Source] = Field(description="Other articles with these very words, oldest first.")
    versions: list[Source] = Field(
        description="Other articles of the story without these words, oldest first: an update may "
        "have corrected them."
    )

    @classmethod
    def of(cls, citation: Citation) -> Self:
        return cls(**_cited(citation))


def _cited(citation: Citation) -> dict[str, Any]:
    first, last = citation.paragraph
    quote, prefix, suffix = citation.quote, citation.prefix, citation.suffix
    return {
        "article": Source.of(citation.article),
        "quote": quote,
        "start": citation.start,
        "end": citation.end,
        "prefix": prefix,
        "suffix": suffix,
        "paragraph": Paragraph(text=citation.article.text[first:last], start=first),
        "selectors": (
            TextQuoteSelector(exact=quote, prefix=prefix, suffix=suffix),
            TextPositionSelector(start=citation.start, end=citation.end),
        ),
        "link": text_fragment(citation),
        "notes": list(citation.notes),
        "statement": spoken(citation),
        "copies": [Source.of(article) for article in citation.copies],
        "versions": [Source.of(article) for article in citation.versions],
    }


def _all_cited(citations: Iterable[Citation]) -> list[Cited]:
    return [Cited.of(citation) for citation in citations]


def _speakers(speakers: Iterable[Speaker]) -> list[SpeakerBody]:
    return [SpeakerBody.of(speaker) for speaker in speakers]


class Answered(BaseModel):
    text: str
    kind: AnswerKind = Field(
        description="A `statement` names its speaker in `citations[].statement`."
    )
    confidence: float = Field(description="The estimated probability that this answers.")


class Refused(BaseModel):
    reason: RefusalReason
    message: str
    nearest: list[Cited]
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


class ReplyBody(BaseModel):
    """Either an answer with its citations, or a refusal with its reason."""

    question: str
    answered: bool
    answer: Answered | None
    citations: list[Cited]
    alternatives: list[Cited]
    speakers: list[SpeakerBody] = Field(
        description="Whose words were asked for; two who share a surname are never merged."
    )
    total: int | None = Field(
        description="How many statements there are, copies counted once; null for other questions."
    )
    refusal: Refused | None
    period: PeriodBody | None = Field(description="Null where the question names no dates.")
    explained: list[Explained] | None = Field(
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
            citations=_all_cited(getattr(reply.outcome, "citations", ())),
            alternatives=_all_cited(reply.alternatives),
            speakers=_speakers(reply.speakers),
            total=reply.total,
            refusal=refused,
            period=PeriodBody.of(reply.period),
            explained=explained(reply.hits) if explain else None,
            index=IndexBody.of(reply.index),
            timings_ms=dict(reply.timings_ms),
        )


def _outcome(outcome: Answer | Refusal) -> tuple[Answered | None, Refused | None]:
    if isinstance(outcome, Refusal):
        return None, Refused(
            reason=outcome.reason,
            message=outcome.message,
            nearest=_all_cited(outcome.nearest),
            names=_speakers(outcome.names),
        )
    return Answered(text=outcome.text, kind=outcome.kind, confidence=outcome.confidence), None


class HitBody(Cited):
    score: float = Field(description="The fused score, from 0 to 1.")
    lexical: float
    dense: float
    parts: Parts

    @classmethod
    def found(cls, found: Found, *, explain: bool) -> Self:
        hit = found.hit
        scores = {"score": hit.score, "lexical": hit.lexical, "dense": hit.dense}
        told = {"parts": parts(hit) if explain else None}
        return cls(**(_cited(found.citation) | scores | told))


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
    statements: list[Cited] = Field(description="Each with its `statement`.")
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
            statements=_all_cited(reply.citations),
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
    def of(cls, verdict: Verdict) -> Self:
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
