"""Attributions and names of one article -> statements, each with its speaker and why.

What an article leaves open stays open: a surname two people share is AMBIGUOUS, and a group, an
organisation or somebody without a name never turns into a person.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.attribution.annotations import Attribution, Mention
from index.attribution.cues import act_of, lemma_of, polarity_of
from index.attribution.entities.entities import Entities, find_entities
from index.attribution.entities.entity_types import INNER_CAPITAL, MOST_WORDS
from index.attribution.quotations import Quote, statement_kind
from index.attribution.speakers.descriptions import described_entities
from index.attribution.speakers.pronouns import Antecedent, resolve_pronouns
from index.attribution.speakers.source_phrases import (
    SourcePhrase,
    names_body,
    names_thing,
    read_source,
)
from index.documents import Article, Span
from index.language.gazetteers import DEMONYMS, ORGANISATION_WORDS, PERSON_NOUNS, PLACES
from index.language.names import name_key, name_words
from index.language.word_classes import SOURCE_PRONOUNS
from index.statements import Polarity, Resolution, SourceType, Statement
from index.text.paragraphs import paragraphs

SURE_PRONOUN = 0.6
"""Under it, whom a pronoun stands for is left open."""
CONFIDENCE = {
    Resolution.FULL_NAME: 0.98,
    Resolution.SHORT_NAME: 0.95,
    Resolution.DESCRIPTION: 0.85,
    Resolution.ITSELF: 0.95,
    Resolution.INHERITED: 0.75,
    Resolution.AMBIGUOUS: 0.4,
    Resolution.UNRESOLVED: 0.3,
}
_LEFT = 90
_PEOPLES = re.compile(r"(?:ians|icans|ese|ists|crats|ites)\Z")
_NO_NAMES = frozenset(
    """
    the a an this that these those here there others some many most both all one two three several
    experts people sources voters critics everyone everybody nobody somebody someone anyone no none
    another each few more half my our your his their its what such as and but or video police
    """.split()
)
_RELATIVE = re.compile(r"(?P<end>)(?:,|[”\"])?\s*\Z")
_PHRASE_LEFT = re.compile(
    r"(?:\b(?:an?|the|one|some|two|three|several|many|his|her|their|those)\s+(?:[\w’'-]+\s+){0,5}?"
    r"[\w’'-]+|[A-Za-z-]+s)\Z",
    re.IGNORECASE,
)
_CAPITAL_WORDS = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w.’'\u2011-]*(?: (?:[A-ZÀ-ÖØ-Þ]|van |de |al-|bin )[\w.’'\u2011-]*){0,3}"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom a source is taken for."""

    resolution: Resolution
    speaker: str | None
    path: tuple[Span, ...]
    candidates: tuple[str, ...] = ()
    role: Span | None = None
    confidence: float | None = None
    """Where the way there does not say it all."""
    type: SourceType | None = None
    """Of the speaker, for those that come after."""
    thing: bool = False
    """A body or a text without a name: "it" from then on."""

    @property
    def sureness(self) -> float:
        return CONFIDENCE[self.resolution] if self.confidence is None else self.confidence


_OPEN = _Named(Resolution.UNRESOLVED, None, ())


def resolve_statements(
    article: Article,
    found: Sequence[Attribution],
    named: Sequence[Mention],
    quoted: Sequence[Quote],
) -> list[Statement]:
    """In the order of the text, without exact repetitions; `quoted` are its quotations."""
    ordered = sorted({each for each in found if each.content}, key=_place)
    return _Reading(article, ordered, named, quoted).statements()


def _place(attribution: Attribution) -> tuple[Span, ...]:
    return min((*attribution.cue[:1], *attribution.content[:1])), *attribution.content


class _Reading:
    """One article as its sources are resolved from the first to the last."""

    def __init__(
        self,
        article: Article,
        found: Sequence[Attribution],
        named: Sequence[Mention],
        quoted: Sequence[Quote],
    ) -> None:
        self._article = article
        self._text = article.text
        self._found = found
        self._quoted = quoted
        self._named = _with_sources(article.text, found, named)
        self._starts = [each.span for each in self._named]
        self._cast: Entities = find_entities(article.text, self._named)
        self._paragraphs = [part.start for part in paragraphs(article.text)]
        self._done: list[tuple[Statement, _Named]] = []

    def statements(self) -> list[Statement]:
        for attribution in self._found:
            self._done.append(self._statement(attribution))
        return list(dict.fromkeys(statement for statement, _ in self._done))

    @cached_property
    def _pronouns(self) -> dict[Span, Antecedent]:
        spans = [each.span for each in self._quoted if not each.scare]
        return resolve_pronouns(self._text, self._cast, spans)

    def _statement(self, attribution: Attribution) -> tuple[Statement, _Named]:
        cue = attribution.cue[0] if attribution.cue else None
        lemma = lemma_of(self._words(cue)) if cue else ""
        source, named = self._source(attribution)
        statement = Statement(
            article_id=self._article.id,
            revision=self._article.revision,
            kind=statement_kind(attribution.content, self._text, self._quoted),
            act=act_of(lemma),
            polarity=polarity_of(self._text, cue) if cue else Polarity.POSITIVE,
            cue=cue,
            lemma=lemma,
            content=attribution.content,
            source=source.span if source else None,
            source_type=source.type if source else SourceType.NONE,
            speaker=named.speaker,
            resolution=named.resolution,
            resolution_path=named.path,
            candidates=named.candidates,
            role=named.role,
            confidence=round(min(1.0, attribution.confidence * named.sureness), 4),
            origin=attribution.origin,
        )
        return statement, named

    def _source(self, attribution: Attribution) -> tuple[SourcePhrase | None, _Named]:
        if not attribution.source:
            return None, self._inherited(attribution)
        whole = Span(attribution.source[0].start, attribution.source[0].end)
        source = read_source(self._text, whole, self._inside(whole))
        named = self._resolved(source)
        return replace(source, span=whole), named

    def _resolved(self, source: SourcePhrase) -> _Named:
        if source.type is SourceType.PRONOUN:
            return self._pronoun(source.span)
        if source.name is not None:
            return self._by_name(source.name.span)
        if source.type is SourceType.UNNAMED:
            return self._described(source)
        return self._itself(source)

    def _by_name(self, name: Span) -> _Named:
        """The figures that the name may be of; a place speaks for itself."""
        at = self._cast.inside(name)
        if not at:
            return self._itself(SourcePhrase(SourceType.ORGANISATION, name, None))
        span, numbers = at[-1]
        if len(numbers) > 1:
            return self._tie(numbers)
        return self._figure(span, numbers[0])

    def _figure(self, span: Span, number: int) -> _Named:
        figure = self._cast.figures[number]
        name = figure.name
        words, full = self._words(span), self._words(name)
        if figure.kind is SourceType.ORGANISATION:
            same = name_words(words) == name_words(full)
            way = Resolution.ITSELF if same else Resolution.SHORT_NAME
            path = (span,) if same else (span, name)
            return _Named(way, self._words(path[-1]), path, type=figure.kind)
        same = name_key(words) == name_key(full)
        whole = len(name_words(full)) > 1
        way = Resolution.FULL_NAME if same and whole else Resolution.SHORT_NAME
        path = (span,) if same else (span, name)
        return _Named(way, self._words(path[-1]), path, role=figure.role, type=figure.kind)

    def _tie(self, numbers: Sequence[int]) -> _Named:
        names = (self._words(self._cast.figures[number].name) for number in numbers)
        return _Named(Resolution.AMBIGUOUS, None, (), candidates=tuple(dict.fromkeys(names)))

    def _itself(self, source: SourcePhrase) -> _Named:
        return _Named(Resolution.ITSELF, self._words(source.span), (source.span,), type=source.type)

    def _described(self, source: SourcePhrase) -> _Named:
        """Somebody named, if exactly one person or body of the article fits the phrase."""
        fits = described_entities(self._text, source.span, self._cast)
        fits = fits or self._bodies(source)
        if len(fits) != 1:
            thing = names_thing(source.noun) or names_body(source.noun)
            return replace(self._itself(source), thing=thing)
        by_name = self._figure(self._cast.figures[fits[0]].name, fits[0])
        path = (source.span, self._cast.figures[fits[0]].name)
        return replace(by_name, resolution=Resolution.DESCRIPTION, path=path)

    def _bodies(self, source: SourcePhrase) -> tuple[int, ...]:
        """As in "the ministry", where one ministry was named before."""
        words = self._words(source.span).casefold().split()
        if words[:-1] != ["the"] or not names_body(source.noun):
            return ()
        return tuple(
            number
            for number, figure in enumerate(self._cast.figures)
            if figure.kind is SourceType.ORGANISATION
            and figure.mentions[0].start < source.span.start
            and source.noun in name_words(self._words(figure.name))
        )

    def _pronoun(self, span: Span) -> _Named:
        word = self._words(span).casefold()
        if word in {"he", "she", "him", "her", "his", "himself", "herself"}:
            return self._personal(span)
        if word in {"who", "which", "that", "whom"}:
            return self._relative(span)
        if word in {"i", "me"}:
            return self._first_person(span)
        if word in {"it", "they", "itself", "themselves", "them"}:
            return self._neuter(span, plural=word.startswith("the"))
        return _OPEN

    def _personal(self, span: Span) -> _Named:
        answer = self._pronouns.get(span)
        if answer is None:
            return _OPEN
        if answer.figure is None:
            return self._by_pronoun(span, answer.place, None, answer.confidence)
        if answer.confidence < SURE_PRONOUN:
            names = [answer.figure, *answer.others]
            tie = self._tie(names)
            return tie if len(tie.candidates) > 1 else replace(_OPEN, candidates=())
        return self._by_pronoun(span, answer.place, answer.figure, answer.confidence)

    def _by_pronoun(self, span: Span, place: Span, number: int | None, confidence: float) -> _Named:
        if number is None:
            words, role, last = self._words(place), None, place
            kind = SourceType.UNNAMED
        else:
            by_name = self._figure(place, number)
            last, role, kind = by_name.path[-1], by_name.role, self._cast.figures[number].kind
            words = self._words(last)
        path = tuple(dict.fromkeys((span, place, last)))
        return _Named(Resolution.PRONOUN, words, path, (), role, confidence, kind)

    def _relative(self, span: Span) -> _Named:
        """The noun on its left, a name before any other."""
        before = self._text[max(0, span.start - _LEFT) : span.start]
        cut = _RELATIVE.search(before)
        end = span.start - len(before) + (cut.start() if cut else len(before))
        named = [
            each for each in self._inside(Span(max(0, end - _LEFT), end)) if each.span.end == end
        ]
        if named:
            by_name = self._by_name(named[-1].span)
            if by_name.path:
                path = (span, *by_name.path)
                return replace(by_name, resolution=Resolution.PRONOUN, path=path, confidence=0.9)
            return by_name
        phrase = _PHRASE_LEFT.search(self._text, max(0, end - _LEFT), end)
        if phrase is None or "\n" in phrase.group():
            return _OPEN
        place = Span(*phrase.span())
        source = read_source(self._text, place, self._inside(place))
        named_here = self._resolved(source)
        if not named_here.path:
            return named_here
        path = (span, *named_here.path)
        return replace(named_here, resolution=Resolution.PRONOUN, path=path, confidence=0.75)

    def _first_person(self, span: Span) -> _Named:
        """Whoever says the words that it stands in."""
        for statement, named in reversed(self._done):
            inside = any(part.start <= span.start < part.end for part in statement.content)
            if inside and named.path and statement.sure:
                path = (span, *named.path)
                return replace(named, resolution=Resolution.PRONOUN, path=path, confidence=0.8)
        return _OPEN

    def _neuter(self, span: Span, *, plural: bool) -> _Named:
        """The body or the group that spoke last, in this paragraph or the one before."""
        wanted = (
            {SourceType.ORGANISATION, SourceType.GROUP} if plural else {SourceType.ORGANISATION}
        )
        for statement, named in reversed(self._done[-3:]):
            near = self._paragraph(span.start) - self._paragraph(statement.content[0].start) <= 1
            fits = named.type in wanted or (named.thing and not plural)
            if near and fits and statement.sure:
                path = (span, *named.path)
                return replace(named, resolution=Resolution.PRONOUN, path=path, confidence=0.7)
            break
        return _OPEN

    def _inherited(self, attribution: Attribution) -> _Named:
        """The speaker of the words before: of this paragraph, or of the one before for a quotation.

        A cue without a source goes on with the sentence it stands in.
        """
        if not self._done:
            return _OPEN
        statement, named = self._done[-1]
        here = self._paragraph(attribution.content[0].start)
        apart = here - self._paragraph(statement.content[-1].end - 1)
        near = apart == 0 if attribution.cue else apart <= 1
        if not near or not statement.sure:
            return _OPEN
        sureness = CONFIDENCE[Resolution.INHERITED] * (0.9 if apart else 1.0)
        way = Resolution.INHERITED
        return replace(named, resolution=way, confidence=sureness, path=named.path[-1:])

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._paragraphs, place)

    def _inside(self, span: Span) -> list[Mention]:
        first = bisect_right(self._starts, Span(span.start, 0))
        inside = []
        for each in self._named[first:]:
            if each.span.start >= span.end:
                break
            if each.span.end <= span.end:
                inside.append(each)
        return inside

    def _words(self, span: Span) -> str:
        return span.of(self._text)


def _with_sources(
    text: str, found: Sequence[Attribution], named: Sequence[Mention]
) -> list[Mention]:
    """A capital name that speaks and that nobody could tell is taken for a person's."""
    places = [each.span for each in named]
    untold = {each.span for each in named if each.kind == "MISC"}
    heads = {_capitals(text, each.source[0]) for each in found if each.source}
    speaking = {
        head
        for head in heads
        if head and (head in untold or not _taken(head, places)) and _personal(text, head)
    }
    words = {_spelled(text, each) for each in speaking}
    kept = [
        Mention(each.span, "PER")
        if each.kind == "MISC" and _spelled(text, each.span) in words
        else each
        for each in named
    ]
    added = [Mention(head, "PER") for head in speaking - untold]
    return sorted([*kept, *added], key=lambda each: each.span)


def _capitals(text: str, source: Span) -> Span | None:
    """Words with capitals that are the source, or all of it up to a comma."""
    match = _CAPITAL_WORDS.match(text, source.start, source.end)
    whole = match and (match.end() == source.end or text[match.end()] == ",")
    return Span(*match.span()) if match and whole else None


def _taken(span: Span, places: Sequence[Span]) -> bool:
    at = bisect_left(places, span.end, key=lambda each: each.start)
    return at > 0 and places[at - 1].end > span.start


def _personal(text: str, span: Span) -> bool:
    """A few words that might be a person's name and are no other words of the article."""
    words = span.of(text).split()
    plain = {word.casefold().strip(".") for word in words}
    telling = DEMONYMS | ORGANISATION_WORDS | PLACES | SOURCE_PRONOUNS | _NO_NAMES
    brand = any((word.isupper() and len(word) > 1) or INNER_CAPITAL.match(word) for word in words)
    single = words[0].casefold() if len(words) == 1 else ""
    plural = _PEOPLES.search(single) is not None or single.removesuffix("s") in PERSON_NOUNS
    lower = single and re.search(rf"\b{re.escape(single)}\b", text) is not None
    return not (plain & telling or brand or plural or lower) and len(words) <= MOST_WORDS


def _spelled(text: str, span: Span) -> str:
    return span.of(text).casefold()
