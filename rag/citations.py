"""Spans -> citations, and any citation checked again, any time later."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urlsplit

from index.documents import Article, Span
from index.errors import UnknownArticleError
from index.stores.archive.archive import Archive
from rag.replies import Citation

LONGEST_WHOLE_FRAGMENT = 300
"""Longer quotes are linked by their first and last words, as the specification advises."""
WORDS_AT_EACH_END = 6


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
