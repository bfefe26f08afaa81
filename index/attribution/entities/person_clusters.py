"""Mentions of persons in, one cluster of mentions for each person out. Knows only their names.

A short name joins the full name that contains it as any word, because in half the world the family
name comes first. Where several full names contain it, titles, the paragraph and earlier use decide;
if they do not, the mention may be any of these persons.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.attribution.annotations import Mention
from index.attribution.entities.roles import title_before
from index.documents import Span
from index.language.gazetteers import FEMALE_NAMES, FEMALE_NOUNS, MALE_NAMES, MALE_NOUNS
from index.language.names import FEMALE_TITLES, MALE_TITLES, name_words

GIVEN = MALE_NAMES | FEMALE_NAMES
NEAR, FAR = 3, 4
"""Paragraphs: of several namesakes, one mentioned at most NEAR paragraphs back is chosen if all
others are at least FAR paragraphs further back."""

Words = tuple[str, ...]


@dataclass(slots=True)
class _Cluster:
    """The mentions of one person found so far."""

    number: int
    words: Words
    """Of the longest name."""
    mentions: list[Span] = field(default_factory=list)
    full_names: list[Span] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)
    short_names: set[str] = field(default_factory=set)
    """Short names that meant only this person when they were used."""

    def add(self, mention: Span, gender: str) -> None:
        self.mentions.append(mention)
        if gender:
            self.genders.add(gender)

    def agrees(self, gender: str) -> bool:
        return not gender or not self.genders or gender in self.genders


def cluster_persons(
    text: str, mentions: Sequence[Mention]
) -> tuple[list[list[Span]], dict[Span, tuple[int, ...]]]:
    """The mentions of each person; and for an ambiguous mention the numbers of its persons."""
    full: list[tuple[Span, Words]] = []
    short: list[tuple[Span, Words]] = []
    for mention in mentions:
        words = name_words(mention.span.of(text))
        (full if len(words) > 1 else short).append((mention.span, words))
    clusters = _cluster_full_names(text, full)
    ambiguous: dict[Span, tuple[int, ...]] = {}
    for span, words in short:
        gender = _gender_before(text, span)
        fits = _matching(text, span, words[0], gender, clusters)
        if len(fits) > 1:
            ambiguous[span] = tuple(cluster.number for cluster in fits)
            continue
        cluster = fits[0] if fits else _Cluster(len(clusters), words)
        if not fits:
            clusters.append(cluster)
        cluster.add(span, gender)
        cluster.short_names.add(words[0])
    return [cluster.mentions for cluster in clusters], ambiguous


def _cluster_full_names(text: str, named: Iterable[tuple[Span, Words]]) -> list[_Cluster]:
    """The longest names first, so that each shorter one finds every name that contains it."""
    clusters: list[_Cluster] = []
    for span, words in sorted(named, key=lambda each: (-len(each[1]), each[0])):
        gender = _gender_before(text, span)
        fits = [each for each in clusters if _contains(each.words, words) and each.agrees(gender)]
        cluster = max(fits, key=lambda each: _recency(each, span), default=None)
        if cluster is None:
            cluster = _Cluster(len(clusters), words, genders=_gender_of_given_name(words[0]))
            clusters.append(cluster)
        cluster.add(span, gender)
        cluster.full_names.append(span)
    return clusters


def _gender_of_given_name(word: str) -> set[str]:
    if word in MALE_NAMES:
        return {"m"}
    return {"f"} if word in FEMALE_NAMES else set()


def _contains(longer: Words, shorter: Words) -> bool:
    """Whether every word of the shorter name is in the longer one, in order, if only as an initial.

    The last word must be in both: the M. of Michael M. Pell is not McFaul.
    """
    rest = iter(longer)
    in_order = all(any(_alike(each, word) for each in rest) for word in shorter)
    return in_order and shorter[-1] in longer


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _matching(
    text: str, span: Span, word: str, gender: str, clusters: Sequence[_Cluster]
) -> list[_Cluster]:
    """The persons whom a one-word name may mean; more than one if nothing decides."""
    fits = [each for each in clusters if word in each.words and len(each.words) > 1]
    if not fits:
        return [each for each in clusters if each.words == (word,) and each.agrees(gender)]
    agreeing = [each for each in fits if each.agrees(gender)]
    if gender and any(gender in each.genders for each in agreeing):
        agreeing = [each for each in agreeing if gender in each.genders]
    earlier = [each for each in agreeing if each.full_names[0].start < span.start] or agreeing
    return earlier if len(earlier) <= 1 else _nearest(text, span, word, earlier)


def _nearest(text: str, span: Span, word: str, clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Those named in full in this paragraph; else who had this short name first; else by distance.

    All of them if none of this decides.
    """
    paragraph = text.rfind("\n", 0, span.start) + 1
    for chosen in (
        [c for c in clusters if any(paragraph <= n.start < span.start for n in c.full_names)],
        _only([c for c in clusters if word in c.short_names]),
        _only([c for c in clusters if not c.short_names - {word}]),
    ):
        if chosen:
            return chosen
    back = sorted((_paragraphs_back(text, each, span), each.number) for each in clusters)
    if back[0][0] <= NEAR and back[1][0] >= back[0][0] + FAR:
        return [each for each in clusters if each.number == back[0][1]]
    return list(clusters)


def _only(clusters: list[_Cluster]) -> list[_Cluster]:
    return clusters if len(clusters) == 1 else []


def _paragraphs_back(text: str, cluster: _Cluster, span: Span) -> int:
    """From a position to the last mention before it."""
    last = max((each.start for each in cluster.mentions if each < span), default=0)
    return text.count("\n", last, span.start)


def _recency(cluster: _Cluster, span: Span) -> tuple[bool, int]:
    """Orders by the last mention before a position; without one, by the first after it."""
    mentions = sorted(cluster.mentions)
    earlier = mentions[: bisect_right(mentions, span)]
    return bool(earlier), earlier[-1].start if earlier else -cluster.mentions[0].start


def _gender_before(text: str, span: Span) -> str:
    """By a title or a noun right before a name: "m", "f" or nothing."""
    title = title_before(text, span)
    word = title.of(text).rstrip(".").casefold() if title else ""
    before = text[max(0, span.start - 24) : span.start].split()
    last = before[-1].casefold() if before else ""
    if word in MALE_TITLES or last in MALE_NOUNS:
        return "m"
    return "f" if word in FEMALE_TITLES or last in FEMALE_NOUNS else ""
