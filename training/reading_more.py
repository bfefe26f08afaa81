"""Reading data as uniform lines of JSON, read by eye and rationed set by set.

A line has `id, context, question, answers[{text, start}], answerable`, and `pair` where it is the
unanswerable twin of another line's question.
"""

import gzip
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import DataError
from training.reading_data import Example, Pieces, places

SAME = 200
"""Letters and digits at the start of a context that decide whether it is held out."""
ONE_IN = 16
"""Contexts held out, so that a paragraph of several sets is held out of all of them."""


@dataclass(frozen=True, slots=True)
class Ration:
    """What of a set is learnt from. Five to forty of each were read by eye."""

    name: str
    most: int
    """Questions drawn anew for each epoch."""
    a_context: int = 3
    """The most of one context in an epoch."""


RATIONS = (
    # By people, to mislead, beside their answerable twins; 2 of 30 unanswerable ones are arguable.
    Ration("squad2_unansq_pairs", most=9_000, a_context=12),
    Ration("squad_train_parts", most=4_000, a_context=12),
    # The mined ones are other parts of the same article; 3 of 14 annotated ones can be inferred.
    Ration("timeqa_human", most=1_500, a_context=4),
    # Natural short questions on single sentences, half of them news; 34 a context, so few of each.
    Ration("qamr_devtest", most=3_000, a_context=4),
    # 2 of 34 are answered after all; "Who ranked second?" of another thing teaches most.
    Ration("qamr_mined_neg", most=1_200, a_context=2),
    # "Who supported something?": right, but nobody asks so. See `role_swaps.composed`.
    Ration("qasrl_gs", most=400, a_context=1),
    Ration("qanom", most=300, a_context=1),
    # Why, how, since when; stilted, and its results and manners are often far-fetched.
    Ration("qadiscourse", most=1_200, a_context=1),
    Ration("friendsqa_devtest", most=500, a_context=2),
    # 5 of 30 are answered after all ("When was Life is Beautiful released?").
    Ration("selqa_section_neg", most=250, a_context=1),
    # By machine: unanswerable for certain, but silly ("a 0.2-hour workday").
    Ration("squad_unanswgen_numswap", most=400, a_context=2),
    Ration("squad2_unansq_related", most=200, a_context=1),
    Ration("squad2_unansq_sentence", most=400, a_context=2),
)
"""Left out: policyqa asks the same few questions of every text, molweni is chat about computers,
covidqa answers with whole paragraphs, and torque with single words that stand for events."""


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    pair: str
    """The `id` of its answerable twin, or nothing."""
    example: Example


def uniform(path: Path, pieces: Pieces) -> Iterator[Line]:
    """DataError, with file and line, where a line isn't as described above."""
    with gzip.open(path, "rt") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _line(json.loads(line), pieces, path.name.removesuffix(".jsonl.gz"))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                reason = f"no {error}" if isinstance(error, KeyError) else error
                raise DataError(f"{path}, line {number}: {reason}") from error


def _line(record: dict[str, Any], pieces: Pieces, name: str) -> Line:
    context, answers = record["context"], record["answers"]
    if bool(answers) != record["answerable"]:
        raise ValueError(f"`answerable` is {record['answerable']}, with {len(answers)} answers")
    ranges = []
    for each in answers:
        start, end = each["start"], each["start"] + len(each["text"])
        if not each["text"].strip() or start < 0 or context[start:end] != each["text"]:
            raise ValueError(f"answer {each['text']!r} isn't at {start}: {context[start:end]!r} is")
        ranges.append((start, end))
    passage = pieces.passage(context)
    golds = tuple(dict.fromkeys(each["text"] for each in answers))
    example = Example(record["question"], passage, places(passage, ranges), golds, name)
    return Line(record["id"], record.get("pair") or "", example)


def held_out(context: str) -> bool:
    letters = "".join(filter(str.isalnum, context.lower()))[:SAME]
    return zlib.crc32(letters.encode()) % ONE_IN == 0


def twins(lines: Sequence[Line]) -> list[tuple[Example, ...]]:
    """Each question with the unanswerable ones made of it; each without a twin by itself."""
    units: dict[str, list[Example]] = defaultdict(list)
    for line in lines:
        units[line.pair or line.id].append(line.example)
    return [tuple(unit) for unit in units.values()]


def rationed(
    units: Sequence[tuple[Example, ...]], ration: Ration, chance: random.Random
) -> list[tuple[Example, ...]]:
    """Whole units, in random order, until the ration is used up."""
    kept: list[tuple[Example, ...]] = []
    used: Counter[str] = Counter()
    left = ration.most
    for unit in chance.sample(units, len(units)):
        context = unit[0].passage.text
        if len(unit) <= left and used[context] + len(unit) <= ration.a_context:
            used[context] += len(unit)
            left -= len(unit)
            kept.append(unit)
    return kept
