"""Attributions and mentions in, the mentions with the names that speak out. Knows no entities.

A source written with capitals that the rules and the tagger could not classify is taken as a
person's name, because it speaks.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.attribution.annotations import Attribution, Mention
from index.attribution.entities.entity_types import INNER_CAPITAL, MOST_WORDS
from index.documents import Span
from index.language.gazetteers import DEMONYMS, ORGANISATION_WORDS, PERSON_NOUNS, PLACES
from index.language.word_classes import SOURCE_PRONOUNS

_PEOPLES = re.compile(r"(?:ians|icans|ese|ists|crats|ites)\Z")
_NO_NAMES = frozenset(
    """
    the a an this that these those here there others some many most both all one two three several
    experts people sources voters critics everyone everybody nobody somebody someone anyone no none
    another each few more half my our your his their its what such as and but or video police
    """.split()
)
_LOWER_WORD = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ]\w*")
_CAPITAL_WORDS = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w.’'\u2011-]*(?: (?:[A-ZÀ-ÖØ-Þ]|van |de |al-|bin )[\w.’'\u2011-]*){0,3}"
)


def with_speaking_names(
    text: str, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> list[Mention]:
    """Ascending; every MISC mention that is written like a speaking name becomes a person's too."""
    spans = [each.span for each in mentions]
    unknown = {each.span for each in mentions if each.kind == "MISC"}
    heads = {_capitalized_head(text, each.source[0]) for each in attributions if each.source}
    lower = frozenset(_LOWER_WORD.findall(text))
    speaking = {
        head
        for head in heads
        if head
        and (head in unknown or not _taken(head, spans))
        and _may_be_person(text, head, lower)
    }
    written = {_folded(text, head) for head in speaking}
    kept = [
        Mention(each.span, "PER")
        if each.kind == "MISC" and _folded(text, each.span) in written
        else each
        for each in mentions
    ]
    added = [Mention(head, "PER") for head in speaking - unknown]
    return sorted([*kept, *added], key=lambda each: each.span)


def _capitalized_head(text: str, source: Span) -> Span | None:
    """Capitalized words that are the whole source, or all of it up to a comma."""
    match = _CAPITAL_WORDS.match(text, source.start, source.end)
    whole = match and (match.end() == source.end or text[match.end()] == ",")
    return Span(*match.span()) if match and whole else None


def _taken(span: Span, mentions: Sequence[Span]) -> bool:
    at = bisect_left(mentions, span.end, key=lambda each: each.start)
    return at > 0 and mentions[at - 1].end > span.start


def _may_be_person(text: str, span: Span, lower: AbstractSet[str]) -> bool:
    """Few enough words, none known as anything else, and not in lower case anywhere else."""
    words = span.of(text).split()
    plain = {word.casefold().strip(".") for word in words}
    not_names = DEMONYMS | ORGANISATION_WORDS | PLACES | SOURCE_PRONOUNS | _NO_NAMES
    brand = any((word.isupper() and len(word) > 1) or INNER_CAPITAL.match(word) for word in words)
    single = words[0].casefold() if len(words) == 1 else ""
    plural = _PEOPLES.search(single) is not None or single.removesuffix("s") in PERSON_NOUNS
    return (
        not (plain & not_names or brand or plural or single in lower) and len(words) <= MOST_WORDS
    )


def _folded(text: str, span: Span) -> str:
    return span.of(text).casefold()
