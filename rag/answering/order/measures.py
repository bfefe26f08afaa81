"""Whether a candidate has the measure that is asked for: a price is no box-office sum."""

from index.language.measures import (
    FRAMES,
    LIFELONG,
    NO_LENGTH,
    UNCOUNTED_LENGTH,
    MeasureFrame,
)
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
    if frame.form:
        return not frame.form.search(sentence)
    held = _tells_length(sentence) if "time" in frame.measures else _has(frame, sentence)
    possible = frame.possible and frame.possible.search(sentence)
    return not held or bool(possible) or not frame.told.search(account.before)


def _has(frame: MeasureFrame, sentence: str) -> bool:
    return any(each.measure in frame.measures for each in amounts(sentence))


def _tells_length(sentence: str) -> bool:
    """Whether it tells how long, and not only when: "the first in fifty years"."""
    rest = NO_LENGTH.sub(" ", sentence)
    counted = any(each.measure == "time" for each in amounts(rest))
    return counted or bool(LIFELONG.search(rest) or UNCOUNTED_LENGTH.search(rest))
