"""Reporting verbs of several words: "point out", "rule out", "make clear", "warn of", "call for".

Knows words, not sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.language.verbs.forms import Form, VerbForm, regular_forms

_PHRASES = """
point out, rule out, make clear, make it clear, make plain, make it plain, lay out, set out
, spell out, speak out, speak out against, speak out about, hit back, hit back at, hit out at
, lash out at, fire back, fire back at, shoot back, push back against, brush off, brush aside
, play down, come out against, come out in favour of, come out in favor of, weigh in on, touch on
, bring up, put forward, single out, draw attention to, take issue with, sound the alarm about
, sound the alarm over, warn of, warn against, warn about, call for, complain of, complain about
, speak of, speak about, speak against, talk of, talk about, argue for, argue against, boast of
, boast about, apologise for, apologize for, caution against, plead for, appeal for, object to
, allude to, protest against, joke about, rail against, grumble about, comment on
""".replace("\n", " ")
_CLAUSAL = frozenset(
    "point out, rule out, make clear, make it clear, make plain, make it plain".split(", ")
)
_CERTAIN = _CLAUSAL | frozenset(
    "speak out against, hit back at, hit out at, lash out at, warn of, warn against, warn about"
    ", call for, complain of, complain about, speak of, speak about, argue for"
    ", argue against, apologise for, apologize for, caution against, rail against, brush off"
    ", brush aside, come out against".split(", ")
)
_ALONE = frozenset("speak out, hit back, fire back, shoot back".split(", "))
_LEADING = frozenset("of about against for at to with on over".split())
_WHOLE = frozenset(("call for", "touch on"))
_PAST = {
    "speak": ("spoke", "spoken"), "make": ("made",), "lay": ("laid",), "set": ("set",),
    "spell": ("spelt",), "hit": ("hit",), "shoot": ("shot",), "come": ("came",), "put": ("put",),
    "bring": ("brought",), "draw": ("drew", "drawn"), "take": ("took", "taken"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhrasalVerb:
    """One phrase, and what may follow it."""

    lemma: str
    """Without the word that leads to a thing: "warn" for "warn of"."""
    rest: tuple[str, ...]
    """The words after the first."""
    clausal: bool
    """Takes a clause too: "pointed out that it rained"."""
    certain: bool
    """With a thing after it, it always reports."""
    alone: bool
    """Takes no thing: "hit back"."""
    width: int
    """The number of words, without one that leads to a thing."""

    @property
    def asks(self) -> bool:
        """Whether a question with it asks for words."""
        return " " in self.lemma and (self.certain or self.alone)


def _verb(phrase: str) -> PhrasalVerb:
    words = [word for word in phrase.split() if word != "it"]
    leads = words[-1] in _LEADING and phrase not in _WHOLE
    lemma = " ".join(words[:-1] if leads else words)
    rest = tuple(phrase.split()[1:])
    return PhrasalVerb(
        lemma,
        rest,
        clausal=phrase in _CLAUSAL,
        certain=phrase in _CERTAIN,
        alone=phrase in _ALONE,
        width=1 + len(rest) - leads,
    )


def _forms(lemma: str) -> dict[str, Form]:
    irregular = dict.fromkeys(_PAST.get(lemma, ()), Form.PAST)
    regular = {word: form for word, form in regular_forms(lemma) if form is not Form.PAST}
    return {**(regular if irregular else dict(regular_forms(lemma))), **irregular}


_BY_FIRST: dict[str, list[PhrasalVerb]] = {}
for _phrase in sorted(_PHRASES.strip().split(", "), key=len, reverse=True):
    _BY_FIRST.setdefault(_phrase.split()[0], []).append(_verb(" ".join(_phrase.split())))
FIRST_WORDS = {
    word: VerbForm(lemma, form) for lemma in _BY_FIRST for word, form in _forms(lemma).items()
}
"""Every form of a first word."""
PHRASAL_LEMMAS = frozenset(
    verb.lemma for verbs in _BY_FIRST.values() for verb in verbs if " " in verb.lemma
)


def phrasal_verb(words: Sequence[str], at: int) -> PhrasalVerb | None:
    """The longest that starts at this word; `words` are in lower case."""
    first = FIRST_WORDS.get(words[at])
    if first is None:
        return None
    return next(
        (
            verb
            for verb in _BY_FIRST[first.lemma]
            if tuple(words[at + 1 : at + 1 + len(verb.rest)]) == verb.rest
        ),
        None,
    )
