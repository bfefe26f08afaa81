"""Spans -> citations, links to them, and the check of a citation at any later time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urldefrag, urlsplit

from index.documents import Article, Span
from index.errors import CitationError, UnknownArticleError
from index.language.calendar import day_words
from index.statements import Statement
from index.stores.archive.archive import Archive

CONTEXT = 32
"""Code points of prefix and suffix in a citation, as W3C TextQuoteSelector suggests."""
NOTES = ("note", "correction")
"""Metadata that is shown with every quote."""
LONGEST_WHOLE_FRAGMENT = 300
"""Code points; longer quotes are linked by first and last words, as the specification advises."""
WORDS_AT_EACH_END = 6


@dataclass(frozen=True, slots=True)
class ResolvedDays:
    """The days meant by words relative to the day of publication: "on Tuesday"."""

    words: str
    """As they stand in the article."""
    first: date
    last: date
    """The same day, or the last of a week, a month, a year."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and its place: `quote == article.text[start:end]`, else CitationError."""

    article: Article
    start: int
    end: int
    quote: str
    statement: Statement | None = None
    """The statement quoted, where one is; its spans are of this article."""
    copies: tuple[Article, ...] = ()
    """Other articles with the same words: shown once, counted once."""
    versions: tuple[Article, ...] = ()
    """Other articles of the story without these words: an update may have corrected them."""
    short: Span | None = None
    """The short answer, if there is one; it lies within the quote."""
    resolved: ResolvedDays | None = None
    """The days the short answer means, where they were worked out."""

    def __post_init__(self) -> None:
        if not self.quote or self.article.text[self.start : self.end] != self.quote:
            raise CitationError(
                f"article {self.article.id!r} does not read {self.quote!r} "
                f"at {self.start}:{self.end}"
            )
        if self.short and not self.start <= self.short.start < self.short.end <= self.end:
            raise CitationError(
                f"the short answer at {self.short.start}:{self.short.end} is not in the quote "
                f"at {self.start}:{self.end} of article {self.article.id!r}"
            )
        article, statement = self.article, self.statement
        revision = article.id, article.revision
        if statement and (statement.article_id, statement.revision) != revision:
            raise CitationError(
                f"statement {statement.id} is of article {statement.article_id!r} "
                f"in another revision than the {article.id!r} cited"
            )

    def reads(self, span: Span) -> str:
        """The text of a span, such as the content, cue or source of the statement."""
        return span.of(self.article.text)

    @property
    def prefix(self) -> str:
        return self.article.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.article.text[self.end : self.end + CONTEXT]

    @property
    def paragraph(self) -> tuple[int, int]:
        """The range of the paragraphs that hold the quote, to show it in context."""
        text = self.article.text
        end = text.find("\n", self.end)
        return text.rfind("\n", 0, self.start) + 1, len(text) if end < 0 else end

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on the article itself, such as `Correction: ...`."""
        known = ((name, self.article.metadata.get(name)) for name in NOTES)
        return tuple(
            f"{name.capitalize()}: {note}"
            for name, note in known
            if isinstance(note, str) and note.strip()
        )


def cite(article: Article, span: Span) -> Citation:
    """The quote at that span; CitationError when the span holds no text."""
    return Citation(article, span.start, span.end, span.of(article.text))


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim that an article reads `quote` at `start:end`; no revision means the current one."""

    article_id: str
    revision: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """Whether a claim holds, the reason in words, and the text that stands at its range."""

    claim: Claim
    verified: bool
    message: str
    found: str | None
    superseded_at: datetime | None = None
    """When a later text took the place of the revision that the claim names; None if none did."""


def verify(archive: Archive, claims: Sequence[Claim]) -> list[CitationVerdict]:
    """Compare each claim with the stored text, character by character."""
    return [_verify_one(archive, claim) for claim in claims]


def _verify_one(archive: Archive, claim: Claim) -> CitationVerdict:
    try:
        article = archive.article(claim.article_id, claim.revision)
    except UnknownArticleError as error:
        return CitationVerdict(claim, verified=False, message=str(error), found=None)
    if not 0 <= claim.start < claim.end <= len(article.text):
        message = (
            f"{claim.start}:{claim.end} is not a range of this text, "
            f"which has {len(article.text):,} characters."
        )
        return CitationVerdict(claim, verified=False, message=message, found=None)
    found = article.text[claim.start : claim.end]
    if found != claim.quote:
        where = _elsewhere(article, claim)
        message = f"The article has other text at {claim.start}:{claim.end}.{where}"
        return CitationVerdict(claim, verified=False, message=message, found=found)
    later = _superseded(archive, article) if claim.revision else None
    if later is None:
        return CitationVerdict(claim, verified=True, message="Verbatim.", found=found)
    stands = "still stands" if claim.quote in later.text else "no longer stands"
    message = (
        f"Verbatim, in a text that was superseded on {day_words(later.since.date())}; the quote "
        f"{stands} in the present one."
    )
    return CitationVerdict(claim, True, message, found, later.since)


@dataclass(frozen=True, slots=True)
class _LaterText:
    """The present text of an article, and since when the one cited has not been."""

    text: str
    since: datetime


def _superseded(archive: Archive, article: Article) -> _LaterText | None:
    """None if this is the present revision; newest first, each was superseded by the one before."""
    known = archive.revisions(article.id)
    place = next((at for at, each in enumerate(known) if each.revision == article.revision), 0)
    if place == 0:
        return None
    return _LaterText(archive.article(article.id).text, known[place - 1].recorded_at)


def _elsewhere(article: Article, claim: Claim) -> str:
    at = article.text.find(claim.quote) if claim.quote else -1
    return "" if at < 0 else f" The quote stands at {at}:{at + len(claim.quote)}."


def text_fragment(citation: Citation) -> str | None:
    """The article's url with a text fragment, so that a browser scrolls to the quote.

    See https://wicg.github.io/scroll-to-text-fragment/. A long quote, or one of several paragraphs,
    is given by its first and last words. None unless the url is http or https.
    """
    base = _web_address(citation.article.url or "")
    if base is None:
        return None
    words = citation.quote.split()
    ends = "\n" in citation.quote or len(citation.quote) > LONGEST_WHOLE_FRAGMENT
    if ends and len(words) > 2 * WORDS_AT_EACH_END:
        parts = [words[:WORDS_AT_EACH_END], words[-WORDS_AT_EACH_END:]]
    else:
        parts = [words]
    return f"{base}#:~:text=" + ",".join(_encoded(" ".join(part)) for part in parts)


def _web_address(url: str) -> str | None:
    """The url without its fragment; None when it is not http or https, or malformed."""
    try:
        base, _ = urldefrag(url)
        return base if urlsplit(base).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _encoded(text: str) -> str:
    """Percent-encoded, the hyphen included: it separates a fragment's prefix and suffix."""
    return quote(text, safe="").replace("-", "%2D")
