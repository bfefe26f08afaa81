"""Learn the weights of hybrid retrieval, the reranker, the sentence ranker and the last order.

    python -m training.fit_ranking newsqa onestopqa realtimeqa@as-of polnear \
        --data ../shared/data/qa --features ../features

In four steps, each over the scores of the one before: passages by retrieval and words, sentences
without and with the reader, and the passages again by what was read in them. Questions are split
in five parts by their gold article; weights learnt on four parts of all sets are judged on the
fifth, and beside them the weights that ship. The weights printed are learnt on everything.
Listwise softmax over the candidates (ListNet, Cao et al. 2007), no negative weights, every set
with the same total weight. The indexes are those of `onrecord eval run`.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.runs.index_cache import default_cache
from eval.scoring.statistics import difference, interval
from rag.reading import passage_order, sentence_ranker
from rag.retrieval import reranker
from rag.retrieval.hybrid import DENSE, FRESH, LEAD, LEXICAL
from training.listwise import RankedList, Vector, fitted
from training.ranking_features import (
    FOLDS,
    PASSAGE,
    READ,
    SENTENCE,
    RankedCase,
    ranked_cases,
)

PENALTY = 1e-3
ORDER = ("passage", *passage_order.SHARES)
PARTS = ("passage", "unread", "read", "order")


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Of all four steps. Those of the passages and of the order sum to 1."""

    passage: Vector
    unread: Vector
    """Of sentences, that of their passage is 1."""
    read: Vector
    order: Vector


def shipped() -> RankingWeights:
    """What the service uses."""
    known = {"retrieved": LEXICAL + DENSE + LEAD, "date": FRESH, **reranker.WEIGHTS}
    shares = passage_order.SHARES
    return RankingWeights(
        np.array([known[name] for name in PASSAGE]),
        np.array([*sentence_ranker.UNREAD_WEIGHTS.values()]),
        np.array([*sentence_ranker.READ_WEIGHTS.values()]),
        np.array([1 - sum(shares.values()), *shares.values()]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--features", type=Path, required=True, help="where signals are stored")
    parser.add_argument("--reader", type=Path, help="its folder; without it, the bundled one")
    parser.add_argument("--keep", nargs="*", choices=PARTS, default=[], help="as they ship")
    arguments = parser.parse_args()
    cases = [
        case
        for name in arguments.sets
        for case in ranked_cases(
            name,
            arguments.data,
            cache=arguments.cache,
            reader=arguments.reader,
            stored=arguments.features,
        )
    ]
    report(cases, arguments.keep)


def report(cases: Sequence[RankedCase], keep: Sequence[str]) -> None:
    """Print the measures of weights learnt on other parts, then the weights learnt on all."""
    everything = learnt(cases, keep)
    by_fold = [learnt([case for case in cases if case.fold != fold], keep) for fold in range(FOLDS)]
    for dataset in dict.fromkeys(case.dataset for case in cases):
        of_set = [case for case in cases if case.dataset == dataset]
        now = [judge(case, shipped()) for case in of_set]
        crossed = [judge(case, by_fold[case.fold]) for case in of_set]
        full = [judge(case, everything) for case in of_set]
        print(f"{dataset}, {len(of_set)} questions")
        for name in now[0]:
            columns = [[float(each[name]) for each in part] for part in (now, crossed, full)]
            print(f"  {name:18} {_figures(columns, [case.cluster for case in of_set])}")
    for part in PARTS:
        names = {"passage": PASSAGE, "unread": SENTENCE, "read": READ, "order": ORDER}[part]
        weights = getattr(everything, part).round(3).tolist()
        print(part, dict(zip(names, weights, strict=True)))


def _figures(columns: Sequence[Sequence[float]], clusters: Sequence[str]) -> str:
    """As it ships, cross-fitted with its difference to that, and fitted on everything."""
    now, crossed, full = columns
    sure, moved = interval(now, clusters), difference(now, crossed, clusters)
    return (
        f"ships {sure.value:.3f} [{sure.low:.3f}, {sure.high:.3f}]  "
        f"cross-fitted {np.mean(crossed):.3f} ({moved.value:+.3f} [{moved.low:+.3f}, "
        f"{moved.high:+.3f}])  on all {np.mean(full):.3f}"
    )


def learnt(cases: Sequence[RankedCase], keep: Sequence[str] = ()) -> RankingWeights:
    """Step by step; `keep` names steps whose weights stay as they ship."""
    weights = shipped()
    if "passage" not in keep:
        lists = [RankedList(c.dataset, c.passages, (c.holds, c.relevant)) for c in cases]
        passage = _fitted(lists)
        weights = replace(weights, passage=passage / passage.sum())
    for part, columns in (("unread", len(SENTENCE)), ("read", len(READ))):
        if part not in keep:
            found = [(case.dataset, *sentences(case, weights.passage)) for case in cases]
            learnt_on = [RankedList(name, x[:, :columns], (right,)) for name, x, right in found]
            fresh = _fitted(learnt_on)
            weights = replace(weights, **{part: fresh / (fresh[SENTENCE.index("passage")] or 1.0)})
    if "order" not in keep:
        lists = [
            RankedList(case.dataset, order(case, weights), (case.holds, case.relevant))
            for case in cases
        ]
        last = _fitted(lists)
        weights = replace(weights, order=last / last.sum())
    return weights


def _fitted(lists: Sequence[RankedList]) -> Vector:
    width = lists[0].signals.shape[1]
    return fitted(lists, penalty=PENALTY, start=np.full(width, 0.5))


def sentences(case: RankedCase, passage: Vector) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The sentences of the first passages; one that two passages share counts with the better."""
    scores = case.passages @ passage
    rank = np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
    signals = case.sentences.copy()
    signals[:, SENTENCE.index("passage")] = scores[case.passage_of]
    first: dict[tuple[str, int], int] = {}
    for row in np.argsort(rank[case.passage_of], kind="stable").tolist():
        if rank[case.passage_of[row]] < sentence_ranker.PASSAGES_RANKED:
            first.setdefault((case.articles[case.passage_of[row]], case.starts[row]), row)
    rows = list(first.values())
    return signals[rows], case.answers[rows]


def order(case: RankedCase, weights: RankingWeights) -> NDArray[np.float64]:
    """(n, len(ORDER)): the signals by which passages are ordered after reading."""
    scores = case.passages @ weights.passage
    signals = case.sentences.copy()
    signals[:, SENTENCE.index("passage")] = scores[case.passage_of]
    best = np.full(len(scores), -np.inf)
    np.maximum.at(best, case.passage_of, signals @ weights.read)
    found = passage_order.order_signals(
        case.articles.tolist(),
        [None if np.isnan(odds) else float(odds) for odds in case.odds],
        best.tolist(),
    )
    return np.array(
        [[score, *each.values()] for score, each in zip(scores, found, strict=True)]
    ).reshape(len(scores), len(ORDER))


def judge(case: RankedCase, weights: RankingWeights) -> Mapping[str, bool]:
    """The measures of one question, as a run has them."""
    ranked = np.argsort(-(order(case, weights) @ weights.order), kind="stable")
    documents = list(dict.fromkeys(case.articles[ranked].tolist()))
    right = set(case.articles[case.relevant].tolist())
    signals, answers = sentences(case, weights.passage)
    best = np.argsort(-(signals @ weights.read), kind="stable")
    unread = np.argsort(-(signals[:, : len(SENTENCE)] @ weights.unread), kind="stable")
    return {
        "doc@1": bool(right & set(documents[:1])),
        "doc@5": bool(right & set(documents[:5])),
        "ev@1": bool(case.holds[ranked[:1]].any()),
        "ev@5": bool(case.holds[ranked[:5]].any()),
        "sentence@1": bool(answers[best[:1]].any()),
        "sentence@3": bool(answers[best[:3]].any()),
        "unread sentence@1": bool(answers[unread[:1]].any()),
    }


if __name__ == "__main__":
    main()
