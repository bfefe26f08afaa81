"""Articles -> passages, near-duplicate groups, statements, embeddings -> published generations.

Words come first: what was added is found by them at once, and published again, newest articles
first, as statements and vectors are made. A killed run is continued by the next.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from index.attribution.attributor import Attributor
from index.build_report import BuildReport
from index.build_run import BuildRun, batches_to_last
from index.documents import Article, Reject
from index.errors import GenerationError, IndexMismatchError
from index.maintenance.erasing import FolderSize
from index.maintenance.sweeping import sweep
from index.neural.embedder import Embedder
from index.preview import RebuildPreview, preview_rebuild
from index.progress import IndexPart, Progress, Until, never
from index.publishing import Publisher
from index.recipes import passage_recipe, statement_recipe
from index.settings import GENERATIONS_KEPT, IndexSettings
from index.stages import Stages
from index.stores.archive.archive import Archive
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
            for batch, is_last in batches_to_last(items):
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

    def rebuild(
        self,
        only: Collection[IndexPart] = (),
        *,
        progress: Progress,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        """Publish a generation from the archive alone, with the present settings.

        Parts named by `only` are made again of every article; then the settings must be those that
        the index was built with. The index from before answers until all is done. At a `stop`
        nothing is published; what was made is kept for the next rebuild.
        """
        with self._run("rebuild", progress) as run:
            if only:
                self._check_settings()
            return run.rebuilt(only, stop)

    def preview_rebuild(self, only: Collection[IndexPart] = ()) -> RebuildPreview:
        """What it would make; nothing is written. NoIndexError before anything was added."""
        if only:
            self._check_settings()
        check_archive(self._folder)
        with closing(Archive.open(self._folder / "archive.sqlite", read_only=True)) as archive:
            return preview_rebuild(
                archive,
                only,
                passages=passage_recipe(self._settings, self._embedder.identity),
                statements=statement_recipe(self._attributor.identity),
            )

    @contextmanager
    def _run(self, action: str, progress: Progress) -> Iterator[BuildRun]:
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
            yield BuildRun(self._folder, archive, stages, publisher)

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


def _archive_of(folder: Path) -> Archive:
    """A new one only where there is no index."""
    check_archive(folder)
    return Archive.open(folder / "archive.sqlite")
