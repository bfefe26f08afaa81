"""Compares a set question by question with another run, or with a baseline of the same run."""

from collections.abc import Mapping

from eval.report.stored import SetRun
from eval.scoring.measure_labels import BASELINES, MAIN, label_of
from eval.scoring.statistics import PairedCounts, tally

COMPARED = ("doc@1", "doc@10", "ev@1", "ev@10", "sentence@1", "citation_precision", "f1")
AGAINST_BASELINES = ("doc@1", "ev@1")


def main_measure(stored: SetRun) -> str | None:
    """The one measure by which a question counts as won or lost."""
    return next((name for name in MAIN if stored.per_question.get(name)), None)


def against_run(stored: SetRun, earlier: SetRun) -> dict[str, PairedCounts]:
    """For each measure of both runs, over the questions asked in both."""
    found = {
        label_of(name).label: _tally(
            earlier.per_question.get(name, {}), stored.per_question.get(name, {})
        )
        for name in COMPARED
    }
    return {label: each for label, each in found.items() if _questions(each)}


def against_baselines(stored: SetRun) -> dict[str, PairedCounts]:
    found = {
        f"{label_of(name).label}, {label}": _tally(
            stored.per_question.get(f"{prefix}:{name}", {}), stored.per_question.get(name, {})
        )
        for name in AGAINST_BASELINES
        for prefix, label in BASELINES.items()
    }
    return {label: each for label, each in found.items() if _questions(each)}


def changes(stored: SetRun, earlier: SetRun | None) -> dict[str, str]:
    """Questions won or lost by the main measure; keyed by id."""
    name = main_measure(stored)
    if name is None or earlier is None:
        return {}
    before, now = earlier.per_question.get(name, {}), stored.per_question[name]
    return {
        id: "won" if now[id] > before[id] else "lost"
        for id in now.keys() & before.keys()
        if now[id] != before[id]
    }


def _tally(before: Mapping[str, float], now: Mapping[str, float]) -> PairedCounts:
    both = [id for id in now if id in before]
    return tally([before[id] for id in both], [now[id] for id in both])


def _questions(each: PairedCounts) -> int:
    return each.wins + each.losses + each.ties
