"""Articles -> passages, near-duplicate groups, statements, embeddings -> published generations.

Words come first: what was added is found by them at once, and published again, newest articles
first, as statements and vectors are made. A killed run is continued by the next.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from index.attribution.attributor import Attributor
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.errors import GenerationError, IndexMismatchError, UnknownArticleError
from index.maintenance.erased_rows import ErasedRows, drop_unused_vectors, erase
from index.maintenance.erasing import Erasure, FolderSize, has_gaps, leave_no_trace, shrunk
from index.maintenance.sweeping import sweep
from index.neural.embedder import Embedder
from index.progress import NOTHING_PENDING, Progress, Until, never
from index.publishing import Publisher
from index.settings import GENERATIONS_KEPT, IndexSettings
from index.stages import ARTICLES_AT_ONCE, FINISHED_AT_ONCE, Stages
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from index.stores.generation.folders import (
    NAME,
    check_archive,
    current_name,
    generation_names,
    path_of,
)
from index.stores.generation.generation import check_fit
from index.stores.generation.manifest import Manifest
from index.stores.generation.writer import Provenance
from index.stores.write_lock import writing

FEW = 16
"""Unfinished articles that are finished before anything is published: it takes a few seconds."""

T = TypeVar("T")


@dataclass
class _Tally:
    changes: Counter[Change] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    removed: int = 0
    erased: Erasure | None = None


class Builder:
    """The only writer of a data folder; holds its lock while it works."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: IndexSettings,
        embedder: Embedder,
        attributor: Attributor,
        generations_kept: int = GENERATIONS_KEPT,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._embedder = embedder
        self._attributor = attributor
        self._kept = generations_kept

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until = Until.ALL,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        """Archive new and changed articles, then index them. Rejects are reported, never fatal.

        At a `stop` it ends early, published; the report then counts fewer items than were given,
        or says that more is pending.
        """
        with self._run("add", progress) as run:
            self._check_settings()
            for batch, is_last in _batches_to_last(items):
                run.put(batch, progress)
                if not is_last and until is not Until.NONE:
                    run.index_words()
                    run.publisher.publish_if_due()
                if not is_last and stop():
                    break
            return run.stored() if until is Until.NONE else run.finished(until, stop)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        """Remove articles from the archive, then publish an index without them."""
        with self._run("remove", progress) as run:
            self._check_settings()
            run.tally.removed = len(run.archive.remove(ids))
            return run.finished(Until.WORDS)

    def purge(self, ids: Sequence[str] | None, *, progress: Progress) -> BuildReport:
        """Hide these articles at once, then erase all there is of them; None: of all removed ones.

        UnknownArticleError if none of them was ever here, or all are erased already.
        """
        before = FolderSize.of(self._folder)
        with self._run("purge", progress) as run:
            self._check_settings()
            return run.purged(ids, before)

    def compact(self, *, progress: Progress) -> BuildReport:
        """Delete vectors that no passage uses, gaps in the index, and earlier generations."""
        before = FolderSize.of(self._folder)
        with self._run("compact", progress) as run:
            self._check_settings()
            return run.compacted(before)

    def finish(self, *, progress: Progress, stop: Callable[[], bool] = never) -> BuildReport:
        """Make the statements and vectors that are missing; ends early, published, at a `stop`."""
        with self._run("finish", progress) as run:
            self._check_settings()
            return run.finished(Until.ALL, stop)

    def rebuild(self, *, progress: Progress, stop: Callable[[], bool] = never) -> BuildReport:
        """Publish a generation from the archive alone, with the present settings.

        The index from before answers until all is done. At a `stop` nothing is published; what
        was made is kept for the next rebuild.
        """
        with self._run("rebuild", progress) as run:
            return run.rebuilt(stop)

    @contextmanager
    def _run(self, action: str, progress: Progress) -> Iterator["_Run"]:
        with (
            writing(self._folder, action),
            closing(_archive_of(self._folder)) as archive,
        ):
            sweep(self._folder, generations_kept=self._kept)
            stages = Stages(
                archive,
                settings=self._settings,
                embedder=self._embedder,
                attributor=self._attributor,
                progress=progress,
            )
            made_by = Provenance(self._settings, self._embedder.identity, self._attributor.identity)
            publisher = Publisher(
                self._folder,
                archive,
                provenance=made_by,
                progress=progress,
                kept=self._kept,
                unattributed=lambda: stages.unattributed,
            )
            yield _Run(self._folder, archive, stages, publisher)

    def _check_settings(self) -> None:
        """Adding one article must not silently embed a whole archive again."""
        manifest = self._newest_manifest()
        if manifest is None:
            return
        check_fit(manifest, self._settings, self._embedder.identity)
        if manifest.settings != asdict(self._settings):
            raise IndexMismatchError(
                f"The index was built with {manifest.settings}, the settings now are "
                f"{asdict(self._settings)}. Set them back, or run `onrecord index rebuild`."
            )

    def _newest_manifest(self) -> Manifest | None:
        """Of the current generation, or of the newest before it if that is damaged."""
        for name in [current_name(self._folder), *generation_names(self._folder)]:
            try:
                if NAME.fullmatch(name):
                    return Manifest.read(path_of(self._folder, name))
            except IndexMismatchError:
                raise
            except GenerationError:
                continue
        return None


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a builder, which holds the lock."""

    folder: Path
    archive: Archive
    stages: Stages
    publisher: Publisher
    tally: _Tally = field(default_factory=_Tally)

    def put(self, batch: Sequence[Article | Reject], progress: Progress) -> None:
        self.tally.rejects += [item for item in batch if isinstance(item, Reject)]
        new = [item for item in batch if isinstance(item, Article)]
        self.tally.changes.update(self.archive.put(new))
        progress("reading", sum(self.tally.changes.values()), None)

    def stored(self) -> BuildReport:
        return replace(self._report(self.publisher.current()), pending=self.stages.pending)

    def index_words(self) -> None:
        self.stages.split()
        self.stages.group()

    def finished(self, until: Until, stop: Callable[[], bool] = never) -> BuildReport:
        self.index_words()
        if until is Until.ALL:
            waiting = self.stages.unfinished()
            if len(waiting) > FEW:
                self.publisher.publish(fresh=False)
            for revisions in _batches(waiting, FINISHED_AT_ONCE):
                if stop():
                    break
                self.stages.finish(revisions)
                self.publisher.publish_if_due()
        return self._published(fresh=False)

    def purged(self, ids: Sequence[str] | None, before: FolderSize) -> BuildReport:
        if ids is not None:
            self.tally.removed = len(self.archive.remove(ids))
        gone = self.archive.removed(ids)
        if ids and not gone and not self.archive.is_erasing():
            raise UnknownArticleError(
                f"Nothing was erased: nothing here has the id {', '.join(map(repr, ids))}."
            )
        if gone or self.archive.is_erasing():
            erase(self.archive, gone)
        self.index_words()
        return self._published(fresh=False, before=before)

    def compacted(self, before: FolderSize) -> BuildReport:
        rows = ErasedRows(vectors=drop_unused_vectors(self.archive))
        self.index_words()
        report = self._published(fresh=False, before=before)
        if report.generation and has_gaps(path_of(self.folder, report.generation)):
            report = self._published(fresh=True, before=before)
        return replace(report, erased=shrunk(self.folder, self.archive, rows, before=before))

    def rebuilt(self, stop: Callable[[], bool]) -> BuildReport:
        self.index_words()
        for revisions in _batches(self.stages.unfinished(), FINISHED_AT_ONCE):
            if stop():
                return self._report(self.publisher.current())
            self.stages.finish(revisions)
        return self._published(fresh=True)

    def _published(self, *, fresh: bool, before: FolderSize | None = None) -> BuildReport:
        """What was erased from the archive is erased everywhere, also if its run was killed."""
        manifest = self.publisher.publish(fresh=fresh)
        if self.archive.is_erasing():
            size = before or FolderSize.of(self.folder)
            self.tally.erased = leave_no_trace(self.folder, self.archive, before=size)
        return self._report(manifest)

    def _report(self, manifest: Manifest | None) -> BuildReport:
        changes = self.tally.changes
        return BuildReport(
            added=changes[Change.ADDED],
            revised=changes[Change.REVISED],
            updated=changes[Change.UPDATED],
            unchanged=changes[Change.UNCHANGED],
            removed=self.tally.removed,
            rejects=tuple(self.tally.rejects),
            embedded=self.stages.embedded,
            articles=manifest.articles if manifest else 0,
            passages=manifest.passages if manifest else 0,
            statements=manifest.statements if manifest else 0,
            pending=manifest.pending if manifest else NOTHING_PENDING,
            generation=manifest.name if manifest else "",
            erased=self.tally.erased,
        )


def _archive_of(folder: Path) -> Archive:
    """A new one only where there is no index."""
    check_archive(folder)
    return Archive.open(folder / "archive.sqlite")


def _batches_to_last(items: Iterable[T]) -> Iterator[tuple[list[T], bool]]:
    """Each batch, and whether it is the last; the first is small, so that it is found soon."""
    iterator = iter(items)
    batch = list(islice(iterator, FINISHED_AT_ONCE))
    while batch:
        following = list(islice(iterator, ARTICLES_AT_ONCE))
        yield batch, not following
        batch = following


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
