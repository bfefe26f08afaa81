"""A training run that is kept as it goes and goes on where it stopped; its weights are averaged."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

LEAST_RATE = 0.02
"""Of the peak, at the end."""


class Resumable:
    """`recipe` is a dataclass with `warmup`, `averaged` and `decay`, and is kept beside the log.

    Every group of weights has its `peak`, the highest learning rate. Whoever inherits counts
    `step` up to `total`.
    """

    def __init__(
        self,
        out: Path,
        recipe: Any,
        model: nn.Module,
        groups: list[dict[str, Any]],
        *,
        total: int,
    ) -> None:
        self.out, self.recipe, self.model, self.total = out, recipe, model, total
        self.optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)
        self.average = self._copied()
        self.step = 0
        out.mkdir(parents=True, exist_ok=True)
        (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1))

    def start_from(self, checkpoint: Path) -> None:
        """Take over the averaged weights of an earlier run, whose steps do not count."""
        state = torch.load(checkpoint, weights_only=True)
        self.model.load_state_dict(state["average"], strict=False)
        self.average = self._copied()

    def _set_rates(self) -> None:
        """Up to the peak, then down in a line."""
        done = self.step / self.total
        warm = min(1.0, done / self.recipe.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * warm * max(LEAST_RATE, 1 - done)

    def _take_step(self) -> None:
        """After the gradients are there."""
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
        state = torch.load(path, weights_only=True)
        self.step, self.average = state["step"], state["average"]
        self.model.load_state_dict(state["model"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self._say(f"resumed at step {self.step}")

    def _say(self, line: str) -> None:
        with (self.out / "log.txt").open("a") as log:
            log.write(f"{time.strftime('%H:%M:%S')} {line}\n")
