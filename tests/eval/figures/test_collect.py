"""Run folders and printed JSON, written by hand, taken as figures."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataError
from eval.figures.collect import collect
from eval.figures.documents import Figures
from eval.figures.tables import TABLES

BENCH = {
    "articles": 8200,
    "embedded": 0,
    "passages_per_second": 0,
    "p50_ms": {"embed": 7.0, "total": 100.4},
    "p95_ms": {"embed": 9.0, "total": 137.2},
    "cold_seconds": [1.04, 1.2],
    "memory_mb": 295.3,
    "peak_memory_mb": 1100.0,
    "index_bytes": 85 * 1024**2,
    "data_bytes": 318 * 1024**2,
    "concurrency": [
        {"concurrency": 4, "p50_ms": 128.0, "p95_ms": 180.0, "questions_per_second": 30.1}
    ],
}


def write(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def run_of(folder: Path, metrics: dict[str, float], *, asked: bool = True) -> Path:
    sets = dict.fromkeys(name.partition("/")[0] for name in metrics)
    facts = {name: {"source": name.replace("-unread", "@unread")} for name in sets}
    write(folder / "datasets.json", facts)
    write(folder / "metrics.json", metrics)
    write(folder / "environment.json", {"written_at": "2026-11-30T01:02:03+00:00"})
    write(folder / "intervals.json", {f"{name}/doc@1": {"n": 394} for name in sets})
    if asked:
        (folder / "per_question").mkdir()
    return folder


def by_name(*paths: Path) -> dict[str, Figures]:
    return {each.name: each for each in collect(paths)}


def test_a_run_gives_quality_and_abstention(tmp_path: Path) -> None:
    run = run_of(
        tmp_path,
        {
            "newsqa/doc@1": 0.79412,
            "newsqa/bm25:doc@1": 0.71,
            "newsqa/rrf:doc@1": 0.759,
            "newsqa/auroc": 0.914,
            "newsqa-unread/doc@1": 0.7941,
        },
    )

    found = by_name(run)

    assert set(found) == {"quality", "abstention"}
    assert found["quality"].commands == ("onrecord eval run newsqa newsqa@unread --data DATA",)
    assert found["quality"].date == "2026-11-30"
    assert found["quality"].measures["newsqa/best_baseline:doc@1"] == 0.759
    assert "| newsqa, 394 | .794 (.794) |" in TABLES["quality"](found["quality"].measures)
    assert found["abstention"].measures == {"newsqa/auroc": 0.914}


def test_attribution_is_taken_from_its_own_folder(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"gum/he_she_right": 0.91, "gum/megabytes": 120.0}, asked=False)

    [found] = collect([run])

    assert (found.name, found.measures) == ("attribution", {"gum/he_she_right": 0.91})


def test_the_reader_alone_counts_for_abstention(tmp_path: Path) -> None:
    printed: dict[str, Any] = {
        "set": "squad2-cross-fitted",
        "thresholds": {},
        "all": {"questions": 9, "answerable_f1": 0.751, "f1": 0.603},
    }

    [found] = collect([write(tmp_path / "reading.json", printed)])

    assert found.name == "abstention"
    assert found.measures["squad2-cross-fitted/f1"] == 0.603
    assert "--cross-fit" in found.commands[0]


def test_several_benchmarks_of_one_archive_give_a_range(tmp_path: Path) -> None:
    slower = BENCH | {"p50_ms": {"total": 105.0}}
    paths = [write(tmp_path / "a.json", BENCH), write(tmp_path / "b.json", slower)]

    [found] = collect(paths)
    table = TABLES["speed"](found.measures)

    assert found.measures["8,200 articles/p50_ms"] == [100.4, 105.0]
    assert "| ask, p50 | 100 to 105 ms |" in table
    assert "| ask in a new process | 1.0 s |" in table
    assert "build" not in table


def test_peers_are_taken_with_versions_and_intervals(tmp_path: Path) -> None:
    wide = {"mean": 1.26, "low": 1.2, "high": 1.33, "pairs": 3}
    system = {"passages": 1300, "index_seconds": [50.0, 40.0, 48.0], "search_p50_ms": [14.0]}
    peers = {
        "articles": 120,
        "systems": [
            system | {"name": "onrecord", "versions": {"onrecord": "0.2.0"}},
            system | {"name": "haystack", "versions": {"haystack-ai": "3.4.1", "torch": "2.13"}},
            system | {"name": "plain", "versions": {"sentence-transformers": "6.2.0"}},
        ],
        "comparisons": [
            {"peer": "haystack", "build": wide, "build_without_statements": wide, "search": wide},
            {"peer": "plain", "build": wide | {"low": None, "high": None}, "search": wide},
        ],
    }

    [found] = collect([write(tmp_path / "peers.json", {"peers": peers})])
    rows = TABLES["peers"](found.measures).splitlines()[2:]

    assert found.commands == ("onrecord bench ARTICLES --part peers",)
    assert rows[0] == "| onrecord 0.2.0, 120 articles | 2.50 | 14 ms |  |  |  |  |"
    wide_cell = "1.26 [1.20, 1.33]"
    assert rows[1].startswith("| haystack 3.4.1, 120 articles | 2.50 | 14 ms |")
    assert rows[1].count(wide_cell) == 3
    assert "| plain (sentence-transformers 6.2.0), 120 articles |" in rows[2]
    assert "| 1.26 |  |  | 1.26 [1.20, 1.33] |" in rows[2]


def test_one_file_may_hold_speed_and_peers(tmp_path: Path) -> None:
    peers = {"articles": 1, "systems": [], "comparisons": []}
    system = {"name": "plain", "versions": {"x": "1"}, "index_seconds": [1.0]}
    peers["systems"] = [system | {"search_p50_ms": [1.0]}]

    found = by_name(write(tmp_path / "both.json", BENCH | {"peers": peers}))

    assert set(found) == {"speed", "peers"}


def test_any_other_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no output of"):
        collect([write(tmp_path / "other.json", {"set": "x"})])
