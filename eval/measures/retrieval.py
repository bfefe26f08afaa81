"""Whether the right articles and passages are found, and how high. All from 0 to 1, 1 best.

First come the order and the collapsing of duplicates, once, for all measures. Each measure is of
one question, and its average over the questions asked is the figure reported: a missing prediction
is an empty ranking and counts 0, and so does a question without anything relevant, as in trec_eval.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from eval.datasets.questions import Gold
from eval.measures.ranges import inside
from eval.runs.predictions import RankedItem

EVIDENCE: Mapping[str, int] = {"evidence": 1}
"""What is relevant in an `evidence_ranking`: evidence, of which any one stretch is right."""


def in_order(ranked: Sequence[RankedItem]) -> list[RankedItem]:
    """Best score first; ties by article id, then by place in the article."""
    return sorted(ranked, key=lambda each: (-each.score, each.article, each.start, each.end))


def ranking_of(passages: Sequence[RankedItem], group_of: Callable[[str], str]) -> list[str]:
    """Groups of articles in the order of their first passage: copies collapse to the first."""
    return list(dict.fromkeys(group_of(passage.article) for passage in in_order(passages)))


def relevant_of(relevant: Mapping[str, int], group_of: Callable[[str], str]) -> dict[str, int]:
    """The groups that are relevant, each as its best article: copies count as one."""
    grades: dict[str, int] = {}
    for article, grade in relevant.items():
        group = group_of(article)
        grades[group] = max(grade, grades.get(group, grade))
    return grades


def evidence_ranking(passages: Sequence[RankedItem], gold: Sequence[Gold]) -> list[str]:
    """Passages in order, the first to hold a whole gold stretch as "evidence", the rest by place.

    With `EVIDENCE` as what is relevant, every measure below is one at evidence level.
    """
    names = (
        "evidence"
        if _holds_any(passage, gold)
        else f"{passage.article}:{passage.start}:{passage.end}"
        for passage in in_order(passages)
    )
    return list(dict.fromkeys(names))


def success(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 where any of the first k is relevant, else 0: `success` in trec_eval, also "hit rate"."""
    return float(any(_grades(ranking, relevant)[:k]))


def recall(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """The share of what is relevant that is among the first k: `recall` in trec_eval."""
    found = sum(grade > 0 for grade in _grades(ranking, relevant)[:k])
    return _share(found, _relevant(relevant))


def mrr(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 / rank of the first relevant one, 0 past k (Voorhees 1999, TREC-8 question answering)."""
    grades = _grades(ranking, relevant)[:k]
    return next((1 / rank for rank, grade in enumerate(grades, start=1) if grade > 0), 0.0)


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """Discounted gain of the first k over that of the best order (Jarvelin and Kekalainen 2002).

    As `ndcg_cut` in trec_eval: the gain is the grade itself, the discount log2(1 + rank) from the
    first rank on, and the best order is of everything relevant, found or not.
    """
    best = sorted((grade for grade in relevant.values() if grade > 0), reverse=True)
    return _share(_discounted(_grades(ranking, relevant)[:k]), _discounted(best[:k]))


def average_precision(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Precision at each relevant one, averaged over all that is relevant (`map` in trec_eval).

    Over the whole ranking (Buckley and Voorhees 2000); its mean over questions is MAP.
    """
    found, total = 0, 0.0
    for rank, grade in enumerate(_grades(ranking, relevant), start=1):
        if grade > 0:
            found += 1
            total += found / rank
    return _share(total, _relevant(relevant))


def evidence_hit(passages: Sequence[RankedItem], gold: Sequence[Gold], k: int) -> float:
    """1 where one of the first k passages holds a whole gold stretch, else 0.

    Passages, not articles: copies do not collapse here, as each takes up a place.
    """
    return float(any(_holds_any(passage, gold) for passage in in_order(passages)[:k]))


def _holds_any(passage: RankedItem, gold: Sequence[Gold]) -> bool:
    return any(inside(stretch, passage) for stretch in gold)


def _grades(ranking: Sequence[str], relevant: Mapping[str, int]) -> list[int]:
    """The grade at each rank, 0 for what is not relevant; what comes twice counts once."""
    return [max(0, relevant.get(each, 0)) for each in dict.fromkeys(ranking)]


def _relevant(relevant: Mapping[str, int]) -> int:
    return sum(grade > 0 for grade in relevant.values())


def _discounted(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(1 + rank) for rank, grade in enumerate(grades, start=1))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
