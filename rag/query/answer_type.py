"""The kind of answer a question asks for, and whether a sentence or answer is of that kind."""

import re
from collections.abc import Sequence
from enum import StrEnum

from index.language.calendar import TIME_WORDS, YEAR_IN_ANSWER
from index.language.gazetteers import GROUP_NOUNS, ORGANISATION_WORDS, PERSON_NOUNS
from index.language.numbers import AMOUNT_WORDS, VAGUE_AMOUNT_WORDS
from index.language.terms import analyze
from index.language.word_classes import DETERMINERS
from rag.query.clause import POLITE_OPENING


class AnswerType(StrEnum):
    """The kind of answer, as far as the question says."""

    AMOUNT = "amount"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    ANYTHING = "anything"


MEASURED = (
    "many|much|long|old|often|far|big|tall|high|fast|large|small|wide|broad|deep|heavy|hot|cold"
    "|warm|thick|thin|steep|strong|soon|late|close|near|young|few|frequently|quickly"
)
"""After "how" these ask for an amount, not for an explanation."""
_ASKS = {
    AnswerType.AMOUNT: rf"how\s+({MEASURED})",
    AnswerType.TIME: r"when|(what|which)\s+(date|day|year|month|time)",
    AnswerType.REASON: r"why|how\s+come|(what|which)\s+(is|was|are|were)\s+the\s+(reason|cause)s?",
    AnswerType.PLACE: r"where|(what|which)\s+(country|city|place|state|town|village)",
    AnswerType.PERSON: r"who|whom|whose",
}
"""The first match counts: "how many people who" asks for an amount."""
_OPENS = re.compile(r"\s*(?:what|which|who|whose|whom|how|why)\b", re.IGNORECASE)
_SIDE_CLAUSE = re.compile(
    r"(?<=\w )(?:when|where|while|after|before)\b.*\Z",
    re.IGNORECASE,
)
_ASKING = {kind: re.compile(rf"\b({words})\b", re.IGNORECASE) for kind, words in _ASKS.items()}
_HOLDS = {
    AnswerType.AMOUNT: re.compile(rf"\d|\b({AMOUNT_WORDS})\b", re.IGNORECASE),
    AnswerType.TIME: re.compile(r"\d|" + TIME_WORDS),
    AnswerType.REASON: re.compile(
        r"\b(because|since|due|so that|in order|therefore|thanks to|result|caus\w+|reasons?"
        r"|blam\w+|to)\b",
        re.IGNORECASE,
    ),
    AnswerType.PLACE: re.compile(r"\b(in|at|near|from|outside|inside|across|on)\s+(the\s+)?[A-Z]"),
}
_IS = {
    AnswerType.AMOUNT: re.compile(
        _HOLDS[AnswerType.AMOUNT].pattern + rf"|\b({VAGUE_AMOUNT_WORDS})\b",
        re.IGNORECASE,
    ),
    AnswerType.TIME: re.compile(
        rf"\b{YEAR_IN_ANSWER}s?\b|\d[:.]\d\d\b|\d\s?[ap]\.?m\b|\b\d+(st|nd|rd|th)\b"
        r"|\b(?i:after|before|during|since|until|when|while|once|as soon|not yet|now|recently|early"
        r"|late|later|midnight|dawn|dusk|evening|afternoon|weekend|christmas|easter|ramadan"
        r"|seconds?|minutes?|hours?|days?|decades?|season)\b|" + TIME_WORDS
    ),
    AnswerType.PERSON: re.compile(r"\b[A-Z]\w"),
    AnswerType.PLACE: re.compile(r"\b[A-Z]\w"),
}
_GIVES_REASON = re.compile(
    r"\b(?:because|since|due|owing|thanks|so that|so as|in order|therefore|thus|hence|that is why"
    r"|results?|resulted|resulting|caus\w+|reasons?|blam\w+|after|over|amid|amidst|following|given"
    r"|citing|cited|fears?|fearing|feared|lest|prompt\w*|led|leading|trigger\w*|spark\w*"
    r"|attribut\w+|stem\w*|explain\w*|response|protest|revenge|suspicion|accus\w+|worr\w+"
    r"|concerns?|motive|means?|meant|forc(?:es?|ed|ing)|had (?:\w+ )?(?:been|\w+ed)"
    r"|for (?:lack|want|fear|fail\w+|not|\w+ing|the sake)|as (?:a|part)|by \w+ing|out of"
    r"|to (?!the\b|an?\b|his\b|her\b|its\b|their\b|be\b)[a-z]+)\b"
    r"|, (?:as|so|for|when)\b"
)
_EXPLAINING = re.compile(rf"\s*(?:why|how(?!\s+(?:{MEASURED})))\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must)(?:n['’]t)?\b(?!.*\b(?:or|which|what|how (?:many|much))\b)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_CAPITAL = re.compile(r"(?<!^)(?<![.!?\"“]\s)\b[A-Z][\w'’-]+")
"""A capitalised word inside a sentence."""


def answer_type(question: str) -> AnswerType:
    """That of its main clause: "What was the score when X won?" asks for no time."""
    asked = _SIDE_CLAUSE.sub("", question) if _OPENS.match(question) else question
    return next((kind for kind, asks in _ASKING.items() if asks.search(asked)), AnswerType.ANYTHING)


def wants_explanation(question: str) -> bool:
    """Whether it asks why or how: whole sentences answer that."""
    return bool(_EXPLAINING.match(POLITE_OPENING.sub("", question)))


def is_yes_or_no(question: str) -> bool:
    """False where it offers a choice ("or") or asks for a thing besides ("which")."""
    return bool(_YES_OR_NO.match(POLITE_OPENING.sub("", question)))


def gives_reason(text: str) -> bool:
    """Whether any word of it introduces a reason or a purpose."""
    return bool(_GIVES_REASON.search(text))


def is_of_type(kind: AnswerType, answer: str) -> bool:
    """Whether a short answer can be of that kind; for most kinds any text can."""
    return kind not in _IS or bool(_IS[kind].search(answer))


def may_be_a_person(answer: str) -> bool:
    """Whether it has a name, a noun for people or a determiner first: not "fled by boat"."""
    words = [word.lower() for word in _WORDS.findall(answer)]
    nouns = PERSON_NOUNS | GROUP_NOUNS | ORGANISATION_WORDS
    return (
        answer != answer.lower()
        or bool(words and (words[0] in DETERMINERS or words[0].isdigit()))
        or any(word in nouns or word.removesuffix("s") in nouns for word in words)
    )


def holds_type(kind: AnswerType, sentence: str, *, question_terms: Sequence[str]) -> bool:
    """Whether the sentence contains something of that kind.

    A person that the question itself names, by its `question_terms`, is not the answer.
    """
    if kind is AnswerType.ANYTHING:
        return False
    if kind is AnswerType.PERSON:
        known = set(question_terms)
        names = (match.group() for match in _CAPITAL.finditer(sentence))
        return any(not set(analyze(name)) <= known for name in names)
    return bool(_HOLDS[kind].search(sentence))
