"""All sentences that answer a question, and in how many articles: each is told once.

A sentence qualifies if it would be the answer were it the only one: it may be given at all, is as
sure as an answer must be, was read, and has the kind of thing and the words of the question that
the best one has. Of one story only the article found is read, so wire copies are folded; the same
words elsewhere count once too.
"""

from collections.abc import Iterable, Sequence

from index.language.terms import STOP_TERMS, analyze
from rag.answering.agreement import may_stand_beside, says_the_same, short_words
from rag.answering.candidates import AnswerCandidates, StoryComparison
from rag.answering.confidence import confidence_alone
from rag.answering.quoting.explanation import explains_nothing
from rag.answering.short_answer import restates
from rag.query.names import some_form
from rag.query.query import Query
from rag.reading.evidence import Evidence

MARGIN = 0.45
"""A sentence this far below the best is not counted."""
LEAST_ODDS, LEAST_ODDS_OF_KNOWN = -3.0, -6.0
"""The reader's log odds of a sentence that counts; and of one with the best one's short answer, or
that is shown as what another story says."""
LEAST_SHARE = 0.8
"""Of the question's words that the best sentence has, so many must another have."""
BAND = 0.2
"""Scores that differ by less are about as relevant; then the newest is first."""
SAME = 0.8
"""Share of the words of two sentences from which they tell the same."""


def qualifying(
    candidates: AnswerCandidates, stories: StoryComparison, *, min_confidence: float
) -> tuple[Evidence, ...]:
    """The best first, the others by relevance in steps of `BAND`, then the newest first.

    `stories` are the candidates compared with the best one.
    """
    query, best = candidates.query, candidates.best
    compared = {id(each) for each in (*stories.agreeing, *stories.differing)}
    found = [
        each
        for each in candidates.evidence[1:]
        if _is_read(best, each, LEAST_ODDS_OF_KNOWN)
        and (id(each) in compared or _qualifies(query, best, each))
        and confidence_alone(query, each) >= min_confidence
    ]
    return tuple(_in_order(_told_once([best, *found])))


def _qualifies(query: Query, best: Evidence, evidence: Evidence) -> bool:
    if best.score - evidence.score > MARGIN:
        return False
    if restates(query, evidence) or explains_nothing(query, evidence):
        return False
    words = short_words(query, best)
    if words and not may_stand_beside(query, best, evidence):
        return False
    asked = LEAST_SHARE * len(_asked_words(query, best))
    if len(_asked_words(query, evidence)) < asked:
        return False
    known = says_the_same(words, short_words(query, evidence))
    return known or _is_read(best, evidence, LEAST_ODDS)


def _is_read(best: Evidence, evidence: Evidence, least: float) -> bool:
    """Whether the reader finds an answer with these log odds; True if it read nothing."""
    if best.reading is None:
        return True
    return evidence.reading is not None and evidence.reading.odds >= least


def _asked_words(query: Query, evidence: Evidence) -> list[str]:
    """Those of the question that its sentence has."""
    held = frozenset(analyze(evidence.sentence))
    return [term for term in query.content if some_form(term, held)]


def _told_once(evidence: Iterable[Evidence]) -> list[Evidence]:
    kept: list[tuple[Evidence, frozenset[str]]] = []
    for each in evidence:
        terms = frozenset(analyze(each.sentence)) - STOP_TERMS
        if not any(_same(terms, other) for _, other in kept):
            kept.append((each, terms))
    return [each for each, _ in kept]


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)


def _in_order(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    best, *others = evidence
    return [best, *sorted(others, key=lambda each: (_band(best, each), _age(each)))]


def _band(best: Evidence, evidence: Evidence) -> int:
    return int((best.score - evidence.score) / BAND)


def _age(evidence: Evidence) -> float:
    published = evidence.article.published_at
    return -published.timestamp() if published else float("inf")
