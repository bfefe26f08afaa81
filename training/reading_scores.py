"""How well a network reads examples that were held out, set by set."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import torch

from eval.measures.answers import token_f1
from eval.measures.selective_prediction import auroc
from index.documents import Span
from rag.reading.reader import WINDOW
from rag.reading.spans import PieceScores, best_span, pack
from training.reader_model import Reader, batch_of, span_loss
from training.reading_data import Example, Pieces

AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Read:
    example: Example
    loss: float
    """Mean negative log likelihood of start and end."""
    odds: float
    f1: float
    """Of the best span; 0 where there is no answer."""


def scores(model: Reader, examples: Sequence[Example], pieces: Pieces) -> dict[str, str]:
    """By set and over `all`: n, loss, F1 of the answerable, AUROC of answerable or not."""
    of_set: dict[str, list[Read]] = defaultdict(list)
    for read in read_all(model, examples, pieces):
        of_set[read.example.group].append(read)
        of_set["all"].append(read)
    return {name: _line(of_set[name]) for name in sorted(of_set)}


def _line(read: Sequence[Read]) -> str:
    answerable = [bool(each.example.answers) for each in read]
    line = f"n {len(read)} loss {fmean(each.loss for each in read):.3f}"
    if any(answerable):
        line += f" F1 {100 * fmean(e.f1 for e in read if e.example.answers):.1f}"
    if len(set(answerable)) > 1:
        line += f" AUROC {auroc([each.odds for each in read], answerable):.3f}"
    return line


def read_all(model: Reader, examples: Sequence[Example], pieces: Pieces) -> Iterator[Read]:
    """Passages cut at the reader's window; those with a later answer are left out."""
    ordered = sorted(examples, key=lambda each: len(each.passage.ids))
    model.eval()
    for at in range(0, len(ordered), AT_ONCE):
        yield from _read(model, ordered[at : at + AT_ONCE], pieces)
    model.train()


@torch.no_grad()
def _read(model: Reader, examples: Sequence[Example], pieces: Pieces) -> Iterator[Read]:
    asked = [pieces.question(each.question) for each in examples]
    packed = [
        pack(question, each.passage.ids[: WINDOW - len(pack(question, ()))])
        for question, each in zip(asked, examples, strict=True)
    ]
    starts, ends = model(batch_of(packed))
    marks: Mapping[int, torch.Tensor] = {
        side: torch.zeros_like(starts, dtype=torch.bool) for side in (0, 1)
    }
    for row, (example, of_row) in enumerate(zip(examples, packed, strict=True)):
        for place in example.answers:
            for side in (0, 1):
                if place[side] < of_row.size:
                    marks[side][row, of_row.start + place[side]] = True
    loss = (span_loss(starts, marks[0]) + span_loss(ends, marks[1])) / 2
    for row, (example, of_row) in enumerate(zip(examples, packed, strict=True)):
        if example.answers and not marks[0][row].any():
            continue
        inside = slice(of_row.start, of_row.start + of_row.size)
        scored = PieceScores(
            example.passage.offsets[: of_row.size].astype(np.int64),
            (starts[row, inside] - starts[row, 0]).double().numpy(),
            (ends[row, inside] - ends[row, 0]).double().numpy(),
        )
        text = example.passage.text
        found = best_span(scored, Span(0, len(text)))
        if found:
            span, odds = found
            f1 = token_f1(span.of(text), example.golds) if example.golds else 0.0
            yield Read(example, loss[row].item(), odds, f1)
