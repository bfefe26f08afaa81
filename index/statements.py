"""Statements: who said what, in which words of which article. Knows no model and no storage.

Every span is a half-open range of code points into the text of the revision.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from index.documents import Span


class StatementKind(StrEnum):
    """How much of the content is in quotation marks: all, some or nothing."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What the speaker does by speaking; an attitude is held, not spoken."""

    SAY = "say"
    ASK = "ask"
    DENY = "deny"
    ANNOUNCE = "announce"
    REPORT = "report"
    ATTITUDE = "attitude"


class Polarity(StrEnum):
    """NEGATIVE if it was not said: "declined to comment", "did not say"."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class SourceType(StrEnum):
    """What kind of words the source is; a group or an unnamed source never becomes a person."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    """Several, without names: "experts", "two officials"."""
    UNNAMED = "unnamed"
    """One, without a name: "a spokesman for the ministry"."""
    PRONOUN = "pronoun"
    NONE = "none"


class Resolution(StrEnum):
    """How the source was resolved to the speaker."""

    FULL_NAME = "full_name"
    SHORT_NAME = "short_name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    """A common noun for somebody whom the article names: "the senator"."""
    ITSELF = "itself"
    """A group, an organisation or an unnamed source is its own speaker."""
    INHERITED = "inherited"
    """It has no source: the speaker of the statement before continues."""
    AMBIGUOUS = "ambiguous"
    """The speaker may be any of `candidates`."""
    UNRESOLVED = "unresolved"


class Origin(StrEnum):
    """Which part of the attributor found it."""

    PATTERN = "pattern"
    TAGGER = "tagger"
    BOTH = "both"


MOST_ROLES = 5
"""Of one speaker, as they are shown."""
MOST_TOLD = 40
"""Of one speaker, as they are searched."""
SECONDS_A_DAY = 86_400

_OF_SOMEBODY = re.compile(r"(?:his|her|their|its|my|our|your)\b", re.IGNORECASE)
"""Opens a role that needs its sentence: whose wife "his wife" is, nobody can tell in a list."""
_ARTICLE = re.compile(r"(?:the|an?) ")
NAMED = frozenset({SourceType.PERSON, SourceType.ORGANISATION})
"""Those who can be asked for by name, in any article."""
UNNAMED_TYPES = frozenset({SourceType.PRONOUN, SourceType.NONE})

SURE: frozenset[Resolution] = frozenset(Resolution) - {
    Resolution.AMBIGUOUS,
    Resolution.UNRESOLVED,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution in one revision of an article, with its speaker."""

    article_id: str
    revision: str
    kind: StatementKind
    act: Act
    polarity: Polarity
    cue: Span | None
    """The reporting words: "said", "according to"; None for a quotation without them."""
    lemma: str
    """Of the cue, in lower case: "say", "according to"; empty without a cue."""
    content: tuple[Span, ...]
    """What was said: ascending spans, at least one; several if it continues after the cue."""
    source: Span | None
    """The words for the speaker beside the cue: "she", "Lee", "a senior official"."""
    source_type: SourceType
    speaker: str | None
    """The fullest name in the article, or the source's own words; None if it is not known.

    It is the text at the last span of `resolution_path`, as `index.text.legible` reads it.
    """
    resolution: Resolution
    resolution_path: tuple[Span, ...]
    """From the source to the mention that names the speaker; empty if `speaker` is None."""
    candidates: tuple[str, ...]
    """The possible speakers if the resolution is AMBIGUOUS, else empty."""
    role: Span | None
    """The speaker's role in the article: "a senior fellow at the Stimson Center"."""
    confidence: float
    """From 0 to 1: that this was said, and by this speaker."""
    origin: Origin

    @property
    def id(self) -> str:
        """The same for the same cue and content of the same revision."""
        places = ",".join(f"{span.start}-{span.end}" for span in self.content)
        cue = f"{self.cue.start}" if self.cue else ""
        named = f"{self.article_id}\0{self.revision}\0{cue}\0{places}"
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    @property
    def sure(self) -> bool:
        """Whether it may be cited as this speaker's."""
        return self.speaker is not None and self.resolution in SURE


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """How one statement names its speaker."""

    name: str
    source_type: SourceType
    role: str | None
    """The words of the role, if the article gives one."""
    article: int
    """The number of its revision."""
    published: int | None = None
    """When the article was published, in seconds since 1970."""


class NameUse(NamedTuple):
    """A name in one article."""

    article: int
    published: int | None
    statements: int


@dataclass(frozen=True, slots=True)
class NameUses:
    """A name that articles give a speaker, as what they take its bearer for, and in which."""

    name: str
    type: SourceType
    uses: tuple[NameUse, ...]
    """By ascending number, one for each article."""


@dataclass(frozen=True, slots=True)
class ToldRole:
    """A role of a speaker, and when it was told."""

    words: str
    """As the latest article writes them."""
    days: tuple[int, ...]
    """Ascending, one for each article: days since 1970, 0 for an undated one."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Everybody with the same full name is one speaker."""

    key: str
    """See `index.language.names.name_key`."""
    name: str
    """As most articles write it in full."""
    type: SourceType
    """PERSON or ORGANISATION: the other sources have no name that means the same elsewhere."""
    aliases: tuple[str, ...]
    """Other ways the archive writes the full name."""
    roles: tuple[str, ...]
    """How articles describe the speaker, each once; at most `MOST_ROLES`.

    Those of most articles first, then the latest.
    """
    statements: int
    articles: int
    told: tuple[ToldRole, ...] = ()
    """Roles with the days of their articles, those of most articles first; at most `MOST_TOLD`."""
    also: tuple[str, ...] = ()
    """Keys of other spellings of this person, whose statements are counted here."""
    possibly: tuple[str, ...] = ()
    """Keys of other speakers who may be the same person."""
    names: tuple[NameUses, ...] = ()
    """Every name in every article, to tell what was known at an earlier time."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which this speaker's statements are found."""
        return (self.key, *self.also)

    @classmethod
    def from_mentions(cls, key: str, mentions: Sequence[SpeakerMention]) -> Self:
        """From at least one mention, latest first: one for each statement of the speaker."""
        return cls.from_names(key, _names(mentions), _told_roles(mentions))

    @classmethod
    def from_names(
        cls, key: str, names: Sequence[NameUses], told: Sequence[ToldRole], also: Sequence[str] = ()
    ) -> Self:
        """From at least one name with a use."""
        name, *aliases = _names_by_use(names)
        return cls(
            key=key,
            name=name,
            type=_most_common_type(names),
            aliases=tuple(aliases),
            roles=tuple(role.words for role in told[:MOST_ROLES]),
            statements=sum(use.statements for each in names for use in each.uses),
            articles=len({use.article for each in names for use in each.uses}),
            told=tuple(told[:MOST_TOLD]),
            also=tuple(also),
            names=tuple(names),
        )


def _names(mentions: Iterable[SpeakerMention]) -> tuple[NameUses, ...]:
    counted = Counter((each.name, each.source_type, each.article) for each in mentions)
    published = {each.article: each.published for each in mentions}
    uses: dict[tuple[str, SourceType], list[NameUse]] = defaultdict(list)
    for (name, source_type, article), statements in sorted(counted.items()):
        uses[name, source_type].append(NameUse(article, published[article], statements))
    return tuple(NameUses(name, of, tuple(found)) for (name, of), found in uses.items())


def _names_by_use(names: Iterable[NameUses]) -> list[str]:
    """Most articles first, then the fullest form, accents included; names in capitals last."""
    articles: dict[str, set[int]] = defaultdict(set)
    for each in names:
        articles[each.name].update(use.article for use in each.uses)
    return sorted(
        articles,
        key=lambda name: (name.isupper(), -len(articles[name]), -len(name), name.isascii(), name),
    )


def _most_common_type(names: Iterable[NameUses]) -> SourceType:
    """A speaker that the archive only calls "he" or "she" is a person."""
    counted = Counter[SourceType]()
    for each in names:
        if each.type not in UNNAMED_TYPES:
            counted[each.type] += sum(use.statements for use in each.uses)
    order = list(SourceType)
    return min(
        counted,
        key=lambda each: (-counted[each], order.index(each)),
        default=SourceType.PERSON,
    )


def _told_roles(mentions: Iterable[SpeakerMention]) -> tuple[ToldRole, ...]:
    """Each once, those of most articles first, then the latest; not "his wife"."""
    days: dict[str, dict[int, int]] = defaultdict(dict)
    written: dict[str, str] = {}
    for mention in mentions:
        if mention.role and not _OF_SOMEBODY.match(mention.role):
            plain = _ARTICLE.sub("", mention.role.casefold())
            days[plain][mention.article] = (mention.published or 0) // SECONDS_A_DAY
            written.setdefault(plain, mention.role)
    ordered = sorted(days, key=lambda plain: -len(days[plain]))
    return tuple(ToldRole(written[plain], tuple(sorted(days[plain].values()))) for plain in ordered)
