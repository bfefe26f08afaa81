"""What the words of a statement are: a quotation, a clause or a bare phrase; and what is no answer.

Knows one article and its statement, but no question.
"""

import re
from enum import StrEnum

from index.documents import Article
from index.language.verbs.reporting import MENTION_VERBS, OBJECT_VERBS
from index.language.word_classes import (
    ALL_AUXILIARIES,
    CLAUSE_OPENERS,
    OBJECT_PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from index.statements import Act, Polarity, Statement, StatementKind

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?…:;][\"'”’)\]]*\Z")
_LONGEST_HEADLINE = 20
"""Words; a longer line without a full stop is a sentence that lost it."""
_ASIDE = re.compile(r"(?<=\w)(?:,|\s(?:--|[–—-])\s|\s(?:which|who|whose)\s)")
"""What follows says more of a noun: a verb in it makes no clause of the whole."""
_LEAD = 60
_GUESS = re.compile(
    r"\b(?:may|might|could|must|seem(?:s|ed)?|appear(?:s|ed)?|likely|probably|perhaps|presumably"
    r"|apparently|no doubt|surely)\b[^.,;:!?\n“”\"]*\Z",
    re.IGNORECASE,
)
"""Before a verb of hoping or believing: the writer guesses what somebody thinks."""
_DATED = re.compile(r"\b(?:on|in|at)\b.*\b(?:19|20)\d\d\b")
_SHOWN = re.compile(
    r"\((?:[^()]{0,60}/)?\s?(?:AP|AFP|Reuters|Getty|Photo|File|Image)\b[^()]*\)\.?\Z"
    r"|\b(?:Getty Images|AP Photo|AFP|Reuters)\Z"
    r"|\b(?:pictured|seen here|seen in)\b",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 50


class Wording(StrEnum):
    """Of the content, the most telling first."""

    QUOTED = "quoted"
    """Wholly or partly in quotation marks."""
    CLAUSE = "clause"
    """As in "that the strike would end", "to stay"."""
    PHRASE = "phrase"
    """As in "his tariff plan", "about the war": the subject, and not what was said of it."""


class Idle(StrEnum):
    """Why a statement answers nothing."""

    QUESTION = "question"
    """The writer's own: "What exactly did Lind say about the weir?"."""
    HEADLINE = "headline"
    CAPTION = "caption"
    GUESS = "guess"
    """As in "may be hoping for a deal"."""
    EMPTY = "empty"
    """As in "which", or "the tolls" to a question about the tolls: nothing is said of it."""


def form_of(statement: Statement, content: str) -> Wording:
    if statement.kind is not StatementKind.INDIRECT:
        return Wording.QUOTED
    words = [word.lower() for word in _WORD.findall(_ASIDE.split(content, maxsplit=1)[0])]
    if not words or statement.lemma not in MENTION_VERBS | OBJECT_VERBS:
        return Wording.CLAUSE
    opens = words[0] in CLAUSE_OPENERS or words[0] in SUBJECT_PRONOUNS or words[0] == "to"
    if words[0] in OBJECT_PREPOSITIONS - {"to"}:
        return Wording.PHRASE
    return Wording.CLAUSE if opens or not ALL_AUXILIARIES.isdisjoint(words) else Wording.PHRASE


def is_mention(statement: Statement, form: Wording) -> bool:
    """As in "touts tariffs", "spoke about the war": it says that words were said, but not which."""
    return form is Wording.PHRASE and statement.lemma in MENTION_VERBS


def idle(statement: Statement, article: Article) -> Idle | None:
    """Why it answers nothing; None if it may answer."""
    line = _line(statement, article.text)
    if _is_writers_question(statement, article.text):
        return Idle.QUESTION
    if _is_caption(statement, article.text, line):
        return Idle.CAPTION
    if _is_headline(line, article.title):
        return Idle.HEADLINE
    return Idle.GUESS if _is_guess(statement, article.text) else None


def asks(statement: Statement, text: str) -> bool:
    """Whether the speaker's own words end in a question."""
    return statement.content[-1].of(text).rstrip(" \"'”’,").endswith("?")


def is_empty(statement: Statement, form: Wording, words: int, new_words: int) -> bool:
    """Whether it has no content words, or only mentions what the question names already.

    What was not said needs no words of its own.
    """
    if statement.polarity is Polarity.NEGATIVE or form is Wording.QUOTED:
        return False
    return not words or (not new_words and is_mention(statement, form))


def _line(statement: Statement, text: str) -> str:
    """The paragraph that holds the start of the content."""
    start = statement.content[0].start
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if end < 0 else end].strip()


def _is_writers_question(statement: Statement, text: str) -> bool:
    """Whether cue and content end in a question mark that stands outside quotation marks."""
    if statement.kind is StatementKind.DIRECT or statement.act is Act.ASK:
        return False
    parts = [*statement.content, *filter(None, [statement.cue])]
    end = max(part.end for part in parts)
    return text[:end].endswith("?") or text.startswith("?", end)


def _is_headline(line: str, title: str) -> bool:
    """The title, or a short line without a full stop."""
    words = line.count(" ") + 1
    plain = line.lstrip("#* ")
    return plain == title or (words <= _LONGEST_HEADLINE and not _STOP.search(line))


def _is_caption(statement: Statement, text: str, line: str) -> bool:
    """A credit, or the present tense beside a full date: "Lind speaks at the weir on 3 May 2021."""
    if line.count(" ") >= _LONGEST_CAPTION:
        return False
    if _SHOWN.search(line):
        return True
    cue = statement.cue.of(text) if statement.cue else ""
    present = statement.lemma in MENTION_VERBS and cue.endswith("s") and " " not in cue
    return present and bool(_DATED.search(line))


def _is_guess(statement: Statement, text: str) -> bool:
    if statement.cue is None or statement.act is not Act.ATTITUDE:
        return False
    start = statement.cue.start
    return bool(_GUESS.search(text, max(0, start - _LEAD), start))
