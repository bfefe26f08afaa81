"""Whether a candidate tells what kind of thing is asked for: a cause, a date, of whom it is asked.

Each function gives one value in [0, 1] for each account, in their order.
"""

import re
from collections.abc import Sequence

from index.language.calendar import TIME_WORDS, YEAR_IN_ANSWER
from index.language.terms import analyze
from index.language.verbs.causes import ASKS_CAUSE, ASKS_DEATH, CAUSED, CAUSES, DIED_OF
from index.language.verbs.tense import NOW
from rag.answering.agreement import agree
from rag.answering.order.account import Account
from rag.answering.order.named import wants_a_name
from rag.answering.order.tolls import asks_for_a_toll
from rag.query.answer_type import AnswerType
from rag.query.names import some_form
from rag.query.query import Query
from rag.reading.evidence import Evidence, one_per_article

NEAR_CAUSE = 4
"""Words after "due to" that tell what the cause is."""
NEAR_BEST = 0.2
"""Scores below the best from which no agreement brings a candidate to the front."""
MOST_COMPARED, MOST_AGREEING = 8, 3
"""Other articles that are compared, and how many of them count."""
_DATED = re.compile(rf"\b{YEAR_IN_ANSWER}\b|{TIME_WORDS}")


def cause(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it tells what brought it about, or how somebody died, if that is asked."""
    if ASKS_DEATH.search(query.text):
        return [float(bool(DIED_OF.search(each.evidence.sentence))) for each in accounts]
    if ASKS_CAUSE.search(query.text):
        return [float(_tells_cause(query, each.evidence.sentence)) for each in accounts]
    return [0.0] * len(accounts)


def _tells_cause(query: Query, sentence: str) -> bool:
    """False of what came from the thing asked about: "lost sales due to the outage"."""
    due_to = (_follows(query, sentence, match.end()) for match in CAUSED.finditer(sentence))
    caused = (_follows(query, sentence, match.end()) for match in CAUSES.finditer(sentence))
    return not all(due_to) or any(caused)


def consequence(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it tells what the thing asked about caused: "the outage caused delays"."""
    if not ASKS_CAUSE.search(query.text):
        return [0.0] * len(accounts)
    sentences = [each.evidence.sentence for each in accounts]
    return [
        float(_tells_effect(query, each) and not _tells_cause(query, each)) for each in sentences
    ]


def _tells_effect(query: Query, sentence: str) -> bool:
    due_to = any(_follows(query, sentence, match.end()) for match in CAUSED.finditer(sentence))
    return due_to or any(_precedes(query, sentence, match) for match in CAUSES.finditer(sentence))


def _precedes(query: Query, sentence: str, verb: re.Match[str]) -> bool:
    """Whether the words before have one that is asked about; for "triggering", all words before."""
    words = sentence[: verb.start()].split()
    near = words if verb[0].lower().endswith(("ing", "ing to")) else words[-NEAR_CAUSE:]
    return not set(analyze(" ".join(near))).isdisjoint(query.content)


def _follows(query: Query, sentence: str, at: int) -> bool:
    """Whether the next words have one that the question asks about."""
    return not set(analyze(" ".join(sentence[at:].split()[:NEAR_CAUSE]))).isdisjoint(query.content)


def dated(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it gives a day, a month or a year, if a time is asked for."""
    if query.answer_type is not AnswerType.TIME:
        return [0.0] * len(accounts)
    return [float(bool(_DATED.search(each.evidence.sentence))) for each in accounts]


def of_others(query: Query, accounts: Sequence[Account]) -> list[float]:
    """The share of the question's names that its sentence lacks, if another one has them all."""
    if not wants_a_name(query) or not query.names:
        return [0.0] * len(accounts)
    lacking = [_lacking(query, each.evidence.sentence) for each in accounts]
    return lacking if not min(lacking) else [0.0] * len(accounts)


def _lacking(query: Query, sentence: str) -> float:
    """A name is there with any word of it: Griner, for Brittney Griner."""
    held = frozenset(analyze(sentence))
    there = [any(some_form(term, held) for term in analyze(name)) for name in query.names]
    return 1 - sum(there) / len(there)


def agreed(query: Query, accounts: Sequence[Account]) -> list[float]:
    """The share of three other articles whose best sentence gives the same short answer.

    What several outlets tell is seldom what the reader misread in one (Dumais et al. 2002). Not so
    of what changes: most articles tell an earlier toll or a former holder.
    """
    if asks_for_a_toll(query) or NOW.search(query.text):
        return [0.0] * len(accounts)
    evidence = [each.evidence for each in accounts]
    least = max(each.score for each in evidence) - NEAR_BEST
    others = one_per_article(evidence)[:MOST_COMPARED]
    if len(others) < 2:  # noqa: PLR2004 - there is no other article
        return [0.0] * len(accounts)
    return [
        _agreeing(query, each, others) / MOST_AGREEING if each.score >= least else 0.0
        for each in evidence
    ]


def _agreeing(query: Query, evidence: Evidence, others: Sequence[Evidence]) -> int:
    apart = (each for each in others if each.article.id != evidence.article.id)
    return min(MOST_AGREEING, sum(agree(query, evidence, each) is True for each in apart))
