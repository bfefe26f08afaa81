"""What a sum of money or a length of time is of: a fine, a price, a prison term. Knows no text.

A question with a word of `asks` is answered beside a word of `told` only.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureFrame:
    """What is measured, in the words of questions and in those of answers."""

    name: str
    """As in "no sentence gives a fine"."""
    asks: re.Pattern[str]
    told: re.Pattern[str]
    possible: re.Pattern[str] | None
    """In the sentence these say that it is not told as a fact."""
    measures: frozenset[str]
    """Of `index.language.numbers.Amount`, of which an answer has one."""
    form: re.Pattern[str] | None = None
    """How an answer is written, where it is no amount."""


def _frame(
    name: str, asks: str, told: str, *measures: str, possible: str | None = None
) -> MeasureFrame:
    return MeasureFrame(
        name,
        re.compile(rf"\b(?:{asks})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{told})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{possible})\b", re.IGNORECASE) if possible else None,
        frozenset(measures),
    )


ANYTHING = r"\w+"
"""Any word: the measure alone decides."""
_MUCH = r"how much\b.*\b"
_LONG = r"how long\b.*\b"
SCORE = re.compile(
    r"(?<![\d-])\d{1,3} ?[-–—:] ?\d{1,3}(?![\d-])|\b\d{1,3} to \d{1,3}\b"
    r"|[A-Z]\w+ \d{1,3}, [A-Z]\w+ \d{1,3}\b"
)
FRAMES = (
    MeasureFrame(
        "a score",
        re.compile(
            r"\bwhat (?:was|is|were) the (?:\w+ ){0,2}(?:score|scoreline|result of the"
            r" (?:match|game))\b|\bby what score\b|\bwhat score\b",
            re.IGNORECASE,
        ),
        re.compile(ANYTHING),
        None,
        frozenset(),
        SCORE,
    ),
    _frame(
        "what it took in",
        rf"{_MUCH}(?:gross(?:ed|es)?|box[ -]office|opening weekend)",
        r"gross\w*|box[ -]office|ticket sales|sales|earn\w*|takings?|took in|take in|rak\w+|haul\w*"
        r"|made|makes?|making|brought in|bring\w* in|debut\w*|open(?:ed|ing|s)|collect\w*|scored"
        r"|weekend|revenues?|receipts|pulled in|total\w*",
        "money",
    ),
    _frame(
        "a fine",
        rf"{_MUCH}fined?|(?:what|how (?:big|large|high))\b.*\bfine",
        r"fine[sd]?|fining|penal\w+|pay|paid|pays|order\w*|settle\w*|sanction\w*|damages|owe[sd]?",
        "money",
    ),
    _frame(
        "a sum of money",
        rf"{_MUCH}(?:costs?|pay|paid|pays|spen[dt]|spends|donat(?:ed?|es)|owe[sd]?|charge[sd]?"
        r"|jackpot|prize|salary|bail|budget|debt|deficit|fee|rent|loan|settlement|reward|bonus)",
        ANYTHING,
        "money",
    ),
    _frame(
        "a prison term",
        rf"{_LONG}(?:sentenced?|jail(?:ed)?|imprisoned|prison(?: (?:term|sentence))?|behind bars)",
        r"sentenc\w+|jail\w*|prison\w*|imprison\w*|behind bars|term|serv\w+|custody|detention"
        r"|lab(?:or|our)|life|probation|penal\w*|held|detained|incarcerat\w+",
        "time",
        possible=r"fac(?:e[sd]?|ing)|maximum|up to|could|may|might|would|if convicted|carr\w+",
    ),
    _frame(
        "the length of a ban",
        rf"{_LONG}(?:suspend(?:ed)?|suspension|banned)",
        r"suspen\w+|ban(?:s|ned|ning)?|bar(?:s|red)?|sidelin\w+|ineligib\w+|for life",
        "time",
    ),
    _frame(
        "a length of time",
        r"how long (?:did|does|do|has|have|had|will|would)\b"
        r"|how long\b.*\b(?:last(?:ed|s)?|t(?:ake|akes|ook)|stay(?:ed|s)?|remain(?:ed|s)?|spen[dt]"
        r"|waited|missing|stranded|trapped|closed|in office|on the run)",
        ANYTHING,
        "time",
    ),
)
_TIMES = r"(?:years?|decades?|months?|weeks?|days?|hours?|centur(?:y|ies))"
NO_LENGTH = re.compile(
    r"\b(?:first|only|such|worst|biggest|largest|deadliest|strongest|highest|lowest|longest|most"
    rf"|rare)\b[^.;]{{0,60}}?\b(?:in|for) (?:[\w-]+ ){{1,4}}{_TIMES}\b"
    r"|\b(?:since|the last|previous|earlier)\b[^.;]{0,60}?\b(?:19|20)\d\d\b[^.;]*"
    rf"|\b(?:[\w-]+ ){{1,2}}{_TIMES} (?:ago|earlier|later|old)\b"
    r"|\b\d+[- ]years?[- ]olds?\b",
    re.IGNORECASE,
)
"""A time that tells when, since when or of another one: the first in fifty years, two days ago."""
UNCOUNTED_LENGTH = re.compile(
    r"\b(?:half an?|several|a few|a couple of|hundreds of|thousands of"
    r"|(?:for|after|within|in|last(?:ed|s)?|t(?:akes?|ook)|missing|almost|nearly|about|over|under"
    rf"|than) an?) (?:second|minute|{_TIMES})",
    re.IGNORECASE,
)
"""Not a rate: "$5 a day"."""
LIFELONG = re.compile(r"\b(?:life|lifetime|indefinite(?:ly)?)\b", re.IGNORECASE)
"""A length of time without a number."""
