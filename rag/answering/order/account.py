"""A candidate with what its last ranking step compares: when it was told, and its short answer."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import takewhile

from index.documents import Span
from index.language.synonyms import groups_of
from index.language.terms import analyze
from index.language.word_classes import NEVER_NAMES
from index.text.sentences import sentences
from rag.answering.short_answer import short_answer
from rag.query.answer_type import AnswerType
from rag.query.names import holds, names, some_form, stands_in
from rag.query.query import Query
from rag.reading.evidence import Evidence

NAMED_DAYS, UNNAMED_DAYS = timedelta(days=60), timedelta(days=7)
"""Between two accounts of one event: of one that the question names, and of any other."""
_PIECE_ENDS = re.compile(r"[,;:()–—]|\b(?:and|but|while|whereas|who|which|as|although)\b")


@dataclass(frozen=True)
class Account:
    """For one question."""

    query: Query
    evidence: Evidence

    @cached_property
    def short(self) -> Span | None:
        return short_answer(self.query, self.evidence)

    @property
    def short_text(self) -> str:
        return self.short.of(self.evidence.article.text) if self.short else ""

    @property
    def told_at(self) -> datetime | None:
        return self.evidence.article.published_at

    @cached_property
    def piece(self) -> str:
        """The part of the sentence around the short answer; the sentence where there is none."""
        if self.short is None:
            return self.evidence.sentence
        text, whole = self.evidence.article.text, self.evidence.span
        ends = [match.span() for match in _PIECE_ENDS.finditer(text, whole.start, whole.end)]
        start = max([end for _, end in ends if end <= self.short.start], default=whole.start)
        stop = min([begin for begin, _ in ends if begin >= self.short.end], default=whole.end)
        return text[start:stop]

    @cached_property
    def held(self) -> int:
        """How many of the question's content terms, or words for the same, its sentence has."""
        terms = frozenset(analyze(self.evidence.sentence))
        groups = groups_of(terms)
        return sum(each in terms or bool(groups_of([each]) & groups) for each in self.query.content)

    @cached_property
    def tells_of_others(self) -> bool:
        """Whether its sentence has names, and none of the question's: another city."""
        told = {term for name in self._told_names for term in analyze(name)}
        asked = {term for name in self.query.names for term in analyze(name)}
        held = frozenset(analyze(self.evidence.sentence))
        return bool(asked and told) and not any(some_form(term, held) for term in asked)

    @property
    def _told_names(self) -> tuple[str, ...]:
        return names(self.evidence.sentence, never=NEVER_NAMES)

    @cached_property
    def near(self) -> str:
        """The title and the passage."""
        article = self.evidence.article
        return f"{article.title}\n{self.evidence.passage.of(article.text)}"

    @cached_property
    def before(self) -> str:
        """The sentence, with the one before it."""
        evidence = self.evidence
        spans = sentences(evidence.article.text, evidence.passage)
        earlier = list(takewhile(lambda span: span.start < evidence.span.start, spans))
        start = earlier[-1].start if earlier else evidence.span.start
        return evidence.article.text[start : evidence.span.end]

    @cached_property
    def names_missing(self) -> float:
        """The share of the question's names that neither the title nor the passage has."""
        missing = [name for name in self.query.names if not self._has(name)]
        return len(missing) / len(self.query.names) if missing else 0.0

    def _has(self, name: str) -> bool:
        return stands_in(self.near, name) or holds(_terms(self.near), name)

    @property
    def answers(self) -> bool:
        """Whether it has a short answer, where one can be told by its words."""
        return self.short is not None or self.query.answer_type is AnswerType.ANYTHING


def same_event(one: Account, other: Account) -> bool:
    """Whether both may tell of one event: days apart at most, and each has the question's names."""
    if one.told_at is None or other.told_at is None or one.names_missing or other.names_missing:
        return False
    days = NAMED_DAYS if one.query.names else UNNAMED_DAYS
    return abs(one.told_at - other.told_at) <= days


def is_later(one: Account, than: Account) -> bool:
    """Whether it is from an article of the same or a later instant; False where undated."""
    if one.told_at is None or than.told_at is None:
        return False
    return one.told_at >= than.told_at and one.evidence.article.id != than.evidence.article.id


@lru_cache(maxsize=256)  # the sentences of a passage share it
def _terms(text: str) -> frozenset[str]:
    return frozenset(analyze(text))
