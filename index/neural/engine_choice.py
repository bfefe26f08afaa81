"""Which engine runs a network fastest on this processor: tried once, then remembered.

The memory is in the user's cache folder and not in the data folder: the choice depends on the
processor and the installed libraries, not on the articles, and a data folder may be moved, shared
by machines or read-only.
"""

import hashlib
import json
import logging
import math
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from index.errors import ModelError
from index.neural.network import Engine, Inputs, Network, NetworkFile
from index.neural.onnxruntime_network import ONNX_RUNTIME
from index.neural.openvino_network import OPENVINO_BF16, OPENVINO_F32
from index.neural.processor import processor, usable_cores

log = logging.getLogger(__name__)

ENVIRONMENT = "ONRECORD_ENGINE_CACHE"
FILE = "engines.json"
ENGINES = (ONNX_RUNTIME, OPENVINO_F32, OPENVINO_BF16)
"""The first one that loads is the reference for what the others compute."""
TRIAL_SECONDS = 0.3
"""Of the processor, for all engines together, without loading them."""
MOST_CALLS = 20
"""Of each engine, for networks so small that they would be called thousands of times."""
STILL_TRIED = 1.5
"""Times the shortest call; an engine that took longer is not called again."""
MOST_DIFFERENT = {32: 0.03, 8: 0.1}
"""From the reference, relative to its length, by the bits of the weights.

bfloat16 differs by half of .03, which is a cosine of .9995 for unit vectors, an engine with a fault
by far more. With 8 bits, engines round differently and differ by half of .1, and so do 8 bits from
32; scales for each call instead of fixed ones differ from 32 bits by all of it."""


_ALONE = threading.Lock()
"""Engines are timed by the processor time of the whole process, and OpenVINO's telemetry is hidden
from all threads while it is imported."""


class Choices(Protocol):
    """The engines chosen before, by name."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, engine: str) -> None: ...


class StoredChoices:
    """In a JSON file. What cannot be read is tried again; what cannot be written is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, key: str) -> str | None:
        chosen = self._all().get(key)
        return chosen if isinstance(chosen, str) else None

    def put(self, key: str, engine: str) -> None:
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps({**self._all(), key: engine}, indent=2), "utf-8")
            aside.replace(self._path)
        except OSError as error:
            log.info("The fastest engine is tried again at each start: %s.", error)

    def _all(self) -> Mapping[str, object]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def default_choices() -> StoredChoices:
    """In `$ONRECORD_ENGINE_CACHE`, else in a folder of the user's own."""
    named = os.environ.get(ENVIRONMENT)
    return StoredChoices((Path(named) if named else user_cache_path("onrecord")) / FILE)


@dataclass(frozen=True, slots=True)
class ChosenNetwork:
    """A loaded network, and which one it is."""

    network: Network
    name: str
    """The engine's, with the bits of the weights where these are not 32: `openvino-bf16-int8`."""


@dataclass(frozen=True, slots=True)
class _NetworkInEngine:
    file: NetworkFile
    engine: Engine

    @property
    def name(self) -> str:
        return f"{self.engine.name}-int8" if self.file.bits == 8 else self.engine.name  # noqa: PLR2004


def fastest_network(
    file: NetworkFile,
    example: Inputs,
    *,
    instead: Sequence[NetworkFile] = (),
    engines: Sequence[Engine] = ENGINES,
    choices: Choices | None = None,
) -> ChosenNetwork:
    """The network in the engine chosen before, else in the one that is fastest with `example`.

    `instead` are the same network with other bits; one that cannot be read is passed over.
    ModelError if no engine runs any. Several threads load one network after the other.
    """
    candidates = [_NetworkInEngine(each, engine) for each in (file, *instead) for engine in engines]
    with _ALONE:
        return _chosen(candidates, example, choices or default_choices())


def _chosen(
    candidates: Sequence[_NetworkInEngine], example: Inputs, choices: Choices
) -> ChosenNetwork:
    cores = usable_cores()
    key = _key(candidates, cores)
    remembered = choices.get(key)
    for name, network in _loaded(
        [each for each in candidates if each.name == remembered], cores, []
    ).items():
        return ChosenNetwork(network, name)
    faults: list[str] = []
    networks = _loaded(candidates, cores, faults)
    outputs = _tried(networks, example, faults)
    if not outputs:
        raise ModelError("\n".join(faults))
    bits = {each.name: each.file.bits for each in candidates}
    agreeing = [name for name in outputs if _agrees(name, outputs, MOST_DIFFERENT[bits[name]])]
    name = _fastest({name: networks[name] for name in agreeing}, example)
    choices.put(key, name)
    return ChosenNetwork(networks[name], name)


def _key(candidates: Sequence[_NetworkInEngine], cores: int) -> str:
    """Changes with everything that the choice depends on."""
    [file, *instead] = dict.fromkeys(each.file for each in candidates)
    facts = [
        _fingerprint(file),
        *map(_fingerprint_if_there, instead),
        *(f"{each.name} {_version(each.engine)}" for each in candidates),
        f"{cores} cores",
        processor(),
    ]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def _fingerprint(file: NetworkFile) -> str:
    try:
        return file.fingerprint
    except OSError as error:
        raise ModelError(
            f"{file.graph} cannot be read ({error}). Install onrecord again."
        ) from error


def _fingerprint_if_there(file: NetworkFile) -> str:
    try:
        return file.fingerprint
    except OSError as error:
        log.warning("%s cannot be read (%s). Install onrecord again.", file.graph, error)
        return "absent"


def _version(engine: Engine) -> str:
    try:
        return engine.version()
    except ImportError:
        return "absent"


def _loaded(
    candidates: Iterable[_NetworkInEngine], cores: int, faults: list[str]
) -> dict[str, Network]:
    """By the candidate's name; why the others do not load is added to `faults`."""
    networks = {}
    for each in candidates:
        try:
            networks[each.name] = each.engine.load(each.file, cores)
        except ModelError as error:
            log.info("%s: %s", each.name, error)
            faults.append(str(error))
    return networks


def _tried(
    networks: Mapping[str, Network], example: Inputs, faults: list[str]
) -> dict[str, NDArray[np.float32]]:
    """What each network computes; an engine may load on a processor that it cannot compute on."""
    outputs = {}
    for name, network in networks.items():
        try:
            outputs[name] = network(example)
        except ModelError as error:
            log.info("%s: %s", name, error)
            faults.append(str(error))
    return outputs


def _agrees(name: str, outputs: Mapping[str, NDArray[np.float32]], most_different: float) -> bool:
    """Whether its output is that of the first."""
    output, reference = outputs[name], next(iter(outputs.values()))
    most = most_different * float(np.linalg.norm(reference))
    return output.shape == reference.shape and bool(np.linalg.norm(output - reference) <= most)


def _fastest(networks: Mapping[str, Network], example: Inputs) -> str:
    """By the processor time of each one's shortest call, which other processes hardly change."""
    shortest = dict.fromkeys(networks, math.inf)
    end = process_time() + TRIAL_SECONDS
    for _ in range(MOST_CALLS):
        most = STILL_TRIED * min(shortest.values())
        for name, network in networks.items():
            if shortest[name] <= most:
                shortest[name] = min(shortest[name], _seconds(network, example))
        if process_time() > end:
            break
    log.info("Seconds of each engine: %s.", shortest)
    return min(shortest, key=shortest.__getitem__)


def _seconds(network: Network, example: Inputs) -> float:
    started = process_time()
    network(example)
    return process_time() - started
