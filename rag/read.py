"""Passages -> sentences, the best evidence first: what the reader makes of them, and their words.

A sentence is worth the odds that the reader gives it, the words of the question in it and in the
one before, what its passage is worth, and whether it holds the kind of thing that is asked for.
What was not read is ranked by its words alone. The weights are learnt (training/fit_ranking.py).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.documents import Article, Span
from rag.answer import Reading as HowMuch
from rag.excerpts import Excerpt
from rag.hit import Hit
from rag.question import Query
from rag.reader import Reader, Text
from rag.sought import Sought
from rag.spans import NOTHING, Reading
from rag.wanted import Wanted
from rag.weigh import reports_speech, signals, with_the_one_before

PASSAGES_READ = 12
WEIGHTS: Mapping[str, float] = {
    "passage": 1.0,
    "own": 0.302,
    "context": 0.643,
    "pairs": 0.204,
    "dense": 0.493,
    "lead": 0.195,
    Wanted.AMOUNT: 0.300,
    Wanted.TIME: 0.088,
    Wanted.PERSON: 0.092,
    Wanted.PLACE: 0.126,
    Wanted.REASON: 0.159,
}
ODDS = 0.3
"""Weight of a sentence's log odds, taken within `-SUREST` and `SUREST`."""
SUREST = 12.0
PASSAGE = 0.3
"""Part of a passage's score that is what the reader makes of its best sentence."""
SOFTNESS = 4.0
"""Log odds that count as one step: those of a network this small are overstated."""
SPEECH_BONUS = 0.25
"""For a sentence that reports speech and names whom the question names."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer; `score` is comparable within one question only."""

    article: Article
    span: Span
    passage: Span
    hit: Hit
    score: float
    coverage: float
    """Share in [0, 1] of the question's weighted content words that the passage and title hold."""
    reading: Reading | None = None
    """None where its passage was not read."""
    share: float = 0.0
    """Its part in [0, 1] of the chances of all sentences read and of no answer at all."""


@dataclass(frozen=True, slots=True)
class Read:
    """What reading brought."""

    passages: tuple[Excerpt, ...]
    """All that were examined, in their new order."""
    ranked: tuple[Evidence, ...]
    """Best first."""
    reading: HowMuch | None
    """None where there was nothing to read."""


def read(
    query: Query,
    sought: Sought,
    examined: Sequence[Excerpt],
    reader: Reader | None = None,
    *,
    until: float | None = None,
) -> Read:
    """Every sentence of the first passages as evidence; ties by place in the hits.

    `until` on the clock of `time.monotonic`: what was not come to by then is left unread.
    """
    first = examined[:PASSAGES_READ]
    seen = reader.read(query.text, [_text(each) for each in first], until=until) if reader else []
    readings = seen or [None] * len(first)
    ranked = [
        evidence
        for excerpt, of_it in zip(first, readings, strict=True)
        for evidence in _of_passage(query, sought, excerpt, of_it)
    ]
    return Read(
        _in_new_order(examined, readings),
        _shared(_best_of_each(ranked)),
        _how_much(readings),
    )


def _text(excerpt: Excerpt) -> Text:
    sentences = tuple(sentence.span for sentence in excerpt.sentences)
    return Text(excerpt.article.title, excerpt.article.text, sentences)


def _of_passage(
    query: Query, sought: Sought, excerpt: Excerpt, readings: Sequence[Reading] | None
) -> Iterator[Evidence]:
    covered = sought.coverage(excerpt.held)
    read = dict(zip([s.span for s in excerpt.sentences], readings or (), strict=False))
    for before, sentence in with_the_one_before(excerpt):
        found = signals(query, sought, excerpt, before, sentence)
        score = sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
        reading = read.get(sentence.span)
        yield Evidence(
            excerpt.article,
            sentence.span,
            excerpt.hit.passage.span,
            excerpt.hit,
            score
            + SPEECH_BONUS * reports_speech(query, excerpt.article, sentence)
            + (ODDS * max(-SUREST, min(SUREST, reading.odds)) if reading else 0.0),
            covered,
            reading,
        )


def _best_of_each(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Best first, a sentence that passages share once."""
    found: dict[tuple[str, Span], Evidence] = {}
    for evidence in sorted(ranked, key=lambda each: -each.score):
        found.setdefault((evidence.article.id, evidence.span), evidence)
    return list(found.values())


def _shared(ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each with its share of what all sentences and "no answer" (odds of 1) have together."""
    odds = [math.exp(min(each.reading.odds, 50.0)) if each.reading else 0.0 for each in ranked]
    whole = 1.0 + sum(odds)
    return tuple(
        replace(evidence, share=of_it / whole) for evidence, of_it in zip(ranked, odds, strict=True)
    )


def _in_new_order(
    examined: Sequence[Excerpt], readings: Sequence[Sequence[Reading] | None]
) -> tuple[Excerpt, ...]:
    """Those that were read by what their best sentence adds, then the rest as they were."""
    best = [max((r.odds for r in of_it or ()), default=-math.inf) for of_it in readings]
    if not any(map(math.isfinite, best)):
        return tuple(examined)
    odds = [*best, *[-math.inf] * (len(examined) - len(best))]
    blended = [
        replace(excerpt, hit=excerpt.hit.blended("reader", PASSAGE, _soft(of_it)))
        for excerpt, of_it in zip(examined, odds, strict=True)
    ]
    return tuple(sorted(blended, key=lambda excerpt: -excerpt.hit.score))


def _how_much(readings: Sequence[object]) -> HowMuch | None:
    if not readings:
        return None
    unread = sum(each is None for each in readings)
    return "none" if unread == len(readings) else "partial" if unread else "full"


def _soft(odds: float) -> float:
    """In [0, 1]; a half where an answer is as likely as none."""
    return 1 / (1 + math.exp(-odds / SOFTNESS)) if odds > NOTHING else 0.0
