"""Where a role ends: a noun phrase, without the clause, the participle or the aside behind it.

Knows only the words of the role, from its first one on.
"""

import re

from index.language.gazetteers import PERSON_NOUNS
from index.language.word_classes import (
    ALL_AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    NOUN_PREPOSITIONS,
    PREPOSITIONS,
    VERBS_AFTER_SUBJECT,
    word_set,
)

MOST_WORDS = 12
"""Of a role; a longer one ends before the last preposition or "and" that leaves so many."""
_WORD = re.compile(r"\S+")
_OBJECTS = DETERMINERS | NOUN_PREPOSITIONS | word_set("as that into after before under over")
"""After a word in -ed or -ing they make a verb of it: "hired by", "leading the talks"."""
_PARTICIPLES = word_set("known held made born given won written run seen taken sworn chosen")
_JOINING = NOUN_PREPOSITIONS | {"and", "under", "against"}
_IN_NAMES = {"of", "and", "for"}
_ENDINGS = _JOINING | word_set("or but the a an as now also then often best jointly")
"""A role does not end with these."""
_CUT_BEFORE = ALL_AUXILIARIES | word_set("said says told tells added also then now never still who")
_DURATION = re.compile(
    r"(?:for|since|until|during|after) (?:(?:more|less) than|some|about|over|nearly|almost"
    r"|the (?:past|last)|\w+ (?:years|months|decades)|\d)"
)
_FIRSTS = word_set("first only last youngest oldest latest second third")
_NO_STARTS = ALL_AUXILIARIES | (PREPOSITIONS - {"near"}) | word_set("works serves lives")


def role_size(written: str) -> int:
    """Characters of the role at the start of `written`; 0 if it begins like a clause.

    >>> written = "a top aide for more than a decade and currently serves as counsel"
    >>> written[:role_size(written)]
    'a top aide'
    """
    words = list(_WORD.finditer(written))
    plain = [word.group().strip(",").casefold() for word in words]
    if not words or plain[0] in _NO_STARTS:
        return 0
    head = _head(plain)
    end = next((at for at in range(head + 1, len(words)) if _ends(written, words, at)), len(words))
    subject = end < len(words) and plain[end] in VERBS_AFTER_SUBJECT - _CUT_BEFORE
    if subject or ALL_AUXILIARIES & set(plain[:head]) or _is_anothers(words, head, end):
        return 0
    end = end if end <= MOST_WORDS else _last_joint(words, plain, head)
    while end > head + 1 and words[end - 1].group() in _ENDINGS:
        end -= 1
    return words[end - 1].end()


def _head(plain: list[str]) -> int:
    """The place of the first noun for a person."""
    return next((at for at, word in enumerate(plain) if word in PERSON_NOUNS), 0)


def _last_joint(words: list[re.Match[str]], plain: list[str], head: int) -> int:
    """Before a second role, else before the last preposition that is not part of a name."""
    second = (
        at
        for at in range(head + 2, MOST_WORDS + 1)
        if plain[at] == "and" and any(word in PERSON_NOUNS for word in plain[at + 1 : at + 6])
    )
    joints = (
        at
        for at in range(head + 1, MOST_WORDS + 1)
        if plain[at] in _JOINING
        and not (plain[at] in _IN_NAMES and words[at - 1].group()[:1].isupper())
    )
    return next(second, max(joints, default=MOST_WORDS))


def _is_anothers(words: list[re.Match[str]], head: int, end: int) -> bool:
    """Whether a name follows the noun, so that it is the role of the next in a list."""
    after = head + 1
    while after < end and words[after].group()[:1].isupper() and words[after].group().isalpha():
        after += 1
    last = after == end or words[after].group() in _JOINING
    return words[head].group().islower() and after > head + 1 and last


def _ends(written: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a clause, a participle or a duration begins with this word."""
    word, before = words[at].group(), words[at - 1].group()
    after = words[at + 1].group().casefold() if at + 1 < len(words) else ""
    if not word.islower():
        return False
    if word == "and":
        return _joins_a_clause([each.group() for each in words[at + 1 : at + 4]])
    if word in CLAUSE_OPENERS - {"than", "nor", "or"} | VERBS_AFTER_SUBJECT | _CUT_BEFORE:
        return True
    if word == "to" and after.islower() and after not in DETERMINERS:
        return any(each.group().casefold() in _FIRSTS for each in words[:at])
    return _is_participle(word, before, after) or bool(_DURATION.match(written, words[at].start()))


def _is_participle(word: str, before: str, after: str) -> bool:
    if (word.endswith("ed") or word in _PARTICIPLES) and before.casefold() not in _JOINING:
        return after in _OBJECTS
    if not word.endswith("ing") or before.casefold() in _JOINING:
        return False
    return after in DETERMINERS or (after in _OBJECTS and before in PERSON_NOUNS)


def _joins_a_clause(following: list[str]) -> bool:
    """Whether a verb and its object come after "and": "and now serves as"."""
    words = [each for each in following if not each.endswith("ly") and each not in {"now", "also"}]
    verb, after = (*words, "", "")[:2]
    past = verb.endswith("ed") and after in _OBJECTS - {"of", "for"}
    present = verb.endswith("s") and after in DETERMINERS | {"as"}
    return verb in VERBS_AFTER_SUBJECT or (verb.islower() and (past or present))
