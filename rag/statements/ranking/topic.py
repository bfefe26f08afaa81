"""What a statement must be about, and how much of that it covers. Knows no speaker."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from index.language.spellings import other_spellings
from index.language.terms import analyze
from rag.query.names import some_form

TermWeights = Callable[[Sequence[str]], Mapping[str, float]]
"""Inverse document frequencies of terms."""

GENERIC = frozenset(
    analyze(
        """
        anything something everything nothing thing matter issue topic subject question interview
        article story news statement recently lately today much many also really
        """
    )
)
"""Words that carry little of a topic if it has others."""
FAINT = 0.3
"""Factor for the weight of generic words and of the listener, who is seldom named in a quote."""
IN_SENTENCES = 0.8
"""Factor for a word that the quoted sentences have, but not the content."""
IN_PARAGRAPHS = 0.6
"""Factor for a word that only the paragraphs around or the title have."""
OTHER_FORM = 0.85
"""Factor for a word in another form: Korea, Korean."""


@dataclass(frozen=True)
class StatementTerms:
    """The analysed words of a statement, from the content outwards."""

    content: AbstractSet[str]
    sentences: AbstractSet[str]
    paragraphs: AbstractSet[str]
    """With the title."""

    def match(self, term: str) -> tuple[float, float, float]:
        """How well the content, else the sentences, else the paragraphs have it: one is not 0."""
        inside = _match(term, self.content)
        beside = _match(term, self.sentences)
        around = _match(term, self.paragraphs)
        best = max(inside, IN_SENTENCES * beside, IN_PARAGRAPHS * around)
        if best == inside:
            return inside, 0.0, 0.0
        return (0.0, beside, 0.0) if best == IN_SENTENCES * beside else (0.0, 0.0, around)


@dataclass(frozen=True, slots=True)
class Shares:
    """The weighted shares of a topic: in the content, else in its sentences, else around them."""

    content: float = 0.0
    sentences: float = 0.0
    paragraphs: float = 0.0

    @property
    def coverage(self) -> float:
        """From 0 to 1, less for what stands further from the content."""
        return self.content + IN_SENTENCES * self.sentences + IN_PARAGRAPHS * self.paragraphs

    @property
    def reach(self) -> float:
        """From 0 to 1, wherever it stands."""
        return self.content + self.sentences + self.paragraphs


EVERYTHING = Shares(content=1.0)
"""What a statement has of no topic."""


@dataclass(frozen=True)
class Topic:
    """Terms with their weights; without terms, any statement is on topic."""

    weights: Mapping[str, float]
    phrases: tuple[tuple[str, ...], ...] = ()
    """Phrases asked for word for word, analysed."""
    spelled: tuple[str, ...] = ()
    """Terms of other spellings: to find what has them, since a statement's own are known."""

    @cached_property
    def total(self) -> float:
        return sum(self.weights.values())

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(self.weights)

    @property
    def search_terms(self) -> tuple[str, ...]:
        """The terms, every word of the phrases, and the terms of other spellings."""
        words = (word for each in self.phrases for word in each)
        return tuple(dict.fromkeys([*self.weights, *words, *self.spelled]))

    @property
    def search_weights(self) -> Mapping[str, float]:
        """Of the search terms; the words of a phrase weigh as much as the heaviest term."""
        heaviest = max(self.weights.values(), default=1.0)
        return {term: self.weights.get(term, heaviest) for term in self.search_terms}

    def shares(self, statement: StatementTerms) -> Shares:
        """Which shares of the topic the statement has."""
        if not self.total:
            return EVERYTHING
        found = [(w / self.total, statement.match(term)) for term, w in self.weights.items()]
        return Shares(*(sum(share * has[level] for share, has in found) for level in range(3)))

    def coverage(self, statement: StatementTerms) -> float:
        """The weighted share of the topic that the statement has, from 0 to 1."""
        return self.shares(statement).coverage

    def is_quoted_in(self, words: Sequence[str]) -> bool:
        """Whether there are phrases, and these words contain each of them, in order."""
        text = f" {' '.join(words)} "
        return bool(self.phrases) and all(f" {' '.join(each)} " in text for each in self.phrases)


def make_topic(
    about: str,
    listener: str,
    phrases: Sequence[str],
    *,
    stop_words: AbstractSet[str],
    term_weights: TermWeights,
) -> Topic:
    """The listener is the topic if there is no other, and adds little to another."""
    terms = dict.fromkeys(term for term in analyze(about) if term not in stop_words)
    listening = dict.fromkeys(term for term in analyze(listener) if term not in stop_words)
    faint = {*listening, *GENERIC} - set(terms).difference(GENERIC) if terms else set()
    weights = term_weights(list(terms | listening))
    exact = (tuple(analyze(phrase)) for phrase in phrases)
    return Topic(
        {term: weight * (FAINT if term in faint else 1) for term, weight in weights.items()},
        tuple(phrase for phrase in exact if phrase),
        tuple(dict.fromkeys(chain.from_iterable(other_spellings(about)))),
    )


def _match(term: str, terms: AbstractSet[str]) -> float:
    return 1.0 if term in terms else OTHER_FORM * some_form(term, terms)
