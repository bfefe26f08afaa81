"""Whether a candidate names the one who is asked for: "an opposition leader" names nobody."""

import re

from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import DEMONYMS, PLACES
from index.language.names import PERSON_TITLES
from index.language.terms import STOP_TERMS, analyze
from index.language.verbs.outcomes import BUYING, WINNING
from index.language.word_classes import NEVER_NAMES
from rag.answering.order.account import Account
from rag.query.answer_type import AnswerType
from rag.query.query import Query

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CAPITAL = r"[A-Z][\w’'-]*\.?"
_RUN = re.compile(
    r"(?P<place>\b(?:in|at|near|across|from|outside|inside|on|of) (?:the )?)?"
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})*)"
)
"""Capitals side by side, and whether a preposition makes them a place or a time."""
_DESCRIBED = re.compile(
    r"\s*(?:who|whom)(?:['’]s| is| are| was| were) (?:the )?[A-Z][\w’'-]+(?: [A-Z]\S+)*\W*\Z"
)
"""Who is Ada Pell? The answer says what she is."""
_ONE = re.compile(
    r"\bwho(?:['’]s| is| was| will be| has been)? (?:\w+ ){0,2}?(?:new|next|current|acting|interim"
    r"|replac\w+|succe\w+|tak\w+ over|took over|becom\w+|became|nam(?:ed|ing))\b",
    re.IGNORECASE,
)
"""One person answers it."""
_WHO = r"^(?:who|which(?: \w+){1,3}?) (?:finally |eventually |has |have )?"
_MUST_BE_NAMED = re.compile(
    rf"{_WHO}(?:won|beat|defeated|bought|purchased"
    r"|acquired|replaced|succeeded|took over|became"
    r"|(?:was|were|been) (?:\w+ )?(?:named|elected|appointed|chosen|crowned))\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^what(?:['’]s| is| was| are| were) the (?:full |real |first |last )?names? of\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:not|never|n['’]t|yet to)(?: (?:yet|been|be|publicly|immediately|officially)){0,3}"
    r" (?:identif(?:y|ied)|nam(?:e|ed)|disclosed?|releas(?:e|ed)|reveal(?:ed)?|made public)\b"
)
"""Says that a name was not given."""
_TOLD_BY = (
    (re.compile(rf"{_WHO}(?:won|beat|defeated)\b", re.IGNORECASE), WINNING),
    (re.compile(rf"{_WHO}(?:bought|purchased|acquired)\b", re.IGNORECASE), BUYING),
)
"""Questions for a name, and the words without which a sentence does not tell who it is."""
_NAME = r"(?:[A-Z][\w.’'-]+ )*[A-Z][\w’'-]+"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME})+,? (?:and|or) {_NAME}|{_NAME} or {_NAME}")
LONGEST_NAME = 10
"""Words of an answer that is a name, with what it is said of."""
ONLY_READ = 0.5
"""Where the sentence has a name, but what the reader found in it names nobody new."""


def wants_a_name(query: Query) -> bool:
    """False of who said something: "she said" answers, and statements say who she is."""
    is_who = query.answer_type is AnswerType.PERSON and not _DESCRIBED.match(query.text)
    return is_who and query.intent is None


def wants_one_name(query: Query) -> bool:
    return wants_a_name(query) and bool(_ONE.search(query.text))


def must_be_named(query: Query) -> bool:
    """Whether only a name answers: who won, bought or took over, and what something is called."""
    asked = _MUST_BE_NAMED.search(query.text) or _CALLED.search(query.text)
    return query.intent is None and bool(asked)


def lacks_the_name(account: Account) -> bool:
    """Whether what was read in it, else its sentence, names or describes nobody new.

    What somebody is called takes a name, and is not told where it was withheld.
    """
    if account.evidence.reading is None:
        return nameless(account) == 1
    short = account.short_text
    withheld = bool(_WITHHELD.search(account.evidence.sentence))
    if _CALLED.search(account.query.text):
        return withheld or len(short.split()) > LONGEST_NAME or not any(_new_words(account, short))
    if withheld and not names_somebody(account):
        return True
    return set(analyze(short)) <= STOP_TERMS | set(account.query.terms)


def tells_nothing_of_it(account: Account) -> bool:
    """Who won is not told without a word of winning, who bought without one of buying or owning."""
    return any(
        asked.search(account.query.text) and not told.search(account.evidence.sentence)
        for asked, told in _TOLD_BY
    )


def names_somebody(account: Account) -> bool:
    """Whether its short answer has a name that the question has not."""
    return any(_new_words(account, account.short_text)) and not _describes_the_asked(account)


def nameless(account: Account) -> float:
    """1 where its sentence has no new name, less where only its short answer has none."""
    sentence = account.evidence.sentence
    if not any(_is_new(account, match) for match in _RUN.finditer(sentence)):
        return 1.0
    return ONLY_READ if _describes_the_asked(account) else 0.0


def is_one_of_many(account: Account) -> bool:
    """Whether its short answer stands in a list of names: several who may do it."""
    if account.short is None:
        return False
    text, whole, short = account.evidence.article.text, account.evidence.span, account.short
    return any(
        match.start() < short.end and short.start < match.end()
        for match in _LIST.finditer(text, whole.start, whole.end)
    )


def _describes_the_asked(account: Account) -> bool:
    """Whether its short answer stands right before a name of the question: Engineer (Ada Pell)."""
    if account.short is None:
        return False
    after = account.evidence.article.text[account.short.end : account.evidence.span.end]
    word = re.match(r"(?:['’]s?)? (\w+)", after)
    return bool(word) and any(word and word[1] in name.split() for name in account.query.names)


def _is_new(account: Account, run: re.Match[str]) -> bool:
    """Whether it is a name, none of its words is the question's, and it is no common word."""
    words = _WORD.findall(run["name"])
    known = {term for name in account.query.names for term in analyze(name)}
    is_place = run["place"] or all(word.lower() in PLACES for word in words)
    if (is_place and not _is_read(account, run)) or any(set(analyze(w)) & known for w in words):
        return False
    new = _new_words(account, run["name"])
    if run.start("name") > 0 or len(words) > 1 or not new:
        return bool(new)
    return not re.search(rf"\b{new[0].lower()}\b", account.evidence.article.text)


def _is_read(account: Account, run: re.Match[str]) -> bool:
    """Whether it is what the reader found."""
    start = account.evidence.span.start
    name = Span(start + run.start("name"), start + run.end("name"))
    return account.short is not None and account.short.touches(name)


def _new_words(account: Account, text: str) -> list[str]:
    known = set(account.query.terms)
    words = [match.group() for match in _WORD.finditer(text)]
    return [word for word in words if _is_name(word) and not set(analyze(word)) <= known]


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NO_NAMES


_NO_NAMES = DEMONYMS | PERSON_TITLES | NEVER_NAMES | CALENDAR_WORDS
