"""The index of a development set, ready to be asked: that of `onrecord eval run`, built at need."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.cache import indexed
from eval.evaluate import PATIENT_MS
from eval.questions import Dataset
from rag.assemble import Service, open_service
from rag.reader import BUNDLED
from rag.settings import ServiceSettings


@contextmanager
def service_over(dataset: Dataset, cache: Path, *, reader: str = BUNDLED) -> Iterator[Service]:
    """`reader` as in `ServiceSettings`; it has all the time it takes."""
    with indexed(
        dataset.articles,
        service_of=lambda folder: open_service(
            ServiceSettings(data=folder, reader=reader, read_within_ms=PATIENT_MS)
        ),
        cache=cache,
        fresh=False,
        progress=lambda *_: None,
    ) as (service, _):
        yield service
