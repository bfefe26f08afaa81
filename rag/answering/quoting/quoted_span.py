"""A sentence that answers -> the stretch that is quoted: as few sentences as can be understood.

A second one is quoted where one leans on the other: the answer on the sentence that names what it
is about, or an announcement on the sentence that gives it. "Why" and "how" take the next one too.
"""

from functools import cached_property
from itertools import takewhile

from index.documents import Span
from index.language.terms import analyze
from index.text.layout import TextLayout
from rag.answering.quoting.announcements import announcement, goes_on
from rag.answering.quoting.antecedents import is_anaphor, leans, points_back
from rag.answering.quoting.explanation import with_explanation
from rag.answering.short_answer import short_answer
from rag.query.names import some_form
from rag.query.query import Query
from rag.reading.evidence import Evidence

MOST_GIVEN = 3
"""Sentences after an announcement at most, as in "One was the ferry. The other was the port"."""


def quoted_span(query: Query, evidence: Evidence) -> Span:
    """The sentence, or a run of two; it starts and ends where sentences do.

    After an announcement it may have more: "The other was the port" goes on with what was counted.
    """
    span = with_context(query, evidence)
    if query.wants_explanation and span == evidence.span:
        return with_explanation(evidence)
    return span


def with_context(query: Query, evidence: Evidence) -> Span:
    """The same without the next sentence that every "why" and "how" takes."""
    if _may_need_the_one_before(query, evidence):
        before = _Neighbours(evidence).before
        if before and _helps(query, evidence, before):
            return _joined(before, evidence.span)
    elif _only_announces(query, evidence):
        given = _Neighbours(evidence).given
        if given:
            return _joined(evidence.span, given[-1])
    return evidence.span


def _only_announces(query: Query, evidence: Evidence) -> bool:
    """Whether what was read in it is no more than "several conditions"."""
    announced = announcement(evidence.sentence)
    if announced is None:
        return False
    start, short = evidence.span.start, short_answer(query, evidence)
    return short is None or short.touches(Span(start + announced.start, start + announced.end))


def _may_need_the_one_before(query: Query, evidence: Evidence) -> bool:
    return (
        leans(evidence.sentence)
        or _follows_a_colon(evidence)
        or _answers_by_pointing_back(query, evidence)
    )


def _answers_by_pointing_back(query: Query, evidence: Evidence) -> bool:
    """Whether the answer itself is what only the sentence before can name."""
    short = short_answer(query, evidence)
    return points_back(evidence.sentence) or (
        short is not None and is_anaphor(short.of(evidence.article.text))
    )


def _helps(query: Query, evidence: Evidence, before: Span) -> bool:
    """Whether the sentence before names what this one does not, and leans on no other itself."""
    if _answers_by_pointing_back(query, evidence):
        return not leans(before.of(evidence.article.text))
    return _names_what_is_asked(query, evidence, before)


def _follows_a_colon(evidence: Evidence) -> bool:
    start = evidence.span.start
    return evidence.article.text[max(0, start - 8) : start].rstrip().endswith(":")


def _names_what_is_asked(query: Query, evidence: Evidence, before: Span) -> bool:
    """Whether the sentence before has a name of the question that this one lacks.

    Of a question without names, or of which this one has them all, a word.
    """
    own = set(analyze(evidence.sentence))
    other = set(analyze(before.of(evidence.article.text)))
    names = [set(analyze(name)) for name in query.names]
    lacking = [terms for terms in names if not any(some_form(term, own) for term in terms)]
    wanted = set().union(*lacking) or set(query.content) - own
    return any(some_form(term, other) for term in wanted - own)


def _joined(first: Span, second: Span) -> Span:
    return Span(first.start, second.end)


class _Neighbours:
    """The sentences right before and after the one that answers, in its article."""

    def __init__(self, evidence: Evidence) -> None:
        self._text = evidence.article.text
        self._sentence = evidence.span
        self._passage = evidence.passage
        self._layout = TextLayout(self._text)

    @cached_property
    def before(self) -> Span | None:
        """Of its paragraph; where it opens one, the last sentence of the paragraph before.

        Only within the passage does another paragraph count: outside may be what is no article.
        """
        own = [each for each in self._own if each.end <= self._sentence.start]
        others = (each for each in self._of_passage if each.end <= self._sentence.start)
        return own[-1] if own else max(others, default=None)

    @property
    def given(self) -> list[Span]:
        """What an announcement announces: the next sentence, and those that go on with it."""
        own = [each for each in self._own if each.start >= self._sentence.end]
        others = [each for each in self._of_passage if each.start >= self._sentence.end]
        first, further = (own or others)[:1], (own or others)[1:MOST_GIVEN]
        return first + list(takewhile(lambda each: goes_on(each.of(self._text)), further))

    @cached_property
    def _own(self) -> list[Span]:
        return [
            each
            for paragraph in self._layout.paragraphs_around(self._sentence)
            for each in self._layout.sentences_in(paragraph)
        ]

    @cached_property
    def _of_passage(self) -> list[Span]:
        return self._layout.sentences_in(self._passage)
