"""A cue in, its lemma, its act and its polarity out. Knows words, not sentences."""

import re
from collections.abc import Sequence

from index.documents import Span
from index.language.reporting_verbs import (
    ACTS,
    HEARER_VERBS,
    NEGATIVE_VERBS,
    PHASE_VERBS,
    STRONG_VERBS,
)
from index.language.verb_forms import NOUN_FORMS, VERB_FORMS, lemma_by_ending
from index.language.word_classes import BE_FORMS, CUE_AUXILIARIES
from index.statements import Act, Polarity

ACCORDING_TO = "according to"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ACCORDING = re.compile(r"\b(?:according to|per)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not(?! only\b)|never|neither|nor)\b|n[’']t\b", re.IGNORECASE)
_SILENT = re.compile(r"\bno (?:\w+ )?comment\b|\bnot be reached\b|\bno response\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|neither)|n[’']t)"
    r"(?: (?!only\b)(?:yet|immediately|even|be|been|[a-z]+ly))*\s*\Z",
    re.IGNORECASE,
)
_BEFORE = 40
_PARTICIPLES = ("told", "said", "known", "found", "made", "put", "read", "thought", "held", "shown")
_STRONG = STRONG_VERBS - PHASE_VERBS


def lemma_of(cue: str) -> str:
    """Of a cue as written, without its helping verbs; empty if it has no word.

    >>> lemma_of("has been saying"), lemma_of("according to"), lemma_of("went on to argue")
    ('say', 'according to', 'argue')
    """
    if _ACCORDING.search(cue):
        return ACCORDING_TO
    words = [word.lower().replace("’", "'") for word in _WORD.findall(cue)]
    known = [VERB_FORMS[word] for word in words if word in VERB_FORMS]
    ranked = sorted(known, key=_rank)
    nouns = [NOUN_FORMS[word] for word in words if word in NOUN_FORMS]
    return next(iter(ranked + nouns), "") or _unlisted(words)


def _rank(lemma: str) -> int:
    """The most telling of several verbs comes first: "laughed and said", "declined to say"."""
    if lemma in NEGATIVE_VERBS or lemma in _STRONG:
        return lemma not in NEGATIVE_VERBS
    return 3 if lemma in PHASE_VERBS else 2


def _unlisted(words: Sequence[str]) -> str:
    telling = [word for word in words if word not in CUE_AUXILIARIES and not word.endswith("n't")]
    return lemma_by_ending(telling[0]) if telling else "".join(words[-1:])


def is_passive(cue: str) -> bool:
    """Whether its subject does not speak: "was told", not "was saying", "was quoted as saying"."""
    words = [word.lower() for word in _WORD.findall(cue)]
    at = next((at for at, word in enumerate(words) if word in BE_FORMS), None)
    after = [] if at is None else [word for word in words[at + 1 :] if word not in CUE_AUXILIARIES]
    after = [word for word in after if not word.endswith("ly")]
    return bool(after) and after[0].endswith(("ed", "en", *_PARTICIPLES)) and "saying" not in after


def is_heard(cue: str) -> bool:
    """Whether its subject only listens: "was told", "heard"."""
    words = cue.lower().split()
    return ("heard" in words or "hears" in words) or (
        is_passive(cue) and lemma_of(cue) in HEARER_VERBS
    )


def act_of(lemma: str) -> Act:
    """SAY for words that are not listed."""
    return ACTS.get(lemma, Act.SAY)


def is_speech(lemma: str) -> bool:
    """Whether it is spoken or written, not an attitude; true for a colon and for no cue."""
    known = lemma in ACTS or lemma in {ACCORDING_TO, ""}
    return known and act_of(lemma) is not Act.ATTITUDE


def polarity_of(text: str, cue: Span) -> Polarity:
    """NEGATIVE if a word in the cue, or right before it, says that nothing was said."""
    words = cue.of(text)
    clause = re.split(r"[.,;:!?\n“”\"]", text[max(0, cue.start - _BEFORE) : cue.start])[-1]
    if lemma_of(words) in NEGATIVE_VERBS or _SILENT.search(words):
        return Polarity.NEGATIVE
    negated = _NOT.search(words) or _NOT_BEFORE.search(clause)
    return Polarity.NEGATIVE if negated else Polarity.POSITIVE
