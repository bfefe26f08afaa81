"""Whether a candidate has the measure that is asked for: a price is no box-office sum."""

from index.language.measures import FRAMES, LIFELONG, MeasureFrame
from index.language.numbers import amounts
from rag.answering.order.account import Account
from rag.query.query import Query


def asked_frame(query: Query) -> MeasureFrame | None:
    return next((frame for frame in FRAMES if frame.asks.search(query.text)), None)


def is_measured_otherwise(frame: MeasureFrame | None, account: Account) -> bool:
    """Whether its sentence has no such measure, or nothing near it says what is measured."""
    if frame is None:
        return False
    sentence = account.evidence.sentence
    held = any(each.measure in frame.measures for each in amounts(sentence))
    lifelong = "time" in frame.measures and bool(LIFELONG.search(sentence))
    possible = frame.possible and frame.possible.search(sentence)
    return not (held or lifelong) or bool(possible) or not frame.told.search(account.before)
