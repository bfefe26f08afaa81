"""The main measures of a run beside its baselines, one table a set."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from api.terminal.reply import terminal

if TYPE_CHECKING:
    from eval.scoring.results import Results
    from eval.scoring.statistics import Interval

MAIN = (
    *("doc@1", "doc@5", "doc@10", "mrr@10", "ndcg@10", "map", "ev@1", "ev@5", "ev@10"),
    *("sentence@1", "sentence@3", "gold_sentence@1", "em", "f1", "span_f1"),
    *("verbatim", "citation_precision", "citation_recall", "distractor"),
    *("right_speaker", "wrong_speaker", "asked_speaker", "content_f1", "true_answered"),
    *("crag", "crag_always", "answered", "answered_accuracy"),
    *("answered_answerable", "refused_unanswerable", "swap_refused", "right_reason"),
    *("auroc", "aurc", "coverage@80", "ece", "errors", "p50_ms/total", "p95_ms/total"),
)
SYSTEMS = {
    "": "On the Record",
    "bm25:": "BM25",
    "vectors:": "vectors",
    "rrf:": "RRF",
    "hybrid:": ".7/.3",
}
WIDE = 100
"""Columns of a table in a file, where 80 would be assumed."""
COUNTS = ("errors", "p50_ms/total", "p95_ms/total")


def wide_screen() -> Console:
    """The terminal, or a page of at least WIDE columns."""
    screen = terminal()
    if not screen.is_terminal:
        screen.width = max(screen.width, WIDE)
    return screen


def tables(results: "Results") -> Iterator[Table]:
    """One table a set, in the order in which the sets were run."""
    names = dict.fromkeys(key.partition("/")[0] for key in results.metrics)
    for name in names:
        yield _table(name, _of(name, results.metrics), _of(name, results.intervals))


def _table(name: str, metrics: Mapping[str, float], intervals: Mapping[str, "Interval"]) -> Table:
    table = Table(title=name, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.add_column("measure", no_wrap=True)
    table.add_column("n", justify="right")
    for prefix, system in SYSTEMS.items():
        table.add_column(system, justify="left" if not prefix else "right", no_wrap=True)
    for measure in MAIN:
        if measure in metrics:
            table.add_row(*_row(measure, metrics, intervals))
    return table


def _row(
    measure: str, metrics: Mapping[str, float], intervals: Mapping[str, "Interval"]
) -> Iterator[str]:
    interval = intervals.get(measure)
    yield measure
    yield f"{interval.n:,}" if interval else ""
    for prefix in SYSTEMS:
        value = metrics.get(f"{prefix}{measure}")
        sure = f" [{interval.low:.3f}, {interval.high:.3f}]" if interval and not prefix else ""
        yield "" if value is None else _number(measure, value) + sure


def _number(measure: str, value: float) -> str:
    return f"{value:,.0f}" if measure in COUNTS else f"{value:.3f}"


def _of(name: str, values: "Mapping[str, float] | Mapping[str, Interval]") -> dict[str, Any]:
    prefix = f"{name}/"
    return {key.removeprefix(prefix): values[key] for key in values if key.startswith(prefix)}
