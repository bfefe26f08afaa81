"""How probably a sentence answers: a logistic regression for what was read, one for what was not.

Fitted by `training/fit_confidence.py` on one half of newsqa's questions; what each is worth on the
other half, and at which threshold, stands in eval/LOG.md.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.agreement import agree
from rag.answering.short_answer import short_answer
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article
from rag.reading.sentence_ranker import MAX_LOG_ODDS
from rag.reading.spans import UNSEEN

INTERCEPT = -6.965
WEIGHTS = (6.621, 4.069, 0.003, 3.086, -0.479, 0.084)
"""Of `signals`, in their order."""
AGREEING = 0.1
"""For each other story, set by hand: newsqa, of one outlet, cannot tell."""
FARTHEST = 0.5
"""How far ahead of the next sentence counts."""
MOST_NAMES, MOST_WORDS, MOST_AGREEING = 2, 12, 2
COMPARED = 5
"""Other articles that may give the same short answer."""
UNREAD_INTERCEPT, UNREAD_COVERAGE, UNREAD_DENSE = -5.29, 3.45, 3.80


def confidence(query: Query, ranked: Sequence[Evidence]) -> float:
    """An estimated probability in (0, 1) that the first of these sentences answers."""
    first = ranked[0]
    if first.reading is None:
        logit = UNREAD_INTERCEPT + UNREAD_COVERAGE * first.coverage
        logit += UNREAD_DENSE * first.hit.dense
    else:
        weighed = zip(WEIGHTS, signals(query, ranked), strict=True)
        logit = INTERCEPT + sum(weight * value for weight, value in weighed)
        logit += AGREEING * agreeing(query, ranked)
    return 1 / (1 + math.exp(-logit))


def by_itself(query: Query, evidence: Evidence) -> float:
    """The same of a sentence as if no other had come before it, and none agreed with it."""
    return confidence(query, [replace(evidence, lead=0.0)])


def signals(query: Query, ranked: Sequence[Evidence]) -> tuple[float, ...]:
    """Of the first of these sentences, best first.

    What the passage is worth, its cosine, the reader's log odds, and the lead over the next
    sentence; the names in the question, which lift a passage's worth whether it answers or not; the
    words of the short answer.
    """
    first = ranked[0]
    short = short_answer(query, first)
    odds = first.reading.odds if first.reading else UNSEEN
    said = short.of(first.article.text).split() if short else ()
    return (
        first.hit.score,
        first.hit.dense,
        max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, odds)),
        max(-FARTHEST, min(FARTHEST, first.lead)),
        min(MOST_NAMES, len(query.names)),
        min(MOST_WORDS, len(said)),
    )


def agreeing(query: Query, ranked: Sequence[Evidence]) -> int:
    """The articles of other stories that give the same short answer as the first sentence."""
    first, *others = one_per_article(ranked)
    same = (agree(query, first, each) is True for each in others[:COMPARED])
    return min(MOST_AGREEING, sum(same))
