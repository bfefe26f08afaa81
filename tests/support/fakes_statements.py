"""Statements marked by hand in the words of the article, as an attributor would find them."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.documents import Article, Span
from index.neural.embedder import Embedder
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Statement,
    StatementKind,
)
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeEmbedder, no_reader, silent


@dataclass(frozen=True)
class Mark:
    """One statement of the article; its words are looked up in `sentence`, which contains them."""

    article: str
    sentence: str
    content: tuple[str, ...]
    source: str
    speaker: str | None
    """A name in the article, or None if it is unknown."""
    cue: str = "said"
    lemma: str = "say"
    kind: StatementKind = StatementKind.INDIRECT
    act: Act = Act.SAY
    polarity: Polarity = Polarity.POSITIVE
    source_type: SourceType = SourceType.PERSON
    resolution: Resolution = Resolution.FULL_NAME
    candidates: tuple[str, ...] = ()
    confidence: float = 0.9
    role: str = ""
    """Its first place in the article; empty if the article gives none."""


@dataclass
class MarkedAttributor:
    """Finds the marked statements in articles that still contain their sentence."""

    marks: Sequence[Mark]
    identity: str = "marked"
    attributed: list[str] = field(default_factory=list)

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        self.attributed += [article.id for article in articles]
        return [self._of(article) for article in articles]

    def _of(self, article: Article) -> list[Statement]:
        marks = [mark for mark in self.marks if mark.article == article.id]
        return [statement(article, mark) for mark in marks if mark.sentence in article.text]


@contextmanager
def marked_service(
    folder: Path,
    articles: Sequence[Article],
    marks: Sequence[Mark],
    embedder: Embedder | None = None,
) -> Iterator[Service]:
    """Over these articles, with these statements; without a reader."""
    service = Service(
        ServiceSettings(data=folder),
        embedder=lambda _: embedder or FakeEmbedder(),
        attributor=lambda: MarkedAttributor(marks),
        reader=no_reader,
    )
    with closing(service):
        service.add(articles, progress=silent)
        yield service


def statement(article: Article, mark: Mark) -> Statement:
    whole = _span(article.text, mark.sentence, 0)
    source = _span(article.text, mark.source, whole.start)
    named = _span(article.text, mark.speaker, 0) if mark.speaker else None
    same = mark.speaker is None or mark.speaker == mark.source
    return Statement(
        article_id=article.id,
        revision=article.revision,
        kind=mark.kind,
        act=mark.act,
        polarity=mark.polarity,
        cue=_span(article.text, mark.cue, whole.start),
        lemma=mark.lemma,
        content=tuple(_span(article.text, part, whole.start) for part in mark.content),
        source=source,
        source_type=mark.source_type,
        speaker=mark.speaker,
        resolution=mark.resolution,
        resolution_path=(source,) if same or named is None else (source, named),
        candidates=mark.candidates,
        role=_span(article.text, mark.role, 0) if mark.role else None,
        confidence=mark.confidence,
        origin=Origin.BOTH,
    )


def _span(text: str, words: str, start: int) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))
