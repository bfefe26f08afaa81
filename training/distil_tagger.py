r"""Distil an attribution tagger of fewer layers from one of six: resumable, about 30 minutes.

    export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
    python -m training.distil_tagger ../shared/data --teacher runs/six --out runs/states --steps 420
    python -m training.distil_tagger ../shared/data --teacher runs/six --out runs/small \
        --after runs/states/checkpoint.pt

The first run learns the states of the teacher's last layer (Jiao et al. 2020, arXiv:1909.10351) and
what its heads make of them; the second the annotations too, as `training.train_tagger` does, and
the roles that the teacher gives. The teacher is a folder with a shipped network and its heads; what
it computes is kept in `taught.f16` beside `--out`. Needs `onnx` (the `training` extra).
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from index.attribution.tagger.tagger import HEADS, NETWORK, encoder_inputs
from index.attribution.tagger.windows import Window, windows
from index.neural.embedder import bundled_folder
from index.neural.engine_choice import MOST_DIFFERENT_IN_8_BITS, fastest_network
from index.neural.network import NetworkFile
from index.neural.word_pieces import FILE, word_pieces
from training.resumable import arguments_of
from training.shipped_tagger import shipped_tagger
from training.tagger_data import IGNORED, Marked, Named
from training.tagger_model import sequence_loss
from training.train_tagger import Recipe, Trainer, padded, pairs, shuffled

LAYERS = {3: (0, 4, 5), 4: (0, 2, 4, 5)}
"""Those of the shipped six to start from: together they come nearest to all six, untrained."""
WIKINEWS = ("qanom", "qadiscourse")
HIDDEN = 384
TOGETHER = 60
"""Sentences read as one text, a paragraph each."""


@dataclass(frozen=True, slots=True)
class DistillationRecipe(Recipe):
    epochs: int = 1
    batch: int = 8
    layers: int = 4
    rate: float = 4e-4
    head_rate: float = 1e-4
    dropout: float = 0.0
    masked: float = 0.0
    shapeless: float = 0.0
    averaged: float = 0.995
    sequence: bool = True


class Taught:
    """The states that the teacher computes of windows, kept in a file of 16 bits.

    They are computed when first asked for: rows of zeros are still missing.
    """

    def __init__(self, network: Path, held: Sequence[Window], path: Path) -> None:
        ends = np.cumsum([len(each) for each in held])
        self._places = {
            id(each): (int(end) - len(each), int(end)) for each, end in zip(held, ends, strict=True)
        }
        self._encoder = fastest_network(
            NetworkFile(network),
            encoder_inputs(max(held, key=len)),
            most_different=MOST_DIFFERENT_IN_8_BITS,
        )
        mode: Literal["r+", "w+"] = "r+" if path.exists() else "w+"
        self._states = np.memmap(path, np.float16, mode, shape=(int(ends[-1]), HIDDEN))

    def __call__(self, held: Sequence[Window], size: int) -> Tensor:
        """(windows, size, hidden), with zeros behind the shorter ones."""
        together = np.zeros((len(held), size, HIDDEN), np.float32)
        for row, each in enumerate(held):
            first, last = self._places[id(each)]
            if not self._states[first].any():
                self._states[first:last] = self._encoder(encoder_inputs(each))[0]
            together[row, : last - first] = self._states[first:last]
        return torch.from_numpy(together)


class Distillation(Trainer):
    """Of states alone."""

    def __init__(self, data: Path, out: Path, recipe: DistillationRecipe, teacher: Path) -> None:
        network, heads = teacher / NETWORK.name, teacher / HEADS.name
        model = shipped_tagger(network, heads, LAYERS[recipe.layers]).train()
        model.dropout.p = recipe.dropout
        super().__init__(data / "attribution", out, recipe, model)
        self.teacher = shipped_tagger(network, heads)
        self.unmarked = list(_wikinews(data / "reading_more"))
        held = [each.window for each in (*self.marked, *self.named)] + self.unmarked
        self.held = held
        self.taught = Taught(network, held, out.parent / "taught.f16")
        self.total = self._count()

    def _count(self) -> int:
        return -(-len(self.held) // self.recipe.batch) * self.recipe.epochs

    def _all_batches(self) -> Iterator[list[Window]]:
        chance = random.Random(self.recipe.seed)
        for _ in range(self.recipe.epochs):
            yield from shuffled(self.held, chance, self.recipe.batch)

    def _learn(self, batch: list[Window]) -> tuple[tuple[float, ...], int]:
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.model.encode(self._inputs(batch))
            losses = self._imitation(batch, hidden)
            sum(losses).backward()
        return tuple(each.item() for each in losses), sum(map(len, batch))

    def _imitation(self, batch: Sequence[Window], hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """How far states, cues and names are from the teacher's, over words and pieces."""
        size = hidden.shape[1]
        taught = self.taught(batch, size)
        read = padded([np.ones(len(each), np.int64) for each in batch], size, 0).bool()
        heads = padded([each.heads.astype(np.int64) for each in batch], size, 0).bool()
        mine, yours = hidden.float()[read], taught[read]
        apart = 1 - torch.cosine_similarity(mine, yours, dim=-1)
        states = nn.functional.mse_loss(mine, yours) + apart.mean()
        mine, yours = hidden.float()[heads], taught[heads]
        return (
            states,
            _divergence(self.model.cue(mine), self.teacher.cue(yours)),
            _divergence(self.model.name(mine), self.teacher.name(yours)),
        )


class Finishing(Distillation):
    """Of the annotations, the teacher's states and the roles that its heads give."""

    def _count(self) -> int:
        return -(-len(self.marked) // self.recipe.batch) * self.recipe.epochs

    _all_batches = Trainer._all_batches

    def _learn(self, batch: tuple[list[Marked], list[Named]]) -> tuple[tuple[float, ...], int]:
        marked, named = batch
        held = [each.window for each in marked]
        with torch.autocast("cpu", torch.bfloat16):
            inputs = self._inputs(held)
            hidden = self.model.encode(inputs)
            states, cues, names = self._imitation(held, hidden)
            cue, role, taught = self._gold(marked, hidden)
            name = self._name_loss(named) if named else torch.zeros(())
            gold = cue + role + 0.5 * name
            (gold + taught + states + 2 * cues + names).backward()
        losses = (cue, role, name, taught, states, cues, names)
        return tuple(each.item() for each in losses), sum(map(len, held))

    def _gold(self, marked: Sequence[Marked], hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The losses of cues and of roles, and how far roles are from the teacher's."""
        scores = self.model.cue(hidden).float()
        tags = padded([each.cue_tags for each in marked], scores.shape[1], IGNORED)
        cue = nn.functional.cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        cues, roles, owner = pairs(marked, scores.detach(), self.random)
        if not len(cues):
            return cue / 100, torch.zeros(()), torch.zeros(())
        given = self.model.roles(hidden, cues, owner).float()
        role = sequence_loss(given, roles, self.model.transitions)
        with torch.no_grad():
            taught = self.taught([each.window for each in marked], hidden.shape[1])
            theirs = self.teacher.roles(taught, cues, owner).float()
        words = roles >= 0
        near = _divergence(given[words], theirs[words])
        return cue / (10 * len(marked)), role / (16 * len(cues)), 5 * near


def _divergence(mine: Tensor, yours: Tensor) -> Tensor:
    """Kullback and Leibler's, of the labels' probabilities, over rows of scores."""
    return nn.functional.kl_div(
        mine.float().log_softmax(-1),
        yours.float().log_softmax(-1),
        reduction="batchmean",
        log_target=True,
    )


def _wikinews(folder: Path) -> Iterator[Window]:
    """Sentences of news, some after each other, as the paragraphs of a text."""
    tokenizer = word_pieces(bundled_folder() / FILE)
    for name in WIKINEWS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt") as lines:
            sentences = iter(dict.fromkeys(json.loads(line)["context"] for line in lines))
        while some := list(islice(sentences, TOGETHER)):
            yield from windows("\n".join(" ".join(each.split()) for each in some), tokenizer)


def main() -> None:
    parser = arguments_of(__doc__ or "", DistillationRecipe())
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of its network")
    parser.add_argument("--layers", type=int, choices=LAYERS, default=DistillationRecipe().layers)
    parser.add_argument("--total", type=int, help="the step at which rates end, if not by epochs")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    recipe = DistillationRecipe(
        epochs=arguments.epochs, seed=arguments.seed, layers=arguments.layers
    )
    if arguments.after:
        recipe = replace(recipe, rate=2.5e-4, head_rate=3e-4, shapeless=0.05)
    kind = Finishing if arguments.after else Distillation
    trainer = kind(arguments.data, arguments.out, recipe, arguments.teacher)
    trainer.total = arguments.total or trainer.total
    trainer.run(after=arguments.after, limit=arguments.steps)


if __name__ == "__main__":
    main()
