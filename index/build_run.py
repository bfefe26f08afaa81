"""One run of a builder: from what was given or removed to the generation that is published."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from index.build_report import BuildReport
from index.documents import Article, Reject
from index.errors import UnknownArticleError
from index.maintenance.erased_rows import ErasedRows, drop_unused_vectors, erase
from index.maintenance.erasing import Erasure, FolderSize, has_gaps, leave_no_trace, shrunk
from index.progress import (
    FINISHED_AT_ONCE,
    NOTHING_PENDING,
    IndexPart,
    Progress,
    Until,
    never,
)
from index.publishing import Publisher
from index.stages import ARTICLES_AT_ONCE, Stages
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from index.stores.generation.folders import path_of
from index.stores.generation.manifest import Manifest

FEW = 16
"""Unfinished articles that are finished before anything is published: it takes a few seconds."""

T = TypeVar("T")


@dataclass
class _Tally:
    changes: Counter[Change] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    removed: int = 0
    erased: Erasure | None = None


@dataclass(frozen=True, slots=True)
class BuildRun:
    """Its caller holds the lock."""

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

    def rebuilt(self, only: Collection[IndexPart], stop: Callable[[], bool]) -> BuildReport:
        self.archive.make_again(only)
        self.index_words()
        for revisions in _batches(self.stages.unfinished(), FINISHED_AT_ONCE):
            if stop():
                return self._report(self.publisher.current())
            self.stages.finish(revisions)
        while revisions := self.stages.to_embed_again():
            if stop():
                return self._report(self.publisher.current())
            self.stages.embed_again(revisions)
        report = self._published(fresh=True)
        self.archive.made_again()
        return report

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
            given_up=tuple(self.stages.given_up),
            erased=self.tally.erased,
        )


def batches_to_last(items: Iterable[T]) -> Iterator[tuple[list[T], bool]]:
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
