"""The measures over parts of a set, to see which kinds of question go well."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from eval.datasets.questions import Dataset, clusters_of
from eval.scoring.cases import Case, cases
from eval.scoring.measure_labels import MAIN
from eval.scoring.score import Scores
from eval.scoring.statistics import Interval, intervals
from index.language.terms import analyze
from index.language.word_classes import FUNCTION_WORDS, QUESTION_WORDS

FEWEST = 20
"""Least number of questions in a slice for a measure to be shown."""
MEASURES = (
    *(*MAIN, "citation_precision", "answered_answerable", "refused_unanswerable", "crag"),
    *("right_speaker", "wrong_speaker", "asked_speaker", "content_f1"),
)
LENGTHS = ((7, "up to 7 words"), (12, "8 to 12 words"))
AGES = ((7, "up to a week"), (30, "up to a month"), (365, "up to a year"))
OVERLAPS = ((1 / 3, "up to a third"), (2 / 3, "up to two thirds"))
_EMPTY = frozenset(analyze(" ".join(QUESTION_WORDS | FUNCTION_WORDS)))

Sliced = dict[str, dict[str, dict[str, float]]]
"""Slice -> measure -> `Interval`, as JSON."""


def slices(dataset: Dataset, scores: Scores, *, seed: int = 0) -> Sliced:
    """Tags, then length, age, outlet and overlap; a question may be in several, or in none.

    Leaves out parts with fewer than FEWEST questions, whose numbers would mislead.
    """
    clusters = clusters_of(dataset)
    shown = ((label, _shown(ids, scores, clusters, seed)) for label, ids in _members(dataset))
    return {
        label: {measure: asdict(interval) for measure, interval in found.items()}
        for label, found in shown
        if found
    }


def _members(dataset: Dataset) -> Iterable[tuple[str, Sequence[str]]]:
    """Label -> question ids; one kind of label after the other, each in order of its name."""
    asked = cases(dataset, {})
    for labels_of in KINDS:
        members = defaultdict(list)
        for case in asked:
            for label in labels_of(case):
                members[label].append(case.question.id)
        yield from sorted(members.items())


def _shown(
    ids: Sequence[str], scores: Scores, clusters: Mapping[str, str], seed: int
) -> dict[str, Interval]:
    """Measures over the same questions share their resamples."""
    alike = defaultdict(list)
    for measure in MEASURES:
        values = scores.per_question.get(measure, {})
        defined = tuple(id for id in ids if id in values)
        if len(defined) >= FEWEST:
            alike[defined].append(measure)
    found: dict[str, Interval] = {}
    for defined, measures in alike.items():
        rows = [[scores.per_question[measure][id] for measure in measures] for id in defined]
        among = [clusters[id] for id in defined]
        found |= dict(zip(measures, intervals(np.array(rows), among, seed=seed), strict=True))
    return {measure: found[measure] for measure in MEASURES if measure in found}


def _tags(case: Case) -> Iterator[str]:
    """`qtype=who`, `who_said`, ... unchanged."""
    yield from case.question.tags


def _length(case: Case) -> Iterator[str]:
    words = len(case.question.text.split())
    yield f"length: {_band(words, LENGTHS, '13 words or more')}"


def _age(case: Case) -> Iterator[str]:
    """Of the newest article with the answer, when the question was asked."""
    published = [source.published_at for source in case.sources if source.published_at]
    if case.question.as_of and published:
        age = case.question.as_of - max(published)
        yield f"age: {_band(age.days, AGES, 'over a year')}"


def _outlet(case: Case) -> Iterator[str]:
    for outlet in sorted({source.outlet for source in case.sources if source.outlet}):
        yield f"outlet: {outlet}"


def _overlap(case: Case) -> Iterator[str]:
    """Share of the question's content words in the gold span that has most of them."""
    content = frozenset(analyze(case.question.text)) - _EMPTY
    shares = [len(content & set(analyze(case.read(gold)))) for gold in case.question.gold]
    if content and shares:
        yield f"overlap: {_band(max(shares) / len(content), OVERLAPS, 'more')}"


def _band(value: float, bands: Sequence[tuple[float, str]], beyond: str) -> str:
    return next((label for most, label in bands if value <= most), beyond)


KINDS: Sequence[Callable[[Case], Iterable[str]]] = (_tags, _length, _age, _outlet, _overlap)
