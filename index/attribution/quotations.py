"""Text in, its quotations out: where marks open and close, and whether they contain speech.

A text is scanned once, paragraph by paragraph; a quotation without a closing mark ends with its
paragraph. A quotation inside another is part of it. Whether a straight mark opens or closes depends
on the characters beside it. Knows neither cues nor speakers.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.documents import Span
from index.statements import StatementKind
from index.text.paragraphs import paragraphs, trimmed

_MARK = re.compile(r"[“”„«»\"]|``|''(?!')|’’|‘‘|[‘’]|(?<![\w'])'(?=\w)")
_CLOSES = {
    "“": ("”", "’’"),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
    "”": ("”",),
    "’’": ("’’",),
    "``": ("''",),
    "‘‘": ("’’",),
    "''": ("''",),
    '"': ('"',),
}
"""By opening mark the closing ones; `_closes` also accepts frequent typing errors."""
_OPENERS = ("“", "„", "«", "``", "‘‘")
_SINGLE = ("‘", "’", "'")
_EITHER = ('"', "''")
_SINGLE_END = re.compile(r"(?<=[.,!?…])[’'](?![\w’'])")
_SINGLE_WORD_END = re.compile(r"(?<=\w)’(?!\w)")
_ELIDED = re.compile(r"(?:\d|(?:em|til|tis|twas|cause|round|n|bout)\b)", re.IGNORECASE)
_LONGEST_SINGLE_PHRASE = 60
_SPEECH_END = re.compile(r"[.,!?…;:—–-]\s*\Z")
_WORD = re.compile(r"[^\W_][\w.'’-]*")
_SMALL = frozenset("a an the of in on at for to and or but with from by as vs via is".split())
_LABEL = re.compile(r"[A-Z][A-Z.'’ -]{2,30}:\s")
SCARE_WORDS = 3
TITLE_WORDS = range(2, 13)


@dataclass(frozen=True, slots=True)
class Quote:
    """An outermost quotation; `inner` is inside `span` and may contain no words."""

    span: Span
    """With its marks; up to the end of the paragraph if the closing one is missing."""
    inner: Span
    """Without its marks."""
    continues: bool
    """Not closed, and the next paragraph starts with a mark: the same speaker continues."""
    scare: bool
    """One to three words, or the title of a work: quoted, but not speech."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str


def find_quotes(text: str) -> list[Quote]:
    """Ascending and disjoint; none crosses the end of a paragraph."""
    found = [_paragraph_quotes(text, part) for part in paragraphs(text)]
    for position, (here, following) in enumerate(pairwise(found)):
        if here and here[-1].continues:
            goes_on = bool(following) and _opens_paragraph(text, following[0])
            found[position] = [*here[:-1], replace(here[-1], continues=goes_on)]
    if found and found[-1]:
        found[-1] = [*found[-1][:-1], replace(found[-1][-1], continues=False)]
    return [quote for part in found for quote in part]


def statement_kind(content: Sequence[Span], text: str, quotes: Sequence[Quote]) -> StatementKind:
    """By letters and digits only: whether `content` includes a mark makes no difference."""
    inside, outside = 0, 0
    for span in content:
        letters = _letters(text, span)
        within = sum(_letters(text, part) for part in _quoted_parts(span, quotes))
        inside, outside = inside + within, outside + letters - within
    if not inside:
        return StatementKind.INDIRECT
    return StatementKind.MIXED if outside else StatementKind.DIRECT


def _opens_paragraph(text: str, quote: Quote) -> bool:
    before = text.rfind("\n", 0, quote.span.start) + 1
    return not text[before : quote.span.start].strip()


def _paragraph_quotes(text: str, part: Span) -> list[Quote]:
    """`continues` is set for a last quotation that is not closed."""
    marks = [_Mark(*found.span(), found.group()) for found in _MARK.finditer(text, *_ends(part))]
    singles = _single_ends(text, part)
    found: list[Quote] = []
    position = 0
    while position < len(marks):
        mark = marks[position]
        if mark.text in _SINGLE:
            end = _single_end(text, mark, marks, position, singles)
            closed = end is not None
            position = _first_from(marks, end) if end else position + 1
        elif _opens(text, mark, part):
            end, closed, position = _double_end(text, marks, position, part)
        else:
            end, closed, position = None, False, position + 1
        if end is not None and end > mark.end:
            found.append(_quote(text, mark, end, closed))
    return found


def _ends(part: Span) -> tuple[int, int]:
    return part.start, part.end


def _first_from(marks: Sequence[_Mark], position: int) -> int:
    return bisect_left(marks, position, key=lambda mark: mark.start)


def _opens(text: str, mark: _Mark, part: Span) -> bool:
    """Whether a mark outside of any quotation opens one; else it is a stray mark, or inches.

    A mark before "NAME:" does not: it quotes a whole transcript, whose labels name the speakers.
    """
    if _LABEL.match(text, mark.end, part.end):
        return False
    if mark.text in _OPENERS:
        return True
    before = text[mark.start - 1] if mark.start > part.start else " "
    after = text[mark.end] if mark.end < part.end else " "
    if mark.text in _EITHER:
        return not (after.isspace() and not before.isspace()) and not before.isdigit()
    return not before.isalnum() and after.isalnum()


def _looks_open(text: str, mark: _Mark) -> bool:
    before = text[mark.start - 1 : mark.start]
    after = text[mark.end : mark.end + 1]
    return (not before or before.isspace() or before in "([—–") and bool(after.strip())


def _looks_closed(text: str, mark: _Mark) -> bool:
    before = text[mark.start - 1 : mark.start]
    after = text[mark.end : mark.end + 1]
    return not after.strip() or (bool(before.strip()) and not after.isalnum())


def _double_end(text: str, marks: Sequence[_Mark], first: int, part: Span) -> tuple[int, bool, int]:
    """The end of a quotation, whether it is closed, and the number of the next mark after it."""
    opener, depth = marks[first], 1
    for position in range(first + 1, len(marks)):
        mark = marks[position]
        if mark.text in _SINGLE:
            continue
        if _closes(text, opener, mark) and not _nests(text, opener, marks, position):
            depth -= 1
        elif _nests(text, opener, marks, position):
            depth += 1
        elif mark.text == opener.text or mark.text in _OPENERS:
            return _trimmed_end(text, opener.end, mark.start), True, position
        if depth == 0:
            return mark.end, True, position + 1
    return part.end, False, len(marks)


def _closes(text: str, opener: _Mark, mark: _Mark) -> bool:
    if opener.text in _EITHER or mark.text in _EITHER or mark.text == "“":
        allowed = mark.text in _CLOSES[opener.text] or mark.text in _EITHER or opener.text == '"'
        return allowed and _looks_closed(text, mark)
    return mark.text in _CLOSES[opener.text]


def _nests(text: str, opener: _Mark, marks: Sequence[_Mark], position: int) -> bool:
    """Whether the same mark opens again, with enough marks left to close both."""
    mark = marks[position]
    if mark.text != opener.text or mark.text == "”" or not _looks_open(text, mark):
        return False
    if mark.text in _EITHER:
        left = sum(each.text == mark.text for each in marks[position : position + 9])
        return left % 2 == 1
    closers = _CLOSES[mark.text]
    following = [
        each.text for each in marks[position + 1 : position + 4] if each.text not in _SINGLE
    ]
    return len(following) > 1 and all(each in closers for each in following[:2])


def _trimmed_end(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _single_ends(text: str, part: Span) -> tuple[list[int], list[int]]:
    """Positions where single marks may close, ascending: after punctuation, and after a word."""
    sure = [found.start() for found in _SINGLE_END.finditer(text, *_ends(part))]
    likely = [found.start() for found in _SINGLE_WORD_END.finditer(text, *_ends(part))]
    return sure, likely


def _single_end(
    text: str,
    mark: _Mark,
    marks: Sequence[_Mark],
    position: int,
    ends: tuple[list[int], list[int]],
) -> int | None:
    """The end of a quotation in single marks; None for an apostrophe, or if no mark closes it.

    A mark right after a word may be a possessive, so it closes only short phrases in curly marks.
    """
    if mark.text == "’" or _ELIDED.match(text, mark.end) or not _looks_open(text, mark):
        return None
    sure, likely = (_next(each, mark.end) for each in ends)
    if mark.text == "‘" and likely is not None and likely - mark.end <= _LONGEST_SINGLE_PHRASE:
        crossed = position + 1 < len(marks) and marks[position + 1].start < likely
        if not crossed and (sure is None or likely < sure) and not _is_possessive(text, likely):
            return likely + 1
    return sure + 1 if sure is not None and _same_mark(text, mark, sure) else None


def _next(ends: Sequence[int], position: int) -> int | None:
    at = bisect_left(ends, position)
    return ends[at] if at < len(ends) else None


def _is_possessive(text: str, position: int) -> bool:
    """As in "the voters’ list": after an s and before a word."""
    return text[position - 1] == "s" and text[position + 1 : position + 3].strip().isalpha()


def _same_mark(text: str, mark: _Mark, position: int) -> bool:
    return (mark.text == "'") == (text[position] == "'")


def _quote(text: str, mark: _Mark, end: int, closed: bool) -> Quote:
    width = _closing_width(text, end) if closed else 0
    inner_end = max(end - width, mark.end)
    inner = trimmed(text, mark.end, inner_end) or Span(mark.start, end)
    scare = closed and _is_scare(inner.of(text))
    return Quote(Span(mark.start, end), inner, continues=not closed, scare=scare)


def _closing_width(text: str, end: int) -> int:
    if text[end - 2 : end] in {"''", "’’"}:
        return 2
    return 1 if text[end - 1] in "”“»«\"’'" else 0


def _is_scare(inner: str) -> bool:
    """Up to three words without an end mark, or the capitalized words of a title."""
    if len(inner) > 40 * TITLE_WORDS.stop:
        return False
    words = _WORD.findall(inner)
    if len(words) <= SCARE_WORDS and not _SPEECH_END.search(inner):
        return True
    shouted = inner.isupper() and _SPEECH_END.search(inner)
    return not (shouted or inner.endswith((".", "!", "?"))) and _is_title(words)


def _is_title(words: Sequence[str]) -> bool:
    telling = [word for word in words if word.lower() not in _SMALL]
    capital = all(word[0].isupper() or word[0].isdigit() for word in telling)
    return len(telling) in TITLE_WORDS and len(words) in TITLE_WORDS and capital


def _quoted_parts(span: Span, quotes: Sequence[Quote]) -> Iterator[Span]:
    first = bisect_right(quotes, span.start, key=lambda quote: quote.span.end)
    for quote in quotes[first:]:
        if quote.span.start >= span.end:
            return
        yield Span(max(span.start, quote.span.start), min(span.end, quote.span.end))


def _letters(text: str, span: Span) -> int:
    return sum(map(str.isalnum, span.of(text)))
