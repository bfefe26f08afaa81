"""Whether the answer is right, in words and in place. All from 0 to 1, 1 best.

Each measure is of one question. Any one gold answer is right, so each takes the best over them; a
missing prediction is empty and counts 0.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

from eval.datasets.questions import Gold
from eval.measures.ranges import Range, agree, inside, length, merged, shared
from eval.measures.retrieval import in_order
from eval.runs.predictions import RankedItem

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def normalise(text: str) -> str:
    """As SQuAD does before comparing: lower case, no ASCII punctuation, no articles, one space.

    Punctuation goes without leaving a space ("3.5" is "35"); typographic marks stay, as published.
    """
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(prediction: str, golds: Sequence[str]) -> float:
    """1 where a gold answer is the same once normalised, else 0 (Rajpurkar et al. 2016).

    With no gold answer the right prediction is the empty one (Rajpurkar et al. 2018).
    """
    return float(normalise(prediction) in {normalise(gold) for gold in _comparable(golds)})


def token_f1(prediction: str, golds: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of the words, as a bag (Rajpurkar et al. 2016).

    With no gold answer, 1 for the empty prediction and 0 for any other (Rajpurkar et al. 2018).
    """
    return max(_bag_f1(normalise(prediction), normalise(gold)) for gold in _comparable(golds))


def span_f1(spans: Sequence[Range], gold: Sequence[Gold]) -> float:
    """Harmonic mean of precision and recall of the characters, in place.

    All spans together against one gold stretch, the best. No position is counted twice.
    """
    predicted = merged(spans)
    return max((_place_f1(predicted, stretch) for stretch in gold), default=0.0)


def answer_in_sentence(sentences: Sequence[RankedItem], gold: Sequence[Gold], k: int) -> float:
    """1 where one of the first k sentences holds a whole gold answer, else 0.

    For short answers; for evidence, which may be longer than a sentence, `evidence_in_sentence`.
    """
    first = in_order(sentences)[:k]
    return float(any(inside(answer, each) for each in first for answer in gold))


def evidence_in_sentence(sentences: Sequence[RankedItem], gold: Sequence[Gold], k: int) -> float:
    """1 where one of the first k sentences agrees with gold evidence, else 0.

    They agree when more than half of the shorter of the two lies in the other.
    """
    first = in_order(sentences)[:k]
    return float(any(agree(evidence, each) for each in first for evidence in gold))


def _comparable(golds: Sequence[str]) -> Sequence[str]:
    """Golds with a word in them, or the empty one: SQuAD 2.0 leaves out "the" and "?" too."""
    return [gold for gold in golds if normalise(gold)] or [""]


def _bag_f1(prediction: str, gold: str) -> float:
    """Of normalised strings; where one is empty, whether both are."""
    said, expected = prediction.split(), gold.split()
    if not said or not expected:
        return float(said == expected)
    return _f1((Counter(said) & Counter(expected)).total(), len(said), len(expected))


def _place_f1(predicted: Sequence[Gold], stretch: Gold) -> float:
    return _f1(shared(predicted, [stretch]), length(predicted), length([stretch]))


def _f1(common: int, predicted: int, expected: int) -> float:
    """2PR / (P + R) with P = common / predicted and R = common / expected."""
    return 2 * common / (predicted + expected) if common else 0.0
