"""Training that is interrupted ends as if it had not been; a bad checkpoint is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import torch
from torch import nn

from eval.errors import DataError
from training.resumable import Resumable

STEPS = 12


@dataclass(frozen=True, slots=True)
class SmallRecipe:
    rate: float = 0.01
    head_rate: float = 0.1
    warmup: float = 0.2
    decay: float = 0.01
    averaged: float = 0.9


class SmallTraining(Resumable):
    """Learns to add, from batches that depend on the step alone."""

    def __init__(self, out: Path, width: int = 3) -> None:
        torch.manual_seed(1)
        model = nn.ModuleDict({"encoder": nn.Linear(width, 4), "head": nn.Linear(4, 1)})
        super().__init__(out, SmallRecipe(), model, total=STEPS)

    def _batches(self) -> Iterator[torch.Tensor]:
        for step in count(self.step):
            yield torch.randn(8, 3, generator=torch.Generator().manual_seed(step))

    def _learn(self, batch: torch.Tensor) -> tuple[tuple[float, ...], int]:
        made = self.model["head"](self.model["encoder"](batch))
        loss = ((made.squeeze(1) - batch.sum(1)) ** 2).mean()
        loss.backward()
        return (loss.item(),), len(batch)


def weights(path: Path) -> list[float]:
    state = torch.load(path / "checkpoint.pt", weights_only=True)
    return [value for each in state["average"].values() for value in each.flatten().tolist()]


def test_a_run_in_two_parts_ends_where_a_whole_one_does(tmp_path: Path) -> None:
    SmallTraining(tmp_path / "whole").run(after=None, limit=None)
    SmallTraining(tmp_path / "parts").run(after=None, limit=5)
    SmallTraining(tmp_path / "parts").run(after=None, limit=None)

    assert weights(tmp_path / "parts") == pytest.approx(weights(tmp_path / "whole"), rel=1e-6)


def test_a_run_begins_with_the_averaged_weights_of_another(tmp_path: Path) -> None:
    SmallTraining(tmp_path / "first").run(after=None, limit=None)
    after = tmp_path / "first" / "checkpoint.pt"

    second = SmallTraining(tmp_path / "second")
    second.run(after=after, limit=0)

    started = [value for each in second.average.values() for value in each.flatten().tolist()]
    assert started == weights(tmp_path / "first")


def test_its_own_checkpoint_comes_before_the_one_to_begin_with(tmp_path: Path) -> None:
    SmallTraining(tmp_path / "own").run(after=None, limit=5)

    resumed = SmallTraining(tmp_path / "own")
    resumed.run(after=tmp_path / "missing.pt", limit=6)

    assert resumed.step == 6


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_checkpoint_cut_short_is_named(tmp_path: Path, share: float) -> None:
    SmallTraining(tmp_path).run(after=None, limit=5)
    path = tmp_path / "checkpoint.pt"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(DataError, match=r"checkpoint\.pt cannot be read .*cut short: delete it"):
        SmallTraining(tmp_path).run(after=None, limit=None)


def test_a_checkpoint_without_its_parts_is_named(tmp_path: Path) -> None:
    torch.save({"step": 3}, tmp_path / "checkpoint.pt")

    with pytest.raises(DataError, match=r"cannot be read as a checkpoint \(KeyError: 'model'\)"):
        SmallTraining(tmp_path).run(after=None, limit=None)


def test_a_checkpoint_of_another_architecture_is_named(tmp_path: Path) -> None:
    SmallTraining(tmp_path / "wide", width=5)._save()

    with pytest.raises(
        DataError, match=r"another architecture: encoder\.weight .*\(4, 5\).*\(4, 3\)"
    ):
        SmallTraining(tmp_path / "own").run(after=tmp_path / "wide" / "checkpoint.pt", limit=1)
