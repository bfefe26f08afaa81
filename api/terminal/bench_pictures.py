"""Benchmarks as pictures: which measures of a report of `eval.bench` are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from eval.report.speed_plots import RatioRow, growth_plot, ratio_plot
from index.language.numbers import counted

if TYPE_CHECKING:
    from eval.bench.growth import GrowthReport
    from eval.bench.peers import PeerReport
    from eval.bench.ratios import Ratio

_SECONDS = {
    "build_seconds": "build",
    "add_fifty_seconds": "add 50",
    "add_one_seconds": "add 1",
}
_MILLISECONDS = {
    "ask_p50_ms": "ask",
    "search_p50_ms": "search",
    "vectors_p50_ms": "vectors",
    "terms_p50_ms": "terms",
}


def peer_plots(report: "PeerReport") -> dict[str, str]:
    """SVG by file name: what peers take for our second."""
    rows = {
        f"{found.peer}, {what}": _row(ratio)
        for found in report.comparisons
        for what, ratio in (
            ("build", found.build),
            ("without statements", found.build_without_statements),
            ("search", found.search),
        )
    }
    return {"peers.svg": ratio_plot(f"Time over ours, {counted(report.articles, 'article')}", rows)}


def growth_plots(report: "GrowthReport") -> dict[str, str]:
    """SVG by file name: seconds and milliseconds of archives and of stores."""
    tables = {
        "archives": ("articles", [asdict(each) for each in report.archives], "size"),
        "stores": ("passages", [asdict(each) for each in report.stores], "passages"),
    }
    units = {"seconds": _SECONDS, "milliseconds": _MILLISECONDS}
    return {
        f"{name}-{unit}.svg": growth_plot(f"{unit} over {what}", unit, curves)
        for name, (what, rows, by) in tables.items()
        for unit, labels in units.items()
        if (curves := _curves(rows, by, labels))
    }


def _curves(
    rows: Sequence[Mapping[str, Any]], by: str, labels: Mapping[str, str]
) -> dict[str, list[tuple[float, float]]]:
    """Of the measures that there are; logarithms need positive values."""
    found = {
        label: [(row[by], row[name]) for row in rows if row.get(name, 0) > 0]
        for name, label in labels.items()
    }
    return {label: points for label, points in found.items() if points}


def _row(ratio: "Ratio") -> RatioRow:
    return RatioRow(ratio.mean, ratio.low, ratio.high)
