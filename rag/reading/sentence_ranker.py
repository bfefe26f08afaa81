"""Passages -> sentences, the best evidence first: what the reader makes of them, and their words.

A sentence is worth the odds that the reader gives it, the words of the question in it and in the
one before, what its passage is worth, and whether it holds the kind of thing that is asked for.
What was not read is ranked by its words alone. The weights are learnt (training/fit_ranking.py).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.documents import Span
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence, RankedSentences, Readings
from rag.reading.reader import Reader, Text
from rag.reading.sentence_features import reports_speech, signals, with_the_one_before
from rag.reading.spans import NOTHING
from rag.replies import Hit, HowRead
from rag.retrieval.excerpts import Excerpt, Sentence
from rag.retrieval.term_matching import TermMatcher

PASSAGES_READ = 12
READ_WHOLE, MOST_CHARACTERS = 3, 300
"""So many first passages are read whole, and of the rest so much: half the time, for little loss
(eval/LOG.md)."""
WEIGHTS: Mapping[str, float] = {
    "passage": 1.0,
    "own": 0.302,
    "context": 0.643,
    "pairs": 0.204,
    "dense": 0.493,
    "lead": 0.195,
    AnswerType.AMOUNT: 0.300,
    AnswerType.TIME: 0.088,
    AnswerType.PERSON: 0.092,
    AnswerType.PLACE: 0.126,
    AnswerType.REASON: 0.159,
}
READ: Mapping[str, float] = {
    "passage": 1.0,
    "own": 0.210,
    "context": 0.380,
    "pairs": 0.076,
    "dense": 0.442,
    "lead": 0.213,
    AnswerType.AMOUNT: 0.166,
    AnswerType.TIME: 0.023,
    AnswerType.PERSON: 0.059,
    AnswerType.PLACE: 0.136,
    AnswerType.REASON: 0.192,
    "odds": 0.284,
    "beside": 0.125,
}
"""The same for what was read: `odds`, and how far they are under the best of the passage."""
SUREST, SCALE = 12.0, 10.0
"""Log odds further from nothing count as these; so many are one."""
UNREAD = -12.0
"""Log odds of a sentence that was not read, beside some that were."""
PASSAGE, ARTICLE = 0.08, 0.03
"""Parts of a passage's score: what the reader makes of the best sentence of passage and article."""
SOFTNESS = 6.0
"""Log odds that count as one step there."""
SPEECH_BONUS, READ_SPEECH_BONUS = 0.25, 0.1
"""For a sentence that reports speech and names whom the question names."""


def rank_sentences(
    query: Query,
    sought: TermMatcher,
    examined: Sequence[Excerpt],
    reader: Reader | None = None,
    *,
    deadline: float | None = None,
) -> RankedSentences:
    """Every sentence of the first passages as evidence; ties by place in the hits.

    `deadline` on the clock of `time.monotonic`: what was not come to by then is left unread.
    """
    first = examined[:PASSAGES_READ]
    readings = _readings(query, sought, first, reader, deadline)
    some = any(readings)
    ranked = [
        evidence
        for excerpt, of_it in zip(first, readings, strict=True)
        for evidence in _of_passage(query, sought, excerpt, of_it, some_read=some)
    ]
    return RankedSentences(
        _in_new_order(examined, readings),
        _ahead(_best_of_each(ranked)),
        _how_read(readings),
    )


def _readings(
    query: Query,
    sought: TermMatcher,
    excerpts: Sequence[Excerpt],
    reader: Reader | None,
    deadline: float | None,
) -> Sequence[Readings]:
    if reader is None:
        return [None] * len(excerpts)
    texts = texts_of(sought, excerpts)
    found = reader.read(query.text, texts, deadline=deadline)
    return [
        None if of_it is None else dict(zip(text.sentences, of_it, strict=True))
        for text, of_it in zip(texts, found, strict=True)
    ]


def texts_of(sought: TermMatcher, excerpts: Sequence[Excerpt]) -> list[Text]:
    """What is read of each: the first ones whole, of the others where their words are best."""
    whole, others = excerpts[:READ_WHOLE], excerpts[READ_WHOLE:]
    parts = [*(each.sentences for each in whole), *(_densest(sought, each) for each in others)]
    return [
        Text(each.article.text, tuple(sentence.span for sentence in part))
        for each, part in zip(excerpts, parts, strict=True)
    ]


def _densest(sought: TermMatcher, excerpt: Excerpt) -> Sequence[Sentence]:
    """The run of sentences in `MOST_CHARACTERS` with most of the question's words."""
    worth = [sought.coverage(frozenset(sentence.terms)) for sentence in excerpt.sentences]
    first, end = max(
        _runs(excerpt.sentences),
        key=lambda run: (sum(worth[slice(*run)]), run[1] - run[0], -run[0]),
        default=(0, 0),
    )
    return excerpt.sentences[first:end]


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The longest from each sentence on; a sentence too long is one of its own."""
    for first, sentence in enumerate(sentences):
        end = first + 1
        while (
            end < len(sentences)
            and sentences[end].span.end - sentence.span.start <= MOST_CHARACTERS
        ):
            end += 1
        yield first, end


def _of_passage(
    query: Query, sought: TermMatcher, excerpt: Excerpt, readings: Readings, *, some_read: bool
) -> Iterator[Evidence]:
    covered = sought.coverage(excerpt.held)
    weights, bonus = (READ, READ_SPEECH_BONUS) if some_read else (WEIGHTS, SPEECH_BONUS)
    for before, sentence in with_the_one_before(excerpt):
        found = signals(query, sought, excerpt, before, sentence)
        found |= odds_signals(readings, sentence.span)
        score = sum(weights.get(name, 0.0) * value for name, value in found.items())
        yield Evidence(
            excerpt.article,
            sentence.span,
            excerpt.hit.passage.span,
            excerpt.hit,
            score + bonus * reports_speech(query, excerpt.article, sentence),
            covered,
            (readings or {}).get(sentence.span),
        )


def odds_signals(readings: Readings, sentence: Span) -> dict[str, float]:
    """What the reader says of a sentence, alone and beside the best of its passage."""
    predicted = readings or {}
    own = predicted[sentence].odds if sentence in predicted else UNREAD
    best = max((each.odds for each in predicted.values()), default=UNREAD)
    return {
        "odds": max(-SUREST, min(SUREST, own)) / SCALE,
        "beside": max(-SUREST, min(0.0, own - best)) / SCALE,
    }


def _best_of_each(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Best first, a sentence that passages share once."""
    found: dict[tuple[str, Span], Evidence] = {}
    for evidence in sorted(ranked, key=lambda each: -each.score):
        found.setdefault((evidence.article.id, evidence.span), evidence)
    return list(found.values())


def _ahead(ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each with how far it is before the best of the others: the first alone can be."""
    if len(ranked) < 2:  # noqa: PLR2004 - no other
        return tuple(ranked)
    first, second = ranked[0].score, ranked[1].score
    return tuple(
        replace(each, ahead=each.score - (first if place else second))
        for place, each in enumerate(ranked)
    )


def _in_new_order(examined: Sequence[Excerpt], readings: Sequence[Readings]) -> tuple[Excerpt, ...]:
    """By what the best sentences of their passage and article add; as they were where unread."""
    if not any(readings):
        return tuple(examined)
    unread = [None] * (len(examined) - len(readings))
    best = [_soft(of_it) for of_it in (*readings, *unread)]
    articles: dict[str, float] = {}
    for excerpt, of_it in zip(examined, best, strict=True):
        articles[excerpt.article.id] = max(articles.get(excerpt.article.id, 0.0), of_it)
    blended = [
        replace(excerpt, hit=_blended(excerpt.hit, of_it, articles[excerpt.article.id]))
        for excerpt, of_it in zip(examined, best, strict=True)
    ]
    return tuple(sorted(blended, key=lambda excerpt: -excerpt.hit.score))


def _blended(hit: Hit, passage: float, article: float) -> Hit:
    """Its parts still sum to its score."""
    return hit.blended({"read": (PASSAGE, passage), "read_article": (ARTICLE, article)})


def _soft(readings: Readings) -> float:
    """In [0, 1]; a half where an answer is as likely as none, 0 where nothing was read."""
    best = max((each.odds for each in (readings or {}).values()), default=NOTHING)
    return 1 / (1 + math.exp(-best / SOFTNESS)) if best > NOTHING else 0.0


def _how_read(readings: Sequence[object]) -> HowRead | None:
    if not readings:
        return None
    unread = sum(each is None for each in readings)
    return "none" if unread == len(readings) else "partial" if unread else "full"
