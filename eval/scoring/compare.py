"""Compares two runs question by question: what changed, and whether it is more than chance.

Reads `per_question/`, `datasets.json` and `clusters.json` of the run folders, and nothing else.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from eval.errors import DataError
from eval.runs.files import read_json
from eval.scoring.measure_labels import less_is_better
from eval.scoring.statistics import (
    Interval,
    PairedCounts,
    detectable_effect,
    difference,
    holm,
    mcnemar,
    randomisation,
    tally,
)

SURE = 0.05
BASELINE = ":"
"""In the names of baseline measures, which do not depend on the service."""

PerQuestion = Mapping[str, Mapping[str, float]]
Test = Literal["McNemar", "randomisation"]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one set, over the questions it is defined for in both runs."""

    dataset: str
    measure: str
    a: float
    b: float
    difference: Interval
    """Of b - a, over `n` questions."""
    test: Test
    p: float
    adjusted: float
    """`p` after Holm's correction over the measures of the set."""
    tally: PairedCounts
    """Questions on which b is better, worse, the same: less is better for some measures."""
    detectable: float
    """The smallest true difference this set would show 80 times in 100."""

    @property
    def verdict(self) -> Literal["better", "worse", "no difference shown"]:
        """Of b, at 5 % after correction."""
        if self.adjusted > SURE or self.difference.value == 0:
            return "no difference shown"
        return "better" if (self.difference.value > 0) != less_is_better(self.measure) else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of run b with run a."""

    a: Path
    b: Path
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    """What qualifies the rows."""


def compare(a: Path, b: Path, *, other_data: bool = False, seed: int = 0) -> Comparison:
    """Over the sets of both; DataError when the data of a set differ.

    With `other_data`, different data are compared over the questions whose ids are in both.
    """
    facts = [read_json(run / "datasets.json") for run in (a, b)]
    names = _shared_sets(a, b, facts)
    notes = [_data_note(a, b, name, facts, other_data=other_data) for name in names]
    clusters = _clusters(b)
    if not clusters:
        notes.append(
            f"{b} has no clusters.json: questions count as independent, and intervals may be "
            "too narrow."
        )
    rows: list[Row] = []
    for name in names:
        first, second = (read_json(run / "per_question" / f"{name}.json") for run in (a, b))
        rows += _corrected(_rows(name, first, second, clusters.get(name, {}), seed))
        notes.append(_coverage_note(name, first, second))
    return Comparison(a, b, tuple(rows), tuple(filter(None, notes)))


def plain(comparison: Comparison) -> dict[str, Any]:
    """For JSON: null for a difference that no set could detect."""
    rows = [_plain_row(row) for row in comparison.rows]
    return {
        "a": str(comparison.a),
        "b": str(comparison.b),
        "rows": rows,
        "notes": list(comparison.notes),
    }


def table(comparison: Comparison) -> list[str]:
    """Lines to print: one a measure, then notes."""
    head = (
        f"{'measure':<34} {'A':>7} {'B':>7} {'B-A':>8}  {'95 % interval':<18} {'p (Holm)':>8} "
        f"{'test':<13} {'w/l/t':>13} {'detectable':>10} {'n':>5}  verdict"
    )
    lines = [f"A {comparison.a}", f"B {comparison.b}", "", head]
    return [*lines, *map(_line, comparison.rows), "", *comparison.notes]


def _plain_row(row: Row) -> dict[str, Any]:
    detectable = row.detectable if math.isfinite(row.detectable) else None
    return asdict(row) | {"detectable": detectable, "verdict": row.verdict}


def _line(row: Row) -> str:
    span = f"[{row.difference.low:+.3f}, {row.difference.high:+.3f}]"
    counts = f"{row.tally.wins}/{row.tally.losses}/{row.tally.ties}"
    return (
        f"{f'{row.dataset}/{row.measure}':<34} {row.a:>7.3f} {row.b:>7.3f} "
        f"{row.difference.value:>+8.3f}  {span:<18} {row.adjusted:>8.4f} {row.test:<13} "
        f"{counts:>13} {row.detectable:>10.3f} {row.difference.n:>5}  {row.verdict}"
    )


def _shared_sets(a: Path, b: Path, facts: Sequence[Mapping[str, Any]]) -> list[str]:
    first, second = facts
    names = [name for name in first if name in second]
    if not names:
        raise DataError(
            f"{b / 'datasets.json'}: runs over {', '.join(second) or 'no set'}, while {a} runs "
            f"over {', '.join(first) or 'no set'}: compare two runs that share a set."
        )
    return names


def _data_note(
    a: Path, b: Path, name: str, facts: Sequence[Mapping[str, Any]], *, other_data: bool
) -> str:
    first, second = (each[name].get("hash") for each in facts)
    if first == second:
        return ""
    if not other_data:
        raise DataError(
            f"{b / 'datasets.json'}: {name} has the hash {second}, in {a} it has {first}: run "
            "both over the same data, or compare the questions they share with --other-data."
        )
    return f"{name}: not the same data in both ({first}, {second}); shared question ids only."


def _clusters(run: Path) -> Mapping[str, Mapping[str, str]]:
    path = run / "clusters.json"
    return read_json(path) if path.exists() else {}


def _coverage_note(name: str, first: PerQuestion, second: PerQuestion) -> str:
    """For measures of answers, where the runs did not answer the same questions."""
    partial = [
        measure
        for measure in _ours(first)
        if measure in second and first[measure].keys() != second[measure].keys()
    ]
    if not partial:
        return ""
    return f"{name}: only the questions both runs have a value for count in {', '.join(partial)}."


def _rows(
    name: str, first: PerQuestion, second: PerQuestion, clusters: Mapping[str, str], seed: int
) -> list[Row]:
    rows = []
    for measure in _ours(first):
        shared = [id for id in first[measure] if id in second.get(measure, {})]
        if shared:
            a, b = ([run[measure][id] for id in shared] for run in (first, second))
            among = [clusters.get(id, f"question {id}") for id in shared]
            rows.append(_row(name, measure, a, b, among, seed))
    return rows


def _ours(run: PerQuestion) -> list[str]:
    return [measure for measure in run if BASELINE not in measure]


def _row(
    name: str, measure: str, a: list[float], b: list[float], clusters: list[str], seed: int
) -> Row:
    binary = {*a, *b} <= {0.0, 1.0}
    p = mcnemar(a, b) if binary else randomisation(a, b, clusters, seed=seed)
    better = tally(b, a) if less_is_better(measure) else tally(a, b)
    return Row(
        dataset=name,
        measure=measure,
        a=float(np.mean(a)),
        b=float(np.mean(b)),
        difference=difference(a, b, clusters, seed=seed),
        test="McNemar" if binary else "randomisation",
        p=p,
        adjusted=p,
        tally=better,
        detectable=detectable_effect(np.subtract(b, a).tolist(), clusters),
    )


def _corrected(rows: Sequence[Row]) -> list[Row]:
    adjusted = holm([row.p for row in rows])
    return [replace(row, adjusted=p) for row, p in zip(rows, adjusted, strict=True)]
