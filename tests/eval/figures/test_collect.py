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


def test_any_other_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no output of"):
        collect([write(tmp_path / "other.json", {"set": "x"})])
