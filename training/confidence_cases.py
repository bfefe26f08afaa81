"""Asks the sets that the confidence is fitted on, and keeps measures of each best sentence.

Sets that end in `@one` are asked over archives of one article: each article's own questions, and
those of the next article, which have no answer there.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from eval.datasets.loading import load
from eval.datasets.questions import Dataset, Gold, Question
from eval.evaluate import READ_WITHIN_MS
from eval.measures.answers import token_f1
from eval.measures.ranges import agree, inside
from index.attribution.attributor import load_attributor
from index.documents import Article, Filter
from index.language.terms import analyze
from index.neural.embedder import load_embedder
from rag.answering.confidence import signals
from rag.answering.short_answer import short_answer
from rag.reading.reader import load_reader
from rag.replies import Answer, RefusalReason
from rag.service import Service
from rag.settings import ServiceSettings
from rag.trace import TracedReply
from training.indexes import service_over

SETS = ("newsqa", "onestopqa", "realtimeqa", "polnear", "squad2", "newsqa@one", "onestopqa@one")
ONE = "@one"
DATED = "realtimeqa"
EARLIER = timedelta(days=37)
"""Before the day of a question, whose answer is then still to come."""
MOST_ARCHIVES = 60
"""Of one article each, those with most questions."""
HALF = 0.5
"""Token F1 from which a short answer counts as exact: annotators differ in its edges."""


@dataclass(frozen=True, slots=True)
class ConfidenceCase:
    """The best sentence of one question: what is known of it, and whether it is right."""

    dataset: str
    cluster: str
    """The article asked about."""
    signals: tuple[float, ...]
    """Those of the confidence, then how many other articles agree."""
    right: bool
    exact: bool | None
    """Whether its short answer is right; None where that cannot be told."""
    answerable: bool
    stated: float | None
    """The confidence of a statement, where one answers instead."""
    stated_right: bool
    may_answer: bool
    """Whether only too low a confidence would keep it back."""


def cases(
    names: Iterable[str], data: Path, cache: Path, limit: int | None = None
) -> Iterator[ConfidenceCase]:
    """Of each set in turn; at most `limit` questions of each."""
    for name in names:
        source, at, _ = name.partition(ONE)
        dataset = load(source, data)
        asked = _over_one_article(dataset) if at else _over_all(dataset, cache)
        for number, (question, traced) in enumerate(asked):
            if limit is not None and number >= limit:
                break
            if traced.trace.passages.candidates.evidence:
                yield _case(name, question, traced)


def _over_all(dataset: Dataset, cache: Path) -> Iterator[tuple[Question, TracedReply]]:
    with service_over(dataset, cache) as service:
        for question in dataset.questions:
            if dataset.name != DATED:
                yield question, service.ask_with_trace(question.text)
            elif question.as_of and question.answerable and "who_said" not in question.tags:
                yield from _as_of(service, question)


def _as_of(service: Service, question: Question) -> Iterator[tuple[Question, TracedReply]]:
    """On its day and a month before; not the latter where the passages have the answer then."""
    assert question.as_of is not None  # noqa: S101  its caller has looked
    for before in (timedelta(), EARLIER):
        filter = Filter(as_of=question.as_of - before)
        traced = service.ask_with_trace(question.text, filter=filter)
        ranked = traced.trace.passages.ranked
        if before and any(has_words(question, each.sentence) for each in ranked):
            continue
        yield replace(question, answerable=not before), traced


def _over_one_article(dataset: Dataset) -> Iterator[tuple[Question, TracedReply]]:
    articles = {article.id: article for article in dataset.articles}
    about = defaultdict(list)
    for question in dataset.questions:
        if question.answerable and question.gold:
            article = question.gold[0].article
            story = dataset.group_of(article)
            first = next((id for id in about if dataset.group_of(id) == story), article)
            about[first].append(question)
    chosen = sorted(about, key=lambda id: (-len(about[id]), id))[:MOST_ARCHIVES]
    for place, id in enumerate(chosen):
        others = about[chosen[(place + 1) % len(chosen)]]
        asked = [*about[id], *(replace(each, answerable=False) for each in others)]
        yield from _asked_over(articles[id], asked)


def _asked_over(
    article: Article, questions: Sequence[Question]
) -> Iterator[tuple[Question, TracedReply]]:
    folder = Path(tempfile.mkdtemp())
    try:
        with closing(_service(folder)) as service:
            service.add([article], progress=lambda *_: None)
            for question in questions:
                yield question, service.ask_with_trace(question.text)
    finally:
        shutil.rmtree(folder)


def _service(folder: Path) -> Service:
    settings = ServiceSettings(data=folder, read_within_ms=READ_WITHIN_MS)
    return Service(settings, embedder=_embedder, reader=_reader, attributor=_attributor)


_embedder = cache(load_embedder)
_reader = cache(load_reader)
_attributor = cache(load_attributor)


def _case(name: str, question: Question, traced: TracedReply) -> ConfidenceCase:
    passages, outcome = traced.trace.passages, traced.reply.outcome
    candidates = passages.candidates
    best = candidates.best
    is_right = _words_right if name == DATED else _place_right
    short = short_answer(passages.query, best)
    stated = isinstance(outcome, Answer) and outcome.citations[0].statement is not None
    refused = None if isinstance(outcome, Answer) else outcome.reason
    return ConfidenceCase(
        dataset=name,
        cluster=min(question.relevant, default=question.id),
        signals=(*signals(passages.query, best), candidates.agreeing),
        right=is_right(
            question, Gold(best.article.id, best.span.start, best.span.end), best.sentence
        ),
        exact=_exact(question, short and short.of(best.article.text)),
        answerable=question.answerable,
        stated=outcome.confidence if stated and isinstance(outcome, Answer) else None,
        stated_right=stated
        and isinstance(outcome, Answer)
        and any(
            is_right(question, Gold(each.article.id, each.start, each.end), each.quote)
            for each in outcome.citations
        ),
        may_answer=refused in {None, RefusalReason.LOW_CONFIDENCE},
    )


Judge = Callable[[Question, Gold, str], bool]


def _place_right(question: Question, place: Gold, _: str) -> bool:
    """By marked evidence, else by a whole marked answer."""
    if not question.answerable:
        return False
    if question.evidence:
        return any(agree(each, place) for each in question.evidence)
    return any(inside(each, place) for each in question.answers)


def _words_right(question: Question, _: Gold, sentence: str) -> bool:
    """By the words of an answer, for a set whose marks are not of every article that answers."""
    return question.answerable and has_words(question, sentence)


def has_words(question: Question, sentence: str) -> bool:
    """Whether it has the words of an answer, in their order."""
    held = f" {' '.join(analyze(sentence))} "
    return any(f" {' '.join(analyze(text))} " in held for text in question.texts)


def _exact(question: Question, short: str | None) -> bool | None:
    """None without a short answer, or where right ones are not words of an article."""
    if short is None or (question.answerable and not question.answers):
        return None
    return question.answerable and token_f1(short, question.texts) >= HALF
