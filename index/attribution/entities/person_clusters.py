"""Mentions of persons in, one cluster of mentions for each person out. Knows only their names.

A short name joins the full name that contains it as any word, because in half the world the family
name comes first. Where several full names contain it, `namesakes` decides; if nothing does, the
mention may be any of these persons.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.attribution.annotations import Mention
from index.attribution.entities.namesakes import Namesake, Words, choose
from index.attribution.entities.surroundings import surroundings
from index.documents import Span
from index.language.gazetteers import FEMALE_NAMES, MALE_NAMES
from index.language.names import YOUNGER, name_key, name_words

GIVEN = MALE_NAMES | FEMALE_NAMES
JUNIOR = YOUNGER | {"junior"}


def cluster_persons(
    text: str, mentions: Sequence[Mention], title: str = ""
) -> tuple[list[list[Span]], dict[Span, tuple[int, ...]]]:
    """The mentions of each person; and for an ambiguous mention the numbers of its persons."""
    full: list[tuple[Span, Words]] = []
    short: list[tuple[Span, Words]] = []
    for mention in mentions:
        words = name_words(mention.span.of(text))
        (full if len(words) > 1 else short).append((mention.span, words))
    known = _Known()
    _cluster_full_names(text, full, known)
    for cluster in known.all:
        cluster.note_title(title)
    ambiguous: dict[Span, tuple[int, ...]] = {}
    alone = _short_names(short, known)
    for span, words in short:
        around = surroundings(text, span)
        fits = choose(text, span, words[0], around, known.by_word[words[0]], alone)
        if len(fits) > 1:
            ambiguous[span] = tuple(cluster.number for cluster in fits)
            continue
        cluster = fits[0] if fits else known.new(words)
        cluster.add(span, around)
        cluster.short_names.add(words[0])
    return [cluster.mentions for cluster in known.all], ambiguous


class _Known:
    """The persons found so far, also by the words of their names."""

    def __init__(self) -> None:
        self.all: list[Namesake] = []
        self.by_word: dict[str, list[Namesake]] = defaultdict(list)

    def new(self, words: Words) -> Namesake:
        cluster = Namesake(len(self.all), words, genders=_gender_of_given_name(words))
        self.all.append(cluster)
        for word in dict.fromkeys(words):
            self.by_word[word].append(cluster)
        return cluster

    def sharing(self, words: Words) -> list[Namesake]:
        """Those with the rarest of the words, or its initial; others contain not all of them."""
        both = (
            [*self.by_word.get(word, ()), *self.by_word.get(word[:1], ())]
            for word in words
            if len(word) > 1
        )
        return min(both, key=len, default=[])


def _cluster_full_names(text: str, named: Iterable[tuple[Span, Words]], known: _Known) -> None:
    """The longest names first, so that each shorter one finds every name that contains it."""
    for span, words in sorted(named, key=lambda each: (-len(each[1]), each[0])):
        around = surroundings(text, span)
        fits = [
            each
            for each in known.sharing(words)
            if _contains(each.words, words)
            and each.agrees(around.gender)
            and not _is_parent(words, each)
        ]
        cluster = max(fits, key=lambda each: _recency(each, span)) if fits[1:] else None
        cluster = cluster or next(iter(fits), None) or known.new(words)
        cluster.add(span, around)
        cluster.full_names.append(span)
    for cluster in known.all:
        cluster.full_names.sort()


def _short_names(short: Iterable[tuple[Span, Words]], known: _Known) -> set[str]:
    """Words used alone in the article that only one full name has: "Maren" for Maren Orlov."""
    return {words[0] for _, words in short if len(known.by_word.get(words[0], ())) == 1}


def _gender_of_given_name(words: Words) -> set[str]:
    if len(words) == 1:
        return set()
    if words[0] in MALE_NAMES:
        return {"m"}
    return {"f"} if words[0] in FEMALE_NAMES else set()


def _contains(longer: Words, shorter: Words) -> bool:
    """Whether every word of the shorter name is in the longer one, in order, if only as an initial.

    The last word must be in both: the M. of Michael M. Pell is not McFaul.
    """
    if longer == shorter or name_key(" ".join(longer)) == name_key(" ".join(shorter)):
        return True
    rest = iter(longer)
    in_order = all(any(_alike(each, word) for each in rest) for word in shorter)
    return in_order and shorter[-1] in longer


def _is_parent(words: Words, child: Namesake) -> bool:
    """As Tom Hale is of "his son, Tom Hale Jr."."""
    return child.kin and child.words[:-1] == words and child.words[-1] in JUNIOR


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _recency(cluster: Namesake, span: Span) -> tuple[bool, int]:
    """Orders by the last mention before a position; without one, by the first after it."""
    last = cluster.last_before(span)
    return last >= 0, last if last >= 0 else -cluster.mentions[0].start
