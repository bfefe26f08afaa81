"""The index of a development set, ready to be asked: that of `onrecord eval run`, built at need."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.cache import indexed
from eval.questions import Dataset
from rag.assemble import Service, open_service
from rag.settings import ServiceSettings


@contextmanager
def service_over(dataset: Dataset, cache: Path) -> Iterator[Service]:
    with indexed(
        dataset.articles,
        service_of=lambda folder: open_service(ServiceSettings(data=folder)),
        cache=cache,
        fresh=False,
        progress=lambda *_: None,
    ) as (service, _):
        yield service
