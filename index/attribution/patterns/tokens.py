"""An article as sentences of words and marks, a quotation of speech as one token.

Words in scare quotes are words. Knows no cues and no names.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.attribution.quotations import Quote
from index.documents import Span
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Gov|Sens?|Reps?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|vs)\.")
_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Gov|Sens?|Reps?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|Sr|Jr|St|No|vs)\."
    r"|(?:[A-Z]\.)+|[A-Z]-[A-Z][a-z.]+|[A-Z][a-z]{1,4}\.(?=,)|[ap]\.m\."
    r"|[^\W_]+(?:(?:['’&@-](?!s\b)|\.(?=[a-z\d]))[^\W_]+)*|['’]s\b|--+|''|``|[^\w\s]|_+"
)
_HOLDS = re.compile(r"[?!…,—–-]\W*\Z")
"""What ends a quotation without ending the sentence around it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a quotation; `lower` is empty for a quotation."""

    start: int
    end: int
    text: str
    lower: str
    quote: Quote | None

    @property
    def capital(self) -> bool:
        """A letter of a script without capitals may begin a name, too."""
        return self.quote is None and self.text[0].isalpha() and not self.text[0].islower()

    @property
    def word(self) -> bool:
        return self.text[:1].isalnum() and self.quote is None


@dataclass(frozen=True, slots=True)
class TokenizedSentence:
    """Its tokens, never none, and the paragraph it stands in."""

    tokens: tuple[Token, ...]
    paragraph: int


def tokenize_sentences(text: str, quoted: Sequence[Quote]) -> list[TokenizedSentence]:
    """In the order of the text; none ends inside a quotation, nor after “Why?” when it goes on."""
    speech = [quote for quote in quoted if not quote.scare]
    found: list[TokenizedSentence] = []
    for number, part in enumerate(paragraphs(text)):
        ends = [sentence.end for sentence in sentences_of(text, [part])]
        tokens = list(_tokens(text, part, _within(speech, part)))
        found += [TokenizedSentence(tuple(each), number) for each in _split(text, tokens, ends)]
    return found


def _within(quoted: Sequence[Quote], part: Span) -> Sequence[Quote]:
    first = bisect_left(quoted, part.start, key=lambda quote: quote.span.start)
    return quoted[first : bisect_left(quoted, part.end, key=lambda quote: quote.span.start)]


def _tokens(text: str, part: Span, quoted: Sequence[Quote]) -> Iterator[Token]:
    position = part.start
    for quote in quoted:
        yield from _words(text, position, quote.span.start)
        yield Token(quote.span.start, quote.span.end, '"', "", quote)
        position = quote.span.end
    yield from _words(text, position, part.end)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        yield Token(*found.span(), word, word.lower().replace("’", "'"), None)


def _split(text: str, tokens: Sequence[Token], ends: Sequence[int]) -> Iterator[list[Token]]:
    held: list[Token] = []
    for token in tokens:
        if held and _divides(text, held[-1], token, ends):
            yield held
            held = []
        held.append(token)
    if held:
        yield held


def _divides(text: str, last: Token, token: Token, ends: Sequence[int]) -> bool:
    """Whether a sentence ends between two tokens; "Ms. Low" and “Why?” she said are not cut."""
    if token.quote is not None and last.text.endswith((".", "?", "!")):
        return True
    at = bisect_left(ends, last.end)
    if at == len(ends) or token.start < ends[at] or _TITLE.fullmatch(last.text):
        return False
    return last.quote is None or token.quote is not None or not _holds(text, last.quote)


def _holds(text: str, quote: Quote) -> bool:
    inner = quote.inner
    return _HOLDS.search(text, max(inner.start, inner.end - 4), inner.end) is not None
