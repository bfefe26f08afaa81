"""The frozen facts that the rooms exchange. Knows no storage, no model and no question.

Every offset is a half-open range of Unicode code points into `Article.text`, the normalised text
of one revision; a range never refers to a passage or to any other derived text.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Article:
    """One revision of an article. `text` is normalised (see `index.text.normalization`)."""

    id: str
    title: str
    text: str
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """In UTC; `published_original` is how the source wrote it."""
    published_original: str | None = None
    language: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def revision(self) -> str:
        """The sha256 of the text, in hex: equal exactly if the texts are equal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class RejectReason(StrEnum):
    """Why an item did not become an article."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    NOT_UTF8 = "not_utf8"
    BAD_DATE = "bad_date"
    DUPLICATE_ID = "duplicate_id"
    BOILERPLATE = "boilerplate"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    OUTSIDE = "outside"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class Reject:
    """An item that did not become an article: where it was, and why."""

    path: Path
    line: int | None
    reason: RejectReason
    detail: str
    """One sentence: what was found, and what to do."""

    def __str__(self) -> str:
        return f"{place(self.path, self.line)}: {self.reason}: {self.detail}"


def place(path: Path, line: int | None) -> str:
    return str(path) if line is None else f"{path}:{line}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points into one article's text; `0 <= start < end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text within the range."""
        return text[self.start : self.end]

    def touches(self, other: "Span") -> bool:
        """Whether they share a code point."""
        return self.start < other.end and other.start < self.end


class BoilerplateKind(StrEnum):
    """Parts of a saved page that do not belong to the article."""

    CAPTION = "caption"
    TEASER = "teaser"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    SHARING = "sharing"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Boilerplate inside an article's text: stored and shown, never indexed, never quoted."""

    span: Span
    kind: BoilerplateKind


def unmarked(text: str, boilerplate: Iterable[Boilerplate]) -> Iterator[Span]:
    """The parts of the text between ascending marks."""
    start = 0
    for mark in boilerplate:
        if mark.span.start > start:
            yield Span(start, mark.span.start)
        start = mark.span.end
    if start < len(text):
        yield Span(start, len(text))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one revision, without boilerplate: the unit of retrieval."""

    id: int
    """Never reused in an archive, so an old generation never points at another passage."""
    article_id: str
    revision: str
    span: Span


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles to search. Bounds are UTC instants, `published_to` exclusive.

    An article without a date matches no bound: it may lie on either side.
    """

    published_from: datetime | None = None
    published_to: datetime | None = None
    outlets: tuple[str, ...] = ()
    as_of: datetime | None = None
    """The archive as it was at this instant: nothing published later is searched."""

    @property
    def empty(self) -> bool:
        return self == EVERYTHING

    def narrowed_to(self, other: "Filter") -> "Filter":
        """Articles that both filters allow; the outlets of `other` count only if this has none."""
        starts = [each.published_from for each in (self, other) if each.published_from]
        ends = [each.published_to for each in (self, other) if each.published_to]
        instants = [each.as_of for each in (self, other) if each.as_of]
        return Filter(
            max(starts, default=None),
            min(ends, default=None),
            self.outlets or other.outlets,
            min(instants, default=None),
        )


EVERYTHING = Filter()
