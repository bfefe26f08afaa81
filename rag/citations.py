"""Spans -> citations, and any citation checked again, any time later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urldefrag, urlsplit

from index.documents import Article, Span
from index.errors import CitationError, UnknownArticleError
from index.statements import Statement
from index.stores.archive.archive import Archive

CONTEXT = 32
"""Code points of prefix and suffix in a citation, as W3C TextQuoteSelector suggests."""
TOLD = ("note", "correction")
"""Metadata that no reader of a quote should miss."""
LONGEST_WHOLE_FRAGMENT = 300
"""Longer quotes are linked by their first and last words, as the specification advises."""
WORDS_AT_EACH_END = 6


@dataclass(frozen=True, slots=True)
class ResolvedDays:
    """The days meant by words that tell them by the day of publication: "on Tuesday"."""

    words: str
    """As the article has them."""
    first: date
    last: date
    """The same day, or the last of a week, a month, a year."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and its place; making one fails unless the article reads so at that range."""

    article: Article
    start: int
    end: int
    quote: str
    statement: Statement | None = None
    """Whose words the quote holds, where that is known; its spans are of this article."""
    copies: tuple[Article, ...] = ()
    """Other articles that carry these very words: shown once, counted once."""
    versions: tuple[Article, ...] = ()
    """Other articles of the story without these words: an update may have corrected them."""
    short: Span | None = None
    """Where in the quote the short answer stands, if it has one."""
    resolved: ResolvedDays | None = None
    """What day the short answer means, where it had to be worked out."""

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
        if self.statement and not _is_of(self.statement, self.article):
            raise CitationError(
                f"statement {self.statement.id} is of article {self.statement.article_id!r} "
                f"in another revision than the {self.article.id!r} cited"
            )

    def reads(self, span: Span) -> str:
        """What the article reads there: the content, the cue or the source of the statement."""
        return span.of(self.article.text)

    @property
    def prefix(self) -> str:
        return self.article.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.article.text[self.end : self.end + CONTEXT]

    @property
    def paragraph(self) -> tuple[int, int]:
        """The range of the lines around the quote, for showing it in place."""
        text = self.article.text
        end = text.find("\n", self.end)
        return text.rfind("\n", 0, self.start) + 1, len(text) if end < 0 else end

    @property
    def notes(self) -> tuple[str, ...]:
        """What the source says of the article itself, such as `Correction: ...`."""
        known = ((name, self.article.metadata.get(name)) for name in TOLD)
        return tuple(f"{name.capitalize()}: {said}" for name, said in known if _is_told(said))


def _is_of(statement: Statement, article: Article) -> bool:
    return statement.article_id == article.id and statement.revision == article.revision


def _is_told(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())


def cite(article: Article, span: Span) -> Citation:
    """The quote at that span; CitationError when the span holds no text."""
    return Citation(article, span.start, span.end, span.of(article.text))


@dataclass(frozen=True, slots=True)
class Claim:
    """That an article reads `quote` at `start:end`; no revision means the present one."""

    article_id: str
    revision: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """Whether a claim holds, in words, and what does stand at its range."""

    claim: Claim
    verified: bool
    message: str
    found: str | None


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
            f"{claim.start}:{claim.end} is no range of this text, "
            f"which has {len(article.text):,} characters."
        )
        return CitationVerdict(claim, verified=False, message=message, found=None)
    found = article.text[claim.start : claim.end]
    if found != claim.quote:
        where = _elsewhere(article, claim)
        message = f"The article reads otherwise at {claim.start}:{claim.end}.{where}"
        return CitationVerdict(claim, verified=False, message=message, found=found)
    return CitationVerdict(claim, verified=True, message="Verbatim.", found=found)


def _elsewhere(article: Article, claim: Claim) -> str:
    at = article.text.find(claim.quote) if claim.quote else -1
    return "" if at < 0 else f" The quote stands at {at}:{at + len(claim.quote)}."


def text_fragment(citation: Citation) -> str | None:
    """The article's url with a text fragment, so that a browser scrolls to the quote.

    See https://wicg.github.io/scroll-to-text-fragment/. A quote over several paragraphs, or a long
    one, is given by its ends. None unless the url is one of the web: a script is never linked.
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
    """Without its fragment; None when it leads nowhere on the web, or cannot be read at all."""
    try:
        base, _ = urldefrag(url)
        return base if urlsplit(base).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _encoded(text: str) -> str:
    """Percent-encoded; a hyphen too, because it separates a fragment's prefix and suffix."""
    return quote(text, safe="").replace("-", "%2D")
