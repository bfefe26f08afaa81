"""A service over a development set, with the index of `onrecord eval run`, built if missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.datasets.questions import Dataset
from eval.evaluate import READ_WITHIN_MS
from eval.runs.index_cache import indexed
from rag.reading.reader import BUNDLED
from rag.service import Service
from rag.settings import ServiceSettings


@contextmanager
def service_over(dataset: Dataset, cache: Path, *, reader: str = BUNDLED) -> Iterator[Service]:
    """`reader` as in `ServiceSettings`; it reads without a deadline."""
    with indexed(
        dataset.articles,
        service_of=lambda folder: Service(
            ServiceSettings(data=folder, reader=reader, read_within_ms=READ_WITHIN_MS)
        ),
        cache=cache,
        fresh=False,
        progress=lambda *_: None,
    ) as (service, _):
        yield service
