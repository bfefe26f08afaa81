"""Statements and speakers as JSON."""

from typing import Any, Self

from pydantic import Field

from api.schemas.body import Body
from index.documents import Article, Span
from index.language.names import name_key
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Statement,
    StatementKind,
)
from rag.citations import CONTEXT, Citation, cite, text_fragment
from rag.statements.ranking.search import is_certain

KIND_WORDS = {
    StatementKind.DIRECT: "quoted",
    StatementKind.MIXED: "partly quoted, partly paraphrased by the outlet",
    StatementKind.INDIRECT: "paraphrased by the outlet",
}
_IMPERSONAL = frozenset({"it", "its", "itself", "they", "them", "their", "we", "which"})


class SpanBody(Body):
    """A range of the article's text, and the text there."""

    start: int = Field(examples=[45])
    end: int = Field(examples=[48])
    text: str = Field(examples=["she"])

    @classmethod
    def of(cls, article: Article, span: Span | None, **others: Any) -> Self | None:
        return cls.from_fact(span, text=span.of(article.text), **others) if span else None


class CueBody(SpanBody):
    """The reporting words."""

    lemma: str = Field(examples=["say"])


class NamingBody(SpanBody):
    """The mention that gives the speaker's name, with the text around it."""

    prefix: str
    suffix: str
    link: str | None = Field(description="The article's url, scrolling to the mention.")

    @classmethod
    def at(cls, article: Article, span: Span) -> Self:
        mention, link = cite(article, span), text_fragment(_with_next_words(article, span))
        return cls.from_fact(mention, text=mention.quote, link=link)


class StatementBody(Body):
    """Who said it, how the article reports it, and how sure that is. Ranges are of its text."""

    id: str
    speaker: str | None = Field(
        description="The fullest name in the article, or else the words for the source.",
        examples=["Ines Calder"],
    )
    speaker_key: str | None = Field(
        description="The speaker's `key` in `/v1/speakers`, or one of `also`; null if the speaker "
        "is uncertain. A source without a name is in no list.",
        examples=["ines calder"],
    )
    speaker_type: SourceType = Field(
        description="What the speaker is; `pronoun` or `none` only if that is not known."
    )
    kind: StatementKind
    kind_in_words: str = Field(examples=list(KIND_WORDS.values()))
    act: Act
    polarity: Polarity = Field(description="`negative` if the article says it was not said.")
    cue: CueBody | None
    content: list[SpanBody] = Field(description="What was said, in order; never empty.")
    source: SpanBody | None = Field(description="The words for the speaker beside the cue.")
    resolution: Resolution
    resolution_path: list[SpanBody] = Field(
        description="The mentions from the source to the name; the name is last."
    )
    named: NamingBody | None = Field(description="The last of `resolution_path`, to check it.")
    candidates: list[str] = Field(description="The possible speakers, if it is ambiguous.")
    role: SpanBody | None = Field(description="The speaker's role, in the article's words.")
    confidence: float = Field(description="That this was said, and by this speaker: 0 to 1.")
    certain: bool = Field(
        description="Whether it is as good as certain that this was said, by this speaker; what is "
        "not is listed last."
    )
    origin: Origin

    @classmethod
    def of(cls, statement: Statement, article: Article) -> Self:
        path = statement.resolution_path
        return cls.from_fact(
            statement,
            speaker_key=name_key(statement.speaker or "") if statement.sure else None,
            speaker_type=_type_of(statement, article),
            certain=is_certain(statement),
            kind_in_words=KIND_WORDS[statement.kind],
            cue=CueBody.of(article, statement.cue, lemma=statement.lemma),
            content=[SpanBody.of(article, span) for span in statement.content],
            source=SpanBody.of(article, statement.source),
            resolution_path=[SpanBody.of(article, span) for span in path],
            named=NamingBody.at(article, path[-1]) if path else None,
            role=SpanBody.of(article, statement.role),
        )


class SpeakerBody(Body):
    """Everybody with the same full name is one speaker."""

    key: str = Field(examples=["ines calder"])
    name: str = Field(examples=["Ines Calder"])
    type: SourceType
    aliases: list[str] = Field(description="Other spellings of the full name in the archive.")
    roles: list[str] = Field(description="The roles that articles give, the most frequent first.")
    statements: int
    articles: int
    also: list[str] = Field(
        description="Keys of other spellings of this person; their statements are counted here."
    )
    possibly: list[str] = Field(description="Keys of speakers who may be the same person.")


def _type_of(statement: Statement, article: Article) -> SourceType:
    """A pronoun has the type of its speaker; "it" and "they" only resolve to organisations."""
    source = statement.source
    if statement.source_type is not SourceType.PRONOUN or source is None or not statement.sure:
        return statement.source_type
    word = source.of(article.text).casefold()
    return SourceType.ORGANISATION if word in _IMPERSONAL else SourceType.PERSON


def _with_next_words(article: Article, span: Span) -> Citation:
    """A browser scrolls to the first match, so a few more words make the match unique."""
    line, *_ = article.text[span.end : span.end + CONTEXT].split("\n", 1)
    whole, _, _ = line.rpartition(" ")
    return cite(article, Span(span.start, span.end + len(whole.rstrip())))
