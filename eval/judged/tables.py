"""The scores of runs side by side, by part and type of question."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from eval.judged.judgements import JudgedPlaces, read_judgements
from eval.judged.questions import KINDS, JudgedQuestion, QuestionKind, read_questions
from eval.judged.score import JudgedScore, JudgedValues, Showings, compared, part_of, score
from eval.judged.shown import read_shown
from eval.scoring.statistics import Interval

PAIR = 2
"""Runs of which the difference is given."""


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """One part and type."""

    part: str
    kind: QuestionKind
    systems: Mapping[str, JudgedScore]
    """By column: the first system of each run, then their others."""
    differences: Mapping[str, Interval | None]
    """Measure -> of the second run minus the first; empty unless there are two runs."""


def score_runs(folder: Path, runs: Sequence[Path], parts: Sequence[str]) -> list[JudgedTable]:
    """By part, then by type; DataError when a run or the set cannot be read."""
    questions = read_questions(folder)
    places = JudgedPlaces(questions, read_judgements(folder))
    columns = _columns(runs)
    return [
        _table(part, kind, among, columns, places, pair=len(runs) == PAIR)
        for part in parts
        for kind in KINDS
        if (among := [each for each in part_of(questions, part) if each.kind == kind])
    ]


def plain(tables: Sequence[JudgedTable]) -> list[dict[str, Any]]:
    """As JSON."""
    return [
        {
            "part": table.part,
            "type": table.kind,
            "systems": {name: _plain(each) for name, each in table.systems.items()},
            "differences": {name: asdict(each) for name, each in table.differences.items() if each},
        }
        for table in tables
    ]


def _columns(runs: Sequence[Path]) -> dict[str, Showings]:
    """The runs' first systems, then the others: `A: service`, or the name alone of a single run."""
    names = [f"{letter}: " for letter in ascii_uppercase] if len(runs) > 1 else [""]
    read = list(zip(names, map(read_shown, runs), strict=False))
    named = [[(run + name, shown) for name, shown in systems.items()] for run, systems in read]
    return dict([*(each[0] for each in named if each), *chain.from_iterable(e[1:] for e in named)])


def _table(
    part: str,
    kind: QuestionKind,
    questions: Sequence[JudgedQuestion],
    columns: Mapping[str, Showings],
    places: JudgedPlaces,
    *,
    pair: bool,
) -> JudgedTable:
    systems = {name: score(questions, kind, shown, places) for name, shown in columns.items()}
    return JudgedTable(part, kind, systems, _differences(systems) if pair else {})


def _differences(systems: Mapping[str, JudgedScore]) -> dict[str, Interval | None]:
    first, second, *_ = (each.measures for each in systems.values())
    return {name: compared(first[name], second[name]) for name in first}


def _plain(of: JudgedScore) -> dict[str, Any]:
    return {
        "questions": of.questions,
        "answerable": of.answerable,
        "measures": {name: _measure(each) for name, each in of.measures.items()},
        "milliseconds": dict(of.milliseconds),
    }


def _measure(of: JudgedValues) -> dict[str, Any]:
    sure = of.interval
    return {**(asdict(sure) if sure else {"n": 0}), "unjudged": of.unjudged}
