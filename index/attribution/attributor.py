"""Articles in, their statements with speakers out: quotations, patterns, tagger, names, speakers.

Boilerplate is ignored. No text raises an error. What is read is a legible copy of the text; spans
are of the stored text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from index.attribution.annotations import Attribution, Mention
from index.attribution.content_bounds import whole_contents
from index.attribution.entities.mention_repair import repair_mentions
from index.attribution.entities.mentions import find_mentions
from index.attribution.merging import merge_attributions
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.attribution.reading_copy import reading_copy
from index.attribution.source_bounds import bounded_sources
from index.attribution.speakers.brand_endings import with_brand_endings
from index.attribution.speakers.resolver import resolve_statements
from index.attribution.tagger.tagger import ShippedTagger, Tagger, TaggerOutput
from index.attribution.unsaid import is_deed, is_statement
from index.documents import Article, Span
from index.statements import Statement
from index.text.boilerplate import find_boilerplate
from index.text.legible import LegibleText, legible_words
from index.text.paragraphs import paragraphs

RULES = 4
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
        copies = [reading_copy(article.text) for article in articles]
        parts = [(at, part) for at, copy in enumerate(copies) for part in _parts(copy.text)]
        texts = [part.of(copies[at].text) for at, part in parts]
        outputs = self._tagger.read(texts) if self._tagger else (None for _ in texts)
        found: list[list[Statement]] = [[] for _ in articles]
        for (at, part), text, tagged in zip(parts, texts, outputs, strict=True):
            read = _statements(replace(articles[at], text=text), tagged)
            found[at] += [_stored(each, articles[at], copies[at], part.start) for each in read]
        return found


def load_attributor() -> Attributor:
    return ArticleAttributor(ShippedTagger())


def names_in(text: str, tagged: TaggerOutput | None) -> list[Mention]:
    """By the tagger and by rule; by rule alone without a tagger."""
    ruled = find_mentions(text)
    return repair_mentions(text, tagged.names, ruled) if tagged else ruled


def _statements(article: Article, tagged: TaggerOutput | None) -> list[Statement]:
    """With spans of the text read, a part of the copy."""
    text = article.text
    hidden = [each.span for each in find_boilerplate(text)]
    quotes = find_quotes(text)
    mentions = names_in(text, tagged)
    by_pattern = extract_attributions(text, quotes)
    merged = merge_attributions(tagged.attributions if tagged else None, by_pattern, text)
    merged = whole_contents(bounded_sources(merged, text), text)
    said = [each for each in merged if not _touches(each, hidden) and is_statement(each, text)]
    found = resolve_statements(article, said, _outside(mentions, hidden), quotes)
    return with_brand_endings(text, [each for each in found if not is_deed(each, text)])


def _parts(text: str) -> Iterator[Span]:
    """The whole text, or blocks of whole paragraphs; only a paragraph longer than one is cut."""
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


def _stored(statement: Statement, article: Article, copy: LegibleText, by: int) -> Statement:
    """The same statement with spans of the stored text, read from `by` on in the copy."""

    def place(span: Span) -> Span:
        return copy.stored(Span(span.start + by, span.end + by))

    path = tuple(map(place, statement.resolution_path))
    return replace(
        statement,
        revision=article.revision,
        cue=place(statement.cue) if statement.cue else None,
        content=tuple(map(place, statement.content)),
        source=place(statement.source) if statement.source else None,
        speaker=legible_words(path[-1].of(article.text)) if path else statement.speaker,
        resolution_path=path,
        candidates=tuple(map(legible_words, statement.candidates)),
        role=place(statement.role) if statement.role else None,
    )
