"""Choose the constants of `rag/read.py` and `rag/decide.py`, and print what they are worth.

    python training/fit_reading.py --data ../shared/data --cache /tmp/onrecord-fit

Development questions of newsqa and onestopqa are halved by a hash of their gold article: one half
chooses (a small grid for the reader, logistic regression for the confidence), the other is only
measured. Withheld and foreign questions of newsqa, which nothing may answer, are halved alike.
"""

import argparse
import gzip
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.documents import Article
from rag import read as reading
from rag.asking import term_weights
from rag.assemble import Service, open_service
from rag.question import Query
from rag.read import Evidence, read
from rag.retrieve import Hit
from rag.settings import ServiceSettings

SETS = ("newsqa", "onestopqa")
GRID = [0.0, 0.1, 0.2, 0.35, 0.5, 0.75]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what retrieval brought; `gold` maps article ids to ranges."""

    question: Query
    gold: Mapping[str, Sequence[tuple[int, int]]]
    answerable: bool
    chooses: bool
    hits: Sequence[Hit]
    articles: Mapping[Hit, Article]
    weights: Mapping[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    cases = {
        name: list(_cases(arguments.data / "qa" / name, arguments.cache / name)) for name in SETS
    }
    _print_retrieval(cases)
    everything = [case for group in cases.values() for case in group if case.answerable]
    best = max(itertools.product(GRID, repeat=2), key=lambda w: _first(everything, w, chooses=True))
    print(f"reader: around {best[0]}, retrieval {best[1]} for a sentence's own 1.0")
    for name, group in cases.items():
        answerable = [case for case in group if case.answerable]
        print(
            f"gold sentence first, {name}: "
            f"chosen half {_first(answerable, best, chooses=True):.3f}, "
            f"other half {_first(answerable, best, chooses=False):.3f}, "
            f"own words only {_first(answerable, (0.0, 0.0), chooses=False):.3f}"
        )
    _fit_confidence(cases["newsqa"], best)


def _cases(folder: Path, cache: Path) -> Iterator[Case]:
    service = open_service(ServiceSettings(data=cache))
    service.add(_articles(folder), progress=lambda *_: None)
    for record in _records(folder):
        yield _case(service, record)


def _articles(folder: Path) -> Iterator[Article]:
    with gzip.open(folder / "corpus.jsonl.gz", "rt") as file:
        for line in file:
            record = json.loads(line)
            yield Article(id=record["_id"], title=record["title"], text=record["text"])


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("queries*.jsonl")):
        yield from map(json.loads, path.read_text().splitlines())


def _case(service: Service, record: dict[str, Any]) -> Case:
    trace = service.trace(record["text"])
    first = trace.hits[: reading.PASSAGES_READ]
    gold: dict[str, list[tuple[int, int]]] = {}
    spans = record.get("evidence") or record["answers"]
    for span in spans:
        gold.setdefault(span["doc_id"], []).append((span["start"], span["end"]))
    place = record.get("gold_doc") or (spans[0]["doc_id"] if spans else record["_id"])
    return Case(
        question=trace.query,
        gold=gold,
        answerable=record.get("answerable", True),
        chooses=zlib.crc32(str(place).encode()) % 2 == 0,
        hits=trace.hits,
        articles={
            hit: service.archive.article(hit.passage.article_id, hit.passage.revision)
            for hit in first
        },
        weights=term_weights(trace.generation, trace.query.content),
    )


def _print_retrieval(cases: Mapping[str, Sequence[Case]]) -> None:
    for name, group in cases.items():
        asked = [case for case in group if case.answerable]
        rows = {
            "doc@1": [case.hits[0].passage.article_id in case.gold for case in asked],
            "ev@1": [_held(case, 1) for case in asked],
            "ev@5": [_held(case, 5) for case in asked],
        }
        print(name, len(asked), {key: round(float(np.mean(row)), 3) for key, row in rows.items()})


def _held(case: Case, k: int) -> bool:
    """Whole gold evidence inside one of the first k passages."""
    return any(
        hit.passage.span.start <= start and end <= hit.passage.span.end
        for hit in case.hits[:k]
        for start, end in case.gold.get(hit.passage.article_id, ())
    )


def _ranked(case: Case, weights: tuple[float, float]) -> list[Evidence]:
    reading.SENTENCE, reading.AROUND, reading.RETRIEVAL = 1.0, *weights
    return read(
        case.question, case.hits, article_of=case.articles.__getitem__, weights=case.weights
    )


def _right(case: Case, evidence: Evidence) -> bool:
    """The sentence overlaps a gold range."""
    return any(
        start < evidence.span.end and evidence.span.start < end
        for start, end in case.gold.get(evidence.article.id, ())
    )


def _first(cases: Sequence[Case], weights: tuple[float, float], *, chooses: bool) -> float:
    asked = [case for case in cases if case.chooses is chooses]
    ranked = [(case, _ranked(case, weights)) for case in asked]
    return float(np.mean([bool(found) and _right(case, found[0]) for case, found in ranked]))


def _fit_confidence(cases: Sequence[Case], weights: tuple[float, float]) -> None:
    rows, right, answerable, chooses = [], [], [], []
    for case in cases:
        ranked = _ranked(case, weights)
        if not ranked:
            continue
        rows.append([ranked[0].coverage, ranked[0].hit.dense])
        right.append(_right(case, ranked[0]))
        answerable.append(case.answerable)
        chooses.append(case.chooses)
    features, correct, half = np.array(rows), np.array(right), np.array(chooses)
    model = LogisticRegression(C=100).fit(features[half], correct[half])
    print("intercept, coverage, dense:", model.intercept_.round(2), model.coef_.round(2))
    scores = model.predict_proba(features)[:, 1]
    for name, part in (("chosen", half), ("other", ~half)):
        known = np.array(answerable)[part]
        print(
            f"{name} half, n={part.sum()}: AUROC "
            f"right {roc_auc_score(correct[part], scores[part]):.3f}, "
            f"answerable {roc_auc_score(known, scores[part]):.3f}"
        )
        for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
            given = scores[part] >= threshold
            print(
                f"  threshold {threshold}: answers {given[known].mean():.2f} of answerable, "
                f"{given[~known].mean():.2f} of unanswerable, "
                f"right {correct[part][given].mean():.2f}"
            )


if __name__ == "__main__":
    main()
