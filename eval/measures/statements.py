"""Who said it, and what exactly: measures of one answer to a who-said-what question.

Two names are equal when they fold alike. Folding: possessive endings, apostrophes of every make and
full stops removed, compatibility decomposition with accents dropped, case folded, any other marks
and spaces made one space, single letters in a row joined ("J. D." is "jd"), and titles at the front
dropped ("Sen.", "President", "former", ...) while a word is left.
"Jr." stays: a son is not his father. A part of a name is a form of it, but not equal to it.

A gold name may be a whole noun phrase, as annotators mark sources; only the part before its first
comma, bracket or dash counts.

A missing prediction counts 0. Where 0 is the best (`wrong_speaker`), the rate is over the answers
given, so that refusing everything does not score well.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from eval.datasets.questions import Gold
from eval.measures.ranges import length, merged, shared
from index.language.names import name_words

_APOSTROPHES = "'’‘`\u02b9\u02bc\u2032\u00b4\uff07"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]?(?!\w)")
_GONE = re.compile(rf"[{_APOSTROPHES}.]")
_ACCENT = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile(r"[\W_]+")
_REST = re.compile(r"[,;:(\[–—]|\s-\s|\s(?=who\b|which\b)")
"""Ends a name."""
_DESCRIPTION = re.compile(
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[Aa]nother)(?: [^A-Z\s]\S*)+"
)
_INITIALS = re.compile(r"\b(\w) (?=\w\b)")
TITLES = frozenset(
    """
    mr mrs ms miss mx messrs madam sir dame lord lady hon dr prof professor rev reverend fr rabbi
    imam pope cardinal archbishop bishop king queen prince princess
    president pres vice vp premier prime minister chancellor secretary ambassador governor gov mayor
    senator sen representative rep congressman congresswoman councillor councilman councilwoman
    justice judge chief sheriff attorney director chairman chairwoman speaker spokesman spokeswoman
    private corporal sergeant sgt lieutenant lt captain capt major maj colonel col commander cmdr
    admiral adm general gen brigadier
    the former ex
    """.split()
)
GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


def fold(name: str) -> str:
    """The folded form of a name, as the module describes."""
    words = _plain(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def right_speaker(given: str | None, golds: Sequence[str]) -> float:
    """1 when the name given is a right one, or a fuller form of it, or two words of it. 0 or 1.

    A gold "pollster Ada Obi" or "Obi" is met by "Ada Obi"; a gold "Ada Obi" is not by "Obi".
    """
    name = fold(given or "").split()
    return float(bool(name) and any(_names(name, gold.split()) for gold in _folded(golds)))


def wrong_speaker(given: str | None, golds: Sequence[str]) -> float:
    """1 when the name given is not even a form of a right one: the worst error.

    "Obama" for "Barack Obama" is neither right nor wrong, nor is a description without a name, as
    "the older man". 0 or 1, less is better.
    """
    name = set() if _DESCRIPTION.fullmatch(given or "") else set(fold(given or "").split())
    return float(bool(name) and not any(_forms(name, set(gold.split())) for gold in _folded(golds)))


def in_cluster(given: str | None, mentions: Iterable[str]) -> float:
    """1 when a mention in the cluster holds every word of the name given. 0 or 1.

    Words as in `index.language.names`, so that "Ms Obi" in the cluster is met by "Obi".
    """
    name = set(name_words(given or ""))
    return float(bool(name) and any(name <= set(name_words(mention)) for mention in mentions))


def means_only(given: str | None, right: str, other: str) -> float:
    """1 when the name given is a form of the right name and none of the other. 0 or 1.

    One name is a form of another if it has all its words, so that "Ada Obi" is met by "Obi".
    """
    name = set(name_words(given or ""))
    fits, strays = (_forms(name, set(name_words(each))) for each in (right, other))
    return float(bool(name) and fits and not strays)


def names_speaker(text: str, golds: Sequence[str]) -> float:
    """1 when the text holds a right name word for word, folded: for answers that are sentences."""
    held = f" {_plain(text)} "
    return float(any(f" {name} " in held for name in _folded(golds)))


def content_f1(given: Iterable[Gold], statements: Sequence[Sequence[Gold]]) -> float:
    """Character F1 of the content; the best over the right statements.

    A statement may be in several ranges ("…," he said, "…"); all of them together are its content.
    Between 0 and 1; token F1 of SQuAD (Rajpurkar et al. 2016) with characters for tokens.
    """
    said = merged(given)
    return max((_f1(said, merged(each)) for each in statements), default=0.0)


def _plain(text: str) -> str:
    text = _GONE.sub("", _POSSESSIVE.sub("", text))
    text = _ACCENT.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _INITIALS.sub(r"\1", _BETWEEN.sub(" ", text).strip())


def _folded(names: Iterable[str]) -> set[str]:
    return {name for words in names if (name := fold(_REST.split(words, maxsplit=1)[0]))}


def _names(given: Sequence[str], gold: Sequence[str]) -> bool:
    """Whether one name is all of the other and, where it is shorter, at least two words of it."""
    name, expected = set(given), set(gold)
    if (name ^ expected) & GENERATIONS:
        return False
    if name < expected:
        return len(name) > 1
    return expected < name or given == gold


def _forms(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return one <= other or other <= one


def _f1(one: Sequence[Gold], other: Sequence[Gold]) -> float:
    both = shared(one, other)
    return 2 * both / (length(one) + length(other)) if both else 0.0
