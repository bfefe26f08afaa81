"""Folders of runs, and JSON that commands printed -> figures.

Takes `metrics.json` of a folder of `eval run` or `eval attribution`, and what `eval reading --json`
and `bench --json` printed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from eval.errors import DataError
from eval.figures.documents import Figures
from eval.figures.tables import (
    ABSTENTION,
    ATTRIBUTION,
    BASELINE,
    ENDS,
    QUALITY,
    QUALITY_SETS,
    RATIOS,
    Measures,
)
from eval.runs.files import read_json

BASELINES = ("bm25", "vectors", "rrf", "hybrid")
DIGITS = 4
_MEGA = 1024 * 1024
_FOUR = 4


@dataclass(frozen=True, slots=True)
class Source:
    """What one run measured, and where it comes from."""

    command: str
    date: str
    measures: Mapping[str, float]
    kind: str
    """`run`, `attribution`, `reading`, `bench` or `peers`."""

    @classmethod
    def read(cls, path: Path) -> list["Source"]:
        """One for each kind; DataError when it is neither a run nor the JSON of a known command."""
        if path.is_dir():
            return [_run(path)]
        printed = read_json(path)
        date = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
        found = list(_printed(printed, date))
        if not found:
            raise DataError(f"{path} is no output of `bench --json` or `eval reading --json`")
        return found


def collect(paths: Sequence[Path]) -> list[Figures]:
    """The figures that these runs measure, in place of those that were there before."""
    sources = [source for path in paths for source in Source.read(path)]
    found = (
        _chosen("quality", sources, {"run"}, _quality_names()),
        _chosen("abstention", sources, {"run", "reading"}, _abstention_names()),
        _chosen("attribution", sources, {"attribution"}, set(ATTRIBUTION)),
        _speed([each for each in sources if each.kind == "bench"]),
        _peers([each for each in sources if each.kind == "peers"]),
    )
    return [each for each in found if each.measures]


def _printed(printed: Mapping[str, Any], date: str) -> Iterator[Source]:
    if "passages_per_second" in printed:
        yield Source("onrecord bench ARTICLES", date, _bench(printed), "bench")
    if "peers" in printed:
        command = "onrecord bench ARTICLES --part peers"
        yield Source(command, date, dict(_compared(printed["peers"])), "peers")
    if "thresholds" in printed:
        crossed = " --cross-fit FIRST SECOND" if "cross" in printed["set"] else ""
        values = {f"{printed['set']}/{name}": each for name, each in printed["all"].items()}
        yield Source(f"onrecord eval reading --data DATA{crossed}", date, values, "reading")


def _run(folder: Path) -> Source:
    facts, measures = read_json(folder / "datasets.json"), dict(read_json(folder / "metrics.json"))
    date = read_json(folder / "environment.json")["written_at"][:10]
    if not (folder / "per_question").is_dir():
        command = f"onrecord eval attribution {' '.join(facts)} --data DATA"
        return Source(command, date, measures, "attribution")
    for name, sure in read_json(folder / "intervals.json").items():
        if name.endswith("/doc@1"):
            measures[name.replace("doc@1", "questions")] = sure["n"]
    sources = " ".join(Path(each["source"]).name for each in facts.values())
    best = _best_baselines(facts, measures)
    return Source(f"onrecord eval run {sources} --data DATA", date, measures | best, "run")


def _best_baselines(sets: Iterable[str], measures: Mapping[str, float]) -> dict[str, float]:
    found = {
        f"{name}/{BASELINE}{measure}": [
            measures[key] for each in BASELINES if (key := f"{name}/{each}:{measure}") in measures
        ]
        for name in sets
        for measure in ("doc@1", "ev@1")
    }
    return {name: max(values) for name, values in found.items() if values}


def _quality_names() -> set[str]:
    names = ("questions", *QUALITY, f"{BASELINE}doc@1", f"{BASELINE}ev@1")
    return {f"{each}/{name}" for each in _both(QUALITY_SETS) for name in names}


def _abstention_names() -> set[str]:
    pairs = [name.split("/") for name in ABSTENTION]
    return {f"{each}/{measure}" for name, measure in pairs for each in _both([name])}


def _both(sets: Iterable[str]) -> Iterator[str]:
    for name in sets:
        yield from (name, f"{name}-unread")


def _chosen(name: str, sources: Sequence[Source], kinds: set[str], wanted: set[str]) -> Figures:
    """Measures that the table shows; a later source replaces what an earlier one has."""
    using = [each for each in sources if each.kind in kinds and wanted & each.measures.keys()]
    measures = {
        key: _rounded(value)
        for each in using
        for key, value in each.measures.items()
        if key in wanted
    }
    return _figures(name, using, measures)


def _speed(sources: Sequence[Source]) -> Figures:
    """Of several runs over one archive, the least and the greatest."""
    pairs = sorted((key, value) for each in sources for key, value in each.measures.items())
    measures: dict[str, float | list[float]] = {}
    for key, group in groupby(pairs, key=lambda pair: pair[0]):
        values = [_rounded(value) for _, value in group]
        measures[key] = values[0] if len(values) == 1 else [min(values), max(values)]
    return _figures("speed", sources, measures)


def _peers(sources: Sequence[Source]) -> Figures:
    """A later source replaces an earlier one over as many articles."""
    measures = {key: _rounded(value) for each in sources for key, value in each.measures.items()}
    return _figures("peers", sources, measures)


def _figures(name: str, sources: Sequence[Source], measures: Measures) -> Figures:
    commands = tuple(dict.fromkeys(each.command for each in sources))
    return Figures(name, commands, max((each.date for each in sources), default=""), measures)


def _bench(printed: Mapping[str, Any]) -> dict[str, float]:
    """Of one run of `bench`, under the size of its archive."""
    values = {
        "p50_ms": printed["p50_ms"]["total"],
        "p95_ms": printed["p95_ms"]["total"],
        "cold_seconds": min(printed["cold_seconds"], default=0.0),
        "memory_mb": printed["memory_mb"],
        "index_mb": printed["index_bytes"] / _MEGA,
        "data_mb": printed["data_bytes"] / _MEGA,
    }
    if printed["embedded"]:
        values["passages_per_second"] = printed["passages_per_second"]
        values["peak_memory_mb"] = printed["peak_memory_mb"]
    for each in printed["concurrency"]:
        if each["concurrency"] == _FOUR:
            values["concurrent_p50_ms"] = each["p50_ms"]
            values["concurrent_p95_ms"] = each["p95_ms"]
            values["answers_per_second"] = each["questions_per_second"]
    return {f"{printed['articles']:,} articles/{name}": value for name, value in values.items()}


def _compared(report: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Of one comparison, under the number of articles and each system with its version."""
    ratios = {each["peer"]: each for each in report["comparisons"]}
    for system in report["systems"]:
        [(package, version), *_] = system["versions"].items()
        name = system["name"]
        label = f"{name} {version}" if name in package else f"{name} ({package} {version})"
        place = f"{report['articles']:,} articles/{label}"
        yield f"{place}/articles_per_second", report["articles"] / median(system["index_seconds"])
        yield f"{place}/search_p50_ms", median(system["search_p50_ms"])
        for ratio in RATIOS:
            for end, value in ratios.get(name, {}).get(ratio, {}).items():
                if end in ENDS and value is not None:
                    yield f"{place}/{ratio}_{end}", value


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, DIGITS)
