"""The names of the tagger and of the rules in, one list with better boundaries out.

The tagger decides word by word, so a name may include the verb after it or be only a title.
Rule-based names only fill gaps; they never override the tagger. Knows no entities.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.attribution.annotations import Mention
from index.attribution.entities.of_phrases import with_of_phrases
from index.documents import Span
from index.language.gazetteers import GIVEN_NAMES, ORGANISATION_WORDS
from index.language.names import GENERATIONS, PERSON_TITLES
from index.language.word_classes import NAME_PARTICLES
from index.text.paragraphs import paragraphs, within

_WORD = re.compile(r"[^\W_]+(?:[.'’‘`&\u2011-]+[^\W_]+)*\.?")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+|Jr\.|Sr\.|Inc\.|Corp\.|Co\.|Ltd\.")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_WRITTEN = sorted({word.upper() if word[0] == "i" else word.title() for word in GENERATIONS})
_OWNER = re.compile(r"(?:\S+ ){0,4}\S+(?:['’]s|s['’])\s+(?=[^\W\d_])")
"""What a person belongs to, before the name: "at Christina's, Day said", "CNN's Ana Lind"."""
_GENERATION = re.compile(rf",? (?:{'|'.join(_WRITTEN)})(?!\w)")
"""After a name: a son is not his father."""


def repair_mentions(
    text: str, tagged: Sequence[Mention], ruled: Sequence[Mention]
) -> list[Mention]:
    """`tagged`, `ruled` and the result are each ascending and disjoint."""
    whole = _joined(text, list(_trimmed(text, tagged)))
    longer = [_widest(text, each, ruled) for each in whole]
    kept = list(_outermost(longer))
    starts = [each.span.start for each in kept]
    owners = [owner for each in tagged if (owner := _owner(text, each))]
    added = [
        each
        for each in ruled
        if each.kind != "MISC"
        and not _taken(each, kept, starts)
        and not (each.kind == "PER" and any(each.span.touches(owner) for owner in owners))
    ]
    return with_of_phrases(text, sorted([*kept, *added], key=lambda each: each.span))


def _outermost(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Of mentions that overlap only the first: the tagger may find a name in two pieces."""
    end = 0
    for each in sorted(mentions, key=lambda each: (each.span.start, -each.span.end)):
        if each.span.start >= end:
            end = each.span.end
            yield each


def _widest(text: str, mention: Mention, ruled: Sequence[Mention]) -> Mention:
    """The rule-based name around the tagger's, if that is an organisation or a single word."""
    at = bisect_left(ruled, mention.span.end, key=lambda each: each.span.end)
    rule = ruled[at] if at < len(ruled) else mention
    if not (rule.span.start <= mention.span.start and mention.span.end <= rule.span.end):
        return mention
    whole = rule.span.of(text)
    alike = rule.kind == mention.kind or whole.isupper()
    bounded = mention.kind == "ORG" or (_single(text, mention) and not _titled(whole))
    return Mention(rule.span, mention.kind) if alike and bounded else mention


def _joined(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Joins two single words of the same kind with a space between: rare names come in pieces."""
    previous: Mention | None = None
    for each in named:
        gap = text[previous.span.end : each.span.start] if previous else ""
        if previous and gap == " " and previous.kind == each.kind and _single(text, previous, each):
            previous = Mention(Span(previous.span.start, each.span.end), previous.kind)
            continue
        if previous:
            yield previous
        previous = each
    if previous:
        yield previous


def _single(text: str, *named: Mention) -> bool:
    return not any(" " in each.span.of(text) for each in named)


def _titled(name: str) -> bool:
    return any(word.strip(".").casefold() in PERSON_TITLES for word in name.split())


def _in_one_paragraph(text: str, tagged: Sequence[Mention]) -> Iterator[Mention]:
    """The tagger may join the byline and the first word of the text, which are two names."""
    parts = paragraphs(text) if any("\n" in each.span.of(text) for each in tagged) else []
    for mention in tagged:
        inside = within(text, parts, mention.span) if "\n" in mention.span.of(text) else []
        yield from (Mention(span, mention.kind) for span in inside or [mention.span])


def _trimmed(text: str, tagged: Sequence[Mention]) -> Iterator[Mention]:
    for mention in _in_one_paragraph(text, tagged):
        span = _trimmed_span(text, mention.span)
        words = span.of(text).split() if span else []
        if span and any(word.strip(".").casefold() not in PERSON_TITLES for word in words):
            kind = _kind(words, mention.kind)
            span = _past_owner(text, span) if kind == "PER" else span
            generation = _GENERATION.match(text, span.end) if kind == "PER" else None
            end = generation.end() if generation else span.end
            yield Mention(Span(span.start, end), kind)


def _kind(words: Sequence[str], tagged: str) -> str:
    """A body is no person, though the tagger may say so: "Brackwater University", "Senate Bank"."""
    first, last = (word.strip(".").casefold() for word in (words[0], words[-1]))
    body = len(words) > 1 and last in ORGANISATION_WORDS and first not in GIVEN_NAMES
    return "ORG" if tagged == "PER" and body else tagged


def _trimmed_span(text: str, span: Span) -> Span | None:
    """From the first to the last capitalized word; unchanged if the line has no capitals."""
    words = list(_WORD.finditer(text, span.start, span.end))
    capitals = [at for at, word in enumerate(words) if _has_capital(word.group())]
    if not words:
        return None
    if not capitals:
        return Span(words[0].start(), words[-1].end()) if _caseless(text, span) else None
    first, last = capitals[0], capitals[-1]
    while first and words[first - 1].group().casefold() in NAME_PARTICLES:
        first -= 1
    end = words[last].end()
    if text[end - 1] == "." and not _INITIAL.fullmatch(words[last].group()):
        end -= 1
    cut = _POSSESSIVE.search(text, words[last].start(), end)
    end = cut.start() if cut and cut.start() > words[last].start() else end
    return Span(words[first].start(), end)


def _owner(text: str, mention: Mention) -> Span | None:
    """What the tagger took for the beginning of a person's name: no person itself."""
    owner = _OWNER.match(text, mention.span.start, mention.span.end)
    return Span(owner.start(), owner.end()) if owner and mention.kind == "PER" else None


def _past_owner(text: str, span: Span) -> Span:
    owner = _OWNER.match(text, span.start, span.end)
    return Span(owner.end(), span.end) if owner else span


def _has_capital(word: str) -> bool:
    """Whether any letter is a capital, as in "al-Hadid" and "iPhone"; true for other scripts."""
    return any(map(str.isupper, word)) or not (word.upper() != word.lower() or word.isdigit())


def _caseless(text: str, span: Span) -> bool:
    """Whether its line has no capitals at all."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    return not any(map(str.isupper, line))


def _taken(mention: Mention, kept: Sequence[Mention], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, mention.span.end)
    return at > 0 and kept[at - 1].span.end > mention.span.start
