"""A shipped reader as weights in 32 bits, to train on from: the file keeps 8."""

from pathlib import Path

import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import Tensor

from eval.errors import DataError
from training.shipped_tagger import encoder_weights

HEAD = "bert."
KINDS, BIAS = "kinds.weight", "span.bias"


def reader_weights(network: Path) -> dict[str, Tensor]:
    """By the names in `reader_model.Reader`, without the embeddings of word-pieces.

    DataError where the file is no reader.
    """
    try:
        model = onnx.load(network)
        return {**encoder_weights(_without_head(model)), **_own(model)}
    except Exception as error:
        raise DataError(
            f"{network} isn't a reader with fixed scales ({type(error).__name__}: {error}). "
            "Give the file that training/fixed_scales.py wrote for a reader."
        ) from error


def _without_head(model: ModelProto) -> ModelProto:
    """The encoder's names as a tagger has them."""
    renamed = ModelProto()
    renamed.CopyFrom(model)
    for array in renamed.graph.initializer:
        array.name = array.name.removeprefix(HEAD)
    for node in renamed.graph.node:
        node.input[:] = [name.removeprefix(HEAD) for name in node.input]
    return renamed


def _own(model: ModelProto) -> dict[str, Tensor]:
    """Token types and span scores."""
    arrays = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    made = {output: node for node in model.graph.node for output in node.output}
    [added] = [node for node in model.graph.node if BIAS in node.input]
    [product] = [made[name] for name in added.input if name != BIAS]
    found = {
        "encoder.embeddings.token_type_embeddings.weight": arrays[KINDS],
        "span.weight": arrays[product.input[1]].T,
        BIAS: arrays[BIAS],
    }
    return {name: torch.from_numpy(array.copy()) for name, array in found.items()}
