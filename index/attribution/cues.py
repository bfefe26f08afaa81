"""Reporting words: to their lemma, what act they are, and whether it was done at all.

Knows words, not sentences; who says what to whom is for the patterns.
"""

import re
from collections.abc import Iterator, Sequence

from index.documents import Span
from index.language import reporting_verbs as lexicon
from index.language.word_classes import CUE_AUXILIARIES
from index.statements import Act, Polarity

ACCORDING_TO = "according to"
NEGATIVE_VERBS = frozenset({"decline", "refuse"})
"""To decline to comment is not to say; to deny is to say that it is not so."""

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
_DOUBLED = re.compile(r"([bdgklmnprtz])\1\Z")
_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "thought": "think", "felt": "feel", "knew": "know", "known": "know",
    "saw": "see", "seen": "see", "found": "find", "shown": "show", "understood": "understand",
    "swore": "swear", "sworn": "swear", "meant": "mean", "held": "hold", "gave": "give",
    "went": "go", "gone": "go", "foresaw": "foresee", "read": "read", "cried": "cry",
    "sought": "seek", "learnt": "learn", "dreamt": "dream", "dreamed": "dream", "sung": "sing",
    "made": "make", "began": "begin", "put": "put", "began to": "begin", "quipped": "quip",
    "chose": "choose", "took": "take", "came": "come", "kept": "keep", "left": "leave",
    "heard": "hear", "tacked": "tack", "lambasted": "lambaste",
}  # fmt: skip
_LEADS = frozenset("continue go begin start keep try proceed want seek come stop".split())
"""What follows them is what was done: "went on to argue"."""
_STRONG = frozenset(lexicon.STRONG.split()) - _LEADS


def _inflected(lemma: str) -> Iterator[str]:
    """The regular forms of a verb; both spellings where the last letter may be doubled."""
    stem = lemma.removesuffix("e")
    yield lemma
    if re.search(r"[^aeiou]y\Z", lemma):
        yield from (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
        return
    yield f"{lemma}es" if re.search(r"(?:[sxz]|[cs]h|go)\Z", lemma) else f"{lemma}s"
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]\Z", lemma):
        yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")
    if not re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", lemma):
        yield from (f"{stem}ed", f"{stem}ing")


def _forms(lemmas: frozenset[str]) -> dict[str, str]:
    forms = {form: lemma for lemma in sorted(lemmas) for form in _inflected(lemma)}
    return {**forms, **{form: base for form, base in _IRREGULAR.items() if base in lemmas}}


def _acts() -> dict[str, Act]:
    acts = {word: act for act, words in lexicon.NOUNS.items() for word in words.split()}
    acts |= dict.fromkeys(lexicon.ATTITUDE.split(), Act.ATTITUDE)
    return acts | {word: act for act, words in lexicon.SPEECH.items() for word in words.split()}


ACTS = _acts()
SPEECH_VERBS = frozenset(word for words in lexicon.SPEECH.values() for word in words.split())
ATTITUDE_VERBS = frozenset(lexicon.ATTITUDE.split())
VERBS = SPEECH_VERBS | ATTITUDE_VERBS
VERB_FORMS = _forms(VERBS)
"""Every form of every reporting verb, lower case, to its lemma."""
BASES = frozenset(VERB_FORMS.values()) - {"read", "put"}
"""Forms without an ending: "they say"."""
_NOUN_FORMS = {form: noun for noun in sorted(set(ACTS) - VERBS) for form in (noun, f"{noun}s")}


def lemma_of(cue: str) -> str:
    """Of a cue as it stands in the text, without its helping verbs; empty where it has no word.

    >>> lemma_of("has been saying"), lemma_of("according to"), lemma_of("went on to argue")
    ('say', 'according to', 'argue')
    """
    if _ACCORDING.search(cue):
        return ACCORDING_TO
    words = [word.lower().replace("’", "'") for word in _WORD.findall(cue)]
    known = [VERB_FORMS[word] for word in words if word in VERB_FORMS]
    ranked = sorted(known, key=_rank)
    nouns = [_NOUN_FORMS[word] for word in words if word in _NOUN_FORMS]
    return next(iter(ranked + nouns), "") or _unlisted(words)


def _rank(lemma: str) -> int:
    """What tells most of several verbs comes first: "laughed and said", "declined to say"."""
    if lemma in NEGATIVE_VERBS or lemma in _STRONG:
        return lemma not in NEGATIVE_VERBS
    return 3 if lemma in _LEADS else 2


def _unlisted(words: Sequence[str]) -> str:
    telling = [word for word in words if word not in CUE_AUXILIARIES and not word.endswith("n't")]
    return _plain(telling[0]) if telling else "".join(words[-1:])


def act_of(lemma: str) -> Act:
    """What is not known to report is taken for saying."""
    return ACTS.get(lemma, Act.SAY)


def is_speech(lemma: str) -> bool:
    """Whether it is uttered or written, not held; a colon or nothing at all leads in speech."""
    known = lemma in ACTS or lemma in {ACCORDING_TO, ""}
    return known and act_of(lemma) is not Act.ATTITUDE


def polarity_of(text: str, cue: Span) -> Polarity:
    """NEGATIVE where the text says that it was not said: in the cue, or just before it."""
    words = cue.of(text)
    clause = re.split(r"[.,;:!?\n“”\"]", text[max(0, cue.start - _BEFORE) : cue.start])[-1]
    if lemma_of(words) in NEGATIVE_VERBS or _SILENT.search(words):
        return Polarity.NEGATIVE
    negated = _NOT.search(words) or _NOT_BEFORE.search(clause)
    return Polarity.NEGATIVE if negated else Polarity.POSITIVE


def _plain(word: str) -> str:
    """The lemma of a verb nobody listed, by its ending alone."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return _DOUBLED.sub(r"\1", word[: -len(ending)]) + instead
    return word
