"""A trained network as a file of ONNX, run on the CPU. The one home of onnxruntime."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError


class Network:
    """Safe to use from many threads; each call takes at most `threads` cores."""

    def __init__(self, path: Path, *, threads: int) -> None:
        import onnxruntime  # noqa: PLC0415  a tenth of a second that only a build should pay

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise ModelError(
                f"{path} cannot be read as a network ({error}). Install onrecord again."
            ) from error

    def __call__(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The network's only output."""
        [output] = self._session.run(None, dict(inputs))
        return np.asarray(output, np.float32)
