"""How well attributions (source, cue, content) are found in annotated documents.

Each role is scored on its own, exactly and by overlap. Whole attributions agree when cue and source
touch and contents largely overlap (as for PolNeAR, Newell, Margolin and Ruths 2018); quotations are
scored by their content alone. Two attributions, or
two role fillers, are paired one to one by a largest matching, so that no order of the predictions
gains or loses anything. Recall of a kind is over the gold of that kind, precision over the
predictions of that kind; a pair may be of two kinds. Every measure lies between 0 and 1 and is
pooled over documents (micro-averaged); a document without a prediction has found nothing, and
nothing over nothing is 0.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from eval.datasets.formats.attribution import MarkedAttribution
from index.documents import Span
from index.statements import StatementKind

Role = Literal["source", "cue", "content"]
Spans = tuple[Span, ...]
Item = TypeVar("Item")
Chosen = Callable[[MarkedAttribution], bool]
Tallies = dict[str, "Counts"]
"""By what is counted; of one document, or of several added up."""

ROLES: tuple[Role, ...] = ("source", "cue", "content")
AGREEMENTS = (0.5, 0.9)
"""Least intersection over union of two contents that count as one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`found` of `gold` were predicted, `right` of `predicted` were gold."""

    found: int
    gold: int
    right: int
    predicted: int

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def rates(self) -> dict[str, float]:
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.found + other.found,
            self.gold + other.gold,
            self.right + other.right,
            self.predicted + other.predicted,
        )


NOTHING = Counts(0, 0, 0, 0)


def everything(_: MarkedAttribution) -> bool:
    """Chooses every attribution."""
    return True


def measures(
    gold: Mapping[str, Sequence[MarkedAttribution]],
    predicted: Mapping[str, Sequence[MarkedAttribution]],
) -> dict[str, float]:
    """Everything below by name, over the documents of `gold`."""
    table = [tallies(marked, predicted.get(name, ())) for name, marked in gold.items()]
    names = dict.fromkeys(name for each in table for name in each)
    return {
        f"{name}_{part}": value
        for name in names
        for part, value in _pooled(each[name] for each in table).rates.items()
    }


def tallies(
    gold: Sequence[MarkedAttribution],
    predicted: Sequence[MarkedAttribution],
    *,
    speech: Chosen = everything,
) -> Tallies:
    """All that is counted in one document; `speech` chooses utterances."""
    table: Tallies = {"quote@0.5": quotations(gold, predicted, least=0.5)}
    for role in ROLES:
        table[f"{role}_exact"] = exact(gold, predicted, role)
        table[f"{role}_overlap"] = overlap(gold, predicted, role)
    for least in AGREEMENTS:
        pairs = _agreeing(gold, predicted, least)
        for name, chosen in _parts(speech):
            table[f"{name}@{least}"] = _among(pairs, gold, predicted, chosen)
    return table


def exact(
    gold: Sequence[MarkedAttribution], predicted: Sequence[MarkedAttribution], role: Role
) -> Counts:
    """Of the distinct fillers of a role, those whose every range is the same on both sides.

    A filler in several ranges is one; the source two attributions share is one, too.
    """
    expected, given = set(_fillers(gold, role)), set(_fillers(predicted, role))
    both = len(expected & given)
    return Counts(both, len(expected), both, len(given))


def overlap(
    gold: Sequence[MarkedAttribution], predicted: Sequence[MarkedAttribution], role: Role
) -> Counts:
    """Of the distinct fillers of a role, those paired with one they share a character with."""
    expected, given = _fillers(gold, role), _fillers(predicted, role)
    both = len(matching(expected, given, touch))
    return Counts(both, len(expected), both, len(given))


def quotations(
    gold: Sequence[MarkedAttribution], predicted: Sequence[MarkedAttribution], *, least: float
) -> Counts:
    """Of attributions wholly in quotation marks, regardless of the speaker."""
    pairs = matching(
        gold,
        predicted,
        lambda one, other: intersection_over_union(one.content, other.content) >= least,
    )
    return _among(pairs, gold, predicted, _of_kind(StatementKind.DIRECT))


def agree(one: MarkedAttribution, other: MarkedAttribution, *, least: float) -> bool:
    """Cues touch, sources touch or both are missing, contents overlap by at least `least`."""
    return (
        _touch_or_missing(one.cue, other.cue)
        and _touch_or_missing(one.source, other.source)
        and intersection_over_union(one.content, other.content) >= least
    )


def touch(one: Spans, other: Spans) -> bool:
    return any(a.touches(b) for a in one for b in other)


def intersection_over_union(one: Spans, other: Spans) -> float:
    """Of the characters covered (Jaccard 1901); 1 for nothing and nothing."""
    a, b = _covered(one), _covered(other)
    return len(a & b) / len(a | b) if a or b else 1.0


def matching(
    gold: Sequence[Item], predicted: Sequence[Item], agree: Callable[[Item, Item], bool]
) -> list[tuple[int, int]]:
    """A largest set of disjoint pairs that agree, as positions (augmenting paths, Berge 1957)."""
    edges = [
        [right for right, given in enumerate(predicted) if agree(expected, given)]
        for expected in gold
    ]
    owner: dict[int, int] = {}
    for left in range(len(gold)):
        _augment(left, edges, owner)
    return sorted((left, right) for right, left in owner.items())


def _augment(start: int, edges: Sequence[Sequence[int]], owner: dict[int, int]) -> None:
    """Pair `start` along an augmenting path; breadth first, so without deep recursion."""
    reached: dict[int, int] = {}
    waiting = [start]
    for left in waiting:
        for right in edges[left]:
            if right in reached:
                continue
            reached[right] = left
            if right not in owner:
                _move_over(right, reached, owner, start)
                return
            waiting.append(owner[right])


def _move_over(free: int, reached: Mapping[int, int], owner: dict[int, int], start: int) -> None:
    had = {left: right for right, left in owner.items()}
    right, left = free, reached[free]
    while left != start:
        owner[right] = left
        right, left = had[left], reached[had[left]]
    owner[right] = left


def _parts(speech: Chosen) -> Iterator[tuple[str, Chosen]]:
    yield "attribution", everything
    yield "speech", speech
    for kind in StatementKind:
        yield kind.value, _of_kind(kind)
        yield f"speech_{kind.value}", _both(speech, _of_kind(kind))


def _of_kind(kind: StatementKind) -> Chosen:
    return lambda attribution: attribution.kind is kind


def _both(one: Chosen, other: Chosen) -> Chosen:
    return lambda attribution: one(attribution) and other(attribution)


def _agreeing(
    gold: Sequence[MarkedAttribution], predicted: Sequence[MarkedAttribution], least: float
) -> list[tuple[int, int]]:
    return matching(gold, predicted, lambda one, other: agree(one, other, least=least))


def _among(
    pairs: Sequence[tuple[int, int]],
    gold: Sequence[MarkedAttribution],
    predicted: Sequence[MarkedAttribution],
    chosen: Chosen,
) -> Counts:
    return Counts(
        found=sum(chosen(gold[at]) for at, _ in pairs),
        gold=sum(map(chosen, gold)),
        right=sum(chosen(predicted[at]) for _, at in pairs),
        predicted=sum(map(chosen, predicted)),
    )


def _fillers(attributions: Sequence[MarkedAttribution], role: Role) -> list[Spans]:
    """Distinct, in the order of the text."""
    return sorted({spans for each in attributions if (spans := _filler(each, role))})


def _filler(attribution: MarkedAttribution, role: Role) -> Spans:
    if role == "source":
        return attribution.source
    return attribution.cue if role == "cue" else attribution.content


def _touch_or_missing(one: Spans, other: Spans) -> bool:
    return touch(one, other) if one and other else not one and not other


def _covered(spans: Spans) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _pooled(counts: Iterable[Counts]) -> Counts:
    return sum(counts, NOTHING)
