"""Statements found in annotated documents -> the rates that the evaluation prints, with intervals.

Knows statements by their spans and speakers, not what found them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eval.datasets.formats.attribution import GumDocument, MarkedAttribution, PolnearDocument
from eval.datasets.formats.coreference import MarkedPronoun
from eval.datasets.formats.gap import PronounOfTwo
from eval.measures.attribution import Tallies, tallies, touch
from eval.measures.statements import in_cluster, means_only
from eval.scoring.statistics import Interval, interval, resampled
from index.documents import Span
from index.statements import Statement

PARTS = ("precision", "recall", "f1")
SUBJECTS = frozenset(("he", "she"))
Found = Mapping[str, Sequence[Statement]]
"""Statements by document."""
LemmaOf = Callable[[str], str]
SpeakerOf = Callable[[str, Span], str | None]
"""A text and a pronoun in it -> the name of the person it refers to."""
Counted = NDArray[np.float64]
"""(..., names, 4): found, gold, right, predicted."""


def spans_table(
    documents: Sequence[PolnearDocument], found: Found, *, spoken: frozenset[str], lemma_of: LemmaOf
) -> dict[str, Interval]:
    """Precision, recall and F1 of source, cue and content; `n` counts gold or predictions."""
    tables = [_tallied(each, found.get(each.id, ()), spoken, lemma_of) for each in documents]
    return _rated(tables, [each.id for each in documents])


def speakers_table(documents: Sequence[GumDocument], found: Found) -> dict[str, Interval]:
    """Whether speakers are right, where the document names the source of a gold attribution."""
    outcomes = [
        (document.id, outcome)
        for document in documents
        for outcome in _judged(document, found.get(document.id, ()))
    ]
    table: dict[str, Interval] = {}
    for name in ("named", "right", "wrong_for_certain"):
        values = [(id, outcome[name]) for id, outcome in outcomes if name in outcome]
        table |= _mean(f"source_{name}", values)
    return table


@dataclass(frozen=True, slots=True)
class PronounAnswer:
    """Whether one pronoun of a document was given the right name; no name counts as wrong."""

    document: str
    subject: bool
    """ "He" or "she"."""
    right: float


def answers_in_chains(
    pronouns: Mapping[str, Sequence[MarkedPronoun]], texts: Mapping[str, str], speaker_of: SpeakerOf
) -> list[PronounAnswer]:
    """Of whole documents, by document: any mention of the person meets the name."""
    return [
        PronounAnswer(
            document,
            _is_subject(texts[document], each.span),
            in_cluster(speaker_of(texts[document], each.span), each.names),
        )
        for document, listed in pronouns.items()
        for each in listed
    ]


def answers_of_two(pronouns: Sequence[PronounOfTwo], speaker_of: SpeakerOf) -> list[PronounAnswer]:
    """Of paragraphs with two names: the name is a form of the right one alone."""
    return [
        PronounAnswer(
            each.id,
            _is_subject(each.text, each.pronoun),
            means_only(speaker_of(each.text, each.pronoun), each.right, each.other),
        )
        for each in pronouns
    ]


def pronouns_table(answers: Sequence[PronounAnswer]) -> dict[str, Interval]:
    subjects = [(each.document, each.right) for each in answers if each.subject]
    anyone = [(each.document, each.right) for each in answers]
    return _mean("he_she_right", subjects) | _mean("pronoun_right", anyone)


def _is_subject(text: str, pronoun: Span) -> bool:
    return pronoun.of(text).lower() in SUBJECTS


def as_marked(statement: Statement) -> MarkedAttribution:
    """A statement in the form of an annotation."""
    source, cue = statement.source, statement.cue
    return MarkedAttribution(
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=statement.content,
        kind=statement.kind,
    )


def _tallied(
    document: PolnearDocument,
    statements: Iterable[Statement],
    spoken: frozenset[str],
    lemma_of: LemmaOf,
) -> Tallies:
    def is_spoken(attribution: MarkedAttribution) -> bool:
        words = " ".join(span.of(document.text) for span in attribution.cue)
        return words in spoken or lemma_of(words) in spoken

    return tallies(document.attributions, [*map(as_marked, statements)], speech=is_spoken)


def _rated(tables: Sequence[Tallies], ids: Sequence[str]) -> dict[str, Interval]:
    """Pooled over documents; whole documents are resampled."""
    names = list(dict.fromkeys(name for table in tables for name in table))
    counted = np.array([[_numbers(table, name) for name in names] for table in tables], float)

    def rates(rows: NDArray[np.int64]) -> list[float]:
        values: list[float] = _rates(counted[rows].sum(0)).ravel().tolist()
        return values

    sure = resampled(rates, ids)
    sizes = counted.sum(0)[:, [3, 1, 1]].ravel().astype(int).tolist()
    labels = [f"{name}_{part}" for name in names for part in PARTS]
    return {label: replace(each, n=n) for label, each, n in zip(labels, sure, sizes, strict=True)}


def _numbers(table: Tallies, name: str) -> tuple[int, int, int, int]:
    counts = table[name]
    return counts.found, counts.gold, counts.right, counts.predicted


def _rates(counted: Counted) -> Counted:
    """(names, 3): precision, recall and F1, 0 where they are not defined."""
    found, gold, right, predicted = counted.T
    precision = right / np.maximum(predicted, 1)
    recall = found / np.maximum(gold, 1)
    both = precision + recall
    f1 = 2 * precision * recall / np.where(both > 0, both, 1)
    return np.stack([precision, recall, f1], axis=1)


def _judged(
    document: GumDocument, statements: Sequence[Statement]
) -> Iterable[Mapping[str, float]]:
    for report in document.reports:
        if report.source is None or report.source_type != "person" or not report.mentions:
            continue
        meant = [
            each for each in statements if each.source and touch((each.source,), (report.source,))
        ]
        given = next((each for each in meant if each.sure), None)
        right = in_cluster(given.speaker, report.mentions) if given else 0.0
        outcome = {"named": float(given is not None), "right": right}
        yield outcome | ({"wrong_for_certain": 1 - right} if given else {})


def _mean(name: str, values: Sequence[tuple[str, float]]) -> dict[str, Interval]:
    """Empty when there are no values."""
    if not values:
        return {}
    return {name: interval([value for _, value in values], [id for id, _ in values])}
