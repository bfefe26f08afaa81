"""A name in, what stands beside it out: gender, office, and whether it is somebody's relative."""

import re
from dataclasses import dataclass

from index.attribution.entities.roles import nouns_of, role_of
from index.attribution.entities.titles import title_before
from index.documents import Span
from index.language.gazetteers import FEMALE_NOUNS, KIN_NOUNS, MALE_NOUNS
from index.language.names import FEMALE_TITLES, MALE_TITLES, PLAIN_TITLES

_KIN = "|".join(sorted(KIN_NOUNS))
_OWNER = r"(?:\b(?:his|her|their|whose|my|our)|[\w.-]+['’]s?)"
_KIN_BEFORE = re.compile(
    rf"(?:{_OWNER} (?:[\w-]+ ){{0,3}}(?:{_KIN})|\bfirst (?:lady|gentleman)),? \Z", re.IGNORECASE
)
_KIN_AFTER = re.compile(
    rf",? \(?(?:(?:[\w.’'-]+ ){{0,5}}?{_OWNER} (?:[\w-]+ ){{0,3}}?(?:{_KIN})\b"
    rf"|(?:[\w-]+ ){{0,3}}?(?:(?:{_KIN}) of|first (?:lady|gentleman))\b)",
    re.IGNORECASE,
)
_BESIDE = 60
"""Characters before and after a name."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is right beside one mention."""

    gender: str
    """By a title or a noun right before: "m", "f" or nothing."""
    offices: frozenset[str]
    """Titles and nouns for a role, in lower case: "senator"."""
    kin: bool
    """Introduced as somebody's relative: "his wife, Maren Orlov"."""


def surroundings(text: str, span: Span) -> Surroundings:
    before = text[max(0, span.start - _BESIDE) : span.start]
    after = text[span.end : span.end + _BESIDE]
    apposed = _KIN_AFTER.match(after) if after.startswith((",", " (")) else None
    kin = apposed or _KIN_BEFORE.search(before)
    return Surroundings(_gender(text, span, before), _offices(text, span), kin is not None)


def _gender(text: str, span: Span, before: str) -> str:
    title = title_before(text, span)
    word = title.of(text).rsplit(None, 1)[-1].rstrip(".").casefold() if title else ""
    last = before.rsplit(maxsplit=1)[-1].casefold().rstrip(",") if before.split() else ""
    if word in MALE_TITLES or last in MALE_NOUNS:
        return "m"
    return "f" if word in FEMALE_TITLES or last in FEMALE_NOUNS else ""


def _offices(text: str, span: Span) -> frozenset[str]:
    found = (title_before(text, span), role_of(text, span))
    return nouns_of(" ".join(each.of(text) for each in found if each)) - PLAIN_TITLES
