"""Candidates of several articles, one sentence each, as the reader leaves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.documents import Article, Passage, Span
from rag.answering.order.account import Account
from rag.query.query import Query, parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit


@dataclass(frozen=True)
class Told:
    """What an article says; `short` is what the reader finds in the sentence, else all of it."""

    sentence: str
    day: str = ""
    short: str = ""
    title: str = "Report"
    before: str = ""
    """The sentence before it, in the same passage."""


def candidates(*told: Told, step: float = 0.05) -> list[Evidence]:
    """Best first, each `step` below the one before."""
    return [_evidence(at, each, 1.5 - step * at) for at, each in enumerate(told)]


def accounts(question: str, *told: Told) -> tuple[Query, Sequence[Account]]:
    query = parse(question, longest=200)
    return query, [Account(query, each) for each in candidates(*told)]


def _evidence(at: int, told: Told, score: float) -> Evidence:
    day = datetime.fromisoformat(f"{told.day}T12:00+00:00") if told.day else None
    text = f"{told.before} {told.sentence}".strip()
    article = Article(f"a{at}", told.title, text, published_at=day)
    span = Span(len(text) - len(told.sentence), len(text))
    found = text.find(told.short, span.start) if told.short else -1
    short = Span(found, found + len(told.short)) if found >= 0 else span
    hit = Hit(Passage(at, article.id, article.revision, Span(0, len(text))), 0.5, 1.0, 0.5, {})
    passage = Span(0, len(text))
    return Evidence(article, span, passage, hit, score, 1.0, SpanPrediction(short, 5.0))
