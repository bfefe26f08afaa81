"""Other spellings of what stands in a text: F35 for F-35, $4 billion for $4bn, cease-fire, U.S.A.

Each spelling is given in the terms of the index, which knows only the one that was written.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain

from index.language.abbreviations import (
    ABBREVIATIONS,
    COMPOUNDS,
    NOT_BEFORE_CONTINENT,
    ONLY_IN_CAPITALS,
)
from index.language.numbers import scaled_sums, sums
from index.language.terms import analyser, analyze, readable

Spelling = tuple[str, ...]
"""Terms that stand for a thing only together, in this order."""
_SCALES = (
    (10**3, 10**6, (" thousand", "k")),
    (10**6, 10**10, (" million", "m", "mn")),
    (10**9, 10**13, (" billion", "bn", "b")),
    (10**12, 10**16, (" trillion", "tn")),
)
"""With the sums written with it: 4,000 million, but not 4,000,000k; to three decimals."""
_SCALE_WORDS = tuple(analyze(ending)[0] for *_, (ending, *_) in _SCALES)
_PRECISION = 1000
_UNITS = {
    "m": ("metre", "meter"), "km": ("kilometre", "kilometer"), "cm": ("centimetre", "centimeter"),
    "mm": ("millimetre", "millimeter"), "kg": ("kilogram", "kilo"), "g": ("gram",),
    "mph": ("miles an hour", "miles per hour"), "ft": ("feet", "foot"),
}  # fmt: skip
_NUMBER = re.compile(r"\d(?<![\d.,]\d)\d*(?P<end>[^\W\d_]{0,3})(?!\w)")
_DIGIT = re.compile(r"\d")
_WORD_BEFORE = re.compile(r"(?<![\w-])(?P<word>[^\W\d_]{1,10})(?:-|(?P<gap> ))?\Z")
_LOOKED_BACK = 12
"""Characters before a number that its word and a gap may take."""
_METRES = re.compile(r"[\d.,]+ ?m")
"""Or millions."""
_SCALED = frozenset("k m mn b bn tn".split())
"""After a number they change its value: 4bn is not about 4."""
_CAPITALS = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]{1,5}\b")
_PERCENT: tuple[Spelling, ...] = (("percent",), ("per", "cent"))


def with_spellings(text: str) -> list[str]:
    """The text's terms, and after them those of the other spellings in it."""
    plain = readable(text)
    terms = analyser().analyze(plain)
    return [*terms, *chain.from_iterable(_spellings(text, plain, terms))]


def with_words_spelled(text: str) -> list[str]:
    """The same without the spellings of sums, whose terms all `may_stand_in_sum`."""
    plain = readable(text)
    terms = analyser().analyze(plain)
    return [*terms, *chain.from_iterable(_of_words(text, plain, terms))]


def may_stand_in_sum(term: str) -> bool:
    """Whether a spelling of a sum may have the term, or another form of the same word."""
    return not term.isalpha() or any(word[:5].startswith(term[:5]) for word in _SCALE_WORDS)


def other_spellings(text: str) -> list[Spelling]:
    """The other spellings of the sums, identifiers and abbreviations in the text, each once."""
    terms = analyze(text)
    found = dict.fromkeys(_spellings(text, readable(text), terms))
    return [each for each in found if not _stands(each, terms)]


def is_spelled(written: str, terms: AbstractSet[str]) -> bool:
    """Whether `terms`, of `with_spellings`, have what is written here, in any of its spellings.

    A sum is its value: 4 and million may stand in a text apart.
    """
    values = scaled_sums(written)
    if any(str(value) in terms for value in values):
        return True
    if values and not _METRES.fullmatch(written):
        return False
    return any(set(each) <= terms for each in (analyze(written), *_of_identifiers(written)))


def _spellings(text: str, plain: str, terms: Sequence[str]) -> Iterator[Spelling]:
    """Of a text, also as it is `readable`, with its terms."""
    if _DIGIT.search(text) or "illion" in text:
        yield from _of_sums(text)
    yield from _of_words(text, plain, terms)


def _of_words(text: str, plain: str, terms: Sequence[str]) -> Iterator[Spelling]:
    """Of all but sums."""
    yield from _of_identifiers(text)
    if "%" in text:
        yield from _PERCENT
    yield from _of_names(plain, terms)


def _of_sums(text: str) -> Iterator[Spelling]:
    """Of sums with a scale, and of numbers from ten thousand on."""
    for value in sums(text):
        yield from _of_sum(value)


@lru_cache(maxsize=4096)
def _of_sum(value: int) -> tuple[Spelling, ...]:
    counts = [
        (f"{value / scale:.3f}".rstrip("0").rstrip("."), endings)
        for scale, above, endings in _SCALES
        if scale <= value < above and not value % (scale // _PRECISION)
    ]
    written = (f"{count}{ending}" for count, endings in counts for ending in endings)
    return (str(value),), *(tuple(analyze(each)) for each in written)


def _of_identifiers(text: str) -> Iterator[Spelling]:
    for match in _NUMBER.finditer(text):
        start, end = match.start(), match["end"]
        number = match.group().removesuffix(end)
        word = _WORD_BEFORE.search(text[max(0, start - _LOOKED_BACK) : start])
        if word and not (word["gap"] and word["word"].islower()):
            forms = [f"{word['word']}{number}{end}", f"{word['word']} {number}{end}"]
            forms += [f"{word['word']} {number}"] if end else []
        elif end and not text[:start].endswith(("-", "’", "'")):
            units = (end, *_UNITS.get(end.lower(), ()))
            forms = [f"{number} {unit}" for unit in units]
            forms += [] if end.lower() in _SCALED else [number]
        else:
            forms = []
        yield from map(_analyzed, forms)


@lru_cache(maxsize=4096)
def _analyzed(form: str) -> Spelling:
    return tuple(analyze(form))


def _of_names(plain: str, terms: Sequence[str]) -> Iterator[Spelling]:
    """Of abbreviations and their long forms, and of compounds."""
    if not _BY_FIRST_TERM.keys().isdisjoint(terms):  # most sentences have none
        yield from _of_long_forms(terms)
    for short in _CAPITALS.findall(plain):
        yield from _BY_CAPITALS.get(short, ())


def _of_long_forms(terms: Sequence[str]) -> Iterator[Spelling]:
    for place in [place for place, term in enumerate(terms) if term in _BY_FIRST_TERM]:
        for form, group in _BY_FIRST_TERM[terms[place]]:
            if tuple(terms[place : place + len(form)]) != form:
                continue
            if len(form) > 1 or not (place and terms[place - 1] in NOT_BEFORE_CONTINENT):
                yield from (each for each in group if each != form)


def _stands(spelling: Spelling, terms: Sequence[str]) -> bool:
    size = len(spelling)
    return any(tuple(terms[at : at + size]) == spelling for at in range(len(terms)))


def _groups() -> Iterable[tuple[tuple[str, ...], tuple[Spelling, ...]]]:
    for shorts, longs in ABBREVIATIONS:
        forms = dict.fromkeys(tuple(analyze(each)) for each in (*shorts, *longs))
        yield shorts, tuple(forms)
    yield (), _PERCENT
    for written in sorted(COMPOUNDS):  # the same order in each process
        yield (), tuple(tuple(analyze(each)) for each in (written, written.replace("-", "")))


_BY_FIRST_TERM: dict[str, list[tuple[Spelling, tuple[Spelling, ...]]]] = defaultdict(list)
_BY_CAPITALS: dict[str, tuple[Spelling, ...]] = {}
for _shorts, _forms in _groups():
    _hidden = {tuple(analyze(short)) for short in _shorts if short in ONLY_IN_CAPITALS}
    _BY_CAPITALS |= {short: _forms for short in _shorts if short in ONLY_IN_CAPITALS}
    for _form in _forms:
        if _form not in _hidden:
            _BY_FIRST_TERM[_form[0]].append((_form, _forms))
