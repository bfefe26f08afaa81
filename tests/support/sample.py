"""The sample archive indexed with the real models, once for all workers of a run."""

import fcntl
import shutil
from dataclasses import asdict
from pathlib import Path

from eval.datasets.loading import load
from eval.runs.index_cache import index_folder
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import silent

_BUILT = "built"


def indexed_sample(shared: Path) -> Path:
    """A data folder under `shared`, to be copied before anything is changed in it."""
    folder = shared / "sample"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / _BUILT).exists():
            service = Service(ServiceSettings(data=folder))
            service.add(load("sample").articles, progress=silent)
            service.close()
            (shared / _BUILT).touch()
    return folder


def evaluation_cache(cache: Path, sample: Path) -> Path:
    """A new cache of the evaluation that has the index of the sample already."""
    settings = asdict(ServiceSettings(data=cache).index)
    shutil.copytree(sample, index_folder(cache, load("sample").articles, settings))
    return cache
