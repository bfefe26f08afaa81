"""The verbs and nouns of speech, as questions have them. Knows no grammar and no archive."""

from dataclasses import dataclass
from enum import Enum, auto


class Form(Enum):
    """Of a verb, as far as a question's auxiliary asks for one."""

    BASE = auto()
    PAST = auto()
    """Of the participle too."""
    PRESENT = auto()
    """Third person: "says"."""
    ING = auto()


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a word: "said" is a past form of "say"."""

    lemma: str
    form: Form


TELLING = frozenset("tell warn inform assure remind notify brief ask urge promise".split())
"""May be followed by whom it was told."""
PLAIN = frozenset(
    """
    say tell think believe warn deny claim comment argue add ask call describe predict explain
    promise vow pledge insist admit acknowledge concede state suggest respond reply react remark
    speak talk mention testify caution complain allege assert stress emphasise emphasize
    criticise criticize accuse blame praise condemn reject dismiss dispute boast joke
    apologise apologize
    """.split()
)
"""Whose answer is words: what may be given for them must be that person's and reported."""
LOOSE = frozenset(
    """
    announce declare report write note recommend propose demand reveal confirm disclose voice
    recall estimate expect urge agree disagree support oppose endorse decline refuse rule
    """.split()
)
"""Of speech often, but as often of deeds: "When did the bank announce its rate?"."""
_IRREGULAR = {
    "say": "said said says saying",
    "tell": "told told tells telling",
    "think": "thought thought thinks thinking",
    "speak": "spoke spoken speaks speaking",
    "write": "wrote written writes writing",
    "deny": "denied denied denies denying",
    "reply": "replied replied replies replying",
    "testify": "testified testified testifies testifying",
    "admit": "admitted admitted admits admitting",
    "vow": "vowed vowed vows vowing",
    "stress": "stressed stressed stresses stressing",
    "confess": "confessed confessed confesses confessing",
    "dismiss": "dismissed dismissed dismisses dismissing",
}
SEEING = frozenset("see view feel regard consider".split())
UTTERED = frozenset("quoted cited".split())
"""Of whom is spoken: "how often is X quoted", "what is X quoted as saying"."""

VIEWS = frozenset(
    """
    view views position positions stance stances opinion opinions take thoughts comment comments
    reaction reactions response responses remark remarks statement statements quote quotes
    quotation quotations words assessment verdict argument arguments criticism explanation warning
    warnings prediction predictions advice claim claims answer promise promises
    """.split()
)
"""What one has on a subject, or gives."""
QUOTES = frozenset(
    """
    quote quotes quotation quotations statement statements comment comments remark remarks words
    saying sayings
    """.split()
)
"""What can be listed: "quotes by X", "statements from X"."""


def _forms(lemma: str) -> dict[str, Form]:
    past, participle, present, ing = (
        _IRREGULAR[lemma].split() if lemma in _IRREGULAR else _regular(lemma)
    )
    return {lemma: Form.BASE, past: Form.PAST, participle: Form.PAST, present: Form.PRESENT} | {
        ing: Form.ING
    }


def _regular(lemma: str) -> tuple[str, str, str, str]:
    stem = lemma.removesuffix("e")
    return f"{stem}ed", f"{stem}ed", f"{lemma}s", f"{stem}ing"


VERBS: dict[str, Verb] = {
    word: Verb(lemma, form)
    for lemma in sorted(PLAIN | LOOSE | SEEING)
    for word, form in _forms(lemma).items()
}
"""Every form of every verb here."""
FAMILIES = tuple(
    frozenset(family.split())
    for family in (
        "promise vow pledge",
        "warn caution",
        "deny dispute reject dismiss",
        "criticise criticize condemn blame accuse",
        "announce declare reveal disclose",
        "admit acknowledge concede confess",
        "demand urge",
        "predict expect estimate",
        "propose recommend suggest",
        "call describe",
        "apologise apologize",
        "ask",
        "boast",
        "joke",
        "complain",
    )
)
"""Verbs that one asks with for one thing."""

ANYTHING = PLAIN - frozenset().union(*FAMILIES)
"""Verbs that ask for anything said."""


def family(lemma: str) -> frozenset[str]:
    """The verbs that answer the one asked with; empty where any does."""
    return next((verbs for verbs in FAMILIES if lemma in verbs), frozenset())
