"""How probably a sentence answers: a logistic regression for what was read, one for what was not.

Fitted by `training/fit_confidence.py` on newsqa, which has one outlet and unanswerable questions,
and on realtimeqa, which has many outlets, as of the day of each question and of a month before;
`eval/LOG.md` has what a fit on one half is worth on the other, and at which threshold.
"""

import math
from dataclasses import replace

from rag.answering.quoting.explanation import explains_nothing
from rag.answering.short_answer import restates, short_answer
from rag.guarantee.guarantee import recipe_of
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.reading.reader import reader_files
from rag.reading.sentence_ranker import MAX_LOG_ODDS
from rag.reading.spans import UNSEEN

INTERCEPT = -5.173
SIGNALS = ("score", "dense", "odds", "lead", "names", "words")
WEIGHTS = (6.885, 1.158, 0.016, 2.439, -0.468, -0.072)
"""Of `signals`, in their order."""
AGREEING = 0.385
"""For each other story that agrees."""
EMPTY = -1.5
"""Where the answer only restates the question, or a reason is asked for and none is given; set by
hand."""
FARTHEST, BEHIND = 0.5, 2.0
"""The largest lead over the next sentence that counts, and how often one below 0 counts.

It is below 0 where a better sentence may not answer; what is left then is seldom right. Set by
hand: newsqa and realtimeqa have six such answers together, two of them right.
"""
MOST_NAMES, MOST_WORDS = 2, 12
UNREAD_INTERCEPT, UNREAD_COVERAGE, UNREAD_DENSE = -5.29, 3.45, 3.80


def confidence(query: Query, evidence: Evidence, *, agreeing: int = 0) -> float:
    """An estimated probability in (0, 1); `agreeing` other stories have the same short answer."""
    if evidence.reading is None:
        logit = UNREAD_INTERCEPT + UNREAD_COVERAGE * evidence.coverage
        logit += UNREAD_DENSE * evidence.hit.dense
    else:
        weighted = zip(WEIGHTS, signals(query, evidence), strict=True)
        logit = INTERCEPT + sum(weight * value for weight, value in weighted)
        logit += AGREEING * agreeing
    if restates(query, evidence) or explains_nothing(query, evidence):
        logit += EMPTY
    return 1 / (1 + math.exp(-logit))


def confidence_alone(query: Query, evidence: Evidence) -> float:
    """The same as if there were no other sentence: neither ahead of it nor agreeing."""
    return confidence(query, replace(evidence, lead=0.0))


def recipe(reader: str) -> str:
    """A hash of all that a confidence is made with; another one means something else."""
    fitted = INTERCEPT, WEIGHTS, AGREEING, EMPTY, FARTHEST, BEHIND, UNREAD_INTERCEPT
    return recipe_of(reader_files(reader), *fitted, UNREAD_COVERAGE, UNREAD_DENSE)


def signals(query: Query, evidence: Evidence) -> tuple[float, ...]:
    """By `SIGNALS`: the passage's score and cosine, the reader's log odds, the lead over the next.

    Then the names in the question, which raise a passage's score whether it answers or not; and
    the words of the short answer.
    """
    short = short_answer(query, evidence)
    odds = evidence.reading.odds if evidence.reading else UNSEEN
    words = short.of(evidence.article.text).split() if short else ()
    return (
        evidence.hit.score,
        evidence.hit.dense,
        max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, odds)),
        _lead(evidence),
        min(MOST_NAMES, len(query.names)),
        min(MOST_WORDS, len(words)),
    )


def _lead(evidence: Evidence) -> float:
    lead = max(-FARTHEST, min(FARTHEST, evidence.lead))
    return lead if lead >= 0 else BEHIND * lead
