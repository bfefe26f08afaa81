"""Names in, their kinds out: PER, ORG, LOC or MISC, by the words of a name and around it.

The evidence of all places where a name is written the same is added up; if it is too weak, the name
is MISC. Knows no entities.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.attribution.entities.capitalized_runs import (
    GIVEN,
    WORDS_AND_NAMES,
    CapitalizedRun,
    WrittenWord,
    singular,
)
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import (
    DEMONYMS,
    ORGANISATION_WORDS,
    OUTLETS,
    PERSON_NOUNS,
    PLACE_WORDS,
    PLACES,
)
from index.language.verbs.reporting import SAYS_AFTER_NAME
from index.language.word_classes import NEVER_NAMES

MOST_WORDS = 4
"""Of a person's name."""
INITIALS = 2
"""The most letters of initials."""
_BODY_FIRST = frozenset(("ministry", "university", "department", "bank"))
_PLACE_FIRST = frozenset(("mount", "lake", "north", "south", "new", "san", "port"))
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9&-]{1,9}")
INNER_CAPITAL = re.compile(
    r"(?!Mc|Mac|De|La|Le|Van|Di|Du|[ODL]['’])\w*[a-z]\w*[A-Z]|[A-Z]{2,}[a-z]"
)
"""OpenText and GPTx are no surnames; McLean and DeLuca may be."""
_SAYS = re.compile(rf"(?:,? (?:who|whose)\b| (?:{SAYS_AFTER_NAME})\b)")
_AGED = re.compile(r", \d{1,3}(?:,|\.| years)|,? aged \d| \(\d\d\)")
_APPOSED = re.compile(
    r", (?:the |an? |[Ff]ormer |his |her |then-|chief |senior |deputy |acting )"
    r"(?P<words>[^,.;]{3,70})"
)
_PLACING = re.compile(r"\b(?:in|from|near|across|outside|throughout|around|visited|invaded) \Z")
_THE = re.compile(r"\b[Tt]he \Z")
_WORD_BEFORE = re.compile(r"([A-Za-z’'-]+) \Z")
_BRACKETED = re.compile(r" \((?:the )?([A-Z][A-Za-z&.-]{1,9})\)")
_PLACE_AFTER = re.compile(r", ([A-Z][\w.]+)")
_NO_SURNAMES = PLACES | DEMONYMS | ORGANISATION_WORDS
_NO_PERSONS = DEMONYMS | PLACES | CALENDAR_WORDS | (NEVER_NAMES - WORDS_AND_NAMES)


def classify_runs(text: str, runs: Sequence[CapitalizedRun]) -> dict[str, str]:
    """The kind of each `CapitalizedRun.key`; a part of a person's name is a person, too."""
    weighed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for run in runs:
        for kind, weight in _evidence(text, run):
            weighed[run.key][kind] = max(weighed[run.key][kind], weight) + 0.1
    kinds = {key: _heaviest(weights) for key, weights in weighed.items()}
    named = {
        word
        for key, kind in kinds.items()
        if kind == "PER" and " " in key
        for word in key.split()
        if len(word) > 1
    }
    for key, kind in kinds.items():
        if (" " not in key and key in named and key not in _NO_SURNAMES) or (
            kind == "MISC" and " " not in key and weighed[key].get("PER", 0) > 1
        ):
            kinds[key] = "PER"
    return kinds


def _heaviest(weights: dict[str, float]) -> str:
    kind = max(weights, key=lambda each: (weights[each], each), default="MISC")
    return kind if weights and weights[kind] >= 1 else "MISC"


def _evidence(text: str, run: CapitalizedRun) -> Iterator[tuple[str, float]]:
    yield "MISC", 0.0
    yield from _by_words(run)
    yield from _by_context(text, run)


def _by_words(run: CapitalizedRun) -> Iterator[tuple[str, float]]:
    plain = [word.plain for word in run.words]
    if run.titled and len(plain) <= MOST_WORDS:
        yield "PER", 4.0
    yield from _listed(run, plain)
    if len(plain) == 1:
        yield "PER", 1.2 if plain[0] in GIVEN else 0.0
        return
    yield from _by_parts(plain)
    if any(word in {"of", "for", "and"} for word in plain[1:]):
        yield "ORG", 1.5
    elif _like_a_person(run.words):
        yield "PER", 3.0 if plain[0] in GIVEN else 1.6


def _listed(run: CapitalizedRun, plain: Sequence[str]) -> Iterator[tuple[str, float]]:
    if "".join(plain) in PLACES or " ".join(plain) in _LONG_PLACES:
        yield "LOC", 3.5
    elif plain[-1] in OUTLETS and len(plain) <= len(("fox", "news")):
        yield "ORG", 3.0
    elif len(plain) == 1 and plain[0] in DEMONYMS:
        yield "MISC", 3.0
    elif len(plain) == 1 and _brand(run.words[0].text):
        yield "ORG", 2.0


def _brand(word: str) -> bool:
    return bool(_ACRONYM.fullmatch(word) or INNER_CAPITAL.match(word))


def _by_parts(plain: Sequence[str]) -> Iterator[tuple[str, float]]:
    if plain[-1] in ORGANISATION_WORDS or plain[0] in _BODY_FIRST:
        yield "ORG", 3.5
    elif any(word in ORGANISATION_WORDS for word in plain[:-1]):
        yield "ORG", 2.2
    elif plain[-1] in PLACE_WORDS or plain[0] in _PLACE_FIRST:
        yield "LOC", 2.5


def _like_a_person(words: Sequence[WrittenWord]) -> bool:
    """Two to four words that may be a given name and a surname."""
    telling = [word for word in words if word.capital]
    return (
        1 < len(telling) <= MOST_WORDS
        and not any(
            word.plain in _NO_PERSONS or any(map(str.isdigit, word.text)) for word in telling
        )
        and all(
            not word.text.isupper() or len(word.plain.replace(".", "")) <= INITIALS
            for word in telling
        )
    )


def _by_context(text: str, run: CapitalizedRun) -> Iterator[tuple[str, float]]:
    start, end = run.span.start, run.span.end
    before, after = text[max(0, start - 24) : start], text[end : end + 90]
    if _AGED.match(after):
        yield "PER", 3.0
    if _SAYS.match(after):
        yield "PER", 1.1
    apposed = _APPOSED.match(after)
    if apposed and any(singular(each) in PERSON_NOUNS for each in apposed["words"].split()):
        yield "PER", 2.0
    word = _WORD_BEFORE.search(before)
    if word and word[1].casefold() in PERSON_NOUNS and word[1].islower():
        yield "PER", 2.4
    if _THE.search(before):
        yield "ORG", 1.2 if len(run.words) > 1 else 0.0
        yield "MISC", 1.9
    if _PLACING.search(before):
        yield "LOC", 1.7
    bracketed = _BRACKETED.match(after)
    if bracketed and len(run.words) > 1:
        yield "ORG", 3.0
    place = _PLACE_AFTER.match(after)
    if place and place[1].rstrip(".").casefold() in PLACES:
        yield "LOC", 2.0


_LONG_PLACES = frozenset(
    place.strip()
    for place in """
    north korea, south korea, united states, united kingdom, saudi arabia, hong kong, new york,
    new zealand, south africa, sri lanka, costa rica, el salvador, white house, los angeles,
    san francisco, new delhi, european union, soviet union, united arab emirates, ivory coast,
    puerto rico, new jersey, new mexico, new hampshire, north carolina, south carolina,
    north dakota, south dakota, west virginia, rhode island, san diego, las vegas, new orleans,
    tel aviv, abu dhabi, kuala lumpur, buenos aires, mexico city, middle east, west bank,
    south sudan, northern ireland, great britain, east timor, new york city
    """.split(",")
)
