"""Passages -> their sentences as evidence, best first, and the passages in a new order.

A sentence is scored by the reader's odds, the question's words in it and in the sentence before,
its passage's score, and whether it holds the kind of thing asked for. Unread sentences are scored
without the odds. The weights are learnt (training/fit_ranking.py).
"""

from collections.abc import Iterator, Mapping, Sequence

from index.documents import Span
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence, Predictions, RankedSentences, with_leads
from rag.reading.passage_order import reordered
from rag.reading.reader import Reader, Text
from rag.reading.sentence_features import reports_speech, signals, with_previous
from rag.reading.spans import SpanPrediction
from rag.replies import HowRead
from rag.retrieval.excerpts import Excerpt, Sentence
from rag.retrieval.term_matching import TermMatcher

PASSAGES_RANKED, PASSAGES_READ = 12, 6
"""Passages whose sentences may answer, and those of them that are read: reading all twelve finds no
more, and reading four raises the confidence of wrong answers (eval/LOG.md)."""
READ_WHOLE, MOST_CHARACTERS = 3, 300
"""Passages read in full; characters read of each other one."""
UNREAD_WEIGHTS: Mapping[str, float] = {
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
READ_WEIGHTS: Mapping[str, float] = {
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
"""Used where any passage was read. `odds` are the reader's log odds of the sentence, `beside` how
far they are below the best of its passage."""
MAX_LOG_ODDS, LOG_ODDS_SCALE = 12.0, 10.0
"""Log odds are clipped to plus or minus the first and divided by the second."""
UNREAD_LOG_ODDS = -12.0
"""Of an unread sentence, where others were read."""
UNREAD_SPEECH_BONUS, READ_SPEECH_BONUS = 0.25, 0.1
"""For a sentence that reports speech and has a name of the question."""


def rank_sentences(
    query: Query,
    matcher: TermMatcher,
    excerpts: Sequence[Excerpt],
    reader: Reader | None = None,
    *,
    deadline: float | None = None,
    also: int | None = None,
) -> RankedSentences:
    """Every sentence of the first passages as evidence; ties keep the order of the passages.

    `also` is the id of a passage that is read in full wherever it stands. Passages not read by the
    `deadline` (on the clock of `time.monotonic`) stay unread.
    """
    first = excerpts[:PASSAGES_RANKED]
    texts = texts_to_read(matcher, first, also)
    predictions = _predictions(query, texts, reader, deadline)
    some_read = any(predictions)
    evidence = [
        each
        for excerpt, predicted in zip(first, predictions, strict=True)
        for each in _evidence(query, matcher, excerpt, predicted, some_read=some_read)
    ]
    return RankedSentences(
        reordered(excerpts, predictions, evidence),
        tuple(with_leads(_without_repeats(evidence))),
        _how_read([each for each, text in zip(predictions, texts, strict=True) if text]),
    )


def _predictions(
    query: Query, texts: Sequence[Text | None], reader: Reader | None, deadline: float | None
) -> Sequence[Predictions]:
    if reader is None:
        return [None] * len(texts)
    chosen = [text for text in texts if text]
    read = iter(reader.read(query.text, chosen, deadline=deadline))
    return [_by_sentence(text, next(read)) if text else None for text in texts]


def _by_sentence(text: Text, predicted: Sequence[SpanPrediction] | None) -> Predictions:
    return None if predicted is None else dict(zip(text.sentences, predicted, strict=True))


def texts_to_read(
    matcher: TermMatcher, excerpts: Sequence[Excerpt], also: int | None = None
) -> list[Text | None]:
    """The first passages in full, then of some the run that best covers the question; None else."""
    texts: list[Text | None] = []
    for place, excerpt in enumerate(excerpts):
        if place < READ_WHOLE or excerpt.hit.passage.id == also:
            texts.append(_text(excerpt, excerpt.sentences))
        elif place < PASSAGES_READ:
            texts.append(_text(excerpt, _densest(matcher, excerpt)))
        else:
            texts.append(None)
    return texts


def _text(excerpt: Excerpt, part: Sequence[Sentence]) -> Text:
    return Text(excerpt.article.text, tuple(sentence.span for sentence in part))


def _densest(matcher: TermMatcher, excerpt: Excerpt) -> Sequence[Sentence]:
    """The run of sentences within `MOST_CHARACTERS` with the highest summed coverage."""
    worth = [matcher.coverage(sentence.held) for sentence in excerpt.sentences]
    first, end = max(
        _runs(excerpt.sentences),
        key=lambda run: (sum(worth[slice(*run)]), run[1] - run[0], -run[0]),
        default=(0, 0),
    )
    return excerpt.sentences[first:end]


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The longest run from each sentence on; a sentence that is too long alone is its own run."""
    for first, sentence in enumerate(sentences):
        end = first + 1
        while (
            end < len(sentences)
            and sentences[end].span.end - sentence.span.start <= MOST_CHARACTERS
        ):
            end += 1
        yield first, end


def _evidence(
    query: Query,
    matcher: TermMatcher,
    excerpt: Excerpt,
    predictions: Predictions,
    *,
    some_read: bool,
) -> Iterator[Evidence]:
    covered = matcher.coverage(excerpt.held)
    weights, bonus = UNREAD_WEIGHTS, UNREAD_SPEECH_BONUS
    if some_read:
        weights, bonus = READ_WEIGHTS, READ_SPEECH_BONUS
    for before, sentence in with_previous(excerpt):
        found = signals(query, matcher, excerpt, before, sentence)
        found |= odds_signals(predictions, sentence.span)
        score = sum(weights.get(name, 0.0) * value for name, value in found.items())
        yield Evidence(
            excerpt.article,
            sentence.span,
            excerpt.hit.passage.span,
            excerpt.hit,
            score + bonus * reports_speech(query, excerpt.article, sentence),
            covered,
            (predictions or {}).get(sentence.span),
        )


def odds_signals(predictions: Predictions, sentence: Span) -> dict[str, float]:
    """The reader's log odds of a sentence, by themselves and beside the best of its passage."""
    predicted = predictions or {}
    own = predicted[sentence].odds if sentence in predicted else UNREAD_LOG_ODDS
    best = max((each.odds for each in predicted.values()), default=UNREAD_LOG_ODDS)
    return {
        "odds": max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, own)) / LOG_ODDS_SCALE,
        "beside": max(-MAX_LOG_ODDS, min(0.0, own - best)) / LOG_ODDS_SCALE,
    }


def _without_repeats(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Best first; a sentence that several passages share is kept once."""
    found: dict[tuple[str, Span], Evidence] = {}
    for evidence in sorted(ranked, key=lambda each: -each.score):
        found.setdefault((evidence.article.id, evidence.span), evidence)
    return list(found.values())


def _how_read(predictions: Sequence[Predictions]) -> HowRead | None:
    if not predictions:
        return None
    unread = sum(each is None for each in predictions)
    return "none" if unread == len(predictions) else "partial" if unread else "full"
