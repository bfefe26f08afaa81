"""Tokens and a position in, the noun phrase that starts there out: after a verb, or in a sentence.

Uses closed classes of words instead of a parser. It finds no phrase rather than a wrong one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.patterns.tokens import Token
from index.language.calendar import DAYS
from index.language.word_classes import (
    AUXILIARY_TOKENS,
    CLAUSE_OPENERS,
    DETERMINERS,
    PREPOSITIONS,
    QUOTATION_MARKS,
    SENTENCE_LEADERS,
    SUBJECT_PRONOUNS,
)

APPOSITIVE = 26
"""The most tokens between a name and its verb, for a description between commas."""
LONGEST = 14
"""The most tokens of a noun phrase."""


_TIMES = frozenset("day days week weeks month months year years night morning hour hours".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens from `first` to before `last`."""

    first: int
    last: int


def phrase_after(tokens: Sequence[Token], first: int, ceiling: int) -> Phrase | None:
    """The noun phrase after the verb, with a description between commas."""
    end = _core_after(tokens, first, ceiling)
    if end is None:
        return None
    end = _past_bracket(tokens, end, ceiling)
    if end < ceiling and tokens[end].lower == "who":
        return Phrase(first, _closing(tokens, end, ceiling) or end)
    while end + 1 < ceiling and tokens[end].text == "," and starts_description(tokens[end + 1]):
        closing = _closing(tokens, end + 1, ceiling)
        if closing is None:
            break
        end = closing
    return Phrase(first, end)


def past_listener(tokens: Sequence[Token], first: int, ceiling: int) -> int:
    """The position after the listener: after "him" or "Reuters" in "told Reuters that"."""
    if first < ceiling and tokens[first].lower in {"me", "him", "us", "them", "you", "her", "it"}:
        return first + 1
    if first < ceiling and tokens[first].text in QUOTATION_MARKS:
        return next(
            (at + 1 for at in range(first + 1, ceiling) if tokens[at].text in QUOTATION_MARKS),
            first,
        )
    end = _core_after(tokens, first, ceiling)
    return end if end is not None else first


def sentence_subject(tokens: Sequence[Token], ceiling: int) -> Phrase | None:
    """The subject of the main clause, after "On Monday," or "When it rained,"."""
    first = _past_dateline(tokens, ceiling)
    while first < ceiling and _precedes_subject(tokens[first]):
        comma = next((at for at in range(first, ceiling) if tokens[at].text == ","), ceiling)
        first = comma + 1
        name = _opening_name(tokens, first, ceiling)
        if name and name.last < ceiling and tokens[name.last].text == ",":
            first = name.last + 1
    if first >= ceiling or not tokens[first].word:
        return None
    if tokens[first].lower in SUBJECT_PRONOUNS:
        return Phrase(first, first + 1)
    return _opening_name(tokens, first, ceiling)


def name_before(tokens: Sequence[Token], last: int) -> Phrase | None:
    """At least two capitalized words right before a position."""
    first = last
    while first > 0 and tokens[first - 1].capital:
        first -= 1
    return Phrase(first, last) if last - first > 1 else None


def starts_description(token: Token) -> bool:
    """Whether the token after a comma starts a description of a person, not an action."""
    lower = token.lower
    if token.quote is not None or lower in {"referring", "speaking", "asked", "adding", "citing"}:
        return False
    if lower in {"who", "whose", "a", "an", "the", "his", "her", "its", "their", "one"}:
        return True
    if lower.endswith("ing") or lower in CLAUSE_OPENERS or lower in AUXILIARY_TOKENS:
        return False
    return (
        token.text[:1].isdigit()
        or lower == "of"
        or (
            token.word
            and lower not in PREPOSITIONS
            and lower not in SUBJECT_PRONOUNS
            and lower not in DAYS
        )
    )


def _precedes_subject(token: Token) -> bool:
    return token.lower in SENTENCE_LEADERS or (token.lower.endswith("ing") and token.word)


def _past_dateline(tokens: Sequence[Token], ceiling: int) -> int:
    """The position after "HULL —" or "LEEDS, Ohio (AP) --"."""
    if not tokens[0].text.isupper() or len(tokens[0].text) == 1:
        return 0
    dashes = (at for at in range(1, min(ceiling, 8)) if tokens[at].text in {"—", "–", "--", "-"})
    return next(dashes, -1) + 1


def _opening_name(tokens: Sequence[Token], first: int, ceiling: int) -> Phrase | None:
    """Capitalized words, or a determiner with its nouns, before the verb."""
    if first >= ceiling:
        return None
    last = first + (tokens[first].lower in DETERMINERS)
    while last < ceiling and (tokens[last].capital or tokens[last].text in {"'s", "’s", "&"}):
        last += 1
    if last == first + 1 and tokens[first].lower in DETERMINERS:
        while (
            last < min(ceiling, first + 4)
            and is_noun(tokens[last])
            and not tokens[last].lower.endswith("ed")
        ):
            last += 1
    if last >= ceiling or not (tokens[last].word or tokens[last].text in {",", "("}):
        return None
    return Phrase(first, last) if last > first and is_noun(tokens[last - 1]) else None


def _past_bracket(tokens: Sequence[Token], end: int, ceiling: int) -> int:
    """The position after "(D-Va.)"."""
    if end < ceiling and tokens[end].text == "(":
        for at in range(end + 1, min(ceiling, end + 6)):
            if tokens[at].text == ")":
                return at + 1
    return end


def _core_after(tokens: Sequence[Token], first: int, ceiling: int) -> int | None:
    """Where the noun phrase that begins at `first` ends; None if there is none."""
    if first >= ceiling or not tokens[first].word:
        return None
    if tokens[first].lower in SUBJECT_PRONOUNS:
        return first + 1
    at = first
    while at < min(ceiling, first + LONGEST) and _goes_on(tokens, at, first, ceiling):
        at += 1
    return at if at > first and can_speak(tokens[first:at]) else None


def _goes_on(tokens: Sequence[Token], at: int, first: int, ceiling: int) -> bool:
    token = tokens[at]
    lower = token.lower
    if lower in {"'s", "&", "."} and at > first:
        return lower != "." or (
            at + 1 < ceiling and tokens[at - 1].end == token.start and len(tokens[at - 1].text) == 1
        )
    if not token.word or lower in AUXILIARY_TOKENS or lower in DAYS or lower in SUBJECT_PRONOUNS:
        return False
    following = tokens[at + 1] if at + 1 < ceiling else None
    if lower == "and":
        return following is not None and at > first and following.capital and tokens[at - 1].capital
    if lower in CLAUSE_OPENERS:
        return at == first and lower in DETERMINERS
    if lower in PREPOSITIONS:
        return (
            at > first
            and lower in {"of", "for", "at", "from", "with", "in"}
            and following is not None
            and _belongs(lower, following)
        )
    return True


def _belongs(preposition: str, following: Token) -> bool:
    """Whether it is part of the phrase: "of the party", "in Hull"; not "in an interview"."""
    if preposition in {"of", "for"}:
        return following.lower not in DAYS
    if preposition in {"in", "at"}:
        return following.capital and following.lower not in DAYS
    return following.capital or following.lower == "the"


def _closing(tokens: Sequence[Token], first: int, ceiling: int) -> int | None:
    """The comma or full stop that ends a description that starts at `first`."""
    for at in range(first, min(ceiling, first + APPOSITIVE)):
        token = tokens[at]
        if token.quote is not None or token.text in {";", ":", "—", "–", "--"}:
            return at if at > first else None
        if token.text in {",", "."} or token.lower in {"when", "during"}:
            return at
    return min(ceiling, first + APPOSITIVE) if ceiling - first <= APPOSITIVE else None


def is_noun(token: Token) -> bool:
    lower = token.lower
    closed = (
        lower in PREPOSITIONS
        or lower in CLAUSE_OPENERS
        or lower in AUXILIARY_TOKENS
        or lower in SUBJECT_PRONOUNS
    )
    return token.word and not closed and lower not in DAYS and lower not in DETERMINERS


def can_speak(tokens: Sequence[Token]) -> bool:
    """Whether the phrase may be a speaker: it has a capital, a determiner or a plural."""
    first, head = tokens[0], tokens[-1]
    if first.lower in DETERMINERS and len(tokens) == 1:
        return first.lower in {"some", "many", "most", "several", "both", "another", "one"}
    capital = any(token.capital for token in tokens)
    return head.lower not in _TIMES and (
        capital
        or first.lower in DETERMINERS
        or (head.lower.endswith("s") and head.lower not in {"his", "this"})
    )
