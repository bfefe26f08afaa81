r"""Train the attribution tagger on PolNeAR `train`: resumable, about 60 minutes on two cores.

    export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
    python -m training.train_tagger ../shared/data/attribution --out runs/words
    python -m training.train_tagger ../shared/data/attribution --out runs/tagger --epochs 2 \
        --after runs/words/checkpoint.pt

(The first line stops glibc from returning the memory of every batch: 1.4 times as fast.)

Chosen on PolNeAR `dev`. Names are learnt from WikiGold and GUM, without its dev and test documents.
After an interruption, run the command again: it continues from the last checkpoint.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, islice
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from index.attribution.tagger.windows import Window
from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from training.gum import held_out
from training.resumable import Resumable, arguments_of
from training.tagger_data import IGNORED, Marked, Named, gum, polnear, wikigold
from training.tagger_model import Tagger, sequence_loss

Example = TypeVar("Example", Marked, Named, Window)
MASK = 103
FIRST_WORD = 999
"""Smaller ids are special or unused in BERT's vocabulary."""
TEMPTING = 0.15
"""A word with this probability of starting a cue, but without one, is trained to have no roles."""


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: int = 8
    batch: int = 16
    names_every: int = 5
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.01
    dropout: float = 0.15
    masked: float = 0.06
    """Share of word-pieces hidden from the encoder, against overfitting."""
    shapeless: float = 0.05
    """Share of windows without case, for text in capitals."""
    averaged: float = 0.998
    sequence: bool = False
    """Compute the loss of a cue's roles over the sequence of labels, not word by word."""
    seed: int = 20_161_108


def main() -> None:
    arguments = arguments_of(__doc__, Recipe()).parse_args()
    torch.manual_seed(arguments.seed)
    recipe = Recipe(epochs=arguments.epochs, seed=arguments.seed)
    if arguments.after:
        recipe = replace(recipe, sequence=True, rate=6e-5, head_rate=3e-4, warmup=0.03)
    model = Tagger(bundled_folder(), dropout=recipe.dropout)
    trainer = Trainer(arguments.data, arguments.out, recipe, model)
    trainer.run(after=arguments.after, limit=arguments.steps)


class Trainer(Resumable):
    def __init__(self, data: Path, out: Path, recipe: Recipe, model: Tagger) -> None:
        self.random = random.Random(recipe.seed)
        tokenizer = word_pieces(bundled_folder() / FILE)
        self.marked = list(polnear(data / "polnear" / "train.jsonl.gz", tokenizer))
        self.named = [
            *gum(
                data / "gum" / "dep.tar.gz",
                tokenizer,
                held_out=held_out(data / "gum" / "splits.md"),
            ),
            *wikigold(data / "wikigold" / "wikigold.conll.txt", tokenizer),
        ]
        total = math.ceil(len(self.marked) / recipe.batch) * recipe.epochs
        super().__init__(out, recipe, model, total=total)

    def _learn(self, batch: tuple[list[Marked], list[Named]]) -> tuple[tuple[float, ...], int]:
        marked, named = batch
        with torch.autocast("cpu", torch.bfloat16):
            cue, role = self._attribution_loss(marked)
            name = self._name_loss(named) if named else torch.zeros(())
            (cue + role + 0.5 * name).backward()
        pieces = sum(len(each.window) for each in marked)
        return (cue.item(), role.item(), name.item()), pieces

    def _attribution_loss(self, marked: Sequence[Marked]) -> tuple[Tensor, Tensor]:
        hidden = self.model.encode(self._batch(marked))
        scores = self.model.cue(hidden).float()
        tags = padded([each.cue_tags for each in marked], scores.shape[1], IGNORED)
        cue = nn.functional.cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        cues, roles, owner = pairs(marked, scores.detach(), self.random)
        if not len(cues):
            return cue / 100, torch.zeros(())
        given = self.model.roles(hidden, cues, owner).float()
        if self.recipe.sequence:
            role = sequence_loss(given, roles, self.model.transitions)
        else:
            role = nn.functional.cross_entropy(
                given.flatten(0, 1), roles.flatten(), ignore_index=IGNORED, reduction="sum"
            )
        return cue / (10 * len(marked)), role / (16 * len(cues))

    def _name_loss(self, named: Sequence[Named]) -> Tensor:
        scores = self.model.name(self.model.encode(self._batch(named))).float()
        tags = padded([each.tags for each in named], scores.shape[1], IGNORED)
        return nn.functional.cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED
        )

    def _batch(self, examples: Sequence[Marked] | Sequence[Named]) -> dict[str, Tensor]:
        return self._inputs([each.window for each in examples])

    def _inputs(self, held: Sequence[Window]) -> dict[str, Tensor]:
        size = -(-max(map(len, held)) // 64) * 64
        ids = padded([each.ids for each in held], size, 0)
        mask = padded([np.ones(len(each), np.int64) for each in held], size, 0)
        hide = (torch.rand(ids.shape) < self.recipe.masked) & (ids >= FIRST_WORD)
        shapes = padded([each.shapes for each in held], size, 0)
        shapes[torch.rand(len(held)) < self.recipe.shapeless] = 0
        return {
            "ids": ids.masked_fill(hide, MASK),
            "mask": mask,
            "shapes": shapes,
            "quoting": padded([each.quoting for each in held], size, 0),
            "starting": padded([each.starting for each in held], size, 0),
        }

    def _batches(self) -> Iterator[tuple[list[Marked], list[Named]]]:
        return islice(self._all_batches(), self.step, None)

    def _all_batches(self) -> Iterator[tuple[list[Marked], list[Named]]]:
        shuffle, size = random.Random(self.recipe.seed), self.recipe.batch
        names = chain.from_iterable(shuffled(self.named, shuffle, size) for _ in count())
        for _ in range(self.recipe.epochs):
            for at, marked in enumerate(shuffled(self.marked, shuffle, size)):
                yield marked, next(names) if at % self.recipe.names_every == 0 else []


def pairs(
    marked: Sequence[Marked], scores: Tensor, chance: random.Random
) -> tuple[Tensor, Tensor, Tensor]:
    """Annotated cues with their roles, and wrongly found cues without roles."""
    cues, roles, owner = [], [], []
    for row, example in enumerate(marked):
        size = scores.shape[1]
        found = _found(scores[row], example)
        chance.shuffle(found)
        wrong = np.array(found[:3]).reshape(-1, len(example.window))
        nothing = np.where(example.window.heads, 0, IGNORED)[None].repeat(len(wrong), 0)
        both = np.concatenate([example.cues, wrong.astype(bool)])
        cues.append(np.pad(both, ((0, 0), (0, size - both.shape[1]))))
        tags = np.concatenate([example.roles, nothing])
        roles.append(np.pad(tags, ((0, 0), (0, size - tags.shape[1])), constant_values=IGNORED))
        owner += [row] * len(both)
    return (
        torch.from_numpy(np.concatenate(cues)),
        torch.from_numpy(np.concatenate(roles)),
        torch.tensor(owner),
    )


def _found(scores: Tensor, example: Marked) -> list[np.ndarray]:
    """Words that the model takes, or nearly takes, for a cue where there is none."""
    heads = np.flatnonzero(example.window.heads)
    seen = scores[heads].softmax(-1)[:, 1].numpy() > TEMPTING
    gold = example.cues.any(0)
    return [np.arange(len(example.window)) == at for at in heads[seen].tolist() if not gold[at]]


def padded(rows: Sequence[np.ndarray], size: int, fill: int) -> Tensor:
    padded = np.full((len(rows), size), fill, np.int64)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return torch.from_numpy(padded)


def shuffled(
    examples: Sequence[Example], shuffle: random.Random, size: int
) -> Iterator[list[Example]]:
    """Batches of similar lengths, in random order."""
    keyed = sorted(examples, key=lambda each: _pieces(each) + shuffle.random() * 24)
    batches = [keyed[at : at + size] for at in range(0, len(keyed), size)]
    shuffle.shuffle(batches)
    yield from batches


def _pieces(example: Marked | Named | Window) -> int:
    return len(example if isinstance(example, Window) else example.window)


if __name__ == "__main__":
    main()
