r"""Train the reader; takes about two hours on two cores and can be resumed.

    export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
    python -m training.train_reader ../shared/data --out runs/reader
    python -m training.train_reader ../shared/data --out runs/reader-more \
        --after runs/reader/checkpoint.pt --epochs 1.3 --rate 1.5e-4 --seed 2
    python -m training.train_reader ../shared/data --out runs/reader-all --squad2 all \
        --after runs/reader-more/checkpoint.pt --epochs 2 --rate 6e-5 --replayed 3000

(The first line keeps glibc from returning the memory of every batch: 1.4 times as fast.)

The first run learns from SQuADShifts, QED and CLAPnq, and from unanswerable examples made of them;
the second continues with new examples of this kind. Runs with `--squad2` continue with SQuAD 2.0:
`all` titles make the network that ships; `first` and `second` (with `--replayed 1500`) are each
measured on the other half. After an interruption, run the same command to continue from the last
checkpoint.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from rag.reading.spans import Packed, pack
from training.reader_model import Reader, batch_of, span_loss
from training.reading_data import (
    Example,
    Pieces,
    Place,
    clapnq,
    confused,
    news,
    qed,
    squad,
    swapped,
)
from training.resumable import Resumable

SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
SENTENCE_ENDS = frozenset((1012, 1029, 999))
"""Word-pieces . ? !"""


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: float = 1.4
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.05
    decay: float = 0.01
    averaged: float = 0.998
    lengths: tuple[int, ...] = (96, 128, 160)
    """Lengths of a batch's sequences; a longer passage is cut around an answer, or beside it."""
    beside: float = 0.12
    """Share of answerable questions paired with a part of their passage without the answer."""
    titled: float = 0.5
    """Share of titled passages that keep their title."""
    replayed: int = 0
    """Examples of the first run repeated in a run that continues it."""
    seed: int = 20_261_127


def main() -> None:
    arguments = _arguments()
    torch.manual_seed(arguments.seed)
    recipe = Recipe(epochs=arguments.epochs, rate=arguments.rate, seed=arguments.seed)
    if arguments.after:
        recipe = replace(
            recipe,
            head_rate=arguments.rate,
            averaged=0.99,
            lengths=(160, 192, 256) if arguments.squad2 else (128, 160, 192),
            replayed=arguments.replayed,
        )
    trainer = Trainer(arguments.data, arguments.out, recipe, arguments.squad2)
    if arguments.after:
        trainer.start_from(arguments.after)
    trainer.run(limit=arguments.steps)


def examples(data: Path, pieces: Pieces, chance: random.Random) -> list[Example]:
    """All but SQuAD 2.0, with unanswerable examples made from them."""
    reading = data / "reading"
    shifted = [
        example
        for name in SHIFTS
        for example in squad(
            reading / "squadshifts" / f"{name}.json.gz", pieces, titled=name == "new_wiki"
        )
    ]
    short = [*shifted, *qed(reading / "qed_dev" / "qed-dev.jsonlines", pieces)]
    long = [
        example
        for path in sorted((reading / "clapnq_dev").iterdir())
        for example in clapnq(path, pieces)
    ]
    own = list({id(each.passage): each.passage for each in short}.values())
    other = news(data / "qa/realtimeqa/corpus.jsonl.gz", pieces, most=20_000, chance=chance)
    asked = chance.sample(short, len(short) // 3)
    half = len(asked) // 2
    return [
        *short,
        *long,
        *confused(asked[:half], own, nearest=4, chance=chance),
        *confused(asked[half:], other, nearest=3, chance=chance),
        *swapped(chance.sample(short, len(short) // 2), chance),
    ]


def halves(data: Path, pieces: Pieces) -> dict[str, list[Example]]:
    """SQuAD 2.0 by title: every other title in the first half."""
    every = list(squad(data / "reading/squad2/squad2_dev.json", pieces, titled=True))
    titles = sorted({example.group for example in every})
    return {
        "first": [each for each in every if titles.index(each.group) % 2 == 0],
        "second": [each for each in every if titles.index(each.group) % 2 == 1],
        "all": every,
    }


class Trainer(Resumable):
    def __init__(self, data: Path, out: Path, recipe: Recipe, squad2: str | None) -> None:
        folder = bundled_folder()
        tokenizer = word_pieces(folder / FILE)
        self.pieces = Pieces(tokenizer)
        chance = random.Random(recipe.seed)
        self.examples = examples(data, self.pieces, chance)
        if squad2:
            chosen = halves(data, self.pieces)[squad2]
            again = chance.sample(self.examples, recipe.replayed)
            made = list(swapped([e for e in chosen if e.answers], chance))
            self.examples = [*chosen, *made[: len(chosen) // 4], *again]
        model = Reader(folder)
        self.per_epoch = len(self.examples) // recipe.batch
        total = int(self.per_epoch * recipe.epochs)
        super().__init__(out, recipe, model, _groups(model, recipe), total=total)

    def run(self, *, limit: int | None) -> None:
        self._resume()
        answerable = sum(bool(each.answers) for each in self.examples)
        self._say(f"{len(self.examples)} examples, {answerable} answerable, {self.total} steps")
        started, seen, losses = time.monotonic(), 0, []
        while self.step < min(self.total, limit or self.total):
            packed, places = self._batch()
            losses.append(self._learn(packed, places))
            seen += sum(map(len, packed))
            if self.step % 25 == 0:
                rate = seen / (time.monotonic() - started)
                self._say(
                    f"{self.step}/{self.total} loss {np.mean(losses):.3f} pieces/s {rate:.0f}"
                )
                losses = []
            if self.step % 100 == 0 or self.step == self.total:
                self._save()

    def _learn(self, packed: Sequence[Packed], places: Sequence[Sequence[Place]]) -> float:
        self._set_rates()
        self.optimizer.zero_grad()
        batch = batch_of(packed)
        starts, ends = self.model(batch)
        loss = span_loss(starts, _marked(starts, [[s for s, _ in each] for each in places]))
        loss = loss + span_loss(ends, _marked(ends, [[e for _, e in each] for each in places]))
        (loss / (2 * len(packed))).backward()
        self._take_step()
        return loss.item() / (2 * len(packed))

    def _batch(self) -> tuple[list[Packed], list[list[Place]]]:
        """Depends on the step alone, so that a resumed run sees the same batches."""
        epoch, at = divmod(self.step, self.per_epoch)
        order = _order(len(self.examples), self.recipe.seed + epoch)
        rows = order[at * self.recipe.batch : (at + 1) * self.recipe.batch]
        chance = random.Random(self.recipe.seed * 1_000_003 + self.step)
        size = chance.choice(self.recipe.lengths)
        drawn = [self._drawn(self.examples[row], size, chance) for row in rows]
        return [packed for packed, _ in drawn], [places for _, places in drawn]

    def _drawn(
        self, example: Example, size: int, chance: random.Random
    ) -> tuple[Packed, list[Place]]:
        question = self.pieces.question(example.question)
        passage = example.passage
        title = passage.title_ids if chance.random() < self.recipe.titled else ()
        room = size - len(pack(question, (), title))
        beside = bool(example.golds) and chance.random() < self.recipe.beside
        first = _window(passage.ids, room, example.answers, chance, beside=beside)
        packed = pack(question, passage.ids[first : first + room], title)
        moved = packed.start - first
        inside = [
            (start + moved, end + moved)
            for start, end in example.answers
            if start >= first and end < first + packed.size
        ]
        return packed, inside or [(0, 0)]


def _groups(model: Reader, recipe: Recipe) -> list[dict[str, object]]:
    slow = [p for p in model.encoder.parameters() if p.requires_grad]
    return [
        {"params": slow, "peak": recipe.rate},
        {"params": list(model.span.parameters()), "peak": recipe.head_rate},
    ]


def _order(count: int, seed: int) -> Sequence[int]:
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return order


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
    first = chance.randint(min(last, max(0, end + 1 - room)), max(0, min(last, start)))
    ends = (at + 1 for at in range(first - 1, start) if at >= 0 and ids[at] in SENTENCE_ENDS)
    return min(last, next(ends, first))


def _marked(scores: Tensor, places: Sequence[Sequence[int]]) -> Tensor:
    marked = torch.zeros_like(scores, dtype=torch.bool)
    for row, each in enumerate(places):
        marked[row, list(each)] = True
    return marked


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--after", type=Path)
    parser.add_argument("--squad2", choices=["first", "second", "all"])
    parser.add_argument("--epochs", type=float, default=1.4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--replayed", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20_261_127)
    parser.add_argument("--steps", type=int, help="stop after N steps, to continue later")
    return parser.parse_args()


if __name__ == "__main__":
    main()
