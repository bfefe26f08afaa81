"""Everything that the settings lead to, in the order of dependence: environment, models, folder."""

from collections.abc import Callable, Iterator
from datetime import datetime

import numpy as np

from index.errors import OnRecordError
from index.maintenance.health.findings import Finding, Grade
from index.maintenance.health.folder import examine_folder
from index.neural.embedder import Embedder
from rag.doctor.environment import environment_findings
from rag.doctor.weights import REINSTALL, weight_findings
from rag.reading.reader import NO_READER, Reader
from rag.settings import ServiceSettings

UNIT = 0.01
"""How far the length of a vector may be from 1."""


def examine(
    settings: ServiceSettings,
    *,
    embedder: Callable[[], Embedder],
    reader: Callable[[], Reader | None],
    now: datetime,
) -> Iterator[Finding]:
    """Every model is loaded and every stored byte is read; nothing is written."""
    yield from environment_findings()
    yield from weight_findings()
    model, finding = _embedder_finding(embedder)
    yield finding
    yield _reader_finding(settings, reader)
    identity = model.identity if model else None
    yield from examine_folder(settings.data, settings.index, identity, now)


def _embedder_finding(load: Callable[[], Embedder]) -> tuple[Embedder | None, Finding]:
    """It gives unit vectors in the engine that is the fastest here."""
    try:
        embedder = load()
        [vector] = embedder.embed_questions(["Who opened the harbour?"])
    except OnRecordError as error:
        return None, Finding("embedder", Grade.FAIL, str(error), REINSTALL)
    length = float(np.linalg.norm(vector))
    if not abs(length - 1) <= UNIT:
        words = f"{embedder.identity.name} gives vectors of the length {length:.3f}, not 1."
        return embedder, Finding("embedder", Grade.FAIL, words, "rm engines.json")
    name, dimensions = embedder.identity.name, embedder.identity.dimensions
    found = f"{name} gives vectors of {dimensions} dimensions."
    return embedder, Finding("embedder", Grade.OK, found)


def _reader_finding(settings: ServiceSettings, load: Callable[[], Reader | None]) -> Finding:
    try:
        reader = load()
    except OnRecordError as error:
        return Finding("reader", Grade.FAIL, str(error), REINSTALL)
    if reader is None:
        found = f"There is no reader ({settings.reader}): passages are ranked by words and vectors."
        meant = settings.reader == NO_READER
        return Finding("reader", Grade.OK if meant else Grade.WARN, found)
    return Finding("reader", Grade.OK, f"The reader ({settings.reader}) can be loaded.")
