"""Sentences as offsets. Knows paragraphs, but no boilerplate, passages or tokens.

`sentencex` proposes the boundaries; its known errors on news are corrected here:

- "at 5 p.m. Tuesday", "R-Calif. voted", "Pte. Lim" and "No. Four" are one sentence;
- a closing quotation mark or bracket belongs to the sentence it closes;
- a quotation of several sentences is one sentence up to `MOST_WORDS` words; a longer one is cut at
  the ends of its sentences;
- text without sentences is cut between words into pieces of at most `MOST_CHARACTERS`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sentencex import get_sentence_boundaries

from index.documents import Span
from index.language.calendar import CAPITALISED_WEEKDAY
from index.language.full_stops import BEFORE_ANYTHING, BEFORE_NAMES, BEFORE_NUMBERS, OPENERS
from index.language.numbers import NUMBER_WORD
from index.text.paragraphs import paragraphs_in, trimmed

MOST_WORDS = 100
MOST_CHARACTERS = 1_200
BLOCK = 20_000
"""`sentencex` is quadratic in a paragraph's open quotations, so long paragraphs are cut first."""
PARAGRAPHS_KEPT = 256
"""Of the texts read last: names, patterns and speakers each ask for the sentences of an article."""

_NOT_FOR_SENTENCEX = re.compile("[\n\ud800-\udfff]")  # it ends at the one, raises on the other
_QUOTE = re.compile("[\"“”„«»]|(?<!\\w)['‘]|['’](?!\\w)")
_HOUR = re.compile(r"\b[ap]\.\s?m\.\s+\Z", re.IGNORECASE)
_AFTER_HOUR = re.compile(
    rf"{CAPITALISED_WEEKDAY}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]*|\.) \d"
    r"|(?:[ECMP][SD]?T|[BC]E?ST|GMT|UTC|AES?DT|HST|AKS?T)\b"
    r"|(?:Eastern|Central|Mountain|Pacific|Hawaii|Alaska|Greenwich|local)\b|\("
)
_ABBREVIATED = re.compile(r"\.\s+\Z")
_ADDRESSED = re.compile(r"\bM[sx]\.\s+\Z")
_STOPPED = re.compile(r"(?<![\w.'’-])([^\W\d_]+)\.\s+\Z")
_NEXT_WORD = re.compile(r"[“\"'‘(]*([^\W\d_]+)")
_NUMBER_NEXT = re.compile(rf"\W?\d|(?:{NUMBER_WORD})\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z]+(?![\w.@])")
_EDGE = re.compile(r"[\s\"'“”‘’«»()\[\]]")
_CLOSERS = re.compile(r"\s*[\"'”’»)\]]+(?=\s|\Z)")
_ATTACHED = re.compile(r"[\"'”’»)\]]+")


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a part of the text: trimmed, ascending, disjoint, none across a paragraph.

    Together they cover every character of the part that is not white space.
    """
    return sentences_of(text, paragraphs_in(text, span))


def sentences_of(text: str, parts: Sequence[Span]) -> list[Span]:
    """The same for known paragraphs, or parts of them."""
    return [sentence for part in parts for sentence in _paragraph(text, part)]


@lru_cache(maxsize=PARAGRAPHS_KEPT)
def _paragraph(text: str, part: Span) -> Sequence[Span]:
    return tuple(
        piece
        for block in _cut(text, part, BLOCK, ". ")
        for sentence in _between(text, block, _boundaries(text, block, block.of(text)))
        for piece in _pieces(text, sentence)
    )


def _pieces(text: str, sentence: Span) -> Iterable[Span]:
    if sentence.end - sentence.start <= 2 * MOST_WORDS:  # it cannot have more words
        return (sentence,)
    quoted = _quoted(text, sentence)
    return (piece for part in quoted for piece in _cut(text, part, MOST_CHARACTERS, " "))


def _boundaries(text: str, block: Span, shown: str) -> Iterator[int]:
    """Corrected sentence ends inside the block; `sentencex` reads `shown` instead of the block."""
    proposed = get_sentence_boundaries("en", _NOT_FOR_SENTENCEX.sub(" ", shown))
    for position in (block.start + boundary["end_index"] for boundary in proposed):
        if position < block.end and not _is_one_sentence(text, position):
            yield _past_closers(text, position, block)


def _is_one_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - 12) : position]
    if _HOUR.search(before):
        return _AFTER_HOUR.match(text, position) is not None or text[position].islower()
    if _ADDRESSED.search(before) or _is_abbreviated(before, text, position):
        return True
    return bool(_ABBREVIATED.search(before) and _GOES_ON.match(text, position))


def _is_abbreviated(before: str, text: str, position: int) -> bool:
    """Whether the full stop before the position belongs to an abbreviation that goes on there."""
    stopped = _STOPPED.search(before)
    if not stopped:
        return False
    word, following = stopped[1], _NEXT_WORD.match(text, position)
    if word in BEFORE_NUMBERS and _NUMBER_NEXT.match(text, position):
        return True
    if not following or following[1].lower() in OPENERS:
        return False
    return word in BEFORE_ANYTHING or (word in BEFORE_NAMES and following[1][0].isupper())


def _past_closers(text: str, position: int, block: Span) -> int:
    """The boundary moved after closing marks and before opening ones."""
    position = _edge(text, position, block.start)
    attached = _ATTACHED.match(text, position, block.end)
    position = attached.end() if attached else position
    detached = _CLOSERS.match(text, position, block.end)
    return detached.end() if detached else position


def _edge(text: str, position: int, start: int) -> int:
    """Back over at most eight blanks and marks, to the end of the sentence proper."""
    lowest = max(start, position - 8)
    while position > lowest and _EDGE.match(text, position - 1):
        position -= 1
    return position


def _between(text: str, outer: Span, positions: Iterator[int]) -> Iterator[Span]:
    start = outer.start
    for end in [*positions, outer.end]:
        piece = trimmed(text, start, end) if end > start else None
        if piece:
            yield piece
            start = end


def _quoted(text: str, sentence: Span) -> Iterator[Span]:
    """A long sentence is cut as if it had no quotation marks; a shorter one stays whole."""
    piece = sentence.of(text)
    if len(piece.split()) <= MOST_WORDS:
        return iter([sentence])
    return _between(text, sentence, _boundaries(text, sentence, _QUOTE.sub(" ", piece)))


def _cut(text: str, span: Span, most: int, mark: str) -> Iterator[Span]:
    """Pieces of at most `most` characters, cut after `mark`, else between words, else anywhere."""
    start = span.start
    while span.end - start > most:
        end = _last(text, start, start + most, mark)
        piece = trimmed(text, start, end)
        if piece:
            yield piece
        start = end
    rest = trimmed(text, start, span.end)
    if rest:
        yield rest


def _last(text: str, start: int, end: int, mark: str) -> int:
    """The end of the last mark in the second half of the range, else of a space, else its end."""
    for cut in (mark, " "):
        found = text.rfind(cut, (start + end) // 2, end)
        if found >= 0:
            return found + len(cut)
    return end
