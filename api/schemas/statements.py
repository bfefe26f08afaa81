"""Who said what over HTTP: statements and speakers in the shape and the words readers get."""

from typing import Self

from pydantic import BaseModel, Field

from index.documents import Article, Span
from index.language.names import name_key
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Speaker,
    Statement,
    StatementKind,
)
from rag.citations import CONTEXT, Citation, cite, text_fragment

KIND_WORDS = {
    StatementKind.DIRECT: "quoted",
    StatementKind.MIXED: "partly quoted, partly paraphrased by the outlet",
    StatementKind.INDIRECT: "paraphrased by the outlet",
}
_IMPERSONAL = frozenset({"it", "its", "itself", "they", "them", "their", "we", "which"})


class SpanBody(BaseModel):
    """A range of the article's text, and what it reads there."""

    start: int = Field(examples=[45])
    end: int = Field(examples=[48])
    text: str = Field(examples=["she"])

    @classmethod
    def of(cls, article: Article, span: Span) -> Self:
        return cls(start=span.start, end=span.end, text=span.of(article.text))


class CueBody(SpanBody):
    """The words that report."""

    lemma: str = Field(examples=["say"])


class NamingBody(SpanBody):
    """The mention that gives the speaker's name, in its surroundings."""

    prefix: str
    suffix: str
    link: str | None = Field(description="The article's url, scrolling to the mention.")

    @classmethod
    def at(cls, article: Article, span: Span) -> Self:
        mention = cite(article, span)
        return cls(
            start=span.start,
            end=span.end,
            text=mention.quote,
            prefix=mention.prefix,
            suffix=mention.suffix,
            link=text_fragment(_with_what_follows(article, span)),
        )


class StatementBody(BaseModel):
    """Who said it, how the article words that, and how sure it is. Every range is of its text."""

    id: str
    speaker: str | None = Field(
        description="The fullest name the article gives, or the source's own words.",
        examples=["Ines Calder"],
    )
    speaker_key: str | None = Field(
        description="The speaker's `key` in the register; null where it is not sure who it is.",
        examples=["ines calder"],
    )
    speaker_type: SourceType = Field(
        description="What the speaker is; `pronoun` or `none` only where that is not known."
    )
    kind: StatementKind
    kind_in_words: str = Field(examples=list(KIND_WORDS.values()))
    act: Act
    polarity: Polarity = Field(description="`negative` where the article says it was not said.")
    cue: CueBody | None
    content: list[SpanBody] = Field(description="What was said, in order; never empty.")
    source: SpanBody | None = Field(description="Whom the article names there.")
    resolution: Resolution = Field(description="How the source was taken to the speaker.")
    resolution_path: list[SpanBody] = Field(
        description="From the source to the name, that one last."
    )
    named: NamingBody | None = Field(description="The last of `resolution_path`, to be checked.")
    candidates: list[str] = Field(description="Whose it may be, where it is ambiguous.")
    role: SpanBody | None = Field(description="What the article says the speaker is.")
    confidence: float
    origin: Origin

    @classmethod
    def of(cls, statement: Statement, article: Article) -> Self:
        path = statement.resolution_path
        return cls(
            id=statement.id,
            speaker=statement.speaker,
            speaker_key=name_key(statement.speaker or "") if statement.sure else None,
            speaker_type=_type_of(statement, article),
            kind=statement.kind,
            kind_in_words=KIND_WORDS[statement.kind],
            act=statement.act,
            polarity=statement.polarity,
            cue=_cue(statement, article),
            content=[SpanBody.of(article, span) for span in statement.content],
            source=_slice(article, statement.source),
            resolution=statement.resolution,
            resolution_path=[SpanBody.of(article, span) for span in path],
            named=NamingBody.at(article, path[-1]) if path else None,
            candidates=list(statement.candidates),
            role=_slice(article, statement.role),
            confidence=statement.confidence,
            origin=statement.origin,
        )


class SpeakerBody(BaseModel):
    """An entry of the register: everybody of one full name is one speaker."""

    key: str = Field(examples=["ines calder"])
    name: str = Field(examples=["Ines Calder"])
    type: SourceType
    aliases: list[str] = Field(description="Other ways the archive writes the full name.")
    roles: list[str] = Field(description="What articles said the speaker is, latest first.")
    statements: int
    articles: int

    @classmethod
    def of(cls, speaker: Speaker) -> Self:
        return cls(
            key=speaker.key,
            name=speaker.name,
            type=speaker.type,
            aliases=list(speaker.aliases),
            roles=list(speaker.roles),
            statements=speaker.statements,
            articles=speaker.articles,
        )


def spoken(citation: Citation) -> StatementBody | None:
    """Whose words the citation holds, where that is known."""
    statement = citation.statement
    return StatementBody.of(statement, citation.article) if statement else None


def _type_of(statement: Statement, article: Article) -> SourceType:
    """Of whom a pronoun stands for: "it" and "they" are resolved to organisations alone."""
    source = statement.source
    if statement.source_type is not SourceType.PRONOUN or source is None or not statement.sure:
        return statement.source_type
    word = source.of(article.text).casefold()
    return SourceType.ORGANISATION if word in _IMPERSONAL else SourceType.PERSON


def _slice(article: Article, span: Span | None) -> SpanBody | None:
    return SpanBody.of(article, span) if span else None


def _cue(statement: Statement, article: Article) -> CueBody | None:
    if statement.cue is None:
        return None
    return CueBody(**SpanBody.of(article, statement.cue).model_dump(), lemma=statement.lemma)


def _with_what_follows(article: Article, span: Span) -> Citation:
    """A browser scrolls to the first place that reads so: a few more words tell places apart."""
    line, *_ = article.text[span.end : span.end + CONTEXT].split("\n", 1)
    whole, _, _ = line.rpartition(" ")
    return cite(article, Span(span.start, span.end + len(whole.rstrip())))
