"""A citation over HTTP: the quote, its place, its short answer and its source."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.schemas.filters import Words
from api.schemas.statements import SpanBody, StatementBody, spoken
from index.documents import Article
from rag.citations import Citation, Claim, ResolvedDays, text_fragment

FARTHEST = 2**31 - 1


class SourceBody(BaseModel):
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


class ParagraphBody(BaseModel):
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


class ResolvedDate(BaseModel):
    """The days that words such as "on Tuesday" mean: worked out, not in the article."""

    model_config = ConfigDict(populate_by_name=True)

    words: str = Field(description="As the article has them.", examples=["on Tuesday"])
    first: date = Field(alias="from", examples=["2025-03-04"])
    last: date = Field(
        alias="to",
        description="The same day, or the last of a week, a month, a year.",
        examples=["2025-03-04"],
    )
    derived: Literal[True] = Field(
        True, description="Always worked out, from when the article was published."
    )

    @classmethod
    def of(cls, resolved: ResolvedDays | None) -> Self | None:
        return None if resolved is None else cls(**asdict(resolved))


class ShortAnswer(SpanBody):
    """The few words of the quote that answer; its range is of the article, as the quote's is."""

    start: int = Field(examples=[101])
    end: int = Field(examples=[111])
    text: str = Field(examples=["on Tuesday"])
    resolved_date: ResolvedDate | None = Field(
        description="Null where the words tell no date, or tell all of it."
    )

    @classmethod
    def within(cls, citation: Citation) -> Self | None:
        if citation.short is None:
            return None
        told = SpanBody.of(citation.article, citation.short).model_dump()
        return cls(**told, resolved_date=ResolvedDate.of(citation.resolved))


class CitationBody(BaseModel):
    """`article.text[start:end] == quote`, counted in Unicode code points."""

    article: SourceBody
    quote: str
    start: int
    end: int
    prefix: str
    suffix: str
    paragraph: ParagraphBody
    selectors: tuple[TextQuoteSelector, TextPositionSelector]
    link: str | None = Field(description="The article's url, scrolling to the quote.")
    notes: list[str] = Field(description="The article's own note and correction, if any.")
    short: ShortAnswer | None = Field(
        description="Where in the quote the short answer stands; null where it has none."
    )
    statement: StatementBody | None = Field(description="Who said it; null where nobody is told.")
    copies: list[SourceBody] = Field(
        description="Other articles with these very words, oldest first."
    )
    versions: list[SourceBody] = Field(
        description="Other articles of the story without these words, oldest first: an update may "
        "have corrected them."
    )

    @classmethod
    def of(cls, citation: Citation) -> Self:
        return cls(**members(citation))


def members(citation: Citation) -> dict[str, Any]:
    """What `CitationBody` is made of, for a body that has more."""
    first, last = citation.paragraph
    quote, prefix, suffix = citation.quote, citation.prefix, citation.suffix
    return {
        "article": SourceBody.of(citation.article),
        "quote": quote,
        "start": citation.start,
        "end": citation.end,
        "prefix": prefix,
        "suffix": suffix,
        "paragraph": ParagraphBody(text=citation.article.text[first:last], start=first),
        "selectors": (
            TextQuoteSelector(exact=quote, prefix=prefix, suffix=suffix),
            TextPositionSelector(start=citation.start, end=citation.end),
        ),
        "link": text_fragment(citation),
        "notes": list(citation.notes),
        "short": ShortAnswer.within(citation),
        "statement": spoken(citation),
        "copies": [SourceBody.of(article) for article in citation.copies],
        "versions": [SourceBody.of(article) for article in citation.versions],
    }


def all_cited(citations: Iterable[Citation]) -> list[CitationBody]:
    return [CitationBody.of(citation) for citation in citations]


class ArticleName(BaseModel):
    id: Words
    revision: Words | None = None


class ClaimBody(BaseModel):
    """A citation as an answer gave it, or its `article_id`, range and quote alone."""

    article: ArticleName | None = None
    article_id: Words | None = Field(None, examples=["harbour-tolls"])
    revision: Words | None = Field(None, description="None means the present revision.")
    start: int = Field(ge=0, le=FARTHEST, examples=[0])
    end: int = Field(ge=0, le=FARTHEST, examples=[26])
    quote: Words = Field(examples=["The harbour tolls will go."])

    @model_validator(mode="after")
    def _names_an_article(self) -> Self:
        if (self.article is None) == (self.article_id is None):
            raise ValueError("give either article (with its id) or article_id")
        return self

    def claim(self) -> Claim:
        article_id, revision = self.article_id, self.revision
        if self.article is not None:
            article_id, revision = self.article.id, self.article.revision
        return Claim(article_id or "", revision, self.start, self.end, self.quote)


class VerifyBody(BaseModel):
    citations: list[ClaimBody] = Field(min_length=1, max_length=1000)
