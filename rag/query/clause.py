"""The words of a question, without contractions and polite openings. Knows no verb."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from index.language.words import QuestionWord, words_of

LONGEST_SPEAKER = 14
"""Words before the verb; a longer run is not the name or description of a speaker."""
LONGEST_BEFORE_AUXILIARY = 8
ABOUT = frozenset("about on of regarding concerning over against toward towards for".split())
ON = frozenset("about on regarding concerning toward towards".split())
CLAUSE_OPENERS = frozenset("that to whether if how what why when who".split())
ARTICLES = frozenset("the a an any some all".split())
ANYBODY = frozenset(
    "anyone anybody everyone everybody someone somebody people they others it one you we".split()
)
LOOSENING = frozenset(
    """
    ever also really actually just already publicly recently once later then since first yet
    previously exactly finally still previously again
    have had has to anything something much else more been be
    """.split()
)
"""Words without meaning between a speaker and the verb, or between the verb and its object."""
TRAILING = LOOSENING | {"not", "never"}
GOING_ON = {("go", "on"), ("went", "on"), ("gone", "on"), ("going", "on")}
"""Before "to say"."""
LEADING = TRAILING - {"first", "much", "more"}
VAGUE = frozenset(
    """
    else exactly much many kind kinds sort sorts type of thing things word words reason reasons
    concern concerns fear fears hope hopes long often far big old time times year date day month
    """.split()
)
"""Between "what" and its auxiliary: not a subject."""
UNKNOWN_SPEAKERS = frozenset("he she him her i me this that".split())
"""The question does not say who is meant."""
_CONTRACTIONS = (
    (re.compile(r"\b(what|who|how|why|when|where)['’]s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(what|who|how|why|when|where)['’]d\b", re.IGNORECASE), r"\1 did"),
    (re.compile(r"\b(did|do|does|has|have|had|is|was|were)n['’]t\b", re.IGNORECASE), r"\1 not"),
)
POLITE_OPENING = re.compile(
    r"\A(?:please\s+)?(?:(?:do|does|can|could|would|will)\s+(?:you|anyone|anybody|someone|somebody)"
    r"\s+(?:please\s+|happen to\s+)?(?:know|say|tell(?:\s+(?:me|us))?|explain|remember|recall)"
    r"|(?:please\s+)?tell\s+(?:me|us)|(?:i|we)\s+(?:wonder|want to know|would like to know)),?\s+"
    r"(?=(?:in\s+|on\s+|at\s+)?(?:who|whom|whose|what|which|when|where|why|how)\b)",
    re.IGNORECASE,
)
"""Before a question word; what follows is then read as a question of its own."""
_POLITE_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "please, can you tell me, could you tell me, tell me, show me, give me, find me, find, list"
        ", show, do you know, i want to know, i would like to know, i wonder, so, and, but"
    ).split(", ")
)
"""Before anything: a search typed as a command, "list quotes by X", has no question word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a question, without a polite opening and a question mark."""

    text: str
    words: tuple[QuestionWord, ...]

    def lower(self, at: int) -> str:
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def written(self, start: int, end: int) -> str:
        """The text as written, without punctuation at its ends and possessive endings."""
        part = self.words[start:end]
        while part and not (part[0].lower.strip(",.:;–—-") or part[0].quoted):
            part = part[1:]
        while part and not (part[-1].lower.strip(",.:;–—-") or part[-1].quoted):
            part = part[:-1]
        return self.text[part[0].start : part[-1].end] if part else ""

    def ending(self, at: int) -> str:
        """The possessive ending of a word, as written; empty if it has none, or no letter."""
        end = self.words[at].end
        ending = self.text[end : end + 2] if self.words[at].possessive else ""
        return ending if ending.endswith("s") else ""

    def find(self, words: AbstractSet[str], start: int = 0, end: int | None = None) -> int:
        """The first of these words at or after `start`, or -1."""
        stop = len(self.words) if end is None else min(end, len(self.words))
        return next((at for at in range(start, stop) if self.words[at].lower in words), -1)

    def after(self, start: int) -> "Clause":
        return replace(self, words=self.words[start:])

    @property
    def quoted(self) -> tuple[str, ...]:
        return tuple(word.quoted for word in self.words if word.quoted)


def parse_clause(text: str) -> Clause:
    """Without "please tell me" and the punctuation at the end."""
    words = tuple(words_of(text))
    while words and words[-1].lower in {"?", ".", "!"}:
        words = words[:-1]
    shorter = True
    while shorter:
        shorter = False
        for phrase in _POLITE_PHRASES:
            if tuple(word.lower for word in words[: len(phrase)]) == phrase:
                words, shorter = words[len(phrase) :], True
    while words and words[0].lower in {",", ":"}:
        words = words[1:]
    return Clause(text, words)


def expanded(text: str) -> str:
    """With "what is" for "what's"; quoted text stays as it is."""
    quoted = next((word.start for word in words_of(text) if word.quoted), len(text))
    opening = text[:quoted]
    for short, whole in _CONTRACTIONS:
        opening = short.sub(whole, opening)
    return opening + text[quoted:]


def speaker_in(clause: Clause, start: int, end: int) -> str:
    """The words up to the first comma, without adverbs around them; "" where none are left.

    A name such as "Macy's" keeps its ending.
    """
    comma = clause.find({","}, start, end)
    end = comma if comma > start else end
    while end > start and clause.lower(end - 1) in TRAILING:
        end -= 1
    if tuple(clause.lower(at) for at in (end - 2, end - 1)) in GOING_ON:
        end -= 2
    while start < end and clause.lower(start) in LEADING:
        start += 1
    bare = all(clause.lower(at) in ARTICLES for at in range(start, end))
    return "" if bare else clause.written(start, end) + clause.ending(end - 1)


def skip(clause: Clause, start: int, words: AbstractSet[str]) -> int:
    while clause.lower(start) in words:
        start += 1
    return start
