"""The order of a speaker's statements: features by name, their weights, and what repeats.

A reader wants what is on the topic and certain, in words of the speaker's own, with substance and
recent; then something else, not the same again. Knows no index and no archive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from index.statements import Act, Statement
from rag.statements.ranking.search import ScoredStatement, is_certain, trust_in
from rag.statements.ranking.telling import Idle, Wording, is_mention
from rag.statements.ranking.topic import Shares

WEIGHTS: Mapping[str, float] = {
    "content": 1.7,
    "sentence": 0.7,
    "paragraph": 0.1,
    "verbatim": 2.0,
    "quoted": 1.0,
    "clause": 0.45,
    "substance": 0.9,
    "few_words": -0.3,
    "confidence": 0.75,
    "uncertain": -0.4,
    "age": -0.08,
    "weeks": -0.25,
    "same_verb": 0.5,
    "attitude": -0.4,
    "mention": -0.45,
    "asks": -0.5,
    "idle": -1.5,
}
"""Set by hand; the shares of the topic, confidence and doubt drawn by `training/fit_statements.py`
towards 27 judged statements of nine everyday questions: too few for the other weights.

`content`, `sentence` and `paragraph` are shares of the topic, each word counted where it is best.
"""
ENOUGH_WORDS = 12
"""New content words beyond the question's from which more add nothing."""
FEW_WORDS = 4
OLDEST_YEARS = 6.0
MOST_WEEKS = 8.0
"""As the binary logarithm; age counts so only without a topic."""
WEEKS_A_YEAR = 52.18
SAME_STORY = 0.35
"""Taken off for each statement of the same story that is chosen already, up to two."""
NEAR_REPEAT, REPEATED = 1.5, 0.6
"""Taken off from this share of words that a chosen statement has, of the shorter one's."""
MOST_CHOSEN = 12
"""Chosen one by one; the others follow by their scores."""
FEWEST_COMPARED = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What the features of a statement are made from."""

    shares: Shares
    new_words: float
    """Content words that the question has not."""
    years: float
    """Its age at the time of the question."""
    form: Wording
    on_topic: bool
    """Whether the question has a topic."""
    same_verb: bool = False
    verbatim: bool = False
    asks: bool = False
    idle: Idle | None = None


def features(statement: Statement, facts: Facts) -> dict[str, float]:
    """By the names of `WEIGHTS`, those that are 0 left out."""
    shares = facts.shares if facts.on_topic else Shares()
    found = {
        "content": shares.content,
        "sentence": shares.sentences,
        "paragraph": shares.paragraphs,
        "verbatim": facts.verbatim,
        "quoted": facts.form is Wording.QUOTED,
        "clause": facts.form is Wording.CLAUSE,
        "substance": min(1.0, facts.new_words / ENOUGH_WORDS),
        "few_words": facts.new_words < FEW_WORDS,
        "confidence": trust_in(statement),
        "uncertain": not is_certain(statement),
        "age": min(facts.years, OLDEST_YEARS),
        "weeks": 0.0 if facts.on_topic else _weeks(facts.years),
        "same_verb": facts.same_verb,
        "attitude": statement.act is Act.ATTITUDE,
        "mention": is_mention(statement, facts.form),
        "asks": facts.asks,
        "idle": facts.idle is not None,
    }
    return {name: float(value) for name, value in found.items() if value}


def contributions(found: Mapping[str, float]) -> dict[str, float]:
    """What each feature adds to the score."""
    return {name: WEIGHTS[name] * value for name, value in found.items()}


def matrix(found: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """(n, len(WEIGHTS)): the features of n statements, in the order of `WEIGHTS`."""
    rows = [[each.get(name, 0.0) for name in WEIGHTS] for each in found]
    return np.array(rows, np.float64).reshape(len(rows), len(WEIGHTS))


def by_score(scored: Iterable[ScoredStatement]) -> list[ScoredStatement]:
    """Best first; what answers nothing comes last, however much there is."""
    return sorted(scored, key=lambda each: (_is_idle(each), -each.score, *_place(each)))


def diversified(ordered: Sequence[ScoredStatement]) -> list[ScoredStatement]:
    """Greedy (Carbonell and Goldstein 1998): the next is the best that repeats the least."""
    left, chosen = list(ordered), list[ScoredStatement]()
    taken = dict.fromkeys(map(id, left), 0.0)
    stories: dict[tuple[str, str], int] = {}
    while left and len(chosen) < MOST_CHOSEN:
        best = min(left, key=lambda each: (_is_idle(each), taken[id(each)] - each.score))
        left.remove(best)
        chosen.append(best)
        told = (best.key, best.story)
        stories[told] = stories.get(told, 0) + 1
        for each in left:
            if told == (each.key, each.story) and stories[told] <= 2:  # noqa: PLR2004
                taken[id(each)] += SAME_STORY
            if _repeats(each, best):
                taken[id(each)] += NEAR_REPEAT
    return chosen + left


def _repeats(each: ScoredStatement, other: ScoredStatement) -> bool:
    """Whether most words of the shorter one's content are the other's too."""
    fewest = min(len(each.terms), len(other.terms))
    if each.key != other.key or fewest < FEWEST_COMPARED:
        return False
    return len(each.terms & other.terms) >= REPEATED * fewest


def _is_idle(scored: ScoredStatement) -> bool:
    return "idle" in scored.parts


def _place(scored: ScoredStatement) -> tuple[str, int]:
    return scored.article.id, scored.statement.content[0].start


def _weeks(years: float) -> float:
    return min(MOST_WEEKS, log2(1 + years * WEEKS_A_YEAR))
