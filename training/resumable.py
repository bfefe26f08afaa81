"""A training run that saves checkpoints, resumes from the last one, and averages its weights."""

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.errors import DataError

SAVED_EVERY = 150.0
"""Seconds of training that a stop may cost."""
LEAST_RATE = 0.02
"""Share of the peak learning rate at the end."""


class Resumable:
    """Trains until `step` reaches `total`. A subclass says what a batch is and learns from it.

    `recipe` is a dataclass with `warmup`, `averaged`, `decay` and the highest learning rates:
    `rate` of the model's `encoder`, `head_rate` of its other parts. It is saved beside the log.
    """

    def __init__(self, out: Path, recipe: Any, model: nn.Module, *, total: int) -> None:
        self.out, self.recipe, self.model, self.total = out, recipe, model, total
        named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        slow = [p for name, p in named if name.startswith("encoder.")]
        fast = [p for name, p in named if not name.startswith("encoder.")]
        groups = [
            {"params": slow, "peak": recipe.rate},
            {"params": fast, "peak": recipe.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)
        self.average = self._copied()
        self.step = 0
        out.mkdir(parents=True, exist_ok=True)
        (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1))

    def run(self, *, after: Path | None, limit: int | None) -> None:
        """From its own last checkpoint, else from the averaged weights `after` an earlier run.

        DataError where a checkpoint cannot be used.
        """
        if after and not (self.out / "checkpoint.pt").exists():
            self._start_from(checkpoint(after, self._trained())["average"])
        self._resume()
        started, pieces, losses = time.monotonic(), 0, []
        saved = started
        batches = self._batches()
        end = self.total if limit is None else min(self.total, limit)
        while self.step < end:
            self._set_rates()
            self.optimizer.zero_grad()
            loss, size = self._learn(next(batches))
            self._take_step()
            losses.append(loss)
            pieces += size
            if self.step % 25 == 0:
                means = " ".join(f"{sum(p) / len(p):.4f}" for p in zip(*losses, strict=True))
                rate = pieces / (time.monotonic() - started)
                self._say(f"{self.step}/{self.total} loss {means} pieces/s {rate:.0f}")
                losses = []
            if time.monotonic() - saved > SAVED_EVERY or self.step == end:
                self._save()
                saved = time.monotonic()

    def _start_from(self, weights: Mapping[str, Tensor]) -> None:
        self.model.load_state_dict(weights, strict=False)
        self.average = self._copied()

    def _batches(self) -> Iterator[Any]:
        """From `step` on; the same ones in a resumed run."""
        raise NotImplementedError

    def _learn(self, batch: Any) -> tuple[tuple[float, ...], int]:
        """The losses of the batch, after the backward pass, and its number of word-pieces."""
        raise NotImplementedError

    def _set_rates(self) -> None:
        """Linear warm-up to the peak, then linear decay."""
        done = self.step / self.total
        warm = min(1.0, done / self.recipe.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * warm * max(LEAST_RATE, 1 - done)

    def _take_step(self) -> None:
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.recipe.averaged, self.step / (self.step + 10))
        for key, value in self._trained().items():
            self.average[key].lerp_(value, 1 - keep)

    def _trained(self) -> dict[str, Tensor]:
        return {k: p.detach() for k, p in self.model.named_parameters() if p.requires_grad}

    def _copied(self) -> dict[str, Tensor]:
        return {k: v.clone() for k, v in self._trained().items()}

    def _save(self) -> None:
        aside = self.out / "checkpoint.part"
        state = {
            "step": self.step,
            "model": self._trained(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, aside)
        aside.replace(self.out / "checkpoint.pt")

    def _resume(self) -> None:
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        state = checkpoint(path, self._trained())
        self.step, self.average = state["step"], state["average"]
        self.model.load_state_dict(state["model"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self._say(f"resumed at step {self.step}")

    def _say(self, line: str) -> None:
        with (self.out / "log.txt").open("a") as log:
            log.write(f"{time.strftime('%H:%M:%S')} {line}\n")


def checkpoint(path: Path, wanted: Mapping[str, Tensor]) -> dict[str, Any]:
    """What `Resumable` saved of a network whose trained weights are like those `wanted`."""
    try:
        state = torch.load(path, weights_only=True)
        found = {"model": state["model"], "average": state["average"]}
        state["step"], state["optimizer"]
    except Exception as error:
        raise DataError(
            f"{path} cannot be read as a checkpoint ({type(error).__name__}: {error}). It may be "
            "cut short: delete it to begin again, or give another one."
        ) from error
    for weights in found.values():
        check_weights(weights, wanted, path)
    return dict(state)


def check_weights(found: Mapping[str, Tensor], wanted: Mapping[str, Tensor], path: Path) -> None:
    """DataError where a network has other weights than `wanted`, by name and shape."""
    shapes = [{name: tuple(each.shape) for name, each in some.items()} for some in (found, wanted)]
    if shapes[0] == shapes[1]:
        return
    name = min(name for name, _ in shapes[0].items() ^ shapes[1].items())
    has, needs = (of.get(name, "nothing") for of in shapes)
    raise DataError(
        f"{path} is of another architecture: {name} has the shape {has}; expected {needs}. "
        "Give a checkpoint of the network that is trained here."
    )


def arguments_of(description: str, recipe: Any) -> argparse.ArgumentParser:
    """The options of every training run; `recipe` has the defaults."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder of the annotated texts")
    parser.add_argument("--out", type=Path, required=True, help="checkpoints and log")
    parser.add_argument("--after", type=Path, help="an earlier run's checkpoint, to continue from")
    parser.add_argument("--epochs", type=type(recipe.epochs), default=recipe.epochs)
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--steps", type=int, help="stop after N steps, to continue later")
    return parser
