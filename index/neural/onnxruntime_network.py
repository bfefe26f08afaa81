"""A trained network run by ONNX Runtime. The only module that imports onnxruntime."""

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.neural.network import Engine, Inputs, NetworkFile

WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"
"""ONNX Runtime's setting for the weights of a network given as bytes."""

SLOWER = "SkipLayerNormFusion"
"""Fuses an addition and a normalisation, which takes four times as long as the two (ONNX Runtime
1.32): a fifth of the time of a whole network."""


class OnnxRuntimeNetwork:
    """Each call runs on its caller's thread, so any number run at the same time."""

    def __init__(self, file: NetworkFile) -> None:
        import onnxruntime  # noqa: PLC0415  a tenth of a second that only its users should pay

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            if file.weights:
                # It refuses weights behind a link, so it gets their real location.
                folder = file.weights.resolve().parent
                options.add_session_config_entry(WEIGHTS_FOLDER, str(folder))
            self._session = onnxruntime.InferenceSession(
                file.graph.read_bytes() if file.weights else str(file.graph),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=[SLOWER],
            )
        except Exception as error:
            raise ModelError(
                f"{file.graph} cannot be read as a network ({error}). Install onrecord again."
            ) from error

    def __call__(self, inputs: Inputs) -> NDArray[np.float32]:
        [output] = self._session.run(None, dict(inputs))
        return np.asarray(output, np.float32)


ONNX_RUNTIME = Engine(
    "onnxruntime", lambda: version("onnxruntime"), lambda file, _: OnnxRuntimeNetwork(file)
)
