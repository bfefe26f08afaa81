"""Text and its quotations in, sentences of tokens out; quoted speech is one token.

Words in scare quotes are ordinary words. Knows no cues and no names.
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
"""End marks of a quotation after which the sentence around it may continue."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a quotation; for a quotation `lower` is empty."""

    start: int
    end: int
    text: str
    lower: str
    quote: Quote | None

    @property
    def capital(self) -> bool:
        """True for a letter of a script without capitals, too: it may start a name."""
        return self.quote is None and self.text[0].isalpha() and not self.text[0].islower()

    @property
    def word(self) -> bool:
        return self.text[:1].isalnum() and self.quote is None


@dataclass(frozen=True, slots=True)
class TokenizedSentence:
    """The tokens of a sentence (at least one) and its paragraph number."""

    tokens: tuple[Token, ...]
    paragraph: int


def tokenize_sentences(text: str, quoted: Sequence[Quote]) -> list[TokenizedSentence]:
    """In the order of the text; no sentence ends inside a quotation."""
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
    """Whether a sentence ends between two tokens; not in "Ms. Low" or “Why?” she said."""
    if token.quote is not None and last.text.endswith((".", "?", "!")):
        return True
    at = bisect_left(ends, last.end)
    if at == len(ends) or token.start < ends[at] or _TITLE.fullmatch(last.text):
        return False
    return last.quote is None or token.quote is not None or not _holds(text, last.quote)


def _holds(text: str, quote: Quote) -> bool:
    inner = quote.inner
    return _HOLDS.search(text, max(inner.start, inner.end - 4), inner.end) is not None
