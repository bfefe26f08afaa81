"""Articles in, their statements with speakers out: quotations, patterns, tagger, names, speakers.

Boilerplate is ignored. No text raises an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from index.attribution.annotations import Attribution, Mention
from index.attribution.entities.mention_repair import repair_mentions
from index.attribution.entities.mentions import find_mentions
from index.attribution.merging import merge_attributions
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.attribution.speakers.resolver import resolve_statements
from index.attribution.tagger.tagger import ShippedTagger, Tagger, TaggerOutput
from index.documents import Article, Span
from index.statements import Statement
from index.text.boilerplate import find_boilerplate
from index.text.paragraphs import paragraphs

RULES = 2
"""Raise this number when the rules find other statements or speakers than before."""
BLOCK = 200_000
"""Characters read at once; a longer text is read in blocks of whole paragraphs."""


class Attributor(Protocol):
    """Finds the statements of articles."""

    @property
    def identity(self) -> str:
        """Changes if the same article would give other statements."""

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        """The statements of each article, in the order of its text."""


class ArticleAttributor:
    """By patterns, and by a tagger if one is given."""

    def __init__(self, tagger: Tagger | None) -> None:
        self._tagger = tagger
        self.identity = f"rules-{RULES}+{tagger.identity if tagger else 'none'}"

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        parts = [(at, part) for at, article in enumerate(articles) for part in _parts(article)]
        texts = [part.of(articles[at].text) for at, part in parts]
        outputs = self._tagger.read(texts) if self._tagger else [None] * len(texts)
        found: list[list[Statement]] = [[] for _ in articles]
        for (at, part), text, tagged in zip(parts, texts, outputs, strict=True):
            found[at] += _statements(articles[at], part, text, tagged)
        return found


def load_attributor() -> Attributor:
    return ArticleAttributor(ShippedTagger())


def _statements(
    article: Article, part: Span, text: str, tagged: TaggerOutput | None
) -> list[Statement]:
    hidden = [each.span for each in find_boilerplate(text)]
    quotes = find_quotes(text)
    mentions = find_mentions(text)
    if tagged:
        mentions = repair_mentions(text, tagged.names, mentions)
    by_pattern = extract_attributions(text, quotes)
    merged = merge_attributions(tagged.attributions if tagged else (), by_pattern, text)
    visible = [each for each in merged if not _touches(each, hidden)]
    found = resolve_statements(
        replace(article, text=text), visible, _outside(mentions, hidden), quotes
    )
    if part.start == 0 and len(text) == len(article.text):
        return found
    return [_moved(each, article.revision, part.start) for each in found]


def _parts(article: Article) -> Iterator[Span]:
    """The whole text, or blocks of whole paragraphs; only a paragraph longer than one is cut."""
    text = article.text
    if len(text) <= BLOCK:
        yield Span(0, len(text))
        return
    start = end = 0
    for paragraph in paragraphs(text):
        if paragraph.end - start > BLOCK and end > start:
            yield Span(start, end)
            start = paragraph.start
        while paragraph.end - start > BLOCK:
            yield Span(start, start + BLOCK)
            start += BLOCK
        end = paragraph.end
    if end > start:
        yield Span(start, end)


def _outside(mentions: Sequence[Mention], hidden: Sequence[Span]) -> list[Mention]:
    """A name in a caption or a teaser must not explain a short name in the article."""
    return [each for each in mentions if not _overlaps(each.span, hidden)]


def _touches(attribution: Attribution, hidden: Sequence[Span]) -> bool:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return any(_overlaps(span, hidden) for span in spans)


def _overlaps(span: Span, hidden: Sequence[Span]) -> bool:
    return any(span.touches(each) for each in hidden)


def _moved(statement: Statement, revision: str, by: int) -> Statement:
    """The same statement with spans of the whole text."""
    return replace(
        statement,
        revision=revision,
        cue=_along(statement.cue, by),
        content=tuple(Span(each.start + by, each.end + by) for each in statement.content),
        source=_along(statement.source, by),
        resolution_path=tuple(
            Span(each.start + by, each.end + by) for each in statement.resolution_path
        ),
        role=_along(statement.role, by),
    )


def _along(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.end + by) if span else None
