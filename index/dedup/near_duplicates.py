"""Near duplicates: sketches of articles, how similar two are, and groups of copies. Knows no store.

Two articles are copies of one story if they share enough runs of six words (Broder 1997), or if the
shorter is almost contained in the longer; MinHash bands (Leskovec et al. 2014, chapter 3) find the
pairs to compare. Issues of a series share their frame and not their news, and
so do two events told by one template: see `index.dedup.series` and `index.dedup.events`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dedup.events import are_different_events
from index.dedup.series import are_different_issues
from index.documents import Article, Boilerplate, unmarked

RULES = 2
"""Raise when the grouping of articles changes."""

SHINGLE = 6
"""Words in a run: two reports of one event share few runs, copies share most."""
JACCARD = 0.48
"""Share of all shingles in both: labelled copies have .50 or more, distinct pairs .42 or less."""
CONTAINED = 0.85
"""Share of the shorter's shingles in both: distinct pairs have .77 or less."""
CLOSE_JACCARD, CLOSE_CONTAINED = 0.42, 0.78
"""The lower limits for two copies of a third article; distinct pairs lie below."""
FEWEST_CONTAINED = 25
"""The fewest shingles for containment to count: fewer may be boilerplate."""
BANDS, OPENING_BANDS, ROWS = 64, 8, 2
COMMON_BANDS = 2
"""Shared bands that make a pair worth comparing: at Jaccard .48 all pairs have them, at .25 nine of
ten, at .04 one in 200."""
MOST_COMPARED = 32
"""Articles that one is compared with: the work for a template of a thousand articles grows with the
articles, not with their pairs."""
CORE = 16
"""Members of a group, those with most copies first, that a further member must be close to."""
OPENING = 100
"""The words at the start, which have bands of their own: updates often begin like the brief."""

_WORD = re.compile(r"[^\W_]+")

Pair = tuple[int, int, bool]
"""Two close articles, and whether they are close enough for one story."""
Shingles = NDArray[np.uint32]
Bands = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A summary of an article's words for comparison."""

    shingles: Shingles
    """Hashes, ascending, each once."""
    bands: Bands
    """Articles that share `COMMON_BANDS` of them are worth comparing."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """How much two sets of shingles share; both values are between 0 and 1."""

    jaccard: float
    containment: float
    """Of the smaller set; 0 if that set is too small."""

    @property
    def enough(self) -> bool:
        return self.jaccard >= JACCARD or self.containment >= CONTAINED

    @property
    def close(self) -> bool:
        """Close enough to be in one story if both are copies of a third article."""
        return self.jaccard >= CLOSE_JACCARD or self.containment >= CLOSE_CONTAINED


def sketch(article: Article, boilerplate: Sequence[Boilerplate]) -> Sketch:
    """Of its words without boilerplate; an article without words is similar to no other."""
    parts = (part.of(article.text) for part in unmarked(article.text, boilerplate))
    words = _words("\n".join(parts))
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
    """Whether both may be copies of one story, given the similarity of their shingles."""
    if not alike.close or alike.jaccard == 1:
        return alike.close
    return not are_different_issues(one, other) and not are_different_events(one, other)


def group_leaders(count: int, pairs: Iterable[Pair], order: Sequence[int]) -> NDArray[np.int32]:
    """For each of `count` articles the one that leads its group, (count,); itself if it is alone.

    The article with most copies, or else the first in `order`, leads a group of its copies that
    are in no group yet and close to all members so far (stars, Aslam et al. 2004, under complete
    linkage), of a large group to its core. So a chain of small changes never joins its two ends.
    `order` may leave out articles without copies.
    """
    copies: dict[int, list[int]] = {}
    close: set[tuple[int, int]] = set()
    for one, other, enough in pairs:
        close |= {(one, other), (other, one)}
        if enough:
            copies.setdefault(one, []).append(other)
            copies.setdefault(other, []).append(one)
    place = {article: at for at, article in enumerate(order)}
    leader = np.arange(count, dtype=np.int32)
    leader[list(copies)] = -1
    for article in sorted(filter(copies.__contains__, order), key=lambda each: -len(copies[each])):
        if leader[article] < 0:
            waiting = [each for each in copies[article] if leader[each] < 0]
            group = [article]
            waiting.sort(key=place.__getitem__)
            if len(waiting) > CORE:  # not all pairs were compared: the core is what all were
                waiting.sort(key=lambda each: -len(copies[each]))
            for other in waiting:
                if all((other, member) in close for member in group[:CORE]):
                    group.append(other)
            leader[group] = article
    return leader


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingles(words: Sequence[str]) -> Shingles:
    """A text shorter than a shingle is one shingle."""
    starts = range(max(1, len(words) - SHINGLE + 1)) if words else range(0)
    runs = {" ".join(words[start : start + SHINGLE]).encode() for start in starts}
    hashed = b"".join(blake2b(run, digest_size=4).digest() for run in runs)
    return np.unique(np.frombuffer(hashed, "<u4")).astype(np.uint32)


def _bands(shingles: Shingles, count: int) -> Bands:
    """Each joins the minima of two permutations in one number; bands share no permutation."""
    if not len(shingles):
        return np.zeros(0, np.int64)
    signature = _blank(count * ROWS).copy()
    signature.update_batch(shingles.tolist())
    return np.asarray(signature.digest(), dtype=np.uint32).view(np.int64)


@cache
def _blank(permutations: int) -> Any:
    """An empty signature; the seed depends on the length, so openings have their own bands."""
    from datasketch import MinHash  # noqa: PLC0415  a second for SciPy that only a build should pay

    return MinHash(permutations, seed=permutations, hashfunc=int)
