"""Leaves out candidates of another year, of another measure, and lists where one name is asked for.

Says so in words, where that leaves none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.calendar import day_words
from index.language.verbs.tense import HAPPENED
from index.text.line_shapes import TEASER
from rag.answering.order.account import Account, is_later
from rag.answering.order.later import may_yet_happen
from rag.answering.order.measures import asked_frame, is_measured_otherwise
from rag.answering.order.named import (
    is_one_of_many,
    lacks_the_name,
    must_be_named,
    nameless,
    tells_nothing_of_it,
    wants_one_name,
)
from rag.answering.order.years import asked_years, is_of_another_year
from rag.query.query import Query
from rag.reading.evidence import Evidence, with_leads
from rag.replies import RefusalReason

_ASKS = re.compile(r"\?[”\"’')]*\s*\Z")
_TELLS_BY_ASKING = re.compile(r"\bdid you know\b", re.IGNORECASE)


def on_the_point(query: Query, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Those with the measure or the deed asked for, where one is; leads are over each other.

    A sentence without a score throws no doubt on the score that stands behind it.
    """
    frame = asked_frame(query)
    if not frame and not must_be_named(query):
        return ranked
    kept = [
        each
        for each in _read(ranked)
        if not is_measured_otherwise(frame, account := Account(query, each))
        and not tells_nothing_of_it(account)
    ]
    if len(kept) == 1:
        return [replace(kept[0], lead=max(0.0, kept[0].lead))]
    return with_leads(kept)


def admissible_accounts(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those of the year, the measure and the number of people that are asked for."""
    years, frame, one = asked_years(query), asked_frame(query), wants_one_name(query)
    named = must_be_named(query)
    evidence = [each for each in evidence if not _answers_nothing(query, each.sentence)]
    if not (years or frame or one or named or HAPPENED.search(query.text)):
        return evidence
    accounts = [Account(query, each) for each in _read(evidence)]
    expected = accounts[0] if accounts and may_yet_happen(query, accounts[0]) else None
    return [
        each.evidence
        for each in accounts
        if not (expected and _tells_less(each, expected))
        and not is_of_another_year(years, each)
        and not (one and (is_one_of_many(each) or nameless(each) == 1))
        and not (named and lacks_the_name(each))
        and not may_yet_happen(query, each)
    ]


def _read(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Where any was read, an unread one answers no better."""
    return [each for each in evidence if each.reading] or evidence


def _answers_nothing(query: Query, sentence: str) -> bool:
    """Whether it only promises to tell, or asks itself; somebody's words may be a question."""
    asks = _ASKS.search(sentence) and not _TELLS_BY_ASKING.search(sentence)
    return bool(TEASER.search(sentence) or (asks and not query.about_speech))


def _tells_less(account: Account, expected: Account) -> bool:
    """Whether it cannot be the outcome of what the other one expects."""
    return account.held < expected.held or not is_later(account, expected)


def otherwise(query: Query, ranked: Sequence[Evidence]) -> tuple[RefusalReason, str] | None:
    """Why the nearest evidence may not answer, where its year, measure or list is the reason."""
    nearest, years, frame = Account(query, ranked[0]), asked_years(query), asked_frame(query)
    if is_of_another_year(years, nearest) and nearest.told_at:
        asked = " or ".join(sorted(years))
        return RefusalReason.OUTSIDE_DATES, (
            f"Nothing found for this is of {asked}; the nearest article is from "
            f"{day_words(nearest.told_at)}."
        )
    if frame and is_measured_otherwise(frame, nearest):
        return RefusalReason.NO_EVIDENCE, f"No sentence found for this gives {frame.name}."
    if may_yet_happen(query, nearest):
        told = f", on {day_words(nearest.told_at)}" if nearest.told_at else ""
        return RefusalReason.NO_EVIDENCE, f"The nearest only tells what was expected{told}."
    if wants_one_name(query) and is_one_of_many(nearest):
        return RefusalReason.NO_EVIDENCE, "The nearest sentence names several, not the one."
    if must_be_named(query) and (lacks_the_name(nearest) or tells_nothing_of_it(nearest)):
        return RefusalReason.NO_EVIDENCE, "No sentence found for this gives a name."
    return None
