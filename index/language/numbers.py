"""Numbers, amounts, units and currencies as articles write them. Knows no question.

Whole numbers in words are read from zero to ninety-nine.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.calendar import YEAR_OR_AMOUNT

SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
""".split()
ONE_TO_TEN = frozenset(SMALL[1:11])
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORD = (
    rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(SMALL[1:10])})\b)?|{'|'.join(reversed(SMALL))}"
)
"""A pattern in lower case, without word boundaries."""
_FIRST_LETTERS = "".join(sorted({word[0] for word in (*SMALL, *_TENS)}))
_NUMBER_WORD = re.compile(
    rf"(?=[{_FIRST_LETTERS}{_FIRST_LETTERS.upper()}])\b(?:{NUMBER_WORD})\b", re.IGNORECASE
)
"""The letters ahead halve its time."""
AMOUNT_WORDS = (
    f"{NUMBER_WORD.removesuffix('|one|zero')}|dozens?|half|hundreds?|thousands?|millions?"
    "|billions?|once|twice|double|triple"
)
"""A pattern for words that give an amount wherever they stand; "one" mostly does not."""
VAGUE_AMOUNT_WORDS = (
    "one|zero|third|quarter|fifth|tenth|no|none|nobody|single|couple|several|few|many"
    "|most|all|every|daily|weekly|always|never|often"
)
"""A pattern for words that answer "how many" only where they are the answer."""
CURRENCY = "[$£€¥]"
CURRENCY_BEFORE = re.compile(rf"(?:{CURRENCY}|(?:US|A|C|HK|NZ)\$)\s?\Z")
NUMBER = re.compile(rf"(?:{CURRENCY}\s?)?\d[\d,.]*\d|\d|\b(?:{NUMBER_WORD})\b", re.IGNORECASE)
UNIT_AFTER = re.compile(
    r"\s?(?:%|°[CF]?|(?:hundred|thousand|million|billion|trillion|dozen|per ?cent|percent"
    r"|percentage points?|points?)\b)"
    r"|[ -](?:(?:square|cubic|nautical|metric|light)[ -])?(?:people|persons?|passengers?|workers?"
    r"|dollars?|pounds?|euros?|crowns?|yen|yuan|won|rupees?|pence|cents?"
    r"|milli\w+|centi\w+|kilo\w+|met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?|acres?"
    r"|hectares?|lit(?:re|er)s?|gallons?|barrels?|tons?|tonnes?|grams?|ounces?|degrees?"
    r"|mega\w+|giga\w+|tera\w+|watts?|volts?|knots?|km/h|mph|km|kg|m|cm|mm|g|MW|GW|kW"
    r"|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))\b"
)
"""In a short answer, after its number."""
ROUGHLY = 0.1
"""The relative difference up to which an amount is still "about 300"."""
_SCALE = r"(?:thousand|million|billion|trillion|[km]|mn|bn?|tn)\b"
_SUM = re.compile(
    r"(?P<number>\d(?<![\w.,]\d)(?<![^\W\d_]-\d)(?:[\d,]*\d)?(?:\.\d+)?)"
    rf"(?:[ -]?(?P<scale>{_SCALE})"
    rf"|(?=(?:-|–| to | and | or ){CURRENCY}?\d[\d,.]*[ -]?(?P<shared>{_SCALE})))?",
    re.IGNORECASE,
)
"""A number with its scale, short or long: 4bn, 4 billion, and the 3 of "3 to 4 billion"."""
_MAY_BE_SUM = re.compile(
    r"[ \-\d](?:[KkMm][Nn]?|[Bb][Nn]?|[Tt][Nn])\b|\d(?:,?\d){4}|illion|ILLION|housand|HOUSAND"
)
"""In every text with a sum, also with one whose number is a word."""
_SUM_SCALES = {
    "k": 3,
    "th": 3,
    "m": 6,
    "mn": 6,
    "mi": 6,
    "b": 9,
    "bn": 9,
    "bi": 9,
    "tn": 12,
    "tr": 12,
}
"""Powers of ten, by the first letters."""
_SMALLEST_SUM = 10_000
"""Of a number without a scale."""
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_AMOUNT = re.compile(
    r"(?P<rough>\b(?:about|around|some|nearly|almost|roughly|approximately|more than|over|at least"
    rf"|up to|under|fewer than|less than|an estimated) )?(?P<currency>{CURRENCY}\s?)?"
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


def in_digits(text: str) -> str:
    """With "forty-three" written as 43."""
    return _NUMBER_WORD.sub(lambda match: str(_value(match[0].lower())), text)


def numbers_in_words(text: str) -> set[str]:
    """As digits."""
    return {str(_value(match[0].lower())) for match in _NUMBER_WORD.finditer(text)}


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    measure: str
    """The kind of its unit, such as "length"; empty for a count of things."""
    rough: bool

    def same(self, other: "Amount") -> bool:
        far = ROUGHLY if self.rough or other.rough else 1e-9
        return math.isclose(self.value, other.value, rel_tol=far)


def amounts(text: str) -> list[Amount]:
    """In the order of the text."""
    return list(_amounts(in_digits(text)))


def same_amount(one: Sequence[Amount], other: Sequence[Amount]) -> bool | None:
    """None where no two share a measure: kilometres cannot differ from tonnes."""
    pairs = [(a, b) for a in one for b in other if a.measure == b.measure]
    return any(a.same(b) for a, b in pairs) if pairs else None


def sums(text: str) -> list[int]:
    """The values of sums with a scale, and of numbers from ten thousand on."""
    found = _sums(text)
    return [value for value, scaled in found if scaled or value >= _SMALLEST_SUM]


def scaled_sums(text: str) -> list[int]:
    """The values of sums with a scale: 4bn, 4 billion."""
    return [value for value, scaled in _sums(text) if scaled]


def _sums(text: str) -> Iterator[tuple[int, bool]]:
    """At least those with a scale and those from ten thousand on; none goes on in the next line."""
    for line in text.split("\n"):
        if _MAY_BE_SUM.search(line):
            for match in _SUM.finditer(in_digits(line)):
                scale = (match["scale"] or match["shared"] or "").lower()[:2]
                number = float(match["number"].replace(",", ""))
                yield round(number * 10 ** _SUM_SCALES.get(scale, 0)), bool(scale)


def _value(words: str) -> int:
    first, *rest = re.split(r"[- ]", words)
    value = SMALL.index(first) if first in SMALL else 20 + 10 * _TENS.index(first)
    return value + sum(map(SMALL.index, rest))


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


_OF_ONE = {"are": "is", "were": "was", "have": "has", "do": "does", "wait": "waits"}


def counted(number: int, noun: str, verb: str = "", *, of: int | None = None) -> str:
    """As "1 article", "1,200 articles have" or "1 of 9 articles has".

    `noun` is said of one thing, `verb` of several.
    """
    counts, ending = (number, "") if of is None else (of, f" of {of:,}")
    words = f"{number:,}{ending} {noun}{'' if counts == 1 else 's'}"
    return f"{words} {_OF_ONE[verb] if number == 1 else verb}" if verb else words
