"""Quotations of the simplest form with their speaker: “…,” said NAME; “…,” NAME said.

For precision, every doubtful form is skipped, and so are most quotations. It serves to make
questions, not to find statements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.measures.statements import TITLES
from index.documents import Article, Span
from index.language.calendar import MONTHS_AND_WEEKDAYS
from index.language.names import GENERATIONS

_QUOTE = re.compile(
    r"(?<!\S)(?:“(?P<curly>[^“”\"\n]{25,600}?)[,?!]”"
    r"|\"(?P<straight>[^“”\"\n]{25,600}?)[,?!]\")(?= )"
)
_SAID = re.compile(r" (?:said|says)(?= )")
_WORD = re.compile(r" ([^\W\d_][\w’'-]*\.?)")
_AFTER_NAME = re.compile(
    r"\Z|[.,;:)\n]| [—–]| (?:after|as|at|before|during|from|in|of|on|to|when|while|who)\b"
)
_FULL_NAME, _LONGEST_NAME = 2, 4
"""In words."""
_INITIAL = len("J.")
_PARTICLES = frozenset(
    "al ap bin da de del della den der di dos du el ibn la le st ter van von".split()
)
_NEVER = MONTHS_AND_WEEKDAYS - {"may"} | frozenset(
    """
    a after also an and as at but he her his i in it its on one our she so that the their then they
    this we when while you
    """.split()
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """`whole` runs from the opening mark to the end of the cue and the name."""

    article: str
    revision: str
    content: Span
    words: str
    """The content as written."""
    speaker: Span
    name: str
    """The speaker as written."""
    whole: Span


def quotations(article: Article) -> Iterator[Quotation]:
    """In the order of the text; every speaker has at least two names besides any title."""
    for quote in _QUOTE.finditer(article.text):
        content = Span(*quote.span(quote.lastgroup or 0))
        for speaker, end in _beside(article.text, quote.end()):
            yield Quotation(
                article=article.id,
                revision=article.revision,
                content=content,
                words=_slice(article, content),
                speaker=speaker,
                name=_slice(article, speaker),
                whole=Span(quote.start(), end),
            )


def _slice(article: Article, span: Span) -> str:
    return span.of(article.text)


def _beside(text: str, at: int) -> Iterator[tuple[Span, int]]:
    """The name, and where the latter of cue and name ends; nothing when there is any doubt."""
    before = _SAID.match(text, at)
    name = _name(text, before.end() if before else at)
    if name is None:
        return
    after = _SAID.match(text, name.end)
    if before and _AFTER_NAME.match(text, name.end):
        yield name, name.end
    elif after and not before:
        yield name, after.end()


def _name(text: str, at: int) -> Span | None:
    """The capitalised words that follow `at`, past any title, if they are somebody's full name."""
    words = list(_capitalised(text, at))
    while words and words[-1][1] in _PARTICLES:
        words.pop()
    titles = [place for place, word in enumerate(words) if _plain(word) in TITLES]
    name = words[titles[-1] + 1 :] if titles else words
    possessive = any(word[1].endswith(("’s", "'s")) for word in words)
    if possessive or not _FULL_NAME <= len({*map(_plain, name)} - GENERATIONS) <= _LONGEST_NAME:
        return None
    return Span(name[0].start(1), name[-1].end() - name[-1][1].endswith("."))


def _plain(word: re.Match[str]) -> str:
    return word[1].rstrip(".").casefold()


def _capitalised(text: str, at: int) -> Iterator[re.Match[str]]:
    """Up to the end of the sentence at most; the full stop of "Obi." or of "J." belongs to it."""
    while word := _WORD.match(text, at):
        written, at = word[1], word.end()
        capital = written[0].isupper() and written.casefold() not in _NEVER
        if not capital and written not in _PARTICLES:
            return
        yield word
        if written.endswith(".") and not _abbreviated(written):
            return


def _abbreviated(word: str) -> bool:
    return len(word) == _INITIAL or word[:-1].casefold() in TITLES
