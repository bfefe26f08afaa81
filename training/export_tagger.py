"""Turn a trained tagger into the two files that ship: the encoder as ONNX in 8 bits, the heads.

    python -m training.export_tagger runs/tagger/checkpoint.pt --out index/attribution/weights

Wants `onnx` and `onnxscript` (the `training` extra). Word-pieces are kept as one byte a weight with
a scale for each row; matrices are quantised by column, activations as they come (dynamically).
"""

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn

from index.attribution.tagger import HEADS, NETWORK
from index.embedding import bundled_folder
from training.tagger_model import Tagger

INPUTS = ("ids", "mask", "shapes", "quoting", "starting")


class Exported(nn.Module):
    """The encoder of a `Tagger`, written out so that it exports to few and plain operations."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        bert = tagger.encoder
        self.heads = bert.config.num_attention_heads
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer
        self.told = nn.ModuleList([tagger.shape, tagger.quoting, tagger.starting])
        words = bert.embeddings.word_embeddings.weight.detach()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, quoting: Tensor, starting: Tensor
    ) -> Tensor:
        words = self.words[ids].float() * self.scale[ids]
        for table, rows in zip(self.told, (shapes, quoting, starting), strict=True):
            words = words + table(rows)
        kinds = self.embeddings.token_type_embeddings.weight[0]
        places = self.embeddings.position_embeddings.weight[: ids.shape[1]]
        hidden = self.embeddings.LayerNorm(words + kinds + places)
        unseen = (1.0 - mask.float())[:, None, None, :] * -10_000.0
        for layer in self.layers:
            hidden = self._layer(layer, hidden, unseen)
        return hidden

    def _layer(self, layer: nn.Module, hidden: Tensor, unseen: Tensor) -> Tensor:
        mixed = self._attention(layer.attention.self, hidden, unseen)
        output = layer.attention.output
        hidden = output.LayerNorm(output.dense(mixed) + hidden)
        wide = nn.functional.gelu(layer.intermediate.dense(hidden))
        return layer.output.LayerNorm(layer.output.dense(wide) + hidden)

    def _attention(self, part: nn.Module, hidden: Tensor, unseen: Tensor) -> Tensor:
        query, key, value = (
            each(hidden).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for each in (part.query, part.key, part.value)
        )
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5 + unseen
        return (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)


def main() -> None:
    arguments = _arguments()
    tagger = Tagger(bundled_folder(), dropout=0.0)
    state = torch.load(arguments.checkpoint, weights_only=True)
    tagger.load_state_dict(state["average"], strict=False)
    arguments.out.mkdir(parents=True, exist_ok=True)
    export_network(Exported(tagger.eval()), arguments.out / NETWORK.name)
    heads = {k: v for k, v in tagger.state_dict().items() if _is_head(k)}
    save_file({k: v.half().contiguous() for k, v in heads.items()}, arguments.out / HEADS.name)
    (arguments.out / HEADS.name).chmod(0o644)


def export_network(model: nn.Module, path: Path) -> None:
    """Any number of windows, of any length up to 512."""
    example = tuple(torch.ones((2, 16), dtype=torch.int64) for _ in INPUTS)
    axes = {0: torch.export.Dim("windows"), 1: torch.export.Dim("pieces", max=512)}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            whole,
            input_names=INPUTS,
            output_names=["hidden"],
            dynamic_shapes=[axes for _ in INPUTS],
            dynamo=True,
            external_data=False,
        )
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def _is_head(name: str) -> bool:
    return name.partition(".")[0] not in {"encoder", "shape", "quoting", "starting"}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=NETWORK.parent)
    return parser.parse_args()


if __name__ == "__main__":
    main()
