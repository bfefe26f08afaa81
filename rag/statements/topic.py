"""What a statement must be about, and how much of it a statement is. Knows no speaker."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from index.language.terms import analyze
from rag.query.names import some_form

GENERIC = frozenset(
    analyze(
        """
        anything something everything nothing thing matter issue topic subject question interview
        article story news statement recently lately today much many also really
        """
    )
)
"""Words of a topic that tell little beside others."""
FAINT = 0.3
"""Of their weight; and of that of whom it was said to, which is seldom said again."""
AROUND = 0.8
"""Of a word's weight, where the quoted sentences have it but not what was said."""
NEAR = 0.6
"""Where the paragraphs around have it, or the title."""
AKIN = 0.85
"""Where it stands in another form: Korea, Korean."""


@dataclass(frozen=True)
class StatementTerms:
    """The words of a statement, analysed, from what was said outwards."""

    content: AbstractSet[str]
    sentences: AbstractSet[str]
    around: AbstractSet[str]

    def share(self, term: str) -> float:
        """How fully the term is there, from 0 to 1."""
        return max(
            _held(term, self.content),
            AROUND * _held(term, self.sentences),
            NEAR * _held(term, self.around),
        )


@dataclass(frozen=True)
class Topic:
    """The terms of a topic with their inverse document frequencies; none for any topic."""

    weights: Mapping[str, float]
    phrases: tuple[tuple[str, ...], ...] = ()
    """What was asked for word for word, analysed."""

    @cached_property
    def total(self) -> float:
        return sum(self.weights.values())

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(self.weights)

    @property
    def searched(self) -> tuple[str, ...]:
        """All there is to look for: of a phrase its small words too."""
        return tuple(dict.fromkeys([*self.weights, *(w for each in self.phrases for w in each)]))

    def coverage(self, places: StatementTerms) -> float:
        """The weighted share of the topic that the statement holds, from 0 to 1; 1 of none."""
        if not self.total:
            return 1.0
        return sum(w * places.share(term) for term, w in self.weights.items()) / self.total

    def is_quoted_in(self, words: Sequence[str]) -> bool:
        """Whether there are phrases, and all stand in these words, in their order."""
        return bool(self.phrases) and all(_stands_in(phrase, words) for phrase in self.phrases)


def topic(
    about: str,
    listener: str,
    phrases: Sequence[str],
    *,
    without: AbstractSet[str],
    weigh: Callable[[Sequence[str]], Mapping[str, float]],
) -> Topic:
    """Of a question's words, those in `without` left out; `weigh` gives each term's weight.

    To whom something was said is the topic where there is no other, and tells little beside one.
    """
    terms = dict.fromkeys(term for term in analyze(about) if term not in without)
    heard = dict.fromkeys(term for term in analyze(listener) if term not in without)
    faint = {*heard, *GENERIC} - set(terms).difference(GENERIC) if terms else set()
    weights = weigh([*terms, *(term for term in heard if term not in terms)])
    exact = (tuple(analyze(phrase)) for phrase in phrases)
    return Topic(
        {term: weight * (FAINT if term in faint else 1) for term, weight in weights.items()},
        tuple(phrase for phrase in exact if phrase),
    )


def _held(term: str, terms: AbstractSet[str]) -> float:
    if term in terms:
        return 1.0
    return AKIN * some_form(term, terms)


def _stands_in(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "
