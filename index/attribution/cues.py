"""A cue in, its lemma, its act and its polarity out. Knows words, not sentences."""

import re
from collections.abc import Sequence

from index.documents import Span
from index.language.calendar import DAYS
from index.language.verbs.forms import NOUN_FORMS, VERB_FORMS, lemma_by_ending
from index.language.verbs.phrasal import PHRASAL_LEMMAS, phrasal_verb
from index.language.verbs.reporting import (
    ACTS,
    DENIABLE_VERBS,
    HEARER_VERBS,
    LIGHT_VERBS,
    NEGATIVE_VERBS,
    PHASE_VERBS,
    STRONG_VERBS,
)
from index.language.word_classes import BE_FORMS, CUE_AUXILIARIES, DETERMINERS
from index.statements import Act, Polarity

ACCORDING_TO = "according to"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ACCORDING = re.compile(r"\b(?:according to|per)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not(?! only\b)|never|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)
_SILENT = re.compile(r"\bno (?:\w+ )?comment\b|\bnot be reached\b|\bno response\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|neither|cannot|without)|n[’']t)"
    r"(?: (?!only\b)(?:yet|immediately|even|be|been|[a-z]+ly))*\s*\Z",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:stop(?:s|ped)? short of|fail(?:s|ed|ing)? to|unable to|avoid(?:s|ed|ing)?"
    r"|refrain(?:s|ed|ing)? from|forg[eo]t(?:s|ten)? to|neglect(?:s|ed)? to|omit(?:s|ted)? to)"
    r"(?= [a-z]+|\s*\Z)",
    re.IGNORECASE,
)
"""Before a verb of speech."""
_DENIED = re.compile(
    r"\bden(?:y|ies|ied|ying)\b|\b(?:reject|dismiss)(?:s|es|ed|ing)?\b", re.IGNORECASE
)
_BETWEEN = DAYS | frozenset(
    """
    on in last week again also repeatedly strongly firmly flatly that of ever even having him her
    reports report claims claim suggestions suggestion allegations allegation accusations rumours
    rumors
    """.split()
)
"""Between "denied" and what was not said."""
_OWN = frozenset("he she they it i we".split())
_PERFECT = frozenset("had has have ever once even having publicly privately".split())
_BEFORE = 40
_AFTER = 100
_PARTICIPLES = (
    *("ed", "en", "told", "said", "known", "found", "made", "put", "read", "thought", "held"),
    *("shown", "forecast", "understood"),
)
_LIGHT = LIGHT_VERBS | {verb.removesuffix("e") for verb in LIGHT_VERBS}
_STRONG = STRONG_VERBS - PHASE_VERBS
_DENYING = NEGATIVE_VERBS | {"deny"}


def lemma_of(cue: str) -> str:
    """Of a cue as written, without its helping verbs; empty if it has no word.

    >>> lemma_of("has been saying"), lemma_of("according to"), lemma_of("went on to argue")
    ('say', 'according to', 'argue')
    """
    if _ACCORDING.search(cue):
        return ACCORDING_TO
    words = [word.lower().replace("’", "'") for word in _WORD.findall(cue)]
    known = [VERB_FORMS[word] for word in words if word in VERB_FORMS]
    ranked = sorted([*_phrasal(words), *known], key=_rank)
    nouns = [NOUN_FORMS[word] for word in words if word in NOUN_FORMS]
    return next(iter(ranked + nouns), "") or _unlisted(words)


def _phrasal(words: Sequence[str]) -> list[str]:
    """The first verb of several words: "pointed out"."""
    found = (phrasal_verb(words, at) for at in range(len(words)))
    return [each.lemma for each in found if each and " " in each.lemma][:1]


def _rank(lemma: str) -> int:
    """The most telling of several verbs comes first: "laughed and said", "declined to say"."""
    if lemma in _DENYING:
        return 0
    if lemma in _STRONG or " " in lemma:
        return 1
    return 3 if lemma in PHASE_VERBS else 2


def _unlisted(words: Sequence[str]) -> str:
    telling = [word for word in words if word not in CUE_AUXILIARIES and not word.endswith("n't")]
    return lemma_by_ending(telling[0]) if telling else "".join(words[-1:])


def is_passive(cue: str) -> bool:
    """Whether its subject does not speak: "was told", not "was saying", "was quoted as saying"."""
    words = [word.lower() for word in _WORD.findall(cue)]
    at = next((at for at, word in enumerate(words) if word in BE_FORMS), len(words))
    verb = next((word for word in words[at + 1 :] if word.endswith(_PARTICIPLES)), "")
    return bool(verb) and "saying" not in words and not words[at + 1].endswith("ing")


def is_heard(cue: str) -> bool:
    """Whether its subject only listens: "was told", "heard"."""
    words = cue.lower().split()
    learned = words[-2:] in (["learned", "from"], ["learnt", "from"])
    return (
        learned
        or "heard" in words
        or "hears" in words
        or (is_passive(cue) and lemma_of(cue) in HEARER_VERBS)
    )


def act_of(lemma: str) -> Act:
    """SAY for words that are not listed."""
    return ACTS.get(lemma, Act.SAY)


def reports(lemma: str) -> bool:
    """Whether the lemma is a known reporting word."""
    return lemma in ACTS or lemma in PHRASAL_LEMMAS


def does_a_deed(cue: str) -> bool:
    """Whether its verb only does something with a noun for speech: "opened the debate"."""
    words = [word.lower() for word in _WORD.findall(cue)]
    telling = [word for word in words if word not in CUE_AUXILIARIES and not word.endswith("ly")]
    at = next((at for at, word in enumerate(telling) if word in DETERMINERS), 0)
    verb = telling[0] if at > 0 else ""
    return bool(verb) and verb not in VERB_FORMS and lemma_by_ending(verb) not in _LIGHT


def is_speech(lemma: str) -> bool:
    """Whether it is spoken or written, not an attitude; true for a colon and for no cue."""
    known = reports(lemma) or lemma in {ACCORDING_TO, ""}
    return known and act_of(lemma) is not Act.ATTITUDE


def polarity_of(text: str, cue: Span) -> Polarity:
    """NEGATIVE if a word in the cue, or right before it, says that nothing was said."""
    words = cue.of(text)
    clause = re.split(r"[.,;:!?\n“”\"]", text[max(0, cue.start - _BEFORE) : cue.start])[-1]
    if lemma_of(words) in NEGATIVE_VERBS or _SILENT.search(words):
        return Polarity.NEGATIVE
    withheld = _WITHHELD.search(words) or _WITHHELD.search(clause.rstrip())
    negated = _NOT.search(words) or _NOT_BEFORE.search(clause) or withheld
    return Polarity.NEGATIVE if negated or _denies_saying(text, cue) else Polarity.POSITIVE


def _denies_saying(text: str, cue: Span) -> bool:
    """As in "denied telling him that", "denied that she had said"; not "denied the charge"."""
    denied = _DENIED.search(text, cue.start, cue.end)
    if denied is None:
        return False
    rest = re.split(r"[.;:!?\n“”\"]", text[denied.end() : cue.end + _AFTER])[0]
    words = [word.lower() for word in _WORD.findall(rest)]
    at = _past(words, 0, _BETWEEN)
    own = at < len(words) and words[at] in _OWN
    at = _past(words, at + own, _PERFECT)
    spoken = at < len(words) and VERB_FORMS.get(words[at]) in DENIABLE_VERBS
    return spoken and (own or words[at].endswith("ing") or "having" in words[:at])


def _past(words: Sequence[str], at: int, skipped: frozenset[str]) -> int:
    while at < len(words) and words[at] in skipped:
        at += 1
    return at
