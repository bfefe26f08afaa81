r"""Train the reader; takes one to two hours on two cores and can be resumed.

    export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
    python -m training.train_reader ../shared/data --out runs/reader --squad2 all \
        --after rag/reading/weights/reader.onnx

(The first line keeps glibc from returning the memory of every batch: 1.4 times as fast.)

It begins with the sentence encoder, or `--after` a checkpoint or the reader that ships, whose 8
bits are put back into 32. `reading_mix.py` says what it learns from. With `--squad2`, `first` or
`second` half of SQuAD 2.0's titles, the network can be measured on the other half; `all` makes one
that ships. After an interruption, run the same command to continue from the last checkpoint.
`--share .5` leaves out half of the newer sets, for a learning curve.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import torch
from torch import Tensor

from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from training.reader_model import Reader, batch_of, span_loss
from training.reading_batches import Batch, Planned, Row, drawn, plan
from training.reading_data import Example, Pieces
from training.reading_mix import ReadingMix
from training.reading_scores import scores
from training.resumable import Resumable, arguments_of, check_weights

ADVERSARIAL = "squad2_unansq_pairs"


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: float = 2.0
    pieces: int = 32 * 160
    """Word-pieces of a batch, padding included."""
    rate: float = 1.2e-4
    head_rate: float = 1.2e-4
    warmup: float = 0.05
    decay: float = 0.01
    averaged: float = 0.998
    lengths: tuple[int, ...] = (96, 128, 160, 192, 256)
    """Most pieces of a sequence; a longer passage is cut around an answer, or beside it."""
    beside: float = 0.08
    """Share of answerable questions that get a part of their passage without the answer."""
    together: float = 0.5
    """Weight of the loss over all passages of a question, beside that of each passage."""
    measured: int = 4
    """Times that held-out examples are read."""
    held_out: int = 50
    """Of each set; of the adversarial pairs, ten times as many."""
    share: float = 1.0
    seed: int = 20_261_201


def main() -> None:
    parser = arguments_of(__doc__, Recipe())
    parser.add_argument("--squad2", choices=["first", "second", "all"])
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--head-rate", type=float, default=Recipe().head_rate)
    parser.add_argument("--share", type=float, default=Recipe().share)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    recipe = Recipe(
        epochs=arguments.epochs,
        rate=arguments.rate,
        head_rate=arguments.head_rate,
        share=arguments.share,
        seed=arguments.seed,
    )
    pieces = Pieces(word_pieces(bundled_folder() / FILE))
    mix = ReadingMix(
        arguments.data, pieces, recipe.seed, squad2=arguments.squad2, share=recipe.share
    )
    trainer = ReaderTrainer(mix, pieces, arguments.out, recipe)
    after = arguments.after
    if after and after.suffix == ".onnx":
        trainer.start_from_shipped(after)
        after = None
    trainer.run(after=after, limit=arguments.steps)


class ReaderTrainer(Resumable):
    def __init__(self, mix: ReadingMix, pieces: Pieces, out: Path, recipe: Recipe) -> None:
        self.mix, self.pieces = mix, pieces
        self._epochs: dict[int, list[list[Planned]]] = {}
        self._by_set: dict[str, list[float]] = defaultdict(list)
        first = self._epoch_of(recipe, 0)
        self.per_epoch = len(first)
        model = Reader(bundled_folder())
        super().__init__(out, recipe, model, total=int(self.per_epoch * recipe.epochs))
        rows = [each for batch in first for planned in batch for each in planned.unit]
        answerable = sum(bool(each.answers) for each in rows)
        self._say(f"{len(rows)} rows an epoch, {answerable} answerable, {self.total} steps")
        self._held = self._chosen(mix.held_out)

    def start_from_shipped(self, network: Path) -> None:
        """Unless this run has a checkpoint of its own. DataError if it isn't a reader."""
        from training.shipped_reader import reader_weights

        weights = reader_weights(network)
        check_weights(weights, self._trained(), network)
        self._start_from(weights)

    def _chosen(self, examples: list[Example]) -> list[Example]:
        of_set: dict[str, list[Example]] = defaultdict(list)
        for each in examples:
            of_set[each.group].append(each)
        chance = random.Random(self.recipe.seed)
        found: list[Example] = []
        for name, every in of_set.items():
            most = self.recipe.held_out * (10 if name == ADVERSARIAL else 1)
            found += chance.sample(every, min(len(every), most))
        return found

    def _batches(self) -> Iterator[Batch]:
        """Each depends on its step alone."""
        for step in count(self.step):
            epoch, at = divmod(step, self.per_epoch)
            planned = self._epoch_of(self.recipe, epoch)
            chance = random.Random(self.recipe.seed * 1_000_003 + step)
            yield drawn(planned[at % len(planned)], self.pieces, self.recipe.beside, chance)

    def _epoch_of(self, recipe: Recipe, number: int) -> list[list[Planned]]:
        if number not in self._epochs:
            chance = random.Random(f"{recipe.seed} {number} plan")
            units = self.mix.epoch(number)
            self._epochs = {number: plan(units, self.pieces, recipe.lengths, recipe.pieces, chance)}
        return self._epochs[number]

    def _learn(self, batch: Batch) -> tuple[tuple[float, ...], int]:
        rows = [row.packed for row in batch.rows]
        each, together = batch_losses(self.model(batch_of(rows)), batch)
        for row, loss in zip(batch.rows, each.tolist(), strict=True):
            self._by_set[row.name].append(loss)
        loss = each.sum() + self.recipe.together * together
        (loss / len(rows)).backward()
        shared = max(1, len(batch.questions))
        return (each.mean().item(), together.item() / shared), sum(map(len, rows))

    def _take_step(self) -> None:
        super()._take_step()
        if self.step % max(1, self.total // self.recipe.measured) == 0 or self.step == self.total:
            self.measure()

    def _save(self) -> None:
        super()._save()
        means = (f"{name} {sum(e) / len(e):.3f}" for name, e in sorted(self._by_set.items()))
        self._say(f"loss by set: {', '.join(means)}")
        self._by_set.clear()

    def measure(self) -> None:
        """The averaged weights on what was held out, into the log."""
        own = {name: value.clone() for name, value in self._trained().items()}
        self.model.load_state_dict(self.average, strict=False)
        for name, line in scores(self.model, self._held, self.pieces).items():
            self._say(f"held out at {self.step}: {name} {line}")
        self.model.load_state_dict(own, strict=False)


def batch_losses(scored: tuple[Tensor, Tensor], batch: Batch) -> tuple[Tensor, Tensor]:
    """The mean over start and end: of each row by itself, and the sum over questions of several."""
    each, together = torch.zeros(len(batch.rows)), torch.zeros(())
    for side, places in enumerate(scored):
        right = _marked(places, batch.rows, side)
        each = each + span_loss(places, right) / 2
        if batch.questions:
            together = together + span_loss(places, right, batch.questions).sum() / 2
    return each, together


def _marked(scored: Tensor, rows: tuple[Row, ...], side: int) -> Tensor:
    marked = torch.zeros_like(scored, dtype=torch.bool)
    for number, row in enumerate(rows):
        marked[number, [place[side] for place in row.places]] = True
    return marked


if __name__ == "__main__":
    main()
