"""A short excerpt of an article: the range that matters and a little around it."""

from dataclasses import dataclass

from index.documents import Article

LONGEST = 300
"""Characters of an excerpt, without the ellipses."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """`before + quote + after` as the article has it, cut at words and put on one line."""

    title: str
    outlet: str
    before: str
    quote: str
    after: str


def excerpt(article: Article, start: int, end: int, *, longest: int = LONGEST) -> Snippet:
    """The range with its surroundings, at most `longest` characters; a longer range is cut."""
    quote = _head(article.text[start:end], longest)
    room = max(0, longest - len(quote))
    before = _tail(article.text[:start], room // 2)
    after = _head(article.text[end:], max(0, room - len(before)))
    whole = len(quote) == end - start
    return Snippet(
        article.title,
        article.outlet or "",
        _line(before),
        _line(quote),
        _line(after) if whole else "",
    )


def bare(quote: str, outlet: str | None) -> Snippet:
    """A quote whose article is not available."""
    return Snippet("", outlet or "", "", _line(_head(quote, LONGEST)), "")


def _head(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return _whole_words(text[: room + 1]) + ELLIPSIS


def _tail(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return ELLIPSIS + _whole_words(text[-room - 1 :][::-1])[::-1]


def _whole_words(text: str) -> str:
    """Without the last character and the word it cuts; a single long word is cut itself."""
    kept, space, _ = text.rpartition(" ")
    return kept + space if kept.strip() else text[:-1]


def _line(text: str) -> str:
    """Every white character becomes a space, so that offsets into it stay true."""
    return "".join(" " if character.isspace() else character for character in text)
