"""A training run that saves checkpoints, resumes from the last one, and averages its weights."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

LEAST_RATE = 0.02
"""Share of the peak learning rate at the end."""


class Resumable:
    """`recipe` is a dataclass with `warmup`, `averaged` and `decay`; it is saved beside the log.

    Every parameter group has its `peak`, the highest learning rate. A subclass trains until `step`
    reaches `total`.
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
        """Start from the averaged weights of an earlier run, at step 0."""
        state = torch.load(checkpoint, weights_only=True)
        self.model.load_state_dict(state["average"], strict=False)
        self.average = self._copied()

    def _set_rates(self) -> None:
        """Linear warm-up to the peak, then linear decay."""
        done = self.step / self.total
        warm = min(1.0, done / self.recipe.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * warm * max(LEAST_RATE, 1 - done)

    def _take_step(self) -> None:
        """Call after the backward pass."""
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
