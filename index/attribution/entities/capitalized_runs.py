"""Sentences in, the runs of capitalized words that may be names out. Knows no kinds of names.

A capital at the start of a sentence proves nothing; there the rest of the article decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import (
    DEMONYMS,
    GIVEN_NAMES,
    GROUP_NOUNS,
    ORGANISATION_WORDS,
    OUTLETS,
    PERSON_NOUNS,
    PLACES,
)
from index.language.names import BEFORE_TITLES, PERSON_TITLES
from index.language.word_classes import NAME_PARTICLES, NEVER_NAMES

LONGEST = 8
"""The most words of a name; a longer run of capitals is a heading."""
SMALL_WORDS = 2
"""The most between two capitalized words of one name: "for the", "van der"."""
_WORD = re.compile(
    r"(?:[^\W\d_]\.(?=[^\W\d_]\.)){1,4}[^\W\d_]\.|[^\W\d_]\.(?=\s)"
    r"|\b(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev|Lt|Col|Sgt|Capt|Jr|Sr|St|Hon|Maj|Adm|Cmdr)\."
    r"|[^\W_]+(?:['’‘`\u2011-][^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’‘`]s?\Z")
_OPENER = re.compile(r"[\"“”„«»(\[*•–—-]*\s*\Z")
_BREAK = re.compile(r"[:;•|–—]\s+\Z|[“\"„«(]\Z|\.\s*\Z")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9&-]{1,6}")
_GLUE = re.compile(r"[ \t\xa0]|[\u2011-]|\. ?")
WORDS_AND_NAMES = frozenset(("will", "may", "mark", "grant", "rose", "grace", "april", "dawn"))
_BODIES = ORGANISATION_WORDS | {"secretary", "house", "chiefs", "republic"}
_JOINING = NAME_PARTICLES | {"of"}
_PREFIXES = NAME_PARTICLES | {"d", "l"}


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A word as written, without its possessive ending."""

    start: int
    end: int
    text: str
    plain: str
    """Lower case, without full stops at its end."""
    capital: bool
    first: bool
    """First of its sentence, or after a colon or an opening mark: its capital proves nothing."""


@dataclass(frozen=True, slots=True)
class CapitalizedRun:
    """Words that may be one name."""

    words: tuple[WrittenWord, ...]
    titled: bool
    """A title is right before it."""

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)

    @property
    def key(self) -> str:
        """The same for names that differ only in capitals."""
        return " ".join(word.plain for word in self.words)


@dataclass(frozen=True, slots=True)
class Casing:
    """How words are written where their position requires no capital."""

    lower: frozenset[str]
    upper: frozenset[str]

    @staticmethod
    def of(sentences: Iterable[Sequence[WrittenWord]]) -> "Casing":
        lower, upper = set(), set()
        for words in sentences:
            for at, word in enumerate(words):
                if not word.capital:
                    lower.add(word.plain)
                elif not word.first:
                    upper.add(word.plain)
                elif (
                    at + 1 < len(words) and words[at + 1].capital and word.plain not in NEVER_NAMES
                ):
                    upper.add(words[at + 1].plain)
        return Casing(frozenset(lower), frozenset(upper))


def find_runs(text: str, words: Sequence[WrittenWord], seen: Casing) -> Iterator[CapitalizedRun]:
    at = 0
    while at < len(words):
        if not words[at].capital or words[at].plain == "i":
            at += 1
            continue
        end = _run_end(text, words, at)
        if end - at <= LONGEST * 2:
            yield from _names_in(words[at:end], seen)
        at = end


def _run_end(text: str, words: Sequence[WrittenWord], at: int) -> int:
    """The position after a run that starts at `at`; small words only count between capitals."""
    end, small = at + 1, 0
    while end + small < len(words):
        word, before = words[end + small], words[end + small - 1]
        between = text[before.end : word.start]
        if not _GLUE.fullmatch(between) or (between.startswith(".") and not _abbreviates(before)):
            break
        if word.capital and word.plain != "i":
            end, small = end + small + 1, 0
        elif small < SMALL_WORDS and (
            word.plain in NAME_PARTICLES or _joins(words[at:end], word, small, before)
        ):
            small += 1
        else:
            break
    return end


def _joins(left: Sequence[WrittenWord], word: WrittenWord, small: int, before: WrittenWord) -> bool:
    """Whether "of", "for", "and" or "the" continues the name of an organisation or an office."""
    if small:
        return before.plain in {"of", "for", "on", "and"} and word.plain == "the"
    heads = {each.plain for each in left}
    if word.plain in {"of", "for", "on"}:
        return bool(heads & _BODIES)
    return word.plain == "and" and bool(heads & {"ministry", "department", "institute", "centers"})


def _names_in(run: Sequence[WrittenWord], seen: Casing) -> Iterator[CapitalizedRun]:
    """The names in a run of capitals, split at titles, offices and words of the calendar."""
    at, part, titled = 0, list[WrittenWord](), False
    while at <= len(run):
        office = _office(run, at)
        ends = at == len(run) or office or _of_calendar(run, at) or (run[at].first and part)
        if ends:
            made = _made(part, titled, seen)
            if made:
                yield made
            part, titled = [], office > 0
        if at < len(run) and not office and not _of_calendar(run, at):
            part.append(run[at])
        at += office or 1


def _of_calendar(run: Sequence[WrittenWord], at: int) -> bool:
    """Jan is also a given name: without a full stop and before more of the name."""
    given = run[at].text == "Jan" and at + 1 < len(run)
    return run[at].plain in CALENDAR_WORDS and not given


def _office(run: Sequence[WrittenWord], at: int) -> int:
    """The number of words of a title before a name: two for "Prime Minister", 0 for none."""
    plain = [word.plain for word in run[at : at + 5]]
    if not plain or (at and run[at - 1].plain in _JOINING):
        return 0
    first = 1 if plain[0] in BEFORE_TITLES else 0
    if plain[first : first + 1] and (
        plain[first] in PERSON_TITLES or (first and plain[1] == "lady")
    ):
        size = first + 1
        if plain[size : size + 1] == ["of"] and plain[0] in {"secretary", "minister", "speaker"}:
            size += 3 if plain[size + 1 : size + 2] == ["the"] else 2
        followed = len(run) > at + size and run[at + size].plain not in {"of", "for", "on", "and"}
        return size if followed else 0
    return 1 if plain[0] in PERSON_TITLES and len(plain) > 1 and plain[1] != "of" else 0


def _made(words: Sequence[WrittenWord], titled: bool, seen: Casing) -> CapitalizedRun | None:
    kept = list(words)
    while kept and _ordinary(kept, seen):
        kept.pop(0)
    if len(kept[1:]) > 1 and kept[0].plain in DEMONYMS and kept[1].plain in GIVEN:
        kept.pop(0)
    while kept and (not kept[-1].capital or kept[-1].plain in PERSON_TITLES):
        kept.pop()
    while kept and not kept[0].capital:
        kept.pop(0)
    if not kept or len(kept) > LONGEST or all(word.text.isdigit() for word in kept):
        return None
    alone = len(kept) == 1 and kept[0].first and not titled and not kept[0].text.isupper()
    if alone and kept[0].plain not in seen.upper and kept[0].plain not in _NAMES_ALONE:
        return None
    if len(kept) == 1 and (len(kept[0].plain) == 1 or kept[0].plain in PERSON_TITLES):
        return None
    return CapitalizedRun(tuple(kept), titled)


def _ordinary(words: Sequence[WrittenWord], seen: Casing) -> bool:
    """Whether the first word has its capital only from its position, or is no part of a name."""
    word = words[0]
    if word.text.endswith(".") and len(words) > 1:
        return False
    if word.plain in NEVER_NAMES and (word.first or len(words) == 1):
        return not (word.first and len(words) > 1 and word.plain in WORDS_AND_NAMES)
    if not word.first:
        return False
    common = singular(word.plain) in PERSON_NOUNS or word.plain in GROUP_NOUNS
    if word.plain in seen.lower and word.plain not in seen.upper:
        return word.plain not in GIVEN or len(words) == 1
    if len(words) == 1:
        return common or word.plain in seen.lower
    return common or (
        word.plain.endswith("ly") and word.plain not in GIVEN and word.plain not in seen.upper
    )


def words_of(text: str, sentence: Span) -> list[WrittenWord]:
    """The words of one sentence."""
    found: list[WrittenWord] = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        cut = None if match.group().isalnum() else _POSSESSIVE.search(text, start, end)
        end = cut.start() if cut and cut.start() > start else end
        written = text[start:end]
        if found:
            before = text[max(sentence.start, start - 3) : start]
            first = _breaks(before) and not _abbreviates(found[-1])
        else:
            first = _OPENER.fullmatch(text, sentence.start, start) is not None
        capital = written[:1].isupper() or _prefixed(written)
        found.append(
            WrittenWord(start, end, written, written.rstrip(".").casefold(), capital, first)
        )
    return found


def _breaks(before: str) -> bool:
    """Whether a new sentence or quotation may begin after these characters."""
    running = before[-1:] == " " and before[:-1].isalnum()
    return not running and _BREAK.search(before) is not None


def _prefixed(word: str) -> bool:
    """al-Assad, d'Arcy, bin-Laden: a small particle and a capital."""
    if word.isalnum():  # most are, and need no look for an apostrophe
        return False
    head, _, tail = word.replace("’", "-").replace("'", "-").replace("\u2011", "-").partition("-")
    return head in _PREFIXES and tail[:1].isupper()


def _abbreviates(word: WrittenWord) -> bool:
    return word.text.endswith(".") or len(word.text) == 1 or word.plain in {"mr", "mrs", "ms", "dr"}


def singular(word: str) -> str:
    plain = word.strip(",.;").casefold()
    return plain[:-1] if plain.endswith("s") and plain not in PERSON_NOUNS else plain


GIVEN = GIVEN_NAMES - WORDS_AND_NAMES
_NAMES_ALONE = PLACES | OUTLETS | DEMONYMS | GIVEN
