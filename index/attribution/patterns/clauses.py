"""Where a reported clause starts and ends in its sentence. Knows verbs, but no subjects."""

from collections.abc import Sequence

from index.attribution.patterns.tokens import Token
from index.language.calendar import DAYS
from index.language.verbs.forms import IRREGULAR_FINITE, VERB_FORMS
from index.language.verbs.phrasal import phrasal_verb
from index.language.verbs.reporting import SPEECH_VERBS
from index.language.word_classes import (
    AUXILIARY_TOKENS,
    CLAUSE_BREAKS,
    CLAUSE_OPENERS,
    CLAUSE_STARTERS,
    PREPOSITIONS,
    SUBORDINATORS,
    VERB_HELPERS,
)

PARTICIPLES = frozenset(
    form for form, lemma in VERB_FORMS.items() if form.endswith("ing") and lemma in SPEECH_VERBS
)
LEAST_WORDS = 3
"""Of a clause, including its full stop."""
_CLOSED = PREPOSITIONS | AUXILIARY_TOKENS | CLAUSE_OPENERS | DAYS
_CLAUSE_MARKS = frozenset(("“", '"', "''", "``", "$", "‘"))


def clause_end(tokens: Sequence[Token], first: int) -> int:
    """Before the full stop, or before another verb of the same or of another speaker."""
    for at in range(first, len(tokens)):
        token = tokens[at]
        if token.text == ";" or (token.text == "," and leaves_clause(tokens, at)):
            return at
        if token.lower in CLAUSE_BREAKS and at > first and tokens[at - 1].quote is not None:
            return at
        if token.lower in {"and", "but"} and _does_more(tokens, at + 1):
            return at - (tokens[at - 1].text == ",")
    last = len(tokens)
    while last > first and tokens[last - 1].text in {".", ":"}:
        last -= 1
    return last


def first_comma(tokens: Sequence[Token], first: int, last: int) -> int:
    return next((at for at in range(first, last) if tokens[at].text == ","), last)


def leaves_clause(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the words after a comma are outside the clause: ", adding", ", while"."""
    if comma + 2 >= len(tokens):
        return False
    lower = tokens[comma + 1].lower
    return lower in PARTICIPLES or lower == "according" or lower in CLAUSE_BREAKS


def starts_clause(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    token, left = tokens[at], len(tokens) - at
    lower = token.lower
    if token.quote is not None or lower in CLAUSE_STARTERS:
        return token.quote is not None or left > LEAST_WORDS + 1
    verb = lower in VERB_FORMS and lower != "state"
    return left >= LEAST_WORDS and not verb and (not _closed(token) or token.text in _CLAUSE_MARKS)


def starts_noun_phrase(token: Token) -> bool:
    """Whether a noun phrase may start here."""
    return token.quote is not None or token.lower == "that" or not _closed(token)


def is_clause(tokens: Sequence[Token]) -> bool:
    """Not "In a speech" or "Two days ago"; if in doubt, a helping verb decides."""
    opening = tokens[0].lower
    adverbial = opening in PREPOSITIONS or opening in SUBORDINATORS or opening.endswith("ing")
    adverbial = adverbial or tokens[-1].lower in {"ago", "later", "earlier"}
    return not adverbial or any(token.lower in AUXILIARY_TOKENS or token.quote for token in tokens)


def _closed(token: Token) -> bool:
    return not token.word or token.lower in _CLOSED


def _does_more(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" is followed by another reporting verb of the same subject."""
    while at + 1 < len(tokens) and (
        tokens[at].lower in VERB_HELPERS or tokens[at].lower.endswith("ly")
    ):
        at += 1
    lower = tokens[at].lower if at < len(tokens) else ""
    lemma = VERB_FORMS.get(lower)
    past = lower.endswith("ed") or lower in IRREGULAR_FINITE or lower in PARTICIPLES
    phrase = phrasal_verb([token.lower for token in tokens[at : at + 5]], 0) if lower else None
    return (lemma is not None and lower != lemma and past) or phrase is not None
