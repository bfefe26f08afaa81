"""Tokens and a verb in, the subject before it out.

Reads back from the verb by closed classes of words instead of a parser; if in doubt it takes the
words nearest to the verb.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.patterns.noun_phrases import (
    APPOSITIVE,
    LONGEST,
    Phrase,
    can_speak,
    is_noun,
    starts_description,
)
from index.attribution.patterns.tokens import Token
from index.language.calendar import DAYS
from index.language.gazetteers import GROUP_NOUNS, ORGANISATION_WORDS, PERSON_NOUNS
from index.language.word_classes import (
    ASIDES,
    AUXILIARY_TOKENS,
    BARE_VERB_AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    NOUN_PREPOSITIONS,
    PLURAL_HEADS,
    PREPOSITIONS,
    QUOTATION_MARKS,
    SUBJECT_PRONOUNS,
    VERB_HELPERS,
    VERB_STARTERS,
)

_SPEAKERS = PERSON_NOUNS | GROUP_NOUNS | ORGANISATION_WORDS
_PERSONAL = SUBJECT_PRONOUNS - {"it", "which"}
_FULL_SUBJECTS = SUBJECT_PRONOUNS - {"who"}
_OPENING_CLAUSES = CLAUSE_OPENERS - {"and", "who", "that"}


@dataclass(frozen=True, slots=True)
class Subject:
    phrase: Phrase
    cue: int
    """Where the cue starts: at the verb or at its helping words."""


def subject_before(tokens: Sequence[Token], verb: int, floor: int) -> Subject | None:
    """The subject right before the verb; it starts at `floor` or later."""
    cue = verb_group_start(tokens, verb, floor)
    last = _past_aside(tokens, cue, floor)
    if last <= floor:
        return None
    phrase = _before(tokens, last, floor)
    return Subject(phrase, cue) if phrase else None


def subject_from(tokens: Sequence[Token], verb: int, start: int) -> Subject | None:
    """The subject from `start`, the end of a quotation, up to the verb."""
    subject = subject_before(tokens, verb, start)
    if subject is None or subject.phrase.first == start:
        return subject
    rest = tokens[start : subject.phrase.first]
    if len(rest) > LONGEST or not (rest[0].word and all(map(_belongs, rest))):
        return None
    return Subject(Phrase(start, subject.phrase.last), subject.cue)


def verb_group_start(tokens: Sequence[Token], verb: int, floor: int) -> int:
    """Where the helping words of a verb start: "has also said"."""
    while verb > floor:
        if _helps(tokens[verb - 1]):
            verb -= 1
        elif (
            verb - 2 > floor
            and tokens[verb - 1].lower == "to"
            and tokens[verb - 2].lower in VERB_STARTERS
        ):
            verb -= 2 + (tokens[verb - 2].lower == "on")
        else:
            break
    return verb


def agrees(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether the verb may have no ending: "they say", "would say"."""
    head = tokens[subject.phrase.last - 1].lower
    helped = any(
        token.lower in BARE_VERB_AUXILIARIES or token.lower.endswith("n't")
        for token in tokens[subject.cue : subject.cue + 3]
    )
    return helped or head in PLURAL_HEADS or (head.endswith("s") and not head.endswith("ss"))


def is_speaker(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether it is sure to speak: a name, a person, a group, an office; not "the crisis"."""
    words = tokens[subject.phrase.first : subject.phrase.last]
    head = words[-1]
    personal = head.lower in _PERSONAL
    return personal or head.capital or any(token.lower in _SPEAKERS for token in words)


def _belongs(token: Token) -> bool:
    """Whether the token may be part of a long name: it starts neither a verb nor a clause."""
    closed = (
        token.lower in AUXILIARY_TOKENS or token.lower in _FULL_SUBJECTS or token.quote is not None
    )
    clause = token.lower in _OPENING_CLAUSES and not token.capital
    mark = not token.word and token.text not in {",", ".", "&", "$", "'s", "(", ")"}
    return not (closed or clause or mark)


def _helps(token: Token) -> bool:
    lower = token.lower
    return lower in VERB_HELPERS or (
        lower.endswith(("ly", "n't")) and lower not in {"only", "fly"} and not token.capital
    )


def _past_aside(tokens: Sequence[Token], last: int, floor: int) -> int:
    """The position before ", however," or a similar aside."""
    if last - 2 > floor and tokens[last - 1].text == "," and tokens[last - 2].lower in ASIDES:
        return last - 3 if tokens[last - 3].text == "," else last - 2
    return last


def _before(tokens: Sequence[Token], last: int, floor: int) -> Phrase | None:
    token = tokens[last - 1]
    if token.lower in SUBJECT_PRONOUNS:
        return Phrase(last - 1, last)
    if token.text in {",", ")", "–", "—", "-", "--"}:
        return _described(tokens, last, floor)
    if token.lower == "'s" or token.text in QUOTATION_MARKS:
        return None
    first = _core_before(tokens, last, floor)
    return Phrase(first, last) if first is not None else None


def _described(tokens: Sequence[Token], last: int, floor: int) -> Phrase | None:
    """A name with a description between commas: "Ann Low, a cook from Hull, said"."""
    closing = tokens[last - 1].text
    opening = {")": "("}.get(closing, closing)
    found: Phrase | None = None
    for comma in range(last - 2, max(floor, last - APPOSITIVE) - 1, -1):
        if tokens[comma].quote is not None or tokens[comma].text in {";", ":"}:
            break
        if tokens[comma].text != opening or comma == floor:
            continue
        first = _core_before(tokens, comma, floor)
        if first is None or not can_speak(tokens[first:comma]):
            continue
        found = Phrase(first, _described_until(tokens, comma, last))
        if _starts_clause(tokens, first, floor):
            break
    return found


def _described_until(tokens: Sequence[Token], opening: int, last: int) -> int:
    """Where such a phrase ends: after brackets, before a last comma or an action."""
    if tokens[opening].text == "(":
        return last
    return (
        last - 1
        if tokens[opening].text != "," or starts_description(tokens[opening + 1])
        else opening
    )


def _starts_clause(tokens: Sequence[Token], first: int, floor: int) -> bool:
    if first <= floor:
        return True
    before = tokens[first - 1]
    return before.quote is not None or not before.word or before.lower in CLAUSE_OPENERS


def _core_before(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    """Where the noun phrase that ends before `last` starts; None if there is none."""
    first = last
    while first > max(floor, last - LONGEST):
        taken = _taken(tokens, first - 1, last, floor)
        if taken is None:
            break
        first = taken
        if tokens[first].lower in DETERMINERS and not _linked(tokens, first, floor):
            break
    while first < last and not _may_start(tokens[first]):
        first += 1
    return first if first < last and can_speak(tokens[first:last]) else None


def _taken(tokens: Sequence[Token], at: int, last: int, floor: int) -> int | None:
    """The position of the token if it is part of the phrase to its right."""
    token, inner = tokens[at], floor < at < last - 1
    lower = token.lower
    if token.text in QUOTATION_MARKS or lower == "'s" or (token.text in {"&", "/", "."} and inner):
        return at
    if not token.word or (lower in AUXILIARY_TOKENS and not token.capital):
        return None
    if lower == "and":
        return at if inner and tokens[at - 1].capital and tokens[at + 1].capital else None
    if lower in PREPOSITIONS:
        return (
            at
            if inner and lower in NOUN_PREPOSITIONS and _reaches_start(tokens, at, floor)
            else None
        )
    return None if lower in SUBJECT_PRONOUNS or lower in DAYS or lower in CLAUSE_OPENERS else at


def _reaches_start(tokens: Sequence[Token], preposition: int, floor: int) -> bool:
    """Whether the words before a preposition are a noun phrase at the start of the clause."""
    at = preposition - 1
    if not is_noun(tokens[at]):
        return False
    while at >= floor and (
        is_noun(tokens[at]) or tokens[at].lower in {"of", "for", "'s", "at", "in", "from"}
    ):
        at -= 1
    if at >= floor and tokens[at].lower in DETERMINERS:
        at -= 1
    return at < floor or not tokens[at].word or tokens[at].lower in CLAUSE_OPENERS


def _linked(tokens: Sequence[Token], first: int, floor: int) -> bool:
    """Whether a determiner is linked to the words before it by a preposition."""
    return first > floor and (
        tokens[first - 1].lower in NOUN_PREPOSITIONS or tokens[first - 1].lower in DETERMINERS
    )


def _may_start(token: Token) -> bool:
    return token.word and token.lower not in NOUN_PREPOSITIONS and token.lower != "and"
