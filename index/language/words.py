"""The words of a question with their offsets; a quotation is one word. Knows no grammar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = (
    "“(?P<curly>[^”]+)”?|«(?P<angled>[^»]+)»?|„(?P<low>[^“”]+)[“”]?"
    r"""|"(?P<straight>[^"]+)"?|(?<!\w)[‘'](?P<single>(?:[^‘’']|['’](?=\w))+)['’](?!\w)"""
)
_WORD = re.compile(rf"{_QUOTED}|[^\W_]+(?:[.’'\u2011\-&/][^\W_]+)*(?:(?<=[sS])['’](?!\w))?|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """`lower` is in lower case, without a possessive ending; "" for a quotation."""

    start: int
    end: int
    """Before a possessive ending."""
    lower: str
    quoted: str
    """The text inside quotation marks, "" for any other word."""
    possessive: bool
    """Whether it has a possessive ending."""


def words_of(text: str) -> list[QuestionWord]:
    """In order; a quotation, closed or not, is one word."""
    return list(_words(text))


def _words(text: str) -> Iterator[QuestionWord]:
    for match in _WORD.finditer(text):
        quoted = next(filter(None, match.groupdict().values()), "")
        written = "" if quoted else match.group()
        plain = _POSSESSIVE.sub("", written)
        end = match.end() - (len(written) - len(plain))
        yield QuestionWord(match.start(), end, plain.lower(), quoted, possessive=plain != written)
