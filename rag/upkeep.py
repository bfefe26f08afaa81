"""All that changes or examines a data folder: what it needs is made when it is first needed.

Knows no question.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from index.documents import Article, Reject
from index.errors import NoIndexError
from index.neural.embedder import Embedder
from index.progress import IndexPart, Progress, Until, never
from index.stores.archive.archive import Archive
from index.stores.generation.folders import check_archive
from rag.reading.reader import Reader
from rag.settings import ServiceSettings

if TYPE_CHECKING:
    from index.attribution.attributor import Attributor
    from index.build import Builder
    from index.build_report import BuildReport
    from index.maintenance.health.findings import Finding
    from index.maintenance.rollback import KeptGeneration, Rollback
    from index.preview import Preview, RebuildPreview


T = TypeVar("T")


class Lazy(Generic[T]):
    """A value made on first use, by one thread; after a failure the next use tries again."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]

    @property
    def made(self) -> Sequence[T]:
        """The value, if it is made yet, as a sequence of none or one."""
        return tuple(self._made)


class Upkeep:
    """Of one data folder."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        embedder: Callable[[str], Embedder],
        attributor: "Callable[[], Attributor] | None",
        reader: Callable[[str], Reader | None],
        clock: Callable[[], datetime],
    ) -> None:
        self.settings = settings
        self._embedder = Lazy(lambda: embedder(settings.embedder))
        self._attributor = Lazy(attributor or _shipped_attributor)
        self._reader = Lazy(lambda: reader(settings.reader))
        self._clock = clock
        self._archive = Lazy(lambda: _archive_of(settings.data))

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until = Until.ALL,
        stop: Callable[[], bool] = never,
    ) -> "BuildReport":
        from index.sources.batch import limit_length  # noqa: PLC0415  a question needs none of it

        items = limit_length(items, self.settings.max_article_chars)
        return self._builder().add(items, progress=progress, until=until, stop=stop)

    def preview(self, items: Iterable[Article | Reject]) -> "Preview":
        """What adding them would change; nothing is written."""
        from index.preview import preview  # noqa: PLC0415  a question needs none of it
        from index.sources.batch import limit_length  # noqa: PLC0415  as above

        items = limit_length(items, self.settings.max_article_chars)
        try:
            archive = self._archive()
        except NoIndexError:
            return preview(None, items)
        return preview(archive, items)

    def finish(self, *, progress: Progress, stop: Callable[[], bool] = never) -> "BuildReport":
        """Make the statements and vectors that an addition left to be made."""
        return self._builder().finish(progress=progress, stop=stop)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> "BuildReport":
        return self._builder().remove(ids, progress=progress)

    def purge(self, ids: Sequence[str] | None, *, progress: Progress) -> "BuildReport":
        """Hide these articles and erase all there is of them; None: of all removed ones."""
        return self._builder().purge(ids, progress=progress)

    def compact(self, *, progress: Progress) -> "BuildReport":
        return self._builder().compact(progress=progress)

    def rebuild(
        self,
        only: Collection[IndexPart] = (),
        *,
        progress: Progress,
        stop: Callable[[], bool] = never,
    ) -> "BuildReport":
        """Parts named by `only` are made again of every article."""
        return self._builder().rebuild(only, progress=progress, stop=stop)

    def preview_rebuild(self, only: Collection[IndexPart] = ()) -> "RebuildPreview":
        """What it would make; nothing is written."""
        return self._builder().preview_rebuild(only)

    def generations(self) -> "list[KeptGeneration]":
        """Those that a question can name, newest first."""
        from index.maintenance.rollback import kept_generations  # noqa: PLC0415  seldom needed

        return kept_generations(self.settings.data)

    def rollback(self, generation: str | None = None) -> "Rollback":
        """Answer from this kept generation, or the one before, until the next write."""
        from index.maintenance.rollback import roll_back  # noqa: PLC0415  a question needs none of it

        settings, embedder = self.settings, self._embedder().identity
        return roll_back(settings.data, generation, settings=settings.index, embedder=embedder)

    def examine(self) -> "Iterator[Finding]":
        """What may be wrong with installation and data folder; nothing is changed."""
        from rag.doctor.examination import examine  # noqa: PLC0415  a question needs none of it

        return examine(
            self.settings, embedder=self._embedder, reader=self._reader, now=self._clock()
        )

    def _builder(self) -> "Builder":
        from index.build import Builder  # noqa: PLC0415  a question needs none of it

        settings = self.settings
        return Builder(
            settings.data,
            settings=settings.index,
            embedder=self._embedder(),
            attributor=self._attributor(),
            generations_kept=settings.generations_kept,
        )


def _archive_of(folder: Path) -> Archive:
    """ArchiveError, not NoIndexError, where only the index of an archive is left."""
    check_archive(folder)
    return Archive.open(folder / "archive.sqlite", read_only=True)


def _shipped_attributor() -> "Attributor":
    """A fifth of the imports of a command that only asks."""
    from index.attribution.attributor import load_attributor  # noqa: PLC0415  as above

    return load_attributor()
