"""What a statement must be about, and how much of that it covers. Knows no speaker."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
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
        again too still yet already soon now even just back ever once really
        """
    )
)
"""Words that carry little of a topic if it has others."""
OPENERS = frozenset(analyze("whether if while because although that"))
"""They open a clause and are never what it is about."""
FAINT = 0.3
"""Factor for the weight of generic words and of the listener, who is seldom named in a quote."""
IN_SENTENCES = 0.8
"""Factor for a word that the quoted sentences have, but not the content."""
IN_PARAGRAPHS = 0.6
"""Factor for a word that only the paragraphs around or the title have."""
OTHER_FORM = 0.85
"""Factor for a word in another form: Korea, Korean."""
CIRCUMSTANCE = 0.4
"""Factor for words of when or why it was said: "a vote *after the Queen died*"."""
_CIRCUMSTANCE = re.compile(
    r"\b(?:after|before|during|since|while|when|following|amid|despite|because of|ahead of"
    r"|in the (?:wake|aftermath) of)\b",
    re.IGNORECASE,
)
_LINK = r"(?:of|the|for|and|on|to|in)"
_CAPITALISED = re.compile(rf"\b[A-Z][\w’'-]*(?: (?:{_LINK} )*[A-Z][\w’'-]*){{2,6}}")
"""A name of three words and more, which has initials."""


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
    initials: Mapping[str, str] = field(default_factory=dict)
    """For each term of a long name the term of its initials, which stand for it: SPLC."""

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
        return tuple(dict.fromkeys([*self.weights, *words, *self.spelled, *self.initials.values()]))

    @property
    def search_weights(self) -> Mapping[str, float]:
        """Of the search terms; the words of a phrase weigh as much as the heaviest term."""
        heaviest = max(self.weights.values(), default=1.0)
        return {term: self.weights.get(term, heaviest) for term in self.search_terms}

    def shares(self, statement: StatementTerms) -> Shares:
        """Which shares of the topic the statement has."""
        if not self.total:
            return EVERYTHING
        found = [(w / self.total, self._match(term, statement)) for term, w in self.weights.items()]
        return Shares(*(sum(share * has[level] for share, has in found) for level in range(3)))

    @cached_property
    def heaviest(self) -> str:
        """The term that tells most about the topic; "" without terms."""
        return max(self.weights, key=self.weights.__getitem__, default="")

    def has_heaviest(self, statement: StatementTerms) -> bool:
        """Whether the statement has that term, or the words around it."""
        return any(self._match(self.heaviest, statement))

    def _match(self, term: str, statement: StatementTerms) -> tuple[float, float, float]:
        has = statement.match(term)
        initials = self.initials.get(term)
        return max(has, statement.match(initials)) if initials else has

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
    core, circumstance = _parts(about, stop_words)
    terms = dict.fromkeys(core + circumstance)
    listening = dict.fromkeys(_terms(listener, stop_words))
    faint = {*listening, *GENERIC} - set(terms).difference(GENERIC) if terms else set()
    aside = set(circumstance) - set(core)
    weights = term_weights(list(terms | listening))
    exact = (tuple(analyze(phrase)) for phrase in phrases)
    return Topic(
        {
            term: weight * (FAINT if term in faint else CIRCUMSTANCE if term in aside else 1)
            for term, weight in weights.items()
        },
        tuple(phrase for phrase in exact if phrase),
        tuple(dict.fromkeys(chain.from_iterable(other_spellings(about)))),
        dict(_initials(about, stop_words)),
    )


def _terms(text: str, stop_words: AbstractSet[str]) -> list[str]:
    return [term for term in analyze(text) if term not in stop_words and term not in OPENERS]


def _parts(about: str, stop_words: AbstractSet[str]) -> tuple[list[str], list[str]]:
    """The terms of the topic, and those of when or why it was spoken of.

    Words that open with the circumstance are the topic: "What did X say after the vote?".
    """
    for found in _CIRCUMSTANCE.finditer(about):
        core = _terms(about[: found.start()], stop_words)
        if set(core) - GENERIC:
            return core, _terms(about[found.end() :], stop_words)
    return _terms(about, stop_words), []


def _initials(about: str, stop_words: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    for name in _CAPITALISED.finditer(about):
        words = [word for word in name[0].split() if word[0].isupper()]
        short = analyze("".join(word[0] for word in words))
        yield from ((term, short[0]) for term in _terms(name[0], stop_words) if len(short) == 1)


def _match(term: str, terms: AbstractSet[str]) -> float:
    return 1.0 if term in terms else OTHER_FORM * some_form(term, terms)
