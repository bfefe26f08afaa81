"""A name in, its role in the article out: an apposition, or nouns and titles before the name.

Knows only the sentence of the name: a role in another sentence is not found.
"""

import re

from index.attribution.entities.role_bounds import MOST_WORDS, role_size
from index.attribution.entities.titles import title_of
from index.documents import Span
from index.identity.called import KNOWN_AS
from index.language.gazetteers import PERSON_NOUNS
from index.language.names import FULL_TITLES
from index.language.word_classes import word_set

NEAR = 12
"""The most words after a comma up to the noun for a person."""
_PHRASE = r"(?:[^,;.\n()—–“”\"]|\.(?=[\w,])|(?<=\b[A-Z])\.)+"
_AFTER = re.compile(
    rf"(?:,| \(|,? ?[—–-]) ?(?:aged )?(?:\d{{1,3}}(?: years old)?,? )?"
    rf"(?:(?:who )?(?:is|was|serves as|has been) )?"
    rf"(?P<role>(?:(?:an?|the|his|her|their|its|who|one|a) |[a-z]|[A-Z][\w.’'-]* ){_PHRASE})"
)
_KNOWN_AS = re.compile(
    rf"(?:,| \(|,? ?[—–-]) ?(?:aged )?(?:\d{{1,3}}(?: years old)?,? )?(?P<role>{KNOWN_AS.pattern})"
)
_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w.’'&-]*|(?:[a-z]+-)*[a-z]+(?:ial|ical|nal|ral|ary|tic|ive|ity|ant|ior|ing|ist|ations|ics|airs|ports)"
    r"|first|former|top|chief|lead|longtime|veteran|prime|vice|foreign|defense|defence|state|health|party"
    r"|campaign|policy|police|company|government|army|right-wing|left-wing|opposition|acting|then"
    r"|and|rights|union|climate|finance|trade|law|press|film|team|news|radio|county|city) )*"
    r"(?:[a-z]+-)*[a-z]+(?:,? )\Z"
)
_SENTENCE_END = re.compile(r"[a-z\d]{3}[.!?][”\"’]? ")
_LAST_WORD = re.compile(r"([A-Za-z’'-]+)\.?,? \Z")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_AFTER_HEAD = re.compile(r" (?:of|for|at|in|from|with|on|to|and|who|under|near|by)\b")
_OWNERS = re.compile(r"\b[\w.-]+['’]s?(?= )")
_CLAUSE_STARTS = word_set("""
    and but or said says who whose which told in on at to as with by after before when while for
    from because once then like unlike including not also even though
""")
_NO_ROLES = word_set("""
    fan man woman person guy gentleman lady boy girl kid baby adult child friend supporter opponent
    rival believer bystander star
""")
"""They say too little of a person, or something of somebody else."""
_RELATIONAL = _NO_ROLES | {"critic", "successor", "predecessor"}


def role_of(text: str, name: Span) -> Span | None:
    """The role beside this mention: an apposition before nouns, and nouns before a title.

    Without any, another name in apposition: "better known as Bono".
    """
    return (
        _apposed(text, name)
        or _prefixed(text, name)
        or title_of(text, name)
        or _known_as(text, name)
    )


def nouns_of(words: str) -> frozenset[str]:
    """The nouns for a person in a role, in lower case; "Sen." gives "senator"."""
    plain = [word.casefold() for word in _WORD.findall(words)]
    return frozenset(FULL_TITLES.get(word, word) for word in plain) & PERSON_NOUNS


def _apposed(text: str, name: Span) -> Span | None:
    match = _AFTER.match(text, name.end, min(len(text), name.end + 200))
    if not match:
        return None
    start = match.start("role")
    written = match["role"][: role_size(match["role"])]
    near = _WORD.findall(written)[:NEAR]
    if not _head_nouns(written) & PERSON_NOUNS - _NO_ROLES or _is_clause(near):
        return None
    return Span(start, start + len(written))


def _known_as(text: str, name: Span) -> Span | None:
    match = _KNOWN_AS.match(text, name.end, min(len(text), name.end + 200))
    return Span(match.start("role"), match.end("role")) if match else None


def _head_nouns(role: str) -> frozenset[str]:
    """The last two words before the first preposition: "chief executive" of "of the Port Board"."""
    head = _AFTER_HEAD.split(role, maxsplit=1)[0]
    words = [word.casefold() for word in _WORD.findall(_OWNERS.sub("", head))]
    return frozenset(words[-2:])


def _is_clause(words: list[str]) -> bool:
    """Whether the words after the comma continue the sentence instead."""
    return not words or words[0].casefold() in _CLAUSE_STARTS


def _sentence_start(text: str, start: int, end: int) -> int:
    """After the last full stop that follows a longer word, as an abbreviation's does not."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    return ends[-1] if ends else start


def _prefixed(text: str, name: Span) -> Span | None:
    """As in "Stimson Center fellow Lee", where it is the first three words."""
    start = max(0, name.start - 90)
    line = text.rfind("\n", start, name.start)
    start = line + 1 if line >= 0 else start
    last = _LAST_WORD.search(text, start, name.start)
    if not last or not last[1].islower() or last[1] not in PERSON_NOUNS:
        return None
    start = _sentence_start(text, start, name.start)
    match = _BEFORE.search(text, start, name.start)
    if not match:
        return None
    start = match.start() + (4 if match.group().startswith(("and ", "then ")) else 0)
    start += match.group().startswith("then ")
    role = Span(start, last.end(1))
    telling = last[1] not in _RELATIONAL or role.of(text).casefold().endswith("first lady")
    return role if telling and len(role.of(text).split()) <= MOST_WORDS else None
