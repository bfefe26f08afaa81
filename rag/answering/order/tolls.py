"""The toll that a sentence gives: the number beside "died", not of one county, nor six more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents import Span
from index.language.calendar import CALENDAR_WORDS, YEAR_IN_QUESTION
from index.language.numbers import NUMBER_WORD, amounts
from index.language.synonyms import groups_of
from index.language.terms import analyze
from rag.answering.asked_thing import asked_groups
from rag.answering.order.account import Account
from rag.query.answer_type import AnswerType
from rag.query.query import Query

GROWING = groups_of(
    term
    for word in "die injure missing infect arrest evacuate destroy damage rescue".split()
    for term in analyze(word)
)
"""What is counted again and again after an event, and only grows."""
_VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0}
"""At least so many."""
_PIECE = re.compile(r"(?:,(?!\d)|[;:()–—]|\b(?:and|but|while|whereas|who|which|before|although)\b)")
_NUMBER = re.compile(
    r"(?<![\w$£€¥.,-])(?P<value>\d{1,3}(?:,\d{3})+|\d+"
    rf"|(?:{NUMBER_WORD})\b|{'|'.join(_VAGUE)})(?![\w%°-]|[.,:]\d)"
    r"(?! (?:more|other|others|additional|further|new|percent|per|million|billion|of the)\b)",
    re.IGNORECASE,
)
"""Neither an age nor an increase: "six more people"."""
_MEASURED = re.compile(
    r" (?:\w+ )?(?:years?|months?|days?|weeks?|hours?|minutes?|miles?|acres?|states?|count(?:y|ies)"
    r"|inch(?:es)?|feet|km|kilomet\w+|countries|cities|towns|buildings|homes|houses|separate)\b"
)
_INCREASE = re.compile(
    rf"\b(?:another|additional|further|(?:\d+|{NUMBER_WORD}) (?:more|other|others|new))\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:another|additional|further) \Z", re.IGNORECASE)
_PLACE = re.compile(r"\b[Ii]n (?:the )?(?P<name>[A-Z][\w’'-]+)")
_YEAR = re.compile(rf"\b{YEAR_IN_QUESTION}\b")


@dataclass(frozen=True, slots=True)
class Toll:
    """A number with its range of the article."""

    span: Span
    value: float


def asks_for_a_toll(query: Query) -> bool:
    is_count = query.answer_type is AnswerType.AMOUNT
    return is_count and bool(asked_groups(query, counted=True) & GROWING)


def toll(account: Account) -> Toll | None:
    """The number nearest to a word of what is counted; None for a part or another year's event."""
    sentence, start = account.evidence.sentence, account.evidence.span.start
    own = str(account.told_at.year) if account.told_at else ""
    if any(year not in {own, *account.query.terms} for year in _YEAR.findall(sentence)):
        return None
    asked = asked_groups(account.query, counted=True) & GROWING
    found = [pair for piece in _pieces(sentence) for pair in _pairs(account, piece, asked)]
    if not found:
        return None
    _, number = min(found, key=lambda pair: pair[0])
    return Toll(Span(start + number.start(), start + number.end()), _value(number["value"]))


def is_increase(account: Account) -> bool:
    """Whether it tells only by how many the toll grew: "six more people"."""
    return bool(_INCREASE.search(account.evidence.sentence)) and toll(account) is None


def _pieces(sentence: str) -> Iterator[tuple[int, str]]:
    at = 0
    for match in _PIECE.finditer(sentence):
        yield at, sentence[: match.start()]
        at = match.end()
    yield at, sentence


def _pairs(
    account: Account, piece: tuple[int, str], asked: frozenset[int]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Each number of the piece with its distance from the nearest word of what is counted."""
    at, text = piece
    counted = [
        match
        for match in re.compile(r"\w+").finditer(text, at)
        if groups_of(analyze(match.group())) & asked
    ]
    if not counted or _is_a_part(account, text[at:]):
        return
    for number in _NUMBER.finditer(text, at):
        measured = _MEASURED.match(text, number.end())
        if measured or _YEAR.fullmatch(number["value"]) or _ADDED.search(text[: number.start()]):
            continue
        yield min(_distance(number, word) for word in counted), number


def _distance(one: re.Match[str], other: re.Match[str]) -> int:
    return max(0, other.start() - one.end(), one.start() - other.end())


def _is_a_part(account: Account, piece: str) -> bool:
    """Whether it counts in a place that the question does not name."""
    places = (match["name"] for match in _PLACE.finditer(piece))
    known = set(account.query.terms)
    return any(
        not set(analyze(name)) <= known and name.lower() not in CALENDAR_WORDS for name in places
    )


def _value(written: str) -> float:
    vague = _VAGUE.get(written.lower())
    return vague if vague is not None else amounts(written)[0].value
