"""Run folders written by hand, as `onrecord eval run` leaves them."""

import json
from collections.abc import Mapping
from pathlib import Path


def run_folder(
    folder: Path,
    per_question: Mapping[str, Mapping[str, float]],
    *,
    dataset: str = "town",
    hash: str = "same",  # noqa: A002  the name it has in datasets.json
    aggregate: Mapping[str, float] | None = None,
    clusters: Mapping[str, str] | None = None,
) -> Path:
    """Of one set; `metrics.json` holds the means beside `aggregate`."""
    means = {m: sum(v.values()) / len(v) for m, v in per_question.items() if v}
    metrics = {f"{dataset}/{m}": value for m, value in {**means, **(aggregate or {})}.items()}
    _write(folder / "metrics.json", metrics)
    _write(folder / "datasets.json", {dataset: {"hash": hash}})
    _write(folder / "per_question" / f"{dataset}.json", per_question)
    if clusters is not None:
        _write(folder / "clusters.json", {dataset: clusters})
    return folder


def by_id(*values: float) -> dict[str, float]:
    """Question q0, q1, ... -> value."""
    return {f"q{i}": value for i, value in enumerate(values)}


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")
