"""Amounts told in words or digits, as far as two of them can be compared."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.calendar import YEAR_OR_AMOUNT
from index.language.numbers import in_digits

ROUGHLY = 0.1
"""How far from "about 300" still is that."""
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_AMOUNT = re.compile(
    r"(?P<rough>\b(?:about|around|some|nearly|almost|roughly|approximately|more than|over|at least"
    r"|up to|under|fewer than|less than|an estimated) )?(?P<currency>[$£€¥]\s?)?"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?:[ -](?P<scale>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_UNITS = {
    "share": r"%|per ?cent|percentage",
    "money": r"(?:dollar|pound|euro|crown|rupee|cent|rial|riyal|dirham|dinar|peso|franc|ro?uble"
    r"|lira|shilling|shekel)s?\b|(?:yen|yuan|won|pence|rand|naira|kron[ae]r?|zloty|baht)\b",
    "length": r"(?:kilo|centi|milli)?met(?:re|er)s?\b|(?:mile|yard|inche?)s?\b|f(?:ee|oo)t\b"
    r"|[kcm]?m\b",
    "size": r"(?:square|cubic)\b|(?:acre|hectare|gallon|barrel|lit(?:re|er))s?\b",
    "weight": r"(?:ton|tonne|gram|kilogram|ounce)s?\b|kg\b",
    "time": r"(?:second|minute|hour|day|night|week|month|year|decade)s?\b|centur|year-old",
    "degrees": r"°|degrees?\b",
}
_MEASURE = {name: re.compile(rf"[ -]?(?:{words})", re.IGNORECASE) for name, words in _UNITS.items()}


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    measure: str
    """Of what kind its unit is; empty for a number of things."""
    rough: bool

    def same(self, other: "Amount") -> bool:
        far = ROUGHLY if self.rough or other.rough else 1e-9
        return math.isclose(self.value, other.value, rel_tol=far)


def amounts(text: str) -> list[Amount]:
    """In their order."""
    digits = in_digits(text)
    return list(_amounts(digits))


def agree(one: Sequence[Amount], other: Sequence[Amount]) -> bool | None:
    """None where none is of the same measure: kilometres cannot differ from tonnes."""
    pairs = [(a, b) for a in one for b in other if a.measure == b.measure]
    return any(a.same(b) for a, b in pairs) if pairs else None


def _amounts(digits: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(digits):
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
        value = float(match["number"].replace(",", "")) * scale
        yield Amount(value, _measure(digits, match), bool(match["rough"]))


def _measure(digits: str, match: re.Match[str]) -> str:
    if match["currency"]:
        return "money"
    named = (name for name, form in _MEASURE.items() if form.match(digits, match.end()))
    year = "year" if re.fullmatch(YEAR_OR_AMOUNT, match[0]) else ""
    return next(named, year)
