"""The people and organisations of one article, each with all its mentions.

A short name joins the full name that holds it as any word, since the family name comes first in
half the world. Where several hold it, a title, the paragraph and earlier use decide; where they do
not, all of them stay. Knows names only: see `descriptions` for "the senator".
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.attribution.annotations import Mention
from index.attribution.entities.roles import role_of, title_before
from index.documents import Span
from index.language.gazetteers import (
    DEMONYMS,
    FEMALE_NAMES,
    FEMALE_NOUNS,
    FEMALE_TITLES,
    MALE_NAMES,
    MALE_NOUNS,
    MALE_TITLES,
    PERSON_TITLES,
)
from index.language.names import name_words
from index.statements import SourceType

_FIRST_WORD = re.compile(r"[^\W_]+\.?(?:['’-][^\W_]+)*\s+")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}s?")
_IN_BRACKETS = re.compile(r"\s?\((?:the |or )?[\"“]?\Z")
GIVEN = MALE_NAMES | FEMALE_NAMES
SHORT_FORM = 4
"""Letters: a shorter word of a body's name does not stand for it."""
NEAR, FAR = 3, 4
"""Paragraphs: a namesake mentioned so near is meant, if every other is so much further off."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something of the article that bears a name."""

    kind: SourceType
    """PERSON or ORGANISATION."""
    name: Span
    """The fullest mention; of several as full the first."""
    mentions: tuple[Span, ...]
    """Ascending, titles left out; those that may also be another's are not among them."""
    role: Span | None
    titles: frozenset[str]
    """Before any mention: lower case, without full stops."""

    @property
    def gender(self) -> str:
        """Where titles tell "m" or "f", else nothing."""
        male, female = self.titles & MALE_TITLES, self.titles & FEMALE_TITLES
        if bool(male) == bool(female):
            return ""
        return "m" if male else "f"


@dataclass(frozen=True, slots=True)
class Entities:
    """`at` has the mentions: each the numbers of the figures it may be of."""

    figures: tuple[Entity, ...]
    at: Mapping[Span, tuple[int, ...]]
    places: tuple[Span, ...]
    """Of `at`, ascending and disjoint."""

    def inside(self, span: Span) -> list[tuple[Span, tuple[int, ...]]]:
        """The mentions that lie in a part of the text, ascending."""
        first = bisect_left(self.places, span.start, key=lambda place: place.start)
        last = bisect_right(self.places, span.end, key=lambda place: place.end)
        return [(place, self.at[place]) for place in self.places[first:last]]


def find_entities(text: str, named: Sequence[Mention]) -> Entities:
    bare = [_bare(text, mention) for mention in named]
    people = [mention for mention in bare if mention.kind == "PER" and _tells(text, mention)]
    groups, shared = _people(text, people)
    loose = [mention for mention in bare if mention.kind != "PER"]
    bodies = _organisations(text, loose)
    figures = [_figure(text, SourceType.PERSON, spans) for spans in groups]
    figures += [_figure(text, SourceType.ORGANISATION, spans) for spans in bodies]
    at: dict[Span, tuple[int, ...]] = {
        span: (number,) for number, each in enumerate(figures) for span in each.mentions
    }
    at = dict(sorted((at | shared).items()))
    return Entities(tuple(figures), at, tuple(at))


def _figure(text: str, kind: SourceType, spans: Sequence[Span]) -> Entity:
    name = _fullest(text, spans)
    titled = (title_before(text, span) for span in spans)
    titles = {span.of(text).rstrip(".").casefold() for span in titled if span}
    roles = (role_of(text, span) for span in spans) if kind is SourceType.PERSON else ()
    found = [role for role in roles if role]
    role = max(found, key=lambda span: (min(span.end - span.start, 12), -span.start), default=None)
    return Entity(kind, name, tuple(sorted(spans)), role, frozenset(titles))


def _fullest(text: str, spans: Sequence[Span]) -> Span:
    """The first mention of the longest form, but no word of praise or blame that stood before once.

    A form gives way to a shorter full one at its end that is written more often.
    """
    forms = Counter(name_words(span.of(text)) for span in spans)
    plain = Counter(
        name_words(span.of(text))
        for span in spans
        if not title_before(text, span) and text[span.end : span.end + 1] not in {"'", "’"}
    )
    longest = sorted(forms, key=lambda words: (-len(words), -forms[words]))
    best = longest[0]
    for words in longest[1:]:
        ends = len(words) > 1 and best[-len(words) :] == words
        given = words[0] in GIVEN and best[0] not in GIVEN
        if ends and (given or plain[words] > 2 * forms[best]):
            best = words
    fitting = (span for span in spans if name_words(span.of(text)) == best)
    return min(fitting, key=lambda span: (span.of(text).isupper(), span))


def _bare(text: str, mention: Mention) -> Mention:
    """Without titles, whoever found it."""
    span = mention.span
    while mention.kind == "PER":
        first = _FIRST_WORD.match(text, span.start, span.end)
        word = first.group().strip(" .\n").casefold() if first else ""
        people = word in DEMONYMS and " " in text[first.end() if first else 0 : span.end].strip()
        if not first or not (word in PERSON_TITLES or people):
            break
        span = Span(first.end(), span.end)
    return Mention(span, mention.kind)


def _tells(text: str, mention: Mention) -> bool:
    """A name of one letter is nobody's."""
    return any(len(word) > 1 for word in name_words(mention.span.of(text)))


@dataclass(slots=True)
class _Cluster:
    """A cluster as it grows."""

    number: int
    words: tuple[str, ...]
    spans: list[Span] = field(default_factory=list)
    full: list[Span] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    shorts: set[str] = field(default_factory=set)
    """Short names that were this one's alone when they were used."""


def _people(
    text: str, named: Sequence[Mention]
) -> tuple[list[list[Span]], dict[Span, tuple[int, ...]]]:
    """Mentions by person, and the mentions that may be of several people."""
    full: list[tuple[Span, tuple[str, ...]]] = []
    short: list[tuple[Span, tuple[str, ...]]] = []
    for mention in named:
        words = name_words(mention.span.of(text))
        (full if len(words) > 1 else short).append((mention.span, words))
    people = _full_names(text, full)
    shared: dict[Span, tuple[int, ...]] = {}
    for span, words in short:
        gender = _gender_before(text, span)
        fits = _who(text, span, words[0], gender, people)
        if len(fits) > 1:
            shared[span] = tuple(person.number for person in fits)
            continue
        person = fits[0] if fits else _Cluster(len(people), words)
        if not fits:
            people.append(person)
        person.spans.append(span)
        person.genders |= {gender} if gender else set()
        person.shorts.add(words[0])
    return [person.spans for person in people], shared


def _full_names(text: str, named: Iterable[tuple[Span, tuple[str, ...]]]) -> list[_Cluster]:
    """The longest names first, so that each shorter one finds all that hold it."""
    people: list[_Cluster] = []
    for span, words in sorted(named, key=lambda each: (-len(each[1]), each[0])):
        gender = _gender_before(text, span)
        fits = [person for person in people if _holds(person.words, words)]
        fits = [person for person in fits if _agrees(person, gender)]
        person = fits[0] if fits else _Cluster(len(people), words)
        if len(fits) > 1:
            person = max(fits, key=lambda each: _recent(each, span))
        if not fits:
            person.genders |= _by_given_name(words[0])
            people.append(person)
        person.spans.append(span)
        person.full.append(span)
        person.genders |= {gender} if gender else set()
    return people


def _by_given_name(word: str) -> set[str]:
    if word in MALE_NAMES:
        return {"m"}
    return {"f"} if word in FEMALE_NAMES else set()


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether each word of the shorter one is, in order, a word of the longer one or its initial.

    An initial may stand for a first name only before or after a word both have.
    """
    rest = iter(longer)
    same = all(any(_alike(each, word) for each in rest) for word in shorter)
    return same and any(word in longer for word in shorter if len(word) > 1)


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _who(
    text: str, span: Span, word: str, gender: str, people: Sequence[_Cluster]
) -> list[_Cluster]:
    """Who may be meant by one word: all of those between whom nothing decides."""
    fits = [person for person in people if word in person.words and len(person.words) > 1]
    if not fits:
        return [person for person in people if person.words == (word,) and _agrees(person, gender)]
    agreeing = [person for person in fits if _agrees(person, gender)]
    if gender and any(gender in person.genders for person in agreeing):
        agreeing = [person for person in agreeing if gender in person.genders]
    before = [person for person in agreeing if person.full[0].start < span.start] or agreeing
    return before if len(before) <= 1 else _nearest(text, span, word, before)


def _agrees(person: _Cluster, gender: str) -> bool:
    return not gender or not person.genders or gender in person.genders


def _nearest(text: str, span: Span, word: str, people: Sequence[_Cluster]) -> list[_Cluster]:
    """Named in full in this paragraph, alone of them; or called so before the others came."""
    paragraph = text.rfind("\n", 0, span.start) + 1
    here = [
        person
        for person in people
        if any(paragraph <= each.start < span.start for each in person.full)
    ]
    if len(here) == 1:
        return here
    if here:
        return here
    owners = [person for person in people if word in person.shorts]
    if len(owners) == 1:
        return owners
    others = [person for person in people if not person.shorts - {word}]
    if len(others) == 1:
        return others
    back = sorted((_paragraphs_back(text, person, span), person.number) for person in people)
    if back[0][0] <= NEAR and back[1][0] >= back[0][0] + FAR:
        return [person for person in people if person.number == back[0][1]]
    return list(people)


def _paragraphs_back(text: str, person: _Cluster, span: Span) -> int:
    """From a place to the last mention before it."""
    last = max((each.start for each in person.spans if each < span), default=0)
    return text.count("\n", last, span.start)


def _recent(person: _Cluster, span: Span) -> tuple[bool, int]:
    """Orders by the last mention before a place, then by the first after it."""
    at = bisect_right(sorted(person.spans), span)
    earlier = sorted(person.spans)[:at]
    return bool(earlier), earlier[-1].start if earlier else -person.spans[0].start


def _gender_before(text: str, span: Span) -> str:
    title = title_before(text, span)
    word = title.of(text).rstrip(".").casefold() if title else ""
    before = text[max(0, span.start - 24) : span.start].split()
    last = before[-1].casefold() if before else ""
    if word in MALE_TITLES or last in MALE_NOUNS:
        return "m"
    return "f" if word in FEMALE_TITLES or last in FEMALE_NOUNS else ""


def _organisations(text: str, named: Sequence[Mention]) -> list[list[Span]]:
    """By equal words; a short form or an acronym joins the last full name that it fits."""
    bodies: list[tuple[str, list[Span]]] = []
    for mention in named:
        if mention.kind != "ORG":
            continue
        written = mention.span.of(text)
        found = next((spans for name, spans in reversed(bodies) if _one_body(name, written)), None)
        joined = found is None and bool(bodies) and _bracketed(text, bodies[-1], mention.span)
        if joined:
            found = bodies[-1][1]
        if found is None:
            found = []
        found.append(mention.span)
        bodies.append((written, found))
    return list(_unique(spans for _, spans in bodies))


def _unique(groups: Iterable[list[Span]]) -> Iterator[list[Span]]:
    seen: set[int] = set()
    for group in groups:
        if id(group) not in seen:
            seen.add(id(group))
            yield group


def _one_body(name: str, written: str) -> bool:
    left, right = name_words(name), name_words(written)
    if left == right:
        return True
    if _ACRONYM.fullmatch(written):
        return len(left) > 1 and written.replace(".", "") == _initials(name)
    if _ACRONYM.fullmatch(name):
        return len(right) > 1 and name.replace(".", "") == _initials(written)
    return (
        len(right) < len(left)
        and len(right) == 1
        and right[0] == left[0]
        and len(right[0]) >= SHORT_FORM
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def _bracketed(text: str, body: tuple[str, list[Span]], span: Span) -> bool:
    """As in "Korean Central News Agency (KCNA)", whatever the letters are."""
    last = body[1][-1]
    between = text[last.end : span.start]
    written = span.of(text)
    return (
        _IN_BRACKETS.fullmatch(between) is not None
        and text[span.end : span.end + 1] in {")", "”", '"'}
        and written[0].casefold() == body[0][0].casefold()
    )
