"""A citation as JSON: the quote, its place, its short answer and its source."""

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from api.schemas.body import Body, RequestBody
from api.schemas.filters import Words
from api.schemas.statements import SpanBody, StatementBody
from rag.citations import Citation, Claim, text_fragment

FARTHEST = 2**31 - 1


class SourceBody(Body):
    """Which revision of which article."""

    id: str = Field(examples=["harbour-tolls"])
    revision: str = Field(description="The sha256 of the text.")
    title: str
    url: str | None
    outlet: str | None
    authors: list[str]
    published_at: datetime | None


class ParagraphBody(BaseModel):
    text: str
    start: int = Field(description="Where the paragraph begins in the article's text.")


class TextQuoteSelector(Body):
    """The quote and the text around it, as in the W3C's Web Annotation Data Model."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str = Field(validation_alias="quote")
    prefix: str
    suffix: str


class TextPositionSelector(Body):
    """The quote's range, as in the W3C's Web Annotation Data Model."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class ResolvedDate(Body):
    """The days that words such as "on Tuesday" mean: worked out, not in the article."""

    words: str = Field(description="The words in the article.", examples=["on Tuesday"])
    first: date = Field(alias="from", examples=["2025-03-04"])
    last: date = Field(
        alias="to",
        description="The same day, or the last day of a week, month or year.",
        examples=["2025-03-04"],
    )
    derived: Literal[True] = Field(
        True, description="Always worked out, from the article's date of publication."
    )


class ShortAnswer(SpanBody):
    """The few words of the quote that answer; the range is of the article, like the quote's."""

    start: int = Field(examples=[101])
    end: int = Field(examples=[111])
    text: str = Field(examples=["on Tuesday"])
    resolved_date: ResolvedDate | None = Field(
        description="Null if the words contain no date, or a complete one."
    )


class CitationBody(Body):
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
        description="The short answer within the quote; null if there is none."
    )
    statement: StatementBody | None = Field(description="Who said it; null if that is not known.")
    copies: list[SourceBody] = Field(
        description="Other articles with exactly these words, oldest first."
    )
    versions: list[SourceBody] = Field(
        description="Other articles of the story without these words, oldest first: an update may "
        "have corrected them."
    )

    @model_validator(mode="before")
    @classmethod
    def _of_citation(cls, given: Any) -> Any:
        return cls.of(given) if isinstance(given, Citation) else given

    @classmethod
    def of(cls, citation: Citation, **others: Any) -> Self:
        """`others` are the fields that a subclass adds."""
        article, statement = citation.article, citation.statement
        first, last = citation.paragraph
        return cls.from_fact(
            citation,
            paragraph=ParagraphBody(text=article.text[first:last], start=first),
            selectors=(citation, citation),
            link=text_fragment(citation),
            short=ShortAnswer.of(article, citation.short, resolved_date=citation.resolved),
            statement=StatementBody.of(statement, article) if statement else None,
            **others,
        )


_EITHER_NAME: list[JsonValue] = [
    {"required": ["article"], "properties": {"article": {"type": "object"}}},
    {"required": ["article_id"], "properties": {"article_id": {"type": "string"}}},
]


class ArticleName(RequestBody):
    id: Words
    revision: Words | None = None


class ClaimBody(RequestBody):
    """A citation of an answer, or only its `article_id`, range and quote."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _EITHER_NAME})

    article: ArticleName | None = None
    article_id: Words | None = Field(None, examples=["harbour-tolls"])
    revision: Words | None = Field(None, description="Null means the present revision.")
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


class VerifyBody(RequestBody):
    citations: list[ClaimBody] = Field(min_length=1, max_length=1000)
