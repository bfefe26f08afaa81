"""Where paragraphs begin and end. Knows no sentences and no boilerplate.

A blank line always ends a paragraph. A single newline does too, as saved pages and wire text have
one paragraph on each line, unless the whole text is hard-wrapped: then lines end because the next
word would not fit, and the lines of a paragraph are joined.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.documents import Span

WRAP_WIDTHS = range(40, 121)
FEWEST_JOINTS = 2
"""Lines followed by another in a wrapped text."""
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_WORD = re.compile(r"\S+")
_STOP = re.compile(r"[.!?…:][\"'”’)\]]*\Z")
_INDENT_OR_ITEM = re.compile(r"\s{2}|\s*[•*–—-] ")


def paragraphs(text: str) -> list[Span]:
    """Ascending, disjoint, trimmed, never empty; together they cover all but white space."""
    blocks = [_lines(text, match) for match in _BLOCK.finditer(text)]
    width = _wrap_width(text, [joint for block in blocks for joint in pairwise(block)])
    if width is None:
        return [line for block in blocks for line in block]
    return [paragraph for block in blocks for paragraph in _joined(text, block, width)]


def paragraphs_in(text: str, part: Span) -> list[Span]:
    """The paragraphs of a part of the text, cut where the part begins and ends."""
    if has_paragraphs_by_line(text):
        return lines_in(text, part)
    return within(text, paragraphs(text), part)


def has_paragraphs_by_line(text: str) -> bool:
    """True where each line is surely a paragraph, judged by the lengths of lines alone.

    Lines need not be compared with the words after them then, which takes ten times as long.
    """
    lengths = [len(line.strip()) for line in text.split("\n")]
    joints = [length for length, following in pairwise(lengths) if length and following]
    return len(joints) < FEWEST_JOINTS or max(joints) not in WRAP_WIDTHS


def lines_in(text: str, part: Span) -> list[Span]:
    return [Span(*line.span()) for line in _LINE.finditer(text, part.start, part.end)]


def within(text: str, spans: Sequence[Span], outer: Span) -> list[Span]:
    """The parts of ascending, disjoint spans that lie in `outer`, trimmed."""
    first = bisect_right(spans, outer.start, key=lambda span: span.end)
    last = bisect_left(spans, outer.end, key=lambda span: span.start)
    bounds = ((max(s.start, outer.start), min(s.end, outer.end)) for s in spans[first:last])
    return [span for span in (trimmed(text, *pair) for pair in bounds) if span]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without outer white space, or None if it is all white space."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + len(piece.rstrip())) if left < len(piece) else None


def _lines(text: str, block: re.Match[str]) -> list[Span]:
    return [Span(*line.span()) for line in _LINE.finditer(text, *block.span())]


def _wrap_width(text: str, joints: Sequence[tuple[Span, Span]]) -> int | None:
    """The width at which the text was wrapped, or None if its newlines end paragraphs.

    Wrapped means: most lines followed by another have no room for its first word, and most of
    these full lines end in the middle of a sentence.
    """
    width = max((line.end - line.start for line, _ in joints), default=0)
    full = [line for line, following in joints if _is_full(text, line, following, width)]
    stops = sum(
        _STOP.search(text, max(line.start, line.end - 8), line.end) is not None for line in full
    )
    wrapped = (
        len(joints) >= FEWEST_JOINTS and len(full) >= 0.6 * len(joints) and stops <= 0.5 * len(full)
    )
    return width if wrapped and width in WRAP_WIDTHS else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    word = _WORD.match(text, following.start, following.end)
    return word is not None and line.end - line.start + 1 + len(word.group()) > width


def _joined(text: str, lines: Sequence[Span], width: int) -> Iterator[Span]:
    """Lines of wrapped text joined to paragraphs, which end at a short line or an indent."""
    start = lines[0].start
    for line, following in pairwise(lines):
        if _ends_paragraph(text, line, following, width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _ends_paragraph(text: str, line: Span, following: Span, width: int) -> bool:
    margin = text.rfind("\n", line.end, following.start) + 1
    if _INDENT_OR_ITEM.match(text, margin):
        return True
    stops = _STOP.search(text, max(line.start, line.end - 8), line.end)
    return stops is not None and not _is_full(text, line, following, width)
