"""Write the shipped tagger or reader with fixed scales for its activations.

    python -m training.fixed_scales tagger tagger.onnx --out index/attribution/weights/tagger.onnx

The input is what `export_tagger` or `export_reader` wrote: weights of 8 bits and a scale for each
call's activations, which OpenVINO computes in 32 bits. With the scales that `quantise_encoder`
fits, here on the sample archive, it computes in 8, and a result depends on nothing that is read
with it. Needs `onnx` (the `training` extra).
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from eval.datasets.loading import load
from index.attribution.tagger.tagger import encoder_inputs
from index.attribution.tagger.windows import windows
from index.documents import Article
from index.neural.embedder import bundled_folder
from index.neural.network import Inputs
from index.neural.word_pieces import FILE, word_pieces
from index.sources.jsonl import read_jsonl
from index.sources.sample import sample_path
from rag.reading.spans import pack
from training.quantise_encoder import Matrix, Quantised, quantised

SMALLEST = 64
"""Outputs of a layer; a smaller one stays in 32 bits, as it costs nothing."""
READ, BESIDE = 3, 220
"""Passages of an article for each question of the sample, and word-pieces of a passage."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A product with weights, and the sum with a bias after it."""

    product: NodeProto
    bias: str

    @property
    def rows(self) -> str:
        return str(self.product.input[0])

    @property
    def weight(self) -> str:
        return str(self.product.input[1])


def plain(model: ModelProto) -> ModelProto:
    """The same network with all its products in 32 bits."""
    arrays = _arrays(model)
    maker = {output: node for node in model.graph.node for output in node.output}
    users = _users(model)
    instead: dict[str, NodeProto] = {}
    gone: set[str] = set()
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        rows, name = maker[node.input[0]].input[0], node.input[1].removesuffix("_quantized")
        [cast] = users[node.output[0]]
        [scaled] = users[cast.output[0]]
        [scales] = [each for each in scaled.input if each != cast.output[0]]
        whole = arrays[node.input[1]].astype(np.float32) - arrays[node.input[3]]
        arrays[name] = np.asarray(whole * arrays[f"{name}_scale"], np.float32)
        gone |= {node.output[0], cast.output[0], scales, *maker[node.input[0]].output}
        instead[scaled.output[0]] = helper.make_node("MatMul", [rows, name], scaled.output)
    nodes = [
        instead.get(node.output[0], node) for node in model.graph.node if node.output[0] not in gone
    ]
    return _model(
        model, _sorted(nodes, {*arrays, *(each.name for each in model.graph.input)}), arrays
    )


def fixed(model: ModelProto, samples: Sequence[Inputs]) -> ModelProto:
    """A plain network with 8 bits on both sides of each product with weights."""
    arrays = _arrays(model)
    found = _layers(model, arrays)
    made: dict[str, list[NodeProto]] = {}
    for rows, activations in _activations(model, list(found), samples).items():
        weights = {layer.weight: arrays[layer.weight].T for layer in found[rows]}
        biases = {layer.weight: arrays[layer.bias] for layer in found[rows]}
        small = quantised(activations, weights, biases)
        before = _reduced(rows, small, arrays)
        for layer in found[rows]:
            arrays[layer.bias] = small.biases[layer.weight]
            made[layer.product.output[0]] = [*before, *_product(layer, small, arrays)]
            before = []
    nodes = [each for node in model.graph.node for each in made.get(node.output[0], [node])]
    return _model(model, nodes, arrays)


def _layers(model: ModelProto, arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, list[Layer]]:
    """By the name of the rows that they multiply."""
    users = _users(model)
    found: dict[str, list[Layer]] = defaultdict(list)
    for node in model.graph.node:
        weight = arrays.get(node.input[1]) if node.op_type == "MatMul" else None
        if weight is not None and weight.shape[1] >= SMALLEST:
            [summed] = users[node.output[0]]
            [bias] = [each for each in summed.input if each in arrays]
            found[node.input[0]].append(Layer(node, bias))
    return found


def _activations(
    model: ModelProto, names: Sequence[str], samples: Iterable[Inputs]
) -> dict[str, Matrix]:
    """(words, inputs) of each name, over all samples."""
    traced = ModelProto()
    traced.CopyFrom(model)
    traced.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    session = onnxruntime.InferenceSession(
        traced.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    asked = {each.name for each in session.get_inputs()}
    found: dict[str, list[Matrix]] = defaultdict(list)
    for sample in samples:
        inputs = {name: rows for name, rows in sample.items() if name in asked}
        for name, rows in zip(names, session.run(names, inputs), strict=True):
            found[name].append(rows.reshape(-1, rows.shape[-1]))
    return {name: np.concatenate(rows) for name, rows in found.items()}


def _reduced(
    rows: str, small: Quantised, arrays: dict[str, NDArray[np.generic]]
) -> list[NodeProto]:
    even, step, zero = f"{rows}.smoothing", f"{rows}.step", f"{rows}.from"
    arrays |= {even: 1 / small.smoothing, step: small.scale, zero: small.zero}
    return [
        helper.make_node("Mul", [rows, even], [f"{rows}.even"]),
        helper.make_node("QuantizeLinear", [f"{rows}.even", step, zero], [f"{rows}.reduced"]),
        helper.make_node("DequantizeLinear", [f"{rows}.reduced", step, zero], [f"{rows}.whole"]),
    ]


def _product(
    layer: Layer, small: Quantised, arrays: dict[str, NDArray[np.generic]]
) -> list[NodeProto]:
    name = layer.weight
    weight, scale = small.weights[name]
    del arrays[name]
    parts = [f"{name}.weight", f"{name}.scale", f"{name}.zero"]
    arrays |= dict(zip(parts, (weight, scale, np.zeros(len(scale), np.int8)), strict=True))
    return [
        helper.make_node("DequantizeLinear", parts, [f"{name}.whole"], axis=1),
        helper.make_node("MatMul", [f"{layer.rows}.whole", f"{name}.whole"], layer.product.output),
    ]


def _model(
    like: ModelProto, nodes: Sequence[NodeProto], arrays: Mapping[str, NDArray[np.generic]]
) -> ModelProto:
    used = {name for node in nodes for name in node.input}
    tensors = [
        numpy_helper.from_array(np.ascontiguousarray(array).reshape(np.shape(array)), name)
        for name, array in arrays.items()
        if name in used
    ]
    graph = helper.make_graph(nodes, like.graph.name, like.graph.input, like.graph.output, tensors)
    return helper.make_model(graph, opset_imports=like.opset_import, ir_version=like.ir_version)


def _sorted(nodes: Sequence[NodeProto], known: set[str]) -> list[NodeProto]:
    """Each after what it needs."""
    found: list[NodeProto] = []
    waiting = list(nodes)
    while waiting:
        ready = [node for node in waiting if known.issuperset(filter(None, node.input))]
        known |= {output for node in ready for output in node.output}
        found += ready
        waiting = [node for node in waiting if not known.issuperset(node.output)]
    return found


def _arrays(model: ModelProto) -> dict[str, NDArray[np.generic]]:
    return {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}


def _users(model: ModelProto) -> dict[str, list[NodeProto]]:
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for node in model.graph.node:
        for name in node.input:
            users[name].append(node)
    return users


def tagged() -> list[Inputs]:
    """What the tagger reads of the sample archive."""
    pieces = word_pieces(bundled_folder() / FILE)
    return [encoder_inputs(each) for article in _sample() for each in windows(article.text, pieces)]


def read() -> list[Inputs]:
    """The questions of the sample, each with passages of an article."""
    pieces = word_pieces(bundled_folder() / FILE)
    texts = [pieces.encode(each.text, add_special_tokens=False).ids for each in _sample()]
    found: list[Inputs] = []
    for number, question in enumerate(load("sample").questions):
        asked = pieces.encode(question.text, add_special_tokens=False).ids
        text = texts[number % len(texts)]
        for start in range(0, min(len(text), READ * BESIDE), BESIDE):
            packed = pack(asked, text[start : start + BESIDE])
            found.append({"ids": packed.ids[None], "kinds": packed.kinds[None]})
    return found


def _sample() -> list[Article]:
    return [item for item in read_jsonl(sample_path()) if isinstance(item, Article)]


SAMPLES: dict[str, Callable[[], list[Inputs]]] = {"tagger": tagged, "reader": read}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("network", choices=SAMPLES)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    made = fixed(plain(onnx.load(arguments.file)), SAMPLES[arguments.network]())
    arguments.out.write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
