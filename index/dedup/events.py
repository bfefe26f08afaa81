"""Whether two articles alike in their words report different events: one template, filled in twice.

Two arrests, two obituaries, two firms' results: the frame is the same, and where the lead of one
has a name or a number, the lead of the other has another. An update changes numbers and adds names,
but the names of the event stay. Knows no store.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.documents import Article
from index.language.calendar import CALENDAR_WORDS
from index.language.numbers import NUMBER_WORD
from index.language.verbs.forms import VERB_FORMS
from index.language.verbs.reporting import SPEECH_ONLY_VERBS
from index.language.word_classes import FUNCTION_WORDS, NEVER_NAMES

LEAD = 600
"""Characters at the start, where an article says what happened and to which people."""
FEWEST_CONFLICTS = 2
"""Places of the lead with another name, or with another name and another number."""
FEWEST_MENTIONS = 3
"""From so many mentions on, a name at one place of the lead is what the article is about."""
SAME_STEM = 4
"""Letters at the start of two forms of one name: Russia, Russian."""

NAME, NUMBER, EDGE = "<name>", "<number>", "."
_TOKEN = re.compile(
    r"(?P<number>\d[\d.,]*\d|\d)|(?P<edge>[.!?:;\n“”\"])"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*)"
)
_NUMBER_WORD = re.compile(NUMBER_WORD)
_ORIGIN = re.compile(
    r"^By [^.!?\n]{3,60}$"
    r"|^[^.!?\n]{0,60}?(?:\([^()\n]{2,40}\) ?[-–—]{1,2}|(?<=[A-Z]) [-–—]{1,2}) ",
    re.MULTILINE,
)
"""Bylines, datelines and agencies, which differ between copies."""
_SAYING = frozenset(form for form, lemma in VERB_FORMS.items() if lemma in SPEECH_ONLY_VERBS)
"""A name beside one of these is a source: an update may ask somebody else."""
_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s?$")

Place = tuple[str, str, str]
"""The kind of a filling, and what stands before and after it."""


@dataclass(frozen=True, slots=True)
class _LeadToken:
    kind: str
    """NAME, NUMBER, EDGE, or the word itself."""
    words: tuple[str, ...]


def are_different_events(one: Article, other: Article) -> bool:
    """Whether the lead of each has its own names and numbers in the places of a shared frame."""
    mine, theirs = _places(one.text[:LEAD]), _places(other.text[:LEAD])
    shared = mine.keys() & theirs.keys()
    numbers = sum(_differ(mine[at], theirs[at]) for at in shared if at[0] == NUMBER)
    names = {
        (mine[at], theirs[at])
        for at in shared
        if at[0] == NAME and _are_others(mine[at], theirs[at], one, other)
    }
    if not names:
        return False
    return (
        len(names) + numbers >= FEWEST_CONFLICTS
        or any(_is_subject(a, one) and _is_subject(b, other) for a, b in names)
    )  # fmt: skip


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one != other


def _are_others(
    one: tuple[str, ...], other: tuple[str, ...], mine: Article, theirs: Article
) -> bool:
    """Whether neither name, in any form, stands in the other article."""
    a, b = set(one) - set(other), set(other) - set(one)
    if not a or not b or _is_short_for(one, other) or _is_short_for(other, one):
        return False
    if any(x[:SAME_STEM] == y[:SAME_STEM] for x in a for y in b):
        return False
    return not (a & _words(theirs.text) or b & _words(mine.text) or _is_common(a, b, mine, theirs))


def _is_common(a: set[str], b: set[str], mine: Article, theirs: Article) -> bool:
    """Whether one of them is an ordinary word that only began a sentence."""
    return bool((a | b) & (_small(mine.text) | _small(theirs.text)))


def _is_short_for(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """US for United States."""
    return len(one) == 1 and len(other) > 1 and one[0] == "".join(word[0] for word in other)


def _is_subject(name: tuple[str, ...], article: Article) -> bool:
    text = article.text.casefold()
    return max(text.count(word) for word in name) >= FEWEST_MENTIONS


@lru_cache(maxsize=4096)  # an article is compared with several
def _places(lead: str) -> Mapping[Place, tuple[str, ...]]:
    """What fills each place; a place that several fill tells nothing and is left out."""
    found: dict[Place, set[tuple[str, ...]]] = {}
    whole = lead if len(lead) < LEAD else lead[: lead.rfind(" ")]
    tokens = list(_joined(_tokens(_ORIGIN.sub("", whole))))
    for at, token in enumerate(tokens):
        if token.kind in (NAME, NUMBER):
            before = tokens[at - 1].kind if at else EDGE
            after = tokens[at + 1].kind if at + 1 < len(tokens) else EDGE
            if not (token.kind == NAME and {before, after} & _SAYING):
                found.setdefault((token.kind, before, after), set()).add(token.words)
    return {place: next(iter(each)) for place, each in found.items() if len(each) == 1}


def _joined(tokens: Iterator[_LeadToken]) -> Iterator[_LeadToken]:
    """Names side by side are one."""
    held: tuple[str, ...] = ()
    for token in tokens:
        if token.kind == NAME:
            held += token.words
            continue
        if held:
            yield _LeadToken(NAME, held)
            held = ()
        yield token
    if held:
        yield _LeadToken(NAME, held)


def _tokens(lead: str) -> Iterator[_LeadToken]:
    for match in _TOKEN.finditer(lead):
        written = match.group()
        if match["edge"]:
            yield _LeadToken(EDGE, ())
        elif match["number"]:
            yield _LeadToken(NUMBER, (written.casefold(),))
        else:
            word = _POSSESSIVE.sub("", written).replace(".", "").casefold()
            yield _token_of(word, capital=written[0].isupper())


def _token_of(word: str, *, capital: bool) -> _LeadToken:
    if capital and word not in _NO_NAMES:
        return _LeadToken(NAME, tuple(_WORD.findall(word)))
    return _LeadToken(NUMBER if _NUMBER_WORD.fullmatch(word) else word, (word,))


_NO_NAMES = CALENDAR_WORDS | FUNCTION_WORDS | NEVER_NAMES


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


@lru_cache(maxsize=1024)
def _small(text: str) -> frozenset[str]:
    """Its words that are written without a capital somewhere."""
    return frozenset(word for word in _WORD.findall(text) if word[0].islower())
