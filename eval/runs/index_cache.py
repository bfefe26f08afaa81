"""A cache of indexes by content: the same corpus and settings have the same folder."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from eval.runs.files import write_json
from eval.runs.fingerprints import DIGITS, corpus_hash, splitting_hash
from index.documents import Article
from index.errors import ArchiveError, GenerationError, IndexMismatchError
from index.progress import Progress
from index.recipes import RULES
from rag.service import Service

ENVIRONMENT = "ONRECORD_EVAL_CACHE"
COMPLETE = "complete.json"
"""Written last: an index without it may be half a corpus."""
SPLIT_OTHERWISE = (
    "its cached index was cut into passages by other code than there is now, under the same "
    "index.recipes.RULES: raise RULES, or give --fresh to build it again"
)

OpenService = Callable[[Path], Service]


def default_cache() -> Path:
    """`$ONRECORD_EVAL_CACHE`, else a folder of the user's own."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else user_cache_path("onrecord") / "eval"


def index_folder(cache: Path, articles: Sequence[Article], settings: Mapping[str, Any]) -> Path:
    """The folder for the index of these articles with these settings."""
    key = f"{corpus_hash(articles)}\n{json.dumps(settings, sort_keys=True)}"
    return cache / hashlib.sha256(key.encode()).hexdigest()[:DIGITS]


@contextmanager
def indexed(
    articles: Sequence[Article],
    *,
    service_of: OpenService,
    cache: Path,
    fresh: bool,
    progress: Progress,
) -> Iterator[tuple[Service, tuple[str, ...]]]:
    """A service over an index of these articles, and notes that qualify its results."""
    folder = index_folder(cache, articles, asdict(service_of(cache).settings.index))
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    with closing(service_of(folder)) as service:
        mark = _split_by(folder)
        if mark is None or not _answers(service):
            _build(service, articles, progress)
            mark = mark or splitting_hash()
            write_json(folder / COMPLETE, {"rules": RULES, "split_by": mark})
        yield service, () if mark == splitting_hash() else (SPLIT_OTHERWISE,)


def _split_by(folder: Path) -> str | None:
    """Hash of the code that cut the passages; None without a complete index by today's rules."""
    try:
        mark = json.loads((folder / COMPLETE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return mark["split_by"] if mark["rules"] == RULES else None


def _answers(service: Service) -> bool:
    try:
        service.check()
    except (GenerationError, ArchiveError):  # or the archive is of an older format
        return False
    return True


def _build(service: Service, articles: Sequence[Article], progress: Progress) -> None:
    """Resumes an interrupted build; rebuilds an index of an older format."""
    try:
        service.add(articles, progress=progress)
    except IndexMismatchError:
        service.rebuild(progress=progress)
    service.check()
