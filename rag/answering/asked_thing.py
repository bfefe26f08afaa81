"""Whether a sentence is about the thing that a question asks for: the injured are not the dead.

Judged by the word of a contrasting group that stands nearest to the short answer.
"""

import re
from collections.abc import Iterator
from itertools import chain

from index.documents import Span
from index.language.synonyms import contrast, contrasting, groups_of, groups_of_word
from index.language.terms import analyze
from rag.answering.short_answer import short_answer
from rag.query.answer_type import AnswerType
from rag.query.query import Query
from rag.reading.evidence import Evidence

_PIECE_ENDS = re.compile(
    r"[,;:()–—]|\b(?:and|but|while|whereas|who|which|after|before|when|as|although)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_EXCHANGED = re.compile(r"\b(?:from|to)\b")
"""Who buys from somebody names the seller."""

_EXCHANGES = groups_of(analyze("buy sell"))

Groups = frozenset[int]


def is_about_another_thing(query: Query, evidence: Evidence) -> bool:
    """Whether it is about the opposite of what is asked, or counts other things."""
    counted = query.answer_type is AnswerType.AMOUNT
    asked = asked_groups(query, counted=counted)
    short = short_answer(query, evidence) if asked else None
    if not asked or (short is None and counted):
        return False
    found = _aspect(evidence, short, asked, counted=counted)
    exchanged = asked <= _EXCHANGES and _EXCHANGED.search(evidence.sentence)
    return contrast(asked, found, counted=counted) and not exchanged


def are_of_different_things(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether their short answers count, or are said of, different things."""
    counted = query.answer_type is AnswerType.AMOUNT
    asked = asked_groups(query, counted=counted)
    first, second = (
        _aspect(each, short_answer(query, each), asked, counted=counted) for each in (one, other)
    )
    pairs = ((first, second), (asked, first), (asked, second))
    return any(contrast(*pair, counted=counted) for pair in pairs)


def asked_groups(query: Query, *, counted: bool) -> Groups:
    """Of the words of the question, without its names."""
    named = set(chain.from_iterable(map(analyze, query.names)))
    return contrasting(groups_of(set(query.content) - named), counted=counted)


def _aspect(evidence: Evidence, short: Span | None, asked: Groups, *, counted: bool) -> Groups:
    """The groups asked for that its piece of the sentence has, else those of the nearest word.

    Without a short answer the piece is the sentence.
    """
    piece = _piece(evidence, short) if short else evidence.span
    near = list(_words(evidence, piece, counted=counted))
    held = frozenset[int]().union(*(groups for _, groups in near))
    if short is None or held & asked:
        return held & asked or held
    nearest = min(near, key=lambda each: _distance(each[0], short), default=None)
    return nearest[1] if nearest else frozenset()


def _words(evidence: Evidence, piece: Span, *, counted: bool) -> Iterator[tuple[Span, Groups]]:
    """The words of contrasting groups in the piece."""
    for match in _WORD.finditer(evidence.article.text, piece.start, piece.end):
        groups = contrasting(groups_of_word(match.group()), counted=counted)
        if groups:
            yield Span(*match.span()), groups


def _piece(evidence: Evidence, short: Span) -> Span:
    """The part of the sentence between the nearest commas and joining words."""
    text, sentence = evidence.article.text, evidence.span
    ends = [match.span() for match in _PIECE_ENDS.finditer(text, sentence.start, sentence.end)]
    start = max([end for _, end in ends if end <= short.start], default=sentence.start)
    stop = min([begin for begin, _ in ends if begin >= short.end], default=sentence.end)
    return Span(start, stop)


def _distance(word: Span, short: Span) -> int:
    return max(0, word.start - short.end, short.start - word.end)
