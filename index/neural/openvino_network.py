"""A trained network run by OpenVINO. The only module that imports openvino."""

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from queue import LifoQueue
from types import ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.neural.mapped_pages import give_back
from index.neural.network import Engine, Inputs, NetworkFile

Precision = Literal["bf16", "f32"]
DEVICE = "CPU"
TELEMETRY = "openvino_telemetry"
_FIRST, _CALLED = threading.Lock(), threading.Event()
"""The first call in a process is made alone. OpenVINO's binding fills tables in it; two threads at
once wait for each other for ever, one with the interpreter's lock and one with the table's."""


class OpenVinoNetwork:
    """`calls` run at the same time, each on one core; further ones wait.

    A call raises ModelError if this processor lacks an operation.
    """

    def __init__(self, file: NetworkFile, calls: int, precision: Precision) -> None:
        """ModelError where OpenVINO, this precision on this processor, or the file is missing."""
        try:
            core = _openvino().Core()
            _check_precision(core, precision)
            compiled, self._read_from = _compiled(core, file, calls, precision)
            self._called = False
            self._requests: LifoQueue[Any] = LifoQueue()
            for _ in range(calls):
                self._requests.put(compiled.create_infer_request())
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(f"OpenVINO cannot run {file.graph} ({error}).") from error

    def __call__(self, inputs: Inputs) -> NDArray[np.float32]:
        if self._called:
            return self._run(inputs)
        output = self._first_in_process(inputs)
        self._called = True
        give_back(self._read_from)  # OpenVINO has weights of its own now, and keeps these mapped
        return output

    def _first_in_process(self, inputs: Inputs) -> NDArray[np.float32]:
        if _CALLED.is_set():
            return self._run(inputs)
        with _FIRST:
            output = self._run(inputs)
            _CALLED.set()
            return output

    def _run(self, inputs: Inputs) -> NDArray[np.float32]:
        with self._request() as request:
            try:
                request.infer(dict(inputs))
            except RuntimeError as error:  # some operations are only found missing here
                raise ModelError(f"OpenVINO cannot run this network here ({error}).") from error
            return np.array(request.get_output_tensor(0).data, np.float32)  # it is overwritten next

    @contextmanager
    def _request(self) -> Iterator[Any]:
        """The one used last, so that few threads share few buffers."""
        request = self._requests.get()
        try:
            yield request
        finally:
            self._requests.put(request)


def _openvino() -> ModuleType:
    """Imported without its telemetry, which would tell Google Analytics of every start."""
    kept = sys.modules.get(TELEMETRY)
    sys.modules[TELEMETRY] = None  # type: ignore[assignment]  # an import of it fails
    try:
        import openvino  # noqa: PLC0415  a tenth of a second that only its users should pay

        return openvino  # type: ignore[no-any-return]
    finally:
        sys.modules.pop(TELEMETRY)
        if kept:
            sys.modules[TELEMETRY] = kept


def _check_precision(core: Any, precision: Precision) -> None:
    """Without the processor's own bfloat16, OpenVINO would imitate it, slower than 32 bits."""
    able = core.get_property(DEVICE, "OPTIMIZATION_CAPABILITIES")
    if precision == "bf16" and "BF16" not in able:
        raise ModelError("This processor does not compute in bfloat16.")


def _compiled(core: Any, file: NetworkFile, calls: int, precision: Precision) -> tuple[Any, Path]:
    """And the folder that its files were read from."""
    settings = {
        "NUM_STREAMS": calls,
        "INFERENCE_NUM_THREADS": calls,
        "INFERENCE_PRECISION_HINT": precision,
        "ENABLE_CPU_PINNING": False,  # other processes may be pinned to the same cores
    }
    with _beside_weights(file) as graph:
        return core.compile_model(core.read_model(graph), DEVICE, settings), graph.parent


@contextmanager
def _beside_weights(file: NetworkFile) -> Iterator[Path]:
    """The graph in one folder with its weights, because OpenVINO reads them from nowhere else."""
    if not file.weights:
        yield file.graph
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as name:
        folder = Path(name)
        shutil.copyfile(file.graph, folder / file.graph.name)
        weights = file.weights.resolve()
        try:
            (folder / file.weights.name).hardlink_to(weights)
        except OSError:  # another file system, or one without links
            shutil.copyfile(weights, folder / file.weights.name)
        yield folder / file.graph.name


def _version() -> str:
    return version("openvino")


OPENVINO_BF16 = Engine(
    "openvino-bf16", _version, lambda file, calls: OpenVinoNetwork(file, calls, "bf16")
)
OPENVINO_F32 = Engine(
    "openvino-f32", _version, lambda file, calls: OpenVinoNetwork(file, calls, "f32")
)
