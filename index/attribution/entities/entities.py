"""The persons and organisations that an article names, each with all its mentions.

Knows only names and what stands beside them; phrases such as "the senator" are for
`speakers.descriptions`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.attribution.annotations import Mention
from index.attribution.entities.person_clusters import GIVEN, JUNIOR, cluster_persons
from index.attribution.entities.roles import role_of
from index.attribution.entities.titles import title_before
from index.documents import Span
from index.identity.called import KNOWN_AS
from index.language.gazetteers import DEMONYMS, PERSON_NOUNS
from index.language.names import (
    FEMALE_TITLES,
    MALE_TITLES,
    PERSON_TITLES,
    name_words,
    title_size,
)
from index.statements import SourceType

_WORD = re.compile(r"\S+")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}s?")
_OFFICE_OF = re.compile(
    r"\b(?:secretary|minister|director|attorney|speaker) (?:of|for) (?:the )?\Z", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s?\((?:the |or )?[\"“]?\Z")
SHORT_FORM = 4
"""Letters: a shorter first word of an organisation's name is not used as its short name."""
ROLE_LENGTH = 12
"""Characters: of roles at least this long the first is kept, else the longest."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or an organisation that the article names.

    A `Mention` is one name in the text; an entity is all mentions of the same person. What its
    pronouns and descriptions add is in `pronoun_features.Candidate`. A `Speaker` is the same person
    across articles.
    """

    type: SourceType
    """PERSON or ORGANISATION."""
    name: Span
    """The fullest mention; of several equally full ones the first."""
    mentions: tuple[Span, ...]
    """Ascending, without titles and without ambiguous mentions."""
    role: Span | None
    titles: frozenset[str]
    """Before any mention: lower case, without full stops."""

    @property
    def gender(self) -> str:
        """By titles: "m" or "f", or empty if they do not tell."""
        male, female = self.titles & MALE_TITLES, self.titles & FEMALE_TITLES
        if bool(male) == bool(female):
            return ""
        return "m" if male else "f"


@dataclass(frozen=True, slots=True)
class Entities:
    """All entities of one article, and which of them each mention may be."""

    all: tuple[Entity, ...]
    at: Mapping[Span, tuple[int, ...]]
    """By mention the numbers of its entities; more than one if it is ambiguous."""
    mentions: tuple[Span, ...]
    """The keys of `at`, ascending and disjoint."""

    def inside(self, span: Span) -> list[tuple[Span, tuple[int, ...]]]:
        """The mentions inside a part of the text, ascending."""
        first = bisect_left(self.mentions, span.start, key=lambda each: each.start)
        last = bisect_right(self.mentions, span.end, key=lambda each: each.end)
        return [(each, self.at[each]) for each in self.mentions[first:last]]


def find_entities(text: str, mentions: Sequence[Mention], title: str = "") -> Entities:
    """Persons first, then organisations; places and other names are ignored."""
    bare = [_without_titles(text, each) for each in mentions]
    persons = [each for each in bare if each.kind == "PER" and _has_word(text, each)]
    groups, ambiguous = cluster_persons(text, persons, title)
    entities = [_entity(text, SourceType.PERSON, spans) for spans in groups]
    entities += [
        _entity(text, SourceType.ORGANISATION, spans) for spans in _organisations(text, bare)
    ]
    at: dict[Span, tuple[int, ...]] = {
        span: (number,) for number, each in enumerate(entities) for span in each.mentions
    }
    at = dict(sorted((at | ambiguous).items()))
    return Entities(tuple(entities), at, tuple(at))


def _entity(text: str, kind: SourceType, mentions: Sequence[Span]) -> Entity:
    titles = (title_before(text, each) for each in mentions)
    plain = {title.of(text).rstrip(".").casefold() for title in titles if title}
    roles = (role_of(text, each) for each in mentions) if kind is SourceType.PERSON else ()
    found = [role for role in roles if role]
    role = max(found, key=lambda each: _telling(text, each), default=None)
    return Entity(kind, _fullest(text, mentions), tuple(sorted(mentions)), role, frozenset(plain))


def _telling(text: str, role: Span) -> tuple[bool, int, int]:
    """An office or a trade before another name: "a singer" before "better known as Bono"."""
    other_name = KNOWN_AS.match(text, role.start, role.end) is not None
    return not other_name, min(role.end - role.start, ROLE_LENGTH), -role.start


def _fullest(text: str, spans: Sequence[Span]) -> Span:
    """The first mention of the longest form.

    A shorter form at the end of a longer one is preferred if it is used more often: the longer one
    may begin with a word of praise or blame ("Crooked Ana Ferrow").
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


def _without_titles(text: str, mention: Mention) -> Mention:
    """Also without a nationality before a name of two or more words."""
    if mention.kind != "PER":
        return mention
    words = list(_WORD.finditer(text, mention.span.start, mention.span.end))
    plain = [word.group().rstrip(".,").casefold().removesuffix("-elect") for word in words]
    first = max(title_size(plain[:-1]), _before_inner_title(plain), _office_before(text, mention))
    while first + 2 < len(words) and plain[first] in DEMONYMS:
        first += 1 + title_size(plain[first + 1 : -1])
    return Mention(Span(words[first].start(), mention.span.end), "PER") if first else mention


def _before_inner_title(words: Sequence[str]) -> int:
    """Where the name begins after words for somebody else, or for where the title is held.

    As in "Harbor Principal Tom Ferrow" and, in a picture's caption, "Ana Lind President Ferrow".
    King and Pope are surnames too, so the title is one only between names.
    """
    last = len(words) - (words[-1] in JUNIOR)
    for at in range(last - 2, 0, -1):
        after, title = last - at - 1, words[at] in PERSON_TITLES
        if title or (words[at] in PERSON_NOUNS and after > 1):
            return at + 1 if after > 1 or at > 1 else 0
    return 0


def _office_before(text: str, mention: Mention) -> int:
    """One word if the name is read with its office: "Secretary of" before "State Ana Lind"."""
    before = text[max(0, mention.span.start - 24) : mention.span.start]
    longer = mention.span.of(text).count(" ") > 1
    return int(longer and _OFFICE_OF.search(before) is not None)


def _has_word(text: str, mention: Mention) -> bool:
    """A single letter is not a name."""
    return any(len(word) > 1 for word in name_words(mention.span.of(text)))


def _organisations(text: str, mentions: Sequence[Mention]) -> list[list[Span]]:
    """By equal words; a short form or an acronym joins the last full name that it fits."""
    known: list[tuple[str, list[Span]]] = []
    for mention in mentions:
        if mention.kind != "ORG":
            continue
        name = mention.span.of(text)
        group = next((spans for other, spans in reversed(known) if _same(other, name)), None)
        if group is None and known and _bracketed(text, known[-1], mention.span):
            group = known[-1][1]
        if group is None:
            group = []
        group.append(mention.span)
        known.append((name, group))
    return list(_unique(spans for _, spans in known))


def _unique(groups: Iterable[list[Span]]) -> Iterator[list[Span]]:
    seen: set[int] = set()
    for group in groups:
        if id(group) not in seen:
            seen.add(id(group))
            yield group


def _same(one: str, other: str) -> bool:
    """Whether two names are of one organisation; the second may be a short form of the first."""
    left, right = name_words(one), name_words(other)
    if left == right:
        return True
    if _ACRONYM.fullmatch(other):
        return len(left) > 1 and other.replace(".", "") == _initials(one)
    if _ACRONYM.fullmatch(one):
        return len(right) > 1 and one.replace(".", "") == _initials(other)
    short = len(right) == 1 < len(left) and right[0] == left[0]
    return short and len(right[0]) >= SHORT_FORM


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def _bracketed(text: str, before: tuple[str, list[Span]], span: Span) -> bool:
    """As in "Korean Central News Agency (KCNA)", for any letters that begin like the name."""
    name, mentions = before
    return (
        _IN_BRACKETS.fullmatch(text[mentions[-1].end : span.start]) is not None
        and text[span.end : span.end + 1] in {")", "”", '"'}
        and text[span.start].casefold() == name[0].casefold()
    )
