"""A shipped tagger as weights in 32 bits, to distil smaller ones from: the file keeps 8."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, numpy_helper
from safetensors.torch import load_file
from torch import Tensor

from index.neural.embedder import bundled_folder
from training.tagger_model import LAYER, LAYERS, Tagger

ADDED = ("shape", "quoting", "starting")
KEPT = ("layers.", "told.", "added.", "embeddings.position", "embeddings.LayerNorm")
Arrays = Mapping[str, NDArray[np.generic]]


def shipped_tagger(network: Path, heads: Path, layers: Sequence[int] = range(LAYERS)) -> Tagger:
    """With these of its layers, in 32 bits; what rounding to 8 took away stays away."""
    tagger = Tagger(bundled_folder(), dropout=0.0, layers=len(layers))
    weights = {**_only(layers, encoder_weights(onnx.load(network))), **load_file(heads)}
    missing, unknown = tagger.load_state_dict(
        {name: array.float() for name, array in weights.items()}, strict=False
    )
    left = [name for name in missing if not name.startswith("encoder.embeddings.")]
    if left or unknown:
        raise ValueError(f"The network lacks {left} and has too much: {unknown}.")
    return tagger.eval()


def _only(layers: Sequence[int], weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The other layers left out, and these counted from 0."""
    found = {}
    for name, array in weights.items():
        number, _, rest = name.removeprefix(LAYER).partition(".")
        if not name.startswith(LAYER):
            found[name] = array
        elif int(number) in layers:
            found[f"{LAYER}{layers.index(int(number))}.{rest}"] = array
    return found


def encoder_weights(model: ModelProto) -> dict[str, Tensor]:
    """By the names in `Tagger`, without the embeddings of word-pieces, which were never trained."""
    arrays = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    found = {_named(name): array for name, array in arrays.items() if name.startswith(KEPT)}
    maker = {output: node for node in model.graph.node for output in node.output}
    for node in model.graph.node:
        bias = next((each for each in node.input if each.endswith(".bias")), "")
        if node.op_type == "Add" and bias.startswith("layers."):
            [product] = [maker[each] for each in node.input if each != bias]
            found[_named(bias).removesuffix("bias") + "weight"] = _weight(product, maker, arrays)
    return {name: torch.from_numpy(np.array(array)) for name, array in found.items()}


def _named(name: str) -> str:
    head, _, rest = name.partition(".")
    if head in {"told", "added"}:
        number, _, rest = rest.partition(".")
        return f"{ADDED[int(number)]}.{rest}"
    return f"{LAYER}{rest}" if head == "layers" else f"encoder.{name}"


def _weight(
    product: NodeProto, maker: Mapping[str, NodeProto], arrays: Arrays
) -> NDArray[np.float32]:
    """(outputs, inputs) of a product in 8 bits, without the smoothing of `fixed_scales`."""
    weight, scale, _ = (arrays[each] for each in maker[product.input[1]].input)
    rows = product.input[0].removesuffix(".whole")
    whole = weight.astype(np.float32) * scale * arrays[f"{rows}.smoothing"][:, None]
    return np.ascontiguousarray(whole.T, dtype=np.float32)
