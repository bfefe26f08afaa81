"""Keeps an archive up to date with a folder: adds what is whole, and finishes what it left."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from api.commands.operations.watched_folder import Look, Stamp, WatchedFolder
from index.build_report import BuildReport
from index.documents import Article, Reject, RejectReason
from index.errors import WriterBusyError
from index.progress import Progress, Until
from index.sources.batch import SeenArticles
from index.sources.folder import read


class WatchingWriter(Protocol):
    """`rag.service.Service`, or a fake of it."""

    def add(
        self, items: Iterable[Article | Reject], *, progress: Progress, until: Until
    ) -> BuildReport: ...

    def finish(self, *, progress: Progress, stop: Callable[[], bool]) -> BuildReport: ...

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport: ...

    def unfinished(self) -> bool: ...

    def removed_at(self, article_id: str) -> datetime | None: ...


class Tell(Protocol):
    """What happened is told as it happens."""

    def changed(self, report: BuildReport) -> None: ...

    def rejected(self, rejects: Sequence[Reject]) -> None: ...

    def waiting(self, why: str) -> None: ...


class Watcher:
    """One step after the other; files whose step failed because another writes come again."""

    def __init__(
        self,
        writer: WatchingWriter,
        folder: WatchedFolder,
        tell: Tell,
        *,
        removes: bool,
        progress: Progress,
    ) -> None:
        self._writer = writer
        self._folder = folder
        self._tell = tell
        self._removes = removes
        self._progress = progress
        self._ids: dict[Path, set[str]] = {}
        """Of the articles that each file holds."""
        self._followed: set[str] = set()
        """Removed with their files, not taken down: they come back with a file of any age."""
        self._waits_for = ""

    def step(self) -> None:
        """One look, and what follows from it."""
        if self._folder.is_away:
            self._wait(f"{self._folder.path} is not there: nothing is added until it is back.")
            return
        look = self._folder.look()
        try:
            self._act(look)
        except WriterBusyError:
            self._wait("Another process is writing to the archive: waiting until it ends.")
        else:
            self._waits_for = ""

    def _act(self, look: Look) -> None:
        if look.rejects:
            self._tell.rejected(look.rejects)
        if look.whole:
            self._add(look)
        if look.gone:
            self._forget(look)
        if not (look.whole or look.gone) and self._writer.unfinished():
            with suppress(WriterBusyError):  # whoever writes may be finishing it
                report = self._writer.finish(progress=self._progress, stop=self._has_news)
                self._tell.changed(report)

    def _add(self, look: Look) -> None:
        ids: dict[Path, set[str]] = defaultdict(set)
        report = self._writer.add(
            self._items(look.whole, ids), progress=self._progress, until=Until.WORDS
        )
        self._followed -= {id for path in look.whole for id in ids[path]}
        self._ids |= {path: ids[path] for path in look.whole}
        self._folder.take(Look(look.whole, frozenset(), ()))
        if report.rejects:
            self._tell.rejected(report.rejects)
        self._tell.changed(report)

    def _forget(self, look: Look) -> None:
        """Articles that another file holds too stay."""
        lost = set[str]().union(*(self._ids.get(path, ()) for path in look.gone))
        kept = {id for path, ids in self._ids.items() if path not in look.gone for id in ids}
        if self._removes and lost - kept:
            here = {each for each in lost - kept if self._writer.removed_at(each) is None}
            self._tell.changed(self._writer.remove(sorted(lost - kept), progress=self._progress))
            self._followed |= here
        for path in look.gone:
            self._ids.pop(path, None)
        self._folder.take(Look({}, look.gone, ()))

    def _items(
        self, files: Mapping[Path, Stamp], ids: dict[Path, set[str]]
    ) -> Iterator[Article | Reject]:
        """One batch, in which every id is unique; notes the ids of each file."""
        seen = SeenArticles()
        for path, stamp in files.items():
            for item in read(path):
                if isinstance(item, Article):
                    ids[path].add(item.id)
                allowed: Article | Reject | None = self._allowed(item, path, stamp)
                if isinstance(allowed, Article):
                    allowed = seen.admit(allowed, path, None)
                if allowed is not None:
                    yield allowed

    def _allowed(self, item: Article | Reject, path: Path, stamp: Stamp) -> Article | Reject:
        """A Reject for an article that was taken down since its file was written."""
        if isinstance(item, Reject) or item.id in self._followed:
            return item
        removed_at = self._writer.removed_at(item.id)
        if removed_at is None or datetime.fromtimestamp(stamp[2] / 1e9, UTC) > removed_at:
            return item
        detail = (
            f"article {item.id!r} was taken down on {removed_at:%Y-%m-%d %H:%M:%S} UTC, after this "
            "file was written; change the file or use `onrecord index add` to add it again"
        )
        return Reject(path, None, RejectReason.TAKEN_DOWN, detail)

    def _has_news(self) -> bool:
        look = self._folder.look()
        return bool(look.whole or look.gone)

    def _wait(self, why: str) -> None:
        """Told once for as long as it lasts."""
        if why != self._waits_for:
            self._tell.waiting(why)
        self._waits_for = why
