"""The paragraphs and sentences of one text, each found when first needed and then kept."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from index.documents import Span
from index.text.paragraphs import has_paragraphs_by_line, lines_in, paragraphs, within
from index.text.sentences import sentences_of


class TextLayout:
    """All lists are ascending and disjoint."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sentences: dict[Span, list[Span]] = {}

    @cached_property
    def _has_paragraphs_by_line(self) -> bool:
        return has_paragraphs_by_line(self.text)

    @cached_property
    def paragraphs(self) -> list[Span]:
        return paragraphs(self.text)

    def sentences_in(self, part: Span) -> list[Span]:
        """The sentences of a part of the text, cut where the part begins and ends."""
        if self._has_paragraphs_by_line:
            return sentences_of(self.text, lines_in(self.text, part))
        return sentences_of(self.text, within(self.text, self.paragraphs, part))

    def paragraphs_around(self, part: Span) -> list[Span]:
        """The whole paragraphs that share a character with the part."""
        first = bisect_right(self.paragraphs, part.start, key=lambda each: each.end)
        last = bisect_left(self.paragraphs, part.end, key=lambda each: each.start)
        return self.paragraphs[first:last]

    def sentences_around(self, part: Span) -> list[Span]:
        """The whole sentences that share a character with the part."""
        near = (each for around in self.paragraphs_around(part) for each in self._cut(around))
        return [sentence for sentence in near if sentence.touches(part)]

    def _cut(self, paragraph: Span) -> list[Span]:
        if paragraph not in self._sentences:
            self._sentences[paragraph] = sentences_of(self.text, [paragraph])
        return self._sentences[paragraph]
