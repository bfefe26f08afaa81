"""Sources that refer back to earlier words in, the speaker each one means out.

These are pronouns, and sources left out, for which the speaker of the statement before goes on.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from index.attribution.annotations import Attribution
from index.attribution.entities.entities import Entities
from index.attribution.quotations import Quote
from index.attribution.speakers.pronouns import Antecedent, resolve_pronouns
from index.attribution.speakers.resolution import (
    CONFIDENCE,
    UNRESOLVED_SOURCE,
    NamedSources,
    ResolvedSource,
)
from index.documents import Span
from index.language.gazetteers import FEMALE_NAMES, MALE_NAMES
from index.language.names import name_words
from index.statements import Resolution, SourceType
from index.text.paragraphs import paragraphs

SURE_PRONOUN = 0.6
"""A less confident antecedent is not used: the pronoun is left ambiguous or unresolved."""
FIRST_PERSON, NEUTER = 0.8, 0.7
"""Confidence of "I" inside what somebody says, and of "it" or "they"."""
NEXT_PARAGRAPH = 0.9
"""Factor of confidence for a speaker inherited from the paragraph before."""
REACH = 90
"""Characters before a relative pronoun in which its noun is looked for."""
SPOKEN_OF = 0.5
"""Confidence that "he" is somebody of whom his own words say "he"."""
_SPOKEN_OF = {word: re.compile(rf"[^.!?]*\b{word}\b", re.IGNORECASE) for word in ("he", "she")}
"""In the first sentence of a quotation."""
_OPENING = re.compile(r"[“\"'‘\s]*")
_NEVER = {"he": FEMALE_NAMES - MALE_NAMES, "she": MALE_NAMES - FEMALE_NAMES}
"""Given names of nobody who is called so."""
_PERSONAL = frozenset("he she him her his himself herself".split())
_NEUTER = frozenset("it itself".split())
_PLURAL = frozenset("they themselves them".split())
_BEFORE_RELATIVE = re.compile(r"(?:,|[”\"])?\s*\Z")
_NOUN_PHRASE = re.compile(
    r"(?:\b(?:an?|the|one|some|two|three|several|many|his|her|their|those)\s+(?:[\w’'-]+\s+){0,5}?"
    r"[\w’'-]+|[A-Za-z-]+s)\Z",
    re.IGNORECASE,
)


class Anaphora:
    """Resolves references back; `remember` every statement's source in the order of the text."""

    def __init__(
        self, text: str, entities: Entities, quotes: Sequence[Quote], named: NamedSources
    ) -> None:
        self._text = text
        self._entities = entities
        self._quotes = quotes
        self._quote_ends = [each.span.end for each in quotes]
        self._named = named
        self._paragraphs = [part.start for part in paragraphs(text)]
        self._earlier: list[tuple[tuple[Span, ...], ResolvedSource]] = []

    def remember(self, content: tuple[Span, ...], source: ResolvedSource) -> None:
        self._earlier.append((content, source))

    def pronoun(self, span: Span) -> ResolvedSource:
        """Any but a relative pronoun."""
        word = span.of(self._text).casefold()
        if word in _PERSONAL:
            return self._personal(span)
        if word in {"i", "me"}:
            return self._first_person(span)
        if word in _NEUTER | _PLURAL:
            return self._neuter(span, plural=word in _PLURAL)
        return UNRESOLVED_SOURCE

    def of_another(
        self, pronoun: Span, source: ResolvedSource, content: Sequence[Span]
    ) -> ResolvedSource:
        """The source, unless its own words speak of it: then whoever spoke before, if that fits.

        In “She is a marvel,” she said, the pronouns are two persons, and what comes before is most
        often about the first one.
        """
        word = pronoun.of(self._text).casefold()
        if word not in _SPOKEN_OF or not self._speaks_of(word, content):
            return source
        before = self._earlier[-1][1] if self._earlier else UNRESOLVED_SOURCE
        if before.speaker == source.speaker:
            return source
        if before.sure and before.type is SourceType.PERSON and self._may_be(word, before):
            named = replace(before, path=before.path[-1:])
            return named.through_pronoun(pronoun, CONFIDENCE[Resolution.INHERITED])
        return replace(source, own_confidence=min(source.confidence, SPOKEN_OF))

    def _speaks_of(self, word: str, content: Sequence[Span]) -> bool:
        first = content[0]
        at = bisect_right(self._quote_ends, first.start)
        quoted = next((each.span for each in self._quotes[at : at + 1]), None)
        quoted = quoted if quoted and first.touches(quoted) else None
        if quoted is None:
            return False
        start, end = max(first.start, quoted.start), min(first.end, quoted.end)
        opening = _OPENING.match(self._text, start)
        return bool(_SPOKEN_OF[word].match(self._text, opening.end() if opening else start, end))

    def _may_be(self, word: str, source: ResolvedSource) -> bool:
        """By the given name, and by the pronoun that meant the person before."""
        given = name_words(source.speaker or "")[:1]
        called = {span.of(self._text).casefold() for span in source.path} & _SPOKEN_OF.keys()
        return _NEVER[word].isdisjoint(given) and called <= {word}

    def inherited(self, attribution: Attribution) -> ResolvedSource:
        """The speaker of the statement before, if that is in the same paragraph.

        It may be in the paragraph before for a quotation without a cue.
        """
        if not self._earlier:
            return UNRESOLVED_SOURCE
        content, source = self._earlier[-1]
        here = self._paragraph(attribution.content[0].start)
        apart = here - self._paragraph(content[-1].end - 1)
        near = apart == 0 if attribution.cue else apart <= 1
        if not near or not source.sure:
            return UNRESOLVED_SOURCE
        return replace(
            source,
            resolution=Resolution.INHERITED,
            path=source.path[-1:],
            own_confidence=CONFIDENCE[Resolution.INHERITED] * (NEXT_PARAGRAPH if apart else 1.0),
        )

    @cached_property
    def _antecedents(self) -> dict[Span, Antecedent]:
        speech = [each.span for each in self._quotes if not each.scare]
        return resolve_pronouns(self._text, self._entities, speech)

    def _personal(self, span: Span) -> ResolvedSource:
        found = self._antecedents.get(span)
        if found is None:
            return UNRESOLVED_SOURCE
        if found.entity is None:
            source = self._named.itself(found.mention, SourceType.UNNAMED)
        elif found.confidence < SURE_PRONOUN:
            ambiguous = self._named.ambiguous([found.entity, *found.others])
            return ambiguous if len(ambiguous.candidates) > 1 else UNRESOLVED_SOURCE
        else:
            source = self._named.entity(found.mention, found.entity)
        if source.path[0] == span:  # "He" may have been taken for a surname
            return replace(source.through_pronoun(span, found.confidence), path=source.path)
        return source.through_pronoun(span, found.confidence)

    def _first_person(self, span: Span) -> ResolvedSource:
        """Whoever says the words that the pronoun is in."""
        for content, source in reversed(self._earlier):
            inside = any(part.start <= span.start < part.end for part in content)
            if inside and source.path and source.sure:
                return source.through_pronoun(span, FIRST_PERSON)
        return UNRESOLVED_SOURCE

    def _neuter(self, span: Span, *, plural: bool) -> ResolvedSource:
        """The organisation or group that spoke last, in this paragraph or the one before."""
        if not self._earlier:
            return UNRESOLVED_SOURCE
        content, source = self._earlier[-1]
        near = self._paragraph(span.start) - self._paragraph(content[0].start) <= 1
        fits = source.type is SourceType.ORGANISATION or (
            source.type is SourceType.GROUP if plural else source.inanimate
        )
        if near and fits and source.sure:
            return source.through_pronoun(span, NEUTER)
        return UNRESOLVED_SOURCE

    def _paragraph(self, position: int) -> int:
        return bisect_right(self._paragraphs, position)


def antecedent_end(text: str, relative: Span) -> int:
    """Where the words before a relative pronoun end, without a comma or a closing mark."""
    found = _BEFORE_RELATIVE.search(text, max(0, relative.start - REACH), relative.start)
    return found.start() if found else relative.start


def noun_phrase_before(text: str, end: int) -> Span | None:
    """Inside the same line."""
    found = _NOUN_PHRASE.search(text, max(0, end - REACH), end)
    return Span(*found.span()) if found and "\n" not in found.group() else None
