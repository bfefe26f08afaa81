"""What is on the record: who said what, in which words of which article. Knows no model.

Every span is a half-open range of code points into the text of the revision named.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from index.documents import Span


class StatementKind(StrEnum):
    """How much of what was said stands in quotation marks: all, some or nothing."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Act(StrEnum):
    """What the speaker did in saying it; an attitude is held, not uttered."""

    SAY = "say"
    ASK = "ask"
    DENY = "deny"
    ANNOUNCE = "announce"
    REPORT = "report"
    ATTITUDE = "attitude"


class Polarity(StrEnum):
    """NEGATIVE where it was not said: "declined to comment", "did not say"."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class SourceType(StrEnum):
    """What the words of the source are; a group or an unnamed source never becomes a person."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    """More than one and none by name: "experts", "two officials"."""
    UNNAMED = "unnamed"
    """One, but not by name: "a spokesman for the ministry"."""
    PRONOUN = "pronoun"
    NONE = "none"


class Resolution(StrEnum):
    """How the source was taken to the speaker."""

    FULL_NAME = "full_name"
    SHORT_NAME = "short_name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    """A common noun that the article uses for someone it names: "the senator"."""
    ITSELF = "itself"
    """A group, an organisation or an unnamed source: it is the speaker."""
    INHERITED = "inherited"
    """No source of its own: the speaker of the words before goes on."""
    AMBIGUOUS = "ambiguous"
    """It may be any of `candidates`."""
    UNRESOLVED = "unresolved"


class Origin(StrEnum):
    """What found it."""

    PATTERN = "pattern"
    TAGGER = "tagger"
    BOTH = "both"


MOST_ROLES = 5
"""Of one speaker."""

UNNAMED_TYPES = frozenset({SourceType.PRONOUN, SourceType.NONE})

SURE: frozenset[Resolution] = frozenset(Resolution) - {
    Resolution.AMBIGUOUS,
    Resolution.UNRESOLVED,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution of one revision, and whom it is attributed to."""

    article_id: str
    revision: str
    kind: StatementKind
    act: Act
    polarity: Polarity
    cue: Span | None
    """The words that report: "said", "according to"; None for a quotation nobody introduces."""
    lemma: str
    """Of the cue, lower case: "say", "according to"; empty without one."""
    content: tuple[Span, ...]
    """What was said, ascending; more than one where it resumes after the cue. Never empty."""
    source: Span | None
    """Whom the article names there: "she", "Lee", "a senior official"."""
    source_type: SourceType
    speaker: str | None
    """The fullest name the article gives, or the source's own words; None where it is not known.

    It is what the text reads at the last span of `resolution_path`.
    """
    resolution: Resolution
    resolution_path: tuple[Span, ...]
    """From the source to the mention that names the speaker, that one last; empty for None."""
    candidates: tuple[str, ...]
    """Whose it may be, where that is AMBIGUOUS; else empty."""
    role: Span | None
    """What the article says the speaker is: "a senior fellow at the Stimson Center"."""
    confidence: float
    """That there is such a statement and that it is this speaker's, from 0 to 1."""
    origin: Origin

    @property
    def id(self) -> str:
        """The same for the same words of the same revision."""
        places = ",".join(f"{span.start}-{span.end}" for span in self.content)
        cue = f"{self.cue.start}" if self.cue else ""
        named = f"{self.article_id}\0{self.revision}\0{cue}\0{places}"
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    @property
    def sure(self) -> bool:
        """Whether it may be given as this speaker's."""
        return self.speaker is not None and self.resolution in SURE


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """How one statement names its speaker."""

    name: str
    source_type: SourceType
    role: str | None
    """The words of the role, if the article gives one."""
    article_id: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Everybody with the same full name is one speaker."""

    key: str
    """See `index.language.names.name_key`."""
    name: str
    """As most articles write it in full."""
    type: SourceType
    """PERSON, ORGANISATION, GROUP or UNNAMED."""
    aliases: tuple[str, ...]
    """Other ways the archive writes the full name."""
    roles: tuple[str, ...]
    """How articles describe the speaker, latest first, each once; at most `MOST_ROLES`."""
    statements: int
    articles: int

    @classmethod
    def from_mentions(cls, key: str, mentions: Sequence[SpeakerMention]) -> Self:
        """From at least one mention, latest first: one for each statement of the speaker."""
        name, *aliases = _names_by_use(mentions)
        return cls(
            key=key,
            name=name,
            type=_most_common_type(mention.source_type for mention in mentions),
            aliases=tuple(aliases),
            roles=_distinct_roles(mention.role for mention in mentions),
            statements=len(mentions),
            articles=len({mention.article_id for mention in mentions}),
        )


def _names_by_use(mentions: Iterable[SpeakerMention]) -> list[str]:
    """Most articles first; names in capitals last, as transcripts and headlines write them."""
    articles: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        articles[mention.name].add(mention.article_id)
    return sorted(
        articles, key=lambda name: (name.isupper(), -len(articles[name]), -len(name), name)
    )


def _most_common_type(types: Iterable[SourceType]) -> SourceType:
    """A speaker whom the archive only calls "he" or "she" is a person."""
    counted = Counter(each for each in types if each not in UNNAMED_TYPES)
    order = list(SourceType)
    return min(
        counted,
        key=lambda each: (-counted[each], order.index(each)),
        default=SourceType.PERSON,
    )


def _distinct_roles(roles: Iterable[str | None]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for role in roles:
        if role:
            first.setdefault(role.casefold(), role)
    return tuple(first.values())[:MOST_ROLES]
