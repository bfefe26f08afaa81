"""A trained network in an ONNX file, run on the CPU. The only module that imports onnxruntime."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"
"""ONNX Runtime's setting for the weights of a network given as bytes."""


SLOWER = "SkipLayerNormFusion"
"""Fuses an addition and a normalisation, which takes four times as long as the two (ONNX Runtime
1.32): a fifth of the time of a whole network."""


class Network:
    """Safe to use from many threads; each call takes at most `threads` cores."""

    def __init__(self, path: Path, *, threads: int, weights: Path | None = None) -> None:
        """`weights`: the folder of external weights, for a network without its own."""
        import onnxruntime  # noqa: PLC0415  a tenth of a second that only its users should pay

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        if weights:
            options.add_session_config_entry(WEIGHTS_FOLDER, str(weights))
        try:
            self._session = onnxruntime.InferenceSession(
                path.read_bytes() if weights else str(path),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=[SLOWER],
            )
        except Exception as error:
            raise ModelError(
                f"{path} cannot be read as a network ({error}). Install onrecord again."
            ) from error

    def __call__(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The network's only output."""
        [output] = self._session.run(None, dict(inputs))
        return np.asarray(output, np.float32)
