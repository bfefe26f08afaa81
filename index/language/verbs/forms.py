"""The inflected forms of reporting verbs, each with its lemma. Knows no sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from index.language.verbs.reporting import (
    ACTS,
    REPORTING_VERBS,
    SPEECH_ONLY_VERBS,
    SPEECH_OR_DEED_VERBS,
    VIEW_VERBS,
)

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


class Form(Enum):
    """As far as the auxiliary of a question decides which form may follow."""

    BASE = auto()
    PAST = auto()
    """The participle too."""
    PRESENT = auto()
    """Third person: "says"."""
    ING = auto()


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a word: "said" is a past form of "say"."""

    lemma: str
    form: Form


def regular_forms(lemma: str) -> Iterator[tuple[str, Form]]:
    """Both spellings where the last letter may be doubled."""
    yield lemma, Form.BASE
    if re.search(r"[^aeiou]y\Z", lemma):
        yield from ((f"{lemma[:-1]}ies", Form.PRESENT), (f"{lemma[:-1]}ied", Form.PAST))
        yield f"{lemma}ing", Form.ING
        return
    hissing = re.search(r"(?:[sxz]|[cs]h|go)\Z", lemma)
    yield f"{lemma}es" if hissing else f"{lemma}s", Form.PRESENT
    stems = []
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]\Z", lemma):
        stems.append(lemma + lemma[-1])
    if not re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", lemma):
        stems.append(lemma.removesuffix("e"))
    for stem in stems:
        yield from ((f"{stem}ed", Form.PAST), (f"{stem}ing", Form.ING))


VERB_FORMS = {
    word: lemma for lemma in sorted(REPORTING_VERBS) for word, _ in regular_forms(lemma)
} | {word: lemma for word, lemma in _IRREGULAR.items() if lemma in REPORTING_VERBS}
"""Every form of every reporting verb, in lower case, with its lemma."""
IRREGULAR_FINITE = frozenset("said told wrote spoke swore says tells writes".split())
"""Forms without -ed that come after a subject, but not after "to"."""
BASE_FORMS = frozenset(VERB_FORMS.values()) - {"read", "put"}
"""Forms without an ending: "they say"."""
NOUN_FORMS = {
    form: noun for noun in sorted(set(ACTS) - REPORTING_VERBS) for form in (noun, f"{noun}s")
}
_MISSPELT = frozenset(
    "admited admiting considerred considerring sayed speaked telled thinked writed".split()
)
_QUESTION_PASTS = "said told wrote written spoke spoken thought".split()
QUESTION_VERBS = {
    word: VerbForm(lemma, form)
    for lemma in sorted(SPEECH_ONLY_VERBS | SPEECH_OR_DEED_VERBS | VIEW_VERBS)
    for word, form in regular_forms(lemma)
    if word not in _MISSPELT
} | {word: VerbForm(_IRREGULAR[word], Form.PAST) for word in _QUESTION_PASTS}
"""The forms of verbs that ask for speech or views; "felt", "saw" and "seen" do not."""


def lemma_by_ending(word: str) -> str:
    """The lemma of a verb on no list, by its ending alone."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return _DOUBLED.sub(r"\1", word[: -len(ending)]) + instead
    return word
