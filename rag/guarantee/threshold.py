"""The least confidence of an answer such that, with 95 % confidence, few answers are wrong.

Whether the answers from some confidence upwards are wrong too often is a hypothesis, tested by the
binomial distribution (the upper limit of Clopper and Pearson 1934). There are several, one for each
confidence that might be chosen, so that the best of them would be chosen too well. They share the
5 %, in a fixed order from the strictest: each has an equal part, and what a rejected one had goes
to the next (the fallback procedure, Wiens 2003). All that are rejected hold together with 95 %
confidence, so any of them may be chosen: this is Learn then Test (Angelopoulos et al. 2021). What
is tested depends on how many answers there are and how sure they were, never on which were right.

A sequence at 5 % each that ends at the first failure would do as well, and promises less: it fails
where a few of the very surest are wrong (eval/LOG.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

DOUBT = 0.05
"""How often, at most, a promise may be broken: once in twenty choices."""
MOST_TESTED = 4
"""Hypotheses: the surest quarter, the surest half and so on. Fewer where there are few answers."""
GRID = tuple(each / 100 for each in range(1, 100))
"""Shares that may be promised."""


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer that was given, how sure it was, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class ConfidenceThreshold:
    """Answers from `least_confidence` upwards are wrong at most `max_wrong` of the time."""

    max_wrong: float
    least_confidence: float
    shown: int
    """Judged answers from there upwards."""
    wrong: int
    """Of these."""
    judged: int
    """All answers it was chosen on."""


def choose(answers: Sequence[JudgedAnswer], max_wrong: float) -> ConfidenceThreshold | None:
    """The lowest threshold that holds `max_wrong`, in (0, 1); None where not even the surest do."""
    chosen, tried = None, _tried(answers, max_wrong)
    handed_on = 0.0
    for each in tried:
        level = DOUBT / len(tried) + handed_on
        rejected = binomial_tail(each.wrong, each.shown, max_wrong) <= level
        handed_on = level if rejected else 0.0
        chosen = each if rejected else chosen
    return chosen


def least_promised(answers: Sequence[JudgedAnswer]) -> ConfidenceThreshold | None:
    """The smallest share in hundredths that can be promised; None where none can.

    To look for it and then use it is to choose too well: it is for messages only.
    """
    return next(filter(None, (choose(answers, share) for share in GRID)), None)


def fewest_wanted(max_wrong: float, wrong: int = 0, *, level: float = DOUBT) -> int:
    """How many answers must be judged to show `max_wrong`, if so many of them are wrong.

    Without a wrong one, the logarithm of .05 over that of what must be right: 29 for a tenth.
    """
    n = math.ceil(math.log(level) / math.log1p(-max_wrong))
    while binomial_tail(wrong, n, max_wrong) > level:
        n += 1
    return n


def binomial_tail(wrong: int, shown: int, share: float) -> float:
    """The probability of at most so many wrong answers, if this share of all is wrong."""
    if share >= 1:
        return float(wrong >= shown)
    whole = math.lgamma(shown + 1)
    return math.fsum(
        math.exp(
            whole
            - math.lgamma(k + 1)
            - math.lgamma(shown - k + 1)
            + k * math.log(share)
            + (shown - k) * math.log1p(-share)
        )
        for k in range(min(wrong, shown) + 1)
    )


def upper_limit(wrong: int, shown: int) -> float:
    """The largest share of wrong answers that so many do not contradict, at 95 % confidence."""
    if wrong >= shown:
        return 1.0
    low, high = wrong / shown, 1.0
    while high - low > 1e-6:  # noqa: PLR2004  less than is ever printed
        middle = (low + high) / 2
        low, high = (middle, high) if binomial_tail(wrong, shown, middle) > DOUBT else (low, middle)
    return high


def _tried(answers: Sequence[JudgedAnswer], max_wrong: float) -> list[ConfidenceThreshold]:
    """From the strictest. Answers that are equally sure are shown together, or none of them."""
    ordered = sorted(answers, key=lambda each: -each.confidence)
    found: dict[float, ConfidenceThreshold] = {}
    for size in _sizes(len(ordered), max_wrong):
        least = ordered[size - 1].confidence
        shown = [each for each in ordered if each.confidence >= least]
        wrong = sum(not each.right for each in shown)
        found[least] = ConfidenceThreshold(max_wrong, least, len(shown), wrong, len(ordered))
    return list(found.values())


def _sizes(judged: int, max_wrong: float) -> list[int]:
    """How many of the surest answers each hypothesis is about; none where all would be too few.

    As many hypotheses as can each be rejected if none of their answers is wrong.
    """
    for parts in range(MOST_TESTED, 0, -1):
        first = math.ceil(judged / parts)
        if first >= fewest_wanted(max_wrong, level=DOUBT / parts):
            return [math.ceil(judged * part / parts) for part in range(1, parts + 1)]
    return []
