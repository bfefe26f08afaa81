"""Shared by the exports: BERT in few plain operations, and quantisation to 8 bits."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

LONGEST = 512


class PlainBert(nn.Module):
    """BERT in operations that export well; word-piece embeddings are int8, scaled by row."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.heads = bert.config.num_attention_heads
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer
        words = bert.embeddings.word_embeddings.weight.detach()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def embed(self, ids: Tensor) -> Tensor:
        """Embeddings of word-pieces alone, without positions and token types."""
        return self.words[ids].float() * self.scale[ids]

    def encode(self, summed: Tensor, unseen: Tensor | None = None) -> Tensor:
        """`summed`: all embeddings but positions; `unseen` is added to the attention scores."""
        places = self.embeddings.position_embeddings.weight[: summed.shape[1]]
        hidden = self.embeddings.LayerNorm(summed + places)
        for layer in self.layers:
            hidden = self._layer(layer, hidden, unseen)
        return hidden

    def _layer(self, layer: nn.Module, hidden: Tensor, unseen: Tensor | None) -> Tensor:
        mixed = self._attention(layer.attention.self, hidden, unseen)
        output = layer.attention.output
        hidden = output.LayerNorm(output.dense(mixed) + hidden)
        wide = nn.functional.gelu(layer.intermediate.dense(hidden))
        return layer.output.LayerNorm(layer.output.dense(wide) + hidden)

    def _attention(self, part: nn.Module, hidden: Tensor, unseen: Tensor | None) -> Tensor:
        query, key, value = (
            each(hidden).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for each in (part.query, part.key, part.value)
        )
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        scores = scores if unseen is None else scores + unseen
        return (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)


def export(
    model: nn.Module, path: Path, *, inputs: Sequence[str], output: str, quantised: bool = True
) -> None:
    """For any number of rows up to LONGEST pieces; matrices quantised by column, or in 32 bits."""
    example = tuple(torch.ones((2, 16), dtype=torch.int64) for _ in inputs)
    axes = {0: torch.export.Dim("windows"), 1: torch.export.Dim("pieces", max=LONGEST)}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            whole,
            input_names=list(inputs),
            output_names=[output],
            dynamic_shapes=[axes for _ in inputs],
            dynamo=True,
            external_data=False,
        )
        if not quantised:
            path.write_bytes(whole.read_bytes())
            return
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
