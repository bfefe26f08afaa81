r"""Export a trained tagger: the encoder as ONNX, and the heads.

    python -m training.export_tagger runs/small/checkpoint.pt --out runs/small
    python -m training.fixed_scales tagger runs/small/tagger.onnx \
        --out index/attribution/weights/tagger.onnx

Needs `onnx` and `onnxscript` (the `training` extra). Word-pieces have one byte per weight and a
scale for each row; matrices have 32 bits until `fixed_scales` gives them 8.
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from index.attribution.tagger.tagger import HEADS, NETWORK
from index.neural.embedder import bundled_folder
from training.exporting import PlainBert, export
from training.tagger_model import Tagger, layers_of

INPUTS = ("ids", "mask", "shapes", "quoting", "starting")


class Exported(nn.Module):
    """The encoder of a `Tagger`, shape (windows, pieces, hidden)."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.bert = PlainBert(tagger.encoder)
        self.added = nn.ModuleList([tagger.shape, tagger.quoting, tagger.starting])

    def forward(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, quoting: Tensor, starting: Tensor
    ) -> Tensor:
        words = self.bert.embed(ids)
        for table, rows in zip(self.added, (shapes, quoting, starting), strict=True):
            words = words + table(rows)
        kinds = self.bert.embeddings.token_type_embeddings.weight[0]
        unseen = (1.0 - mask.float())[:, None, None, :] * -10_000.0
        return self.bert.encode(words + kinds, unseen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    weights = torch.load(arguments.checkpoint, weights_only=True)["average"]
    tagger = Tagger(bundled_folder(), dropout=0.0, layers=layers_of(weights))
    tagger.load_state_dict(weights, strict=False)
    arguments.out.mkdir(parents=True, exist_ok=True)
    network = arguments.out / NETWORK.name
    export(Exported(tagger.eval()), network, inputs=INPUTS, output="hidden", quantised=False)
    heads = {k: v for k, v in tagger.state_dict().items() if _is_head(k)}
    save_file({k: v.half().contiguous() for k, v in heads.items()}, arguments.out / HEADS.name)
    (arguments.out / HEADS.name).chmod(0o644)


def _is_head(name: str) -> bool:
    return name.partition(".")[0] not in {"encoder", "shape", "quoting", "starting"}


if __name__ == "__main__":
    main()
