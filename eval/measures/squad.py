"""SQuAD 2.0 as its published script scores it, from 0 to 1 instead of in per cent.

Rajpurkar, Jia and Liang 2018. The script's no-answer probability is 1 - confidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.measures.answers import exact_match, token_f1

ALWAYS_ANSWER = 1.0
"""The script's default threshold: no probability is above it, so only empty texts abstain."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was said to one question, the text also where it was held back if there is one."""

    text: str | None
    """Empty for no answer; None where there is no prediction at all, which scores 0."""
    confidence: float
    golds: tuple[str, ...]
    """No gold at all where the question has no answer."""

    @property
    def no_answer(self) -> float:
        return 1.0 - self.confidence


def squad2(attempts: Sequence[Attempt], *, threshold: float = ALWAYS_ANSWER) -> dict[str, float]:
    """Its figures under its names: exact, f1, HasAns_*, NoAns_*, best_exact, best_f1, *_thresh.

    An attempt abstains when its no-answer probability is above the threshold. HasAns and NoAns
    appear where there are such questions; of no attempts at all there are no figures.
    """
    answerable = [attempt for attempt in attempts if attempt.golds]
    unanswerable = [attempt for attempt in attempts if not attempt.golds]
    return {
        **_means("", attempts, threshold),
        **_means("HasAns_", answerable, threshold),
        **_means("NoAns_", unanswerable, threshold),
        **(_best("exact", attempts, exact_match) if attempts else {}),
        **(_best("f1", attempts, token_f1) if attempts else {}),
    }


Score = Callable[[str, Sequence[str]], float]


def _means(prefix: str, attempts: Sequence[Attempt], threshold: float) -> dict[str, float]:
    n = len(attempts)
    if not n:
        return {}
    return {
        f"{prefix}exact": sum(_scored(each, exact_match, threshold) for each in attempts) / n,
        f"{prefix}f1": sum(_scored(each, token_f1, threshold) for each in attempts) / n,
        f"{prefix}total": float(n),
    }


def _scored(attempt: Attempt, score: Score, threshold: float) -> float:
    if attempt.text is None:
        return 0.0
    if attempt.no_answer > threshold:
        return float(not attempt.golds)
    return score(attempt.text, attempt.golds)


def _best(name: str, attempts: Sequence[Attempt], score: Score) -> dict[str, float]:
    """The best mean any threshold brings, and the lowest such one, 0 where abstaining is best.

    As published, each attempt is let through in turn, surest first, equal ones in the order given.
    """
    made = [attempt for attempt in attempts if attempt.text is not None]
    total = best = float(sum(not attempt.golds for attempt in made))
    threshold = 0.0
    for attempt in sorted(made, key=lambda each: each.no_answer):
        total += _gain(attempt, score)
        if total > best:
            best, threshold = total, attempt.no_answer
    return {f"best_{name}": best / len(attempts), f"best_{name}_thresh": threshold}


def _gain(attempt: Attempt, score: Score) -> float:
    """What not abstaining here changes: only a text can be wrong where there is no answer."""
    if attempt.golds:
        return score(attempt.text or "", attempt.golds)
    return -1.0 if attempt.text else 0.0
