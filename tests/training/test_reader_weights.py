"""The weights of a reader: had back from the file that ships, and averaged over runs."""

from pathlib import Path

import numpy as np
import pytest
import torch

from eval.errors import DataError
from index.attribution.tagger import tagger
from index.neural.embedder import bundled_folder
from index.neural.network import NetworkFile
from index.neural.onnxruntime_network import OnnxRuntimeNetwork
from rag.reading.reader import NETWORK
from rag.reading.spans import pack
from training.reader_model import Reader, batch_of, trained

pytestmark = [pytest.mark.real, pytest.mark.slow]


def saved(folder: Path, value: float, *, narrower: int = 0) -> Path:
    reader = Reader(bundled_folder())
    weights = {
        name: torch.full_like(each, value)[: len(each) - narrower]
        for name, each in reader.named_parameters()
        if each.requires_grad
    }
    path = folder / f"{value}.pt"
    torch.save({"step": 1, "optimizer": {}, "model": weights, "average": weights}, path)
    return path


def test_the_reader_that_ships_scores_alike_in_32_bits() -> None:
    pytest.importorskip("onnx", reason="needs the `training` extra")
    from training.shipped_reader import reader_weights

    reader = Reader(bundled_folder())
    reader.load_state_dict(reader_weights(NETWORK), strict=False)
    packed = pack([2040, 5295, 1029], [1996, 3664, 1010, 2198, 3044, 1010, 5295, 1012])
    with torch.no_grad():
        made = torch.stack(reader(batch_of([packed])), 2)[0, : len(packed)].numpy()
    shipped = OnnxRuntimeNetwork(NetworkFile(NETWORK))(
        {"ids": packed.ids[None], "kinds": packed.kinds[None]}
    )[0]

    inside = [0, *range(packed.start, packed.start + packed.size)]
    assert np.abs(made[inside] - shipped[inside]).max() < 1.0
    assert made[inside].argmax(0).tolist() == shipped[inside].argmax(0).tolist()


def test_another_network_gives_no_reader() -> None:
    pytest.importorskip("onnx", reason="needs the `training` extra")
    from training.shipped_reader import reader_weights

    with pytest.raises(DataError, match=r"tagger\.onnx isn't a reader with fixed scales"):
        reader_weights(tagger.NETWORK)


def test_several_runs_give_the_mean_of_their_weights(tmp_path: Path) -> None:
    reader = trained([saved(tmp_path, 1.0), saved(tmp_path, 4.0)])

    assert reader.span.weight.unique().tolist() == [2.5]


def test_a_run_of_another_architecture_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"4\.0\.pt is of another architecture"):
        trained([saved(tmp_path, 1.0), saved(tmp_path, 4.0, narrower=1)])
