"""Which articles are copies of one story: their shingles, what finds them, what decides. No store.

Two articles are one story when enough runs of six words stand in both (Broder 1997), or when the
shorter is all but contained in the longer; a minimum hash over each of many orders of the shingles
(MinHash, Leskovec et al. 2014, chapter 3) finds the few worth comparing. Issues of a series, such
as a daily note, share their frame and not their news: see `index.series`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dedup.series import are_different_issues
from index.documents import Article, Boilerplate

RULES = 1
"""Raise when other articles would be grouped than before."""

SHINGLE = 6
"""Words in a run: two reports of one event share few of them, copies most."""
JACCARD = 0.48
"""Shared of all shingles: pairs labelled the same have .50 or more, distinct ones .42 or less."""
CONTAINED = 0.85
"""Shared of the shorter's: distinct pairs have .77 or less."""
CLOSE_JACCARD, CLOSE_CONTAINED = 0.42, 0.78
"""Less would do for two that copy a third; below it lie the pairs labelled distinct."""
FEWEST_CONTAINED = 25
"""Shingles a shorter one must have to be contained: fewer may be a page's debris."""
BANDS, OPENING_BANDS, ROWS = 64, 8, 2
COMMON_BANDS = 2
"""Wanted to be compared: at Jaccard .48 all have them, at .25 nine of ten, at .04 one in 200."""
OPENING = 100
"""Words at the start that have bands of their own: updates often begin as the brief did."""

_WORD = re.compile(r"[^\W_]+")

Pair = tuple[int, int, bool]
"""Two articles that are close, and whether enough for one story."""
Shingles = NDArray[np.uint32]
Bands = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What is kept of an article's words to compare it."""

    shingles: Shingles
    """Hashes, ascending, each once."""
    bands: Bands
    """Articles that have `COMMON_BANDS` of them in common are worth comparing."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """How much of two sets of shingles is shared, each between 0 and 1."""

    jaccard: float
    containment: float
    """Of the smaller set; 0 where that is too small to tell."""

    @property
    def enough(self) -> bool:
        return self.jaccard >= JACCARD or self.containment >= CONTAINED

    @property
    def close(self) -> bool:
        """Not enough for a story, but no reason against one that both are copies of."""
        return self.jaccard >= CLOSE_JACCARD or self.containment >= CLOSE_CONTAINED


def sketch(article: Article, furniture: Sequence[Boilerplate]) -> Sketch:
    """Of its words without the page's furniture; of no words, a sketch that is like no other."""
    words = _words("\n".join(_kept(article.text, furniture)))
    whole, opening = _shingles(words), _shingles(words[:OPENING])
    bands = np.concatenate([_bands(whole, BANDS), _bands(opening, OPENING_BANDS)])
    return Sketch(whole, np.unique(bands))


def similarity(one: Shingles, other: Shingles) -> Similarity:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    smaller = min(len(one), len(other))
    union = len(one) + len(other) - shared
    contained = shared / smaller if smaller >= FEWEST_CONTAINED else 0.0
    return Similarity(shared / union if union else 0.0, contained)


def may_be_one_story(one: Article, other: Article, alike: Similarity) -> bool:
    """Whether both may tell one story, given how alike their shingles are."""
    return alike.close and (alike.jaccard == 1 or not are_different_issues(one, other))


def group_leaders(count: int, pairs: Iterable[Pair], order: Sequence[int]) -> NDArray[np.int32]:
    """For each of `count` articles the one that names its group, (count,); its own where alone.

    Whoever has most copies leads first, else whoever comes first in the given order, and takes in
    its copies that are in no group yet: each that is close to all taken in before (stars, Aslam
    et al. 2004, under complete linkage). So a chain of small changes never ties its ends together.
    """
    copies: dict[int, list[int]] = {}
    close: set[tuple[int, int]] = set()
    for one, other, enough in pairs:
        close |= {(one, other), (other, one)}
        if enough:
            copies.setdefault(one, []).append(other)
            copies.setdefault(other, []).append(one)
    place = {article: at for at, article in enumerate(order)}
    leader = np.full(count, -1, np.int32)
    for article in sorted(order, key=lambda each: -len(copies.get(each, ()))):
        if leader[article] < 0:
            waiting = [each for each in copies.get(article, ()) if leader[each] < 0]
            group = _linked(article, sorted(waiting, key=place.__getitem__), close)
            leader[group] = article
    return leader


def _linked(first: int, others: Iterable[int], close: AbstractSet[tuple[int, int]]) -> list[int]:
    group = [first]
    for other in others:
        if all((other, member) in close for member in group):
            group.append(other)
    return group


def _kept(text: str, furniture: Sequence[Boilerplate]) -> Iterator[str]:
    """The stretches between the marks, which ascend."""
    start = 0
    for mark in furniture:
        yield text[start : mark.span.start]
        start = mark.span.end
    yield text[start:]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingles(words: Sequence[str]) -> Shingles:
    """A text shorter than a shingle is one."""
    starts = range(max(1, len(words) - SHINGLE + 1)) if words else range(0)
    runs = {" ".join(words[start : start + SHINGLE]).encode() for start in starts}
    hashed = b"".join(blake2b(run, digest_size=4).digest() for run in runs)
    return np.unique(np.frombuffer(hashed, "<u4")).astype(np.uint32)


def _bands(shingles: Shingles, count: int) -> Bands:
    """Each the minima of two orders as one number: no two bands have an order in common."""
    if not len(shingles):
        return np.zeros(0, np.int64)
    signature = _blank(count * ROWS).copy()
    signature.update_batch(shingles.tolist())
    return np.asarray(signature.digest(), dtype=np.uint32).view(np.int64)


@cache
def _blank(permutations: int) -> Any:
    """A signature of nothing; a seed for each length keeps the bands of openings apart."""
    from datasketch import MinHash  # noqa: PLC0415  a second for SciPy that only a build should pay

    return MinHash(permutations, seed=permutations, hashfunc=int)
