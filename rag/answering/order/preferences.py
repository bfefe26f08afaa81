"""Reorders the candidates of one question: the outdated and the nameless give way to others.

Most questions show no sign of this, and keep their order and scores.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.order.account import Account
from rag.answering.order.fitting import agreed, cause, consequence, dated, of_others
from rag.answering.order.later import (
    change,
    current,
    hedged,
    latest_result,
    latest_toll,
    without_toll,
)
from rag.answering.order.measures import asked_frame
from rag.answering.order.named import nameless, names_somebody, wants_a_name
from rag.answering.order.tolls import asks_for_a_toll, toll
from rag.answering.order.years import asked_years, names_another_year
from rag.answering.short_answer import restates
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence, with_leads

WEIGHTS: Mapping[str, float] = {
    "hedged": -0.3,
    "latest_toll": 0.7,
    "without_toll": -0.2,
    "latest_result": 0.25,
    "current": 0.35,
    "change": 0.3,
    "another_year": -0.3,
    "unnamed": -0.25,
    "elsewhere": -0.15,
    "cause": 0.25,
    "consequence": -0.25,
    "dated": 0.35,
    "of_others": -0.25,
    "agreed": 0.18,
}
"""Added to a candidate's score, each times a value in [0, 1]."""
OF_EVENTS = frozenset({AnswerType.AMOUNT, AnswerType.PERSON, AnswerType.TIME, AnswerType.PLACE})
"""What is asked of an event, whose name has to be near the answer."""
MARGIN, TOLL_MARGIN, FOREMOST = 0.6, 0.9, 30
"""Candidates this far below the best, and after so many, are not compared.

A toll is told in passing once an event is days old.
"""


def preferred(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Best first, with new scores and leads where any preference applies; else as given."""
    if not evidence:
        return []
    best = max(each.score for each in evidence)
    margin = TOLL_MARGIN if asks_for_a_toll(query) else MARGIN
    near = [each for each in evidence if best - each.score <= margin][:FOREMOST]
    accounts = [Account(query, each) for each in near]
    found = _preferences(query, accounts)
    if not any(found):
        return list(evidence)
    if any("latest_toll" in parts for parts in found):
        accounts = [Account(query, _with_toll(each)) for each in accounts]
    weighed = [_weighed(each.evidence, parts) for each, parts in zip(accounts, found, strict=True)]
    kept = {id(each) for each in near}
    others = [each for each in evidence if id(each) not in kept]
    ordered = sorted([*weighed, *others], key=lambda each: (restates(query, each), -each.score))
    return with_leads(ordered, beside=_best_left_out(evidence))


def _best_left_out(evidence: Sequence[Evidence]) -> float:
    """The score of the best sentence read, where it may not answer and so is not among these."""
    best = max(each.score - min(0.0, each.lead) for each in evidence)
    return best if all(each.lead < 0 for each in evidence) else -math.inf


def _preferences(query: Query, accounts: Sequence[Account]) -> list[dict[str, float]]:
    """By name, only those that are not 0."""
    years = asked_years(query)
    values = {
        "hedged": hedged(query, accounts),
        "latest_toll": latest_toll(query, accounts),
        "without_toll": without_toll(query, accounts),
        "latest_result": latest_result(query, accounts),
        "current": current(query, accounts),
        "change": change(query, accounts),
        "another_year": [float(names_another_year(years, each)) for each in accounts],
        "unnamed": _unnamed(query, accounts),
        "elsewhere": _elsewhere(query, accounts),
        "cause": cause(query, accounts),
        "consequence": consequence(query, accounts),
        "dated": dated(query, accounts),
        "of_others": of_others(query, accounts),
        "agreed": agreed(query, accounts),
    }
    rows = zip(*values.values(), strict=True)
    return [{name: value for name, value in zip(values, row, strict=True) if value} for row in rows]


def _elsewhere(query: Query, accounts: Sequence[Account]) -> list[float]:
    """The share of the event's names that are not near, if another one has them all."""
    of_event = query.answer_type in OF_EVENTS or asked_frame(query)
    if not of_event or not query.names:
        return [0.0] * len(accounts)
    missing = [each.names_missing for each in accounts]
    return missing if not min(missing) else [0.0] * len(accounts)


def _unnamed(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it names nobody, if another one does and has as many words of the question."""
    if not wants_a_name(query):
        return [0.0] * len(accounts)
    most = max((each.held for each in accounts if names_somebody(each)), default=-1)
    return [nameless(each) if each.held <= most else 0.0 for each in accounts]


def _weighed(evidence: Evidence, values: Mapping[str, float]) -> Evidence:
    parts = {name: WEIGHTS[name] * value for name, value in values.items()}
    return replace(evidence, score=evidence.score + sum(parts.values()), preferences=parts)


def _with_toll(account: Account) -> Evidence:
    """With the toll as what was read in it, where the reader read something else."""
    evidence, found = account.evidence, toll(account)
    if found is None or evidence.reading is None or evidence.reading.answer.touches(found.span):
        return evidence
    return replace(evidence, reading=replace(evidence.reading, answer=found.span))
