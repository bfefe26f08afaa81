"""A question in words -> what to search for. Knows no index."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from index.documents import Span
from index.errors import QuestionError
from index.language.calendar import MONTHS
from index.language.numbers import CURRENCY
from index.language.spellings import Spelling, other_spellings
from index.language.terms import STOP_TERMS, analyze
from index.language.verbs.reporting import SPEECH_IN_QUESTION
from index.language.word_classes import FUNCTION_WORDS, QUESTION_WORDS
from index.language.words import words_of
from rag.dates.period import Period, period_in, without_period
from rag.query.answer_type import AnswerType, answer_type, is_yes_or_no, wants_explanation
from rag.query.clause import ARTICLES
from rag.query.intent import Intent, IntentKind
from rag.query.intent_parser import read_intent
from rag.query.names import names
from rag.query.respelling import Respelling

SPEECH = re.compile(SPEECH_IN_QUESTION, re.IGNORECASE)
NUMBER = re.compile(r"\d[\d,.]*")
_ASKED_NUMBER = re.compile(
    r"(?<!\bthan )(?<!\bover )(?<!\bunder )(?<!\babove )(?<!\bbelow )(?<!\bleast )"
    r"(?:(?<![\w.,$£€¥])|(?<=\w[$£€¥]))"
    rf"(?:{CURRENCY}\s?|(?!(?:mid|pre|post|early|late|under|over)-)[^\W\d_]{{1,10}}-?)?"
    rf"{NUMBER.pattern}(?:[^\W\d_]{{1,3}}\b|[ -](?:thousand|million|billion|trillion)\b)?"
    r"(?!\w)"
)
"""With the letters and the scale that belong to it: M25, $4bn, 4 billion; not "10Best".

Evidence need not have a number that is only compared with: "longer than 400 metres".
"""
_COUNTED = re.compile(
    r"\bhow many (?:[\w-]+ ){0,2}?(?P<noun>[a-z-]{2,}[^\Wsu]s)"
    r"(?= (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|of|in|on|at|from|to|for|with|that|who)\b)",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"\b(?:what|which) (?:is the |was the |are the |were the )?(?:\w+ )?"
    r"(?:salar(?:y|ies)|wages?|prices?|fees?|fares?|budget)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"\b(?P<word>[^\W\d_]{{3,}}) (?P<number>{NUMBER.pattern})"
    r"(?![\w.,]| (?:thousand|million|billion|trillion)\b)"
)
SELDOM_NAMED = frozenset(
    """
    people persons men women children times days weeks months years hours minutes percent others
    members things countries passengers victims deaths injuries casualties points ways kinds types
    """.split()
)
"""Nouns that an answer may leave out: "212 were stranded"."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks for, in the terms of the index."""

    text: str
    terms: tuple[str, ...]
    """All terms, without repeats."""
    content: tuple[str, ...]
    """The terms to search for and to cover: no question words, no function words."""
    names: tuple[str, ...]
    """Capitalised runs, as written: people, organisations, places, works."""
    numbers: tuple[str, ...]
    """As written, and so are names with a number in them: 2024, $4bn, M25."""
    spellings: tuple[Spelling, ...]
    """Of sums, abbreviations and names with a number, in other terms than those of the question."""
    numbered: tuple[tuple[str, str], ...]
    """The number with its word in lower case, for names such as ("flight", "370")."""
    priced: bool
    """Whether it asks for a sum of money: "what salary"."""
    counted_noun: str
    """The noun after "how many", where evidence must name it; else empty."""
    speaker: str
    """The speaker whose words are asked for, as written; empty for none."""
    answer_type: AnswerType
    about_speech: bool
    wants_explanation: bool
    is_yes_or_no: bool
    intent: Intent | None
    """What it asks about speech, if it does."""
    period: Period | None = None
    """The dates it names, if any."""

    @property
    def is_bare(self) -> bool:
        """Whether it is one word or one name, which asks nothing."""
        words = [word.lower for word in words_of(self.text) if word.lower[:1].isalnum()]
        named = len(self.names) == 1 and self.names[0].split() == self.text.rstrip("?.! ").split()
        return len(self.content) > 0 and (named or len(set(words) - ARTICLES) == 1)

    @property
    def subject(self) -> frozenset[str]:
        """The content terms that are not the speaker's name."""
        return frozenset(self.content) - frozenset(analyze(self.speaker))

    @property
    def must_name(self) -> tuple[str, ...]:
        """Names that evidence must have; the speaker, where the question has no capitals."""
        words = (word for word in self.speaker.split() if set(analyze(word)) & set(self.content))
        return self.names or tuple(filter(None, [" ".join(words)]))


def parse(
    question: str, *, longest: int, as_of: datetime | None = None, dates: bool = True
) -> Query:
    """Read a question. QuestionError when it is empty or over `longest` code points.

    `as_of` is the instant of asking, from which "last week" counts. If `dates` is false, dates are
    words like any other.
    """
    text = _tidy(question)
    if not text:
        raise QuestionError("The question is empty: write what you want to know.")
    if len(text) > longest:
        raise QuestionError(
            f"The question has {len(text):,} characters, at most {longest:,} are read: shorten it."
        )
    intent = read_intent(text, as_of, dates=dates)
    return Query(
        text=text,
        **_search_fields(text),
        speaker=_speaker(intent),
        answer_type=answer_type(text),
        about_speech=bool(SPEECH.search(text)),
        wants_explanation=wants_explanation(text),
        is_yes_or_no=is_yes_or_no(text),
        intent=intent,
        period=period_in(text, as_of) if dates else None,
    )


def within_period(query: Query) -> Query:
    """The query for articles published in the period: without the terms of the period's words.

    The terms stay where there are no others, unless the period depends on the day of asking.
    """
    if query.period is None:
        return query
    rest = _search_fields(without_period(query.text, query.period))
    return replace(query, **rest) if rest["content"] or query.period.derived else query


def respelt(query: Query, respelling: Respelling) -> Query:
    """The query with the right name."""
    text, period = respelling.in_text(query.text), query.period
    if period:
        before = query.text[: period.span.start]
        by = len(respelling.in_text(before)) - len(before)
        period = replace(period, span=Span(period.span.start + by, period.span.end + by))
    speaker = respelling.in_text(query.speaker)
    fields = _search_fields(text)
    return replace(query, text=text, speaker=speaker, period=period, **fields)


def _search_fields(text: str) -> dict[str, Any]:
    terms = tuple(dict.fromkeys(analyze(text)))
    return {
        "terms": terms,
        "content": tuple(term for term in terms if term not in STOP_TERMS),
        "names": names(text, never=QUESTION_WORDS | FUNCTION_WORDS),
        "priced": bool(_PRICED.search(text)),
        "counted_noun": _counted_noun(text),
        "numbered": _numbered(text),
        "spellings": tuple(each for each in other_spellings(text) if not set(each) <= STOP_TERMS),
        "numbers": tuple(match.group().rstrip(".,") for match in _ASKED_NUMBER.finditer(text)),
    }


def _numbered(text: str) -> tuple[tuple[str, str], ...]:
    found = ((m["word"].lower(), m["number"].rstrip(".,")) for m in _NUMBERED.finditer(text))
    return tuple((word, number) for word, number in found if word not in _NOT_BEFORE_NUMBER)


def _counted_noun(text: str) -> str:
    noun = match["noun"].lower() if (match := _COUNTED.search(text)) else ""
    return "" if noun in SELDOM_NAMED else noun


def _tidy(question: str) -> str:
    """Control and invisible formatting characters become spaces; runs of space become one."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in question)
    return " ".join(kept.split())


def _speaker(intent: Intent | None) -> str:
    """The speaker whose words alone answer; none where the speaker is the question."""
    named = intent and intent.certain and intent.kind is not IntentKind.WHO
    return intent.speaker if intent and named else ""


_NOT_BEFORE_NUMBER = (
    STOP_TERMS
    | frozenset(MONTHS)
    | frozenset("least most nearly almost only some roughly approximately exactly".split())
)
"""Before a number these make no name such as "flight 370"; dates are read elsewhere."""
