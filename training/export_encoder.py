"""Write the bundled sentence encoder as an ONNX graph whose weights stay in their own package.

    python -m training.export_encoder

Needs `onnx` (the `training` extra). The architecture is BERT's (Devlin et al. 2019,
arXiv:1810.04805) with the mean of the states as in Sentence-BERT (Reimers and Gurevych 2019,
arXiv:1908.10084), for one text at a time. The graph names every weight by its
offset in `model.safetensors`, which is raw float32 after a header, so no weight is shipped twice.
It uses standard ONNX operations only: ONNX Runtime's own are no faster here.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from index.neural.embedder import bundled_folder
from index.neural.sentence_encoder import DIMENSIONS, GRAPH, INPUT, WEIGHTS

OPSET = 20
"""The first version with Gelu."""
FORMAT = 10


class Graph:
    """Collects operations in the order added; each method returns the name of its output."""

    def __init__(self, weights: Path) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: dict[str, TensorProto] = {}
        self._file = weights.name
        self._stored = stored(weights)

    def apply(self, operation: str, *inputs: str, **attributes: Any) -> str:
        output = f"{operation}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output

    def constant(self, value: float | list[int]) -> str:
        array = np.array(value, np.float32 if isinstance(value, float) else np.int64)
        return self._keep(numpy_helper.from_array(array, f"constant.{value}"))

    def weight(self, name: str) -> str:
        """By its name in the file."""
        shape, offset, length = self._stored[name]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self._file), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        return self._keep(tensor)

    def lookup(self, name: str, rows: str) -> str:
        """Rows of a table of weights."""
        return self.apply("Gather", self.weight(name), rows)

    def linear(self, rows: str, name: str) -> str:
        weight, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.apply("Gemm", rows, weight, bias, transB=1)

    def _keep(self, tensor: TensorProto) -> str:
        self.tensors[tensor.name] = tensor
        return tensor.name


def stored(weights: Path) -> dict[str, tuple[list[int], int, int]]:
    """Shape, offset and length of each tensor; the file has 8 bytes of length, JSON and data."""
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    return {
        name: (entry["shape"], 8 + length + start, end - start)
        for name, entry in header.items()
        for start, end in [entry["data_offsets"]]
        if entry["dtype"] == "F32"
    }


def model(folder: Path, graph: Graph, outputs: Sequence[str] = ()) -> ModelProto:
    """Word-pieces (pieces,) -> a unit vector (dimensions,), and the named inner outputs."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if (config["model_type"], config["hidden_act"]) != ("bert", "gelu"):
        raise SystemExit(f"{folder} holds {config['model_type']!r}; expected BERT with gelu.")
    hidden = embeddings(graph, config)
    for number in range(config["num_hidden_layers"]):
        hidden = layer(graph, config, hidden, f"encoder.layer.{number}")
    mean = graph.apply("ReduceMean", hidden, graph.constant([0]), keepdims=0)
    vector = graph.apply("LpNormalization", mean, axis=0, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentence encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["count"])],
            [
                helper.make_tensor_value_info(vector, TensorProto.FLOAT, [DIMENSIONS]),
                *(helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs),
            ],
            list(graph.tensors.values()),
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=FORMAT,
    )


def embeddings(graph: Graph, config: Mapping[str, Any]) -> str:
    table = "embeddings.{}_embeddings.weight".format
    first = graph.constant([0])
    words = graph.lookup(table("word"), INPUT)
    count = graph.apply("Shape", INPUT)
    places = graph.apply("Slice", graph.weight(table("position")), first, count, first)
    kind = graph.apply("Gather", graph.weight(table("token_type")), first)
    summed = graph.apply("Add", graph.apply("Add", words, kind), places)
    return layer_norm(graph, config, summed, "embeddings.LayerNorm")


def layer(graph: Graph, config: Mapping[str, Any], hidden: str, name: str) -> str:
    mixed = attention(graph, config, hidden, f"{name}.attention.self")
    attended = graph.apply("Add", hidden, graph.linear(mixed, f"{name}.attention.output.dense"))
    hidden = layer_norm(graph, config, attended, f"{name}.attention.output.LayerNorm")
    wide = graph.apply("Gelu", graph.linear(hidden, f"{name}.intermediate.dense"))
    narrow = graph.apply("Add", hidden, graph.linear(wide, f"{name}.output.dense"))
    return layer_norm(graph, config, narrow, f"{name}.output.LayerNorm")


def attention(graph: Graph, config: Mapping[str, Any], hidden: str, name: str) -> str:
    heads, width = config["num_attention_heads"], config["hidden_size"]
    split, joined = graph.constant([-1, heads, width // heads]), graph.constant([-1, width])
    query, key, value = (
        graph.apply("Reshape", graph.linear(hidden, f"{name}.{part}"), split)
        for part in ("query", "key", "value")
    )
    by_head = graph.apply("Transpose", query, perm=[1, 0, 2])
    scores = graph.apply("MatMul", by_head, graph.apply("Transpose", key, perm=[1, 2, 0]))
    scaled = graph.apply("Mul", scores, graph.constant(float((width // heads) ** -0.5)))
    values = graph.apply("Transpose", value, perm=[1, 0, 2])
    mixed = graph.apply("MatMul", graph.apply("Softmax", scaled, axis=-1), values)
    return graph.apply("Reshape", graph.apply("Transpose", mixed, perm=[1, 0, 2]), joined)


def layer_norm(graph: Graph, config: Mapping[str, Any], rows: str, name: str) -> str:
    scale, shift = graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias")
    epsilon = config["layer_norm_eps"]
    return graph.apply("LayerNormalization", rows, scale, shift, axis=-1, epsilon=epsilon)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=GRAPH)
    folder = bundled_folder()
    made = model(folder, Graph(folder / WEIGHTS)).SerializeToString(deterministic=True)
    parser.parse_args().out.write_bytes(made)


if __name__ == "__main__":
    main()
