"""Units of questions and passages -> batches of packed sequences of similar length."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from rag.reading.spans import LONGEST_QUESTION, Packed, pack
from training.reader_model import STEP
from training.reading_data import Example, Pieces, Place
from training.reading_mix import Unit

SENTENCE_ENDS = frozenset((1012, 1029, 999))
"""Word-pieces . ? !"""
SORTED_TOGETHER = 3_000
"""Units among which those of similar length meet in a batch."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with a window of its passage; no `places` where nothing there answers it."""

    packed: Packed
    places: tuple[Place, ...]
    name: str
    """Of the set it comes from."""


@dataclass(frozen=True, slots=True)
class Batch:
    rows: tuple[Row, ...]
    questions: tuple[tuple[int, ...], ...]
    """The rows of each question that is asked of more than one."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A unit of which at most `size` word-pieces a row are read."""

    unit: Unit
    size: int
    longest: int
    """Word-pieces of its longest row."""


def plan(
    units: Sequence[Unit], pieces: Pieces, lengths: Sequence[int], most: int, chance: random.Random
) -> list[list[Planned]]:
    """Batches of at most `most` padded word-pieces, or of a single unit; no unit is parted."""
    planned = [_planned(unit, pieces, chance.choice(lengths)) for unit in units]
    chance.shuffle(planned)
    batches: list[list[Planned]] = []
    for at in range(0, len(planned), SORTED_TOGETHER):
        some = sorted(planned[at : at + SORTED_TOGETHER], key=lambda each: each.longest)
        batches.append([])
        for each in some:
            padded = -(-each.longest // STEP) * STEP
            rows = sum(len(other.unit) for other in batches[-1]) + len(each.unit)
            if batches[-1] and rows * padded > most:
                batches.append([])
            batches[-1].append(each)
    chance.shuffle(batches)
    return batches


def _planned(unit: Unit, pieces: Pieces, size: int) -> Planned:
    asked = {each.question: len(pieces.question(each.question)) for each in unit}
    whole = (
        min(asked[each.question], LONGEST_QUESTION) + len(each.passage.ids) + 3 for each in unit
    )
    return Planned(unit, size, min(size, max(whole)))


def drawn(
    planned: Sequence[Planned], pieces: Pieces, beside: float, chance: random.Random
) -> Batch:
    """Long passages are cut around an answer, or, with the chance `beside`, beside it."""
    rows: list[Row] = []
    questions: list[tuple[int, ...]] = []
    for each in planned:
        of_question: dict[str, list[int]] = {}
        shared: dict[int, int] = {}
        for example in each.unit:
            of_question.setdefault(example.question, []).append(len(rows))
            asked, passage = pieces.question(example.question), example.passage
            room = each.size - len(pack(asked, ()))
            away = bool(example.golds) and chance.random() < beside
            first = _window(passage.ids.tolist(), room, example.answers, chance, beside=away)
            if not example.answers:  # a twin sees what its answerable question saw
                first = shared.get(id(passage), first)
            shared[id(passage)] = first
            rows.append(_row(example, asked, first, room))
        questions += [tuple(same) for same in of_question.values() if len(same) > 1]
    return Batch(tuple(rows), tuple(questions))


def _row(example: Example, question: Sequence[int], first: int, room: int) -> Row:
    packed = pack(question, example.passage.ids[first : first + room])
    moved = packed.start - first
    inside = (
        (start + moved, end + moved)
        for start, end in example.answers
        if start >= first and end < first + packed.size
    )
    return Row(packed, tuple(inside), example.group)


def _window(
    ids: Sequence[int],
    room: int,
    answers: Sequence[Place],
    chance: random.Random,
    *,
    beside: bool,
) -> int:
    """Start of a window of `room` pieces: around an answer, or `beside` all answers."""
    last = len(ids) - room
    if last <= 0:
        return 0
    if not answers:
        return chance.randint(0, last)
    if beside:
        clear = [at for at in range(last + 1) if all(e < at or s >= at + room for s, e in answers)]
        return chance.choice(clear) if clear else chance.randint(0, last)
    start, end = chance.choice(answers)
    latest = min(last, start)
    first = chance.randint(min(latest, max(0, end + 1 - room)), latest)
    ends = (at + 1 for at in range(first - 1, start) if at >= 0 and ids[at] in SENTENCE_ENDS)
    return min(last, next(ends, first))
