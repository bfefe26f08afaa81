"""Leaves out candidates of another year, of another measure, and lists where one name is asked for.

Says so in words, where that leaves none.
"""

from collections.abc import Sequence

from index.language.calendar import day_words
from rag.answering.order.account import Account
from rag.answering.order.measures import asked_frame, is_measured_otherwise
from rag.answering.order.named import is_one_of_many, nameless, wants_one_name
from rag.answering.order.years import asked_years, is_of_another_year
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.replies import RefusalReason


def admissible_accounts(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those of the year, the measure and the number of people that are asked for."""
    years, frame, one = asked_years(query), asked_frame(query), wants_one_name(query)
    if not years and frame is None and not one:
        return list(evidence)
    read = any(each.reading for each in evidence)  # then an unread sentence answers no better
    accounts = [Account(query, each) for each in evidence if each.reading or not read]
    return [
        each.evidence
        for each in accounts
        if not is_of_another_year(years, each)
        and not is_measured_otherwise(frame, each)
        and not (one and (is_one_of_many(each) or nameless(each) == 1))
    ]


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
    if wants_one_name(query) and is_one_of_many(nearest):
        return RefusalReason.NO_EVIDENCE, "The nearest sentence names several, not the one."
    return None
