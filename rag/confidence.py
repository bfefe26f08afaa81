"""How probably a sentence answers: a logistic regression for what was read, one for what was not.

Fitted by `training/fit_confidence.py` on one half of newsqa's questions; what each is worth on the
other half, and at which threshold, stands in eval/LOG.md.
"""

import math

from rag.read import SUREST, Evidence
from rag.spans import NOTHING

INTERCEPT, PASSAGE, DENSE, ODDS, AHEAD = -5.950, 6.170, 2.451, 0.020, 3.036
FARTHEST = 0.5
"""How far ahead of the next sentence counts."""
UNREAD_INTERCEPT, UNREAD_COVERAGE, UNREAD_DENSE = -5.29, 3.45, 3.80


def confidence(evidence: Evidence) -> float:
    """An estimated probability in (0, 1) that the sentence answers."""
    if evidence.reading is None:
        logit = UNREAD_INTERCEPT + UNREAD_COVERAGE * evidence.coverage
        logit += UNREAD_DENSE * evidence.hit.dense
    else:
        weighed = zip((PASSAGE, DENSE, ODDS, AHEAD), signals(evidence), strict=True)
        logit = INTERCEPT + sum(weight * value for weight, value in weighed)
    return 1 / (1 + math.exp(-logit))


def signals(evidence: Evidence) -> tuple[float, float, float, float]:
    """What the passage is worth, its cosine, the reader's log odds, and the lead over the next."""
    odds = evidence.reading.odds if evidence.reading else NOTHING
    return (
        evidence.hit.score,
        evidence.hit.dense,
        max(-SUREST, min(SUREST, odds)),
        max(-FARTHEST, min(FARTHEST, evidence.ahead)),
    )
