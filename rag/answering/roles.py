"""Whether a sentence swaps who does something and to whom: Arden beat Wexley, not the reverse.

Only short, plain clauses are judged; in doubt nothing is swapped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import SYMMETRIC_VERBS
from index.language.spellings import with_spellings
from index.language.synonyms import groups_of
from index.language.terms import analyze
from index.language.word_classes import (
    ALL_AUXILIARIES,
    AUXILIARIES,
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    NEVER_NAMES,
    SUBJECT_PRONOUNS,
)
from index.text.sentences import sentences
from rag.query.answer_type import AnswerType
from rag.query.names import holds
from rag.query.query import Query
from rag.reading.evidence import Evidence

MOST_WORDS = 30
"""Of a sentence, up to the later of verb and name; what follows them does not matter."""
_NEAR = 3
"""Words that may stand between a verb and its object."""
_BE_FORMS = BE | {"be", "been", "being"}
_WHICH = r"(?:whom?|(?:which|what)\s+[a-z]+)"
"""Who, or which team, firm, country."""
_WHO_DID = re.compile(
    rf"{_WHICH}\s+(?:{'|'.join(sorted(AUXILIARIES - BE))})\s+(?P<rest>.+)", re.IGNORECASE
)
_WHO_WAS = re.compile(
    rf"{_WHICH}\s+(?:(?:{'|'.join(sorted(HAVE | MODALS))})\s+)?(?:{'|'.join(sorted(_BE_FORMS))})"
    r"\s+(?:\w+ly\s+)?(?P<verb>[a-z]+)\s+by\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"{_WHICH}\s+(?:(?:{'|'.join(sorted(HAVE | MODALS))})\s+)?(?P<verb>[a-z]+)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_THE_THING = re.compile(
    rf"\b(?:{'|'.join(sorted(AUXILIARIES))})\s+the\s+(?P<thing>\w+(?:\s+\w+){{0,2}})", re.IGNORECASE
)
_PRONOUN_FIRST = re.compile(r"(?:it|its|they|their|he|his|she|her)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:\b(?P<before>[^\W\d_]+) )?\b(?P<head>[^\W\d_]+) (?P<link>of|for|in|at|from|against) "
    r"(?:the )?(?P<name>[A-Z][^\W_]+)"
)
_POSSESSIVE = re.compile(r"[’']s?(?= )")
"""Whoever owns what is done something to does not do it: Ada Pell's boat was not bought by her."""
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


class Part(Enum):
    """Of one of two, in what a verb says."""

    AGENT = auto()
    PATIENT = auto()


@dataclass(frozen=True, slots=True)
class _WhoQuestion:
    """The verb of a who-question, and somebody or something it names with that one's role."""

    verb: str
    name: str
    role: Part


def swaps_roles(query: Query, evidence: Evidence) -> bool:
    """Whether whom the question names has the other role in the sentence."""
    asked = _asked(query)
    role = _role_in(asked, evidence.sentence) if asked else None
    return role is not None and asked is not None and role is not asked.role


def has_asked_verb(query: Query, evidence: Evidence) -> bool:
    """Whether it has a form of the verb of a plain who-question; True of any other question."""
    asked = _asked(query)
    words = _TOKEN.findall(evidence.sentence)
    return asked is None or any(_is_form(word, asked.verb) for word in words)


def is_on_the_wrong_side(query: Query, sentence: str, short: str) -> bool:
    """Whether an answer to "who bought it" stands where the seller does, after the active verb."""
    asked = _asked(query) if query.answer_type is AnswerType.PERSON else None
    if asked is None or asked.role is Part.AGENT or _role_in(asked, sentence) is None:
        return False
    words, answer = _TOKEN.findall(sentence), _TOKEN.findall(short)
    verb = next(at for at, word in enumerate(words) if _is_form(word, asked.verb))
    after = words[verb + 1 :]
    found = any(after[at : at + len(answer)] == answer for at in range(len(after)))
    return bool(answer) and found and not _is_passive(words, verb) and answer[0] not in words[:verb]


def subject_name(query: Query, sentence: str) -> Span | None:
    """The name right before the verb that the question asks about, as a range of the sentence."""
    asked = _asked(query)
    words = list(_TOKEN.finditer(sentence))
    verb = next((at for at, w in enumerate(words) if asked and _is_form(w[0], asked.verb)), 0)
    last = verb - 1
    while last > 0 and words[last][0].lower() in ALL_AUXILIARIES:
        last -= 1
    first = last
    while first >= 0 and _may_be_named(words[first][0]):
        first -= 1
    return Span(words[first + 1].start(), words[last].end()) if first < last else None


def _may_be_named(word: str) -> bool:
    return word[0].isupper() and word.lower() not in NEVER_NAMES | CALENDAR_WORDS


def names_another_place(query: Query, evidence: Evidence) -> bool:
    """Whether it has "mayor of Lisk" where "mayor of Tarn" is asked for, and Tarn nowhere."""
    asked = _joined_names(query.text)
    given = _joined_names(evidence.sentence, further=True) if asked else {}
    held = set(with_spellings(evidence.sentence)) if asked.keys() & given.keys() else set()
    return any(not holds(held, asked[each]) for each in asked.keys() & given.keys())


def _joined_names(text: str, *, further: bool = False) -> dict[tuple[str, ...], str]:
    """Names after a preposition, by the word before it and the preposition.

    With `further`, also by the word before that one: "scored twice for Arden".
    """
    found = [m for m in _JOINED.finditer(text) if m["name"].lower() not in CALENDAR_WORDS]
    heads = ("before", "head") if further else ("head",)
    return {
        (*analyze(match[head]), match["link"]): match["name"]
        for head in heads
        for match in found
        if match[head]
    }


def speaks_of_something_else(query: Query, evidence: Evidence) -> bool:
    """Whether its pronoun stands for something else: the thing asked about is named elsewhere."""
    asked = _THE_THING.search(query.text)
    if asked is None or not _PRONOUN_FIRST.match(evidence.sentence):
        return False
    thing = [term for term in analyze(asked["thing"]) if term in query.content]
    article = evidence.article
    near = set(analyze(f"{article.title}\n{_two_before(evidence).of(article.text)}"))
    own = set(analyze(evidence.sentence))
    elsewhere = set(analyze(article.text))
    return bool(thing) and thing[0] in elsewhere - own - near and not near & set(thing)


def _two_before(evidence: Evidence) -> Span:
    """The two sentences before it in its passage."""
    starts = [
        span.start
        for span in sentences(evidence.article.text, evidence.passage)
        if span.start < evidence.span.start
    ]
    return Span(starts[-2:][0] if starts else evidence.span.start, evidence.span.start)


def _asked(query: Query) -> _WhoQuestion | None:
    text = query.text.rstrip("?. ")
    if match := _WHO_WAS.fullmatch(text):
        return _named(query, match, Part.AGENT)
    if match := _WHO_DID.fullmatch(text):
        rest = match["rest"].removeprefix("the ")
        name = next((each for each in query.names if rest.startswith(each)), "")
        after = _TOKEN.findall(rest[len(name) :])
        return _known(after[0], name, Part.AGENT) if name and after else None
    match = _WHO.fullmatch(text)
    return _named(query, match, Part.PATIENT) if match else None


def _named(query: Query, match: re.Match[str], role: Part) -> _WhoQuestion | None:
    """The name that follows, with its role."""
    rest = match["rest"].removeprefix("the ")
    name = next((each for each in query.names if rest.startswith(each)), "")
    return _known(match["verb"], name, role) if name else None


def _known(verb: str, name: str, role: Part) -> _WhoQuestion | None:
    mutual = set(analyze(verb)) & {term for word in SYMMETRIC_VERBS for term in analyze(word)}
    usable = verb.islower() and verb not in ALL_AUXILIARIES and not mutual
    owner = _POSSESSIVE.split(name)[0]
    return _WhoQuestion(verb, owner.rsplit(maxsplit=1)[-1], role) if usable else None


def _role_in(asked: _WhoQuestion, sentence: str) -> Part | None:
    """None where the sentence does not plainly say."""
    words = _TOKEN.findall(sentence)
    verbs = [at for at, word in enumerate(words) if _is_form(word, asked.verb)]
    named = [at for at, word in enumerate(words) if analyze(word) == analyze(asked.name)]
    if len(verbs) != 1 or len(named) != 1 or max(*verbs, *named) >= MOST_WORDS:
        return None
    verb, name = verbs[0], named[0]
    if words[name].lower().endswith(("'s", "’s")):
        return None
    passive = _is_passive(words, verb)
    if name < verb:
        return _before_verb(words[name + 1 : verb], passive=passive)
    return _after_verb(words[verb + 1 : name], passive=passive)


def _is_passive(words: Sequence[str], verb: int) -> bool:
    before = {word.lower() for word in words[max(0, verb - _NEAR) : verb]}
    return bool(_BE_FORMS & before) and not words[verb].endswith("ing")


def _before_verb(between: Sequence[str], *, passive: bool) -> Part | None:
    """Of a subject; None where another name or a pronoun stands between it and the verb."""
    if any(word[0].isupper() or word.lower() in SUBJECT_PRONOUNS - {"who"} for word in between):
        return None
    return Part.PATIENT if passive else Part.AGENT


def _after_verb(between: Sequence[str], *, passive: bool) -> Part | None:
    """Of an object right after its verb, or of the agent after "by"."""
    if passive:
        by = between[-1:] == ["by"] or list(between[-2:]) == ["by", "the"]
        return Part.AGENT if by else None
    plain = all(word.lower() in DETERMINERS or word[0].isupper() for word in between)
    return Part.PATIENT if plain and len(between) <= _NEAR else None


def _is_form(word: str, verb: str) -> bool:
    one, other = _stems(word), _stems(verb)
    return word.islower() and bool(one & other or groups_of(one) & groups_of(other))


def _stems(word: str) -> frozenset[str]:
    """The analyser's, and the word without "d": it keeps "sue" and "sued" apart."""
    return frozenset(chain(analyze(word), analyze(word.removesuffix("d"))))
