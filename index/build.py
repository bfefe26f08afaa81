"""What changed -> passages, copies, statements, embeddings -> a new generation.

Every step is durable before the next begins and finds its own work by asking the archive what is
still missing, so a killed run loses nothing and the next one goes on where it stopped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from index.attribution.attributor import Attributor
from index.dedup.near_duplicates import sketch
from index.documents import Article, Passage, Reject
from index.errors import GenerationError, IndexMismatchError, StorageError, WriterBusyError
from index.neural.embedder import Embedder
from index.recipes import attributed_by, grouped_by, recipe_of
from index.settings import IndexSettings
from index.stores.archive.archive import Archive, Change
from index.stores.generation.generation import Generations, publish
from index.stores.generation.layout import named
from index.stores.generation.manifest import Manifest
from index.stores.generation.writer import Provenance
from index.stores.search.passage_table import PassageTable
from index.text.chunking import Chunker, encoder_input

ARTICLES_AT_ONCE = 200
PASSAGES_AT_ONCE = 512
ATTRIBUTED_AT_ONCE = 32
"""Articles whose statements are found together: a few seconds of work to lose."""

T = TypeVar("T")


class Progress(Protocol):
    """Told how far a stage is: reading, splitting, grouping, attributing, embedding, publishing."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run did, and what there is after it."""

    added: int
    revised: int
    updated: int
    unchanged: int
    removed: int
    rejects: tuple[Reject, ...]
    embedded: int
    """Passages encoded in this run; those known by content are not encoded again."""
    articles: int
    passages: int
    statements: int
    generation: str


@dataclass
class _Tally:
    changes: Counter[Change] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    removed: int = 0


class Builder:
    """The only writer of a data folder; holds its lock while it works."""

    def __init__(
        self, folder: Path, *, settings: IndexSettings, embedder: Embedder, attributor: Attributor
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._embedder = embedder
        self._attributor = attributor
        self._generations = Generations(folder, settings=settings, embedder=embedder.identity)

    def add(self, items: Iterable[Article | Reject], *, progress: Progress) -> BuildReport:
        """Archive what is new or changed, then index it. Rejects are reported, never fatal."""
        with self._writing() as archive:
            self._refuse_other_settings()
            tally = _Tally()
            for batch in _batches(items, ARTICLES_AT_ONCE):
                self._put(archive, batch, tally)
                progress("reading", sum(tally.changes.values()), None)
            return self._index(archive, tally, progress=progress, fresh=False)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        """Hide articles at once, then publish without them."""
        with self._writing() as archive:
            self._refuse_other_settings()
            tally = _Tally(removed=len(archive.remove(ids)))
            return self._index(archive, tally, progress=progress, fresh=False)

    def rebuild(self, *, progress: Progress) -> BuildReport:
        """A generation from the archive alone, with the settings at hand."""
        with self._writing() as archive:
            return self._index(archive, _Tally(), progress=progress, fresh=True)

    @contextmanager
    def _writing(self) -> Iterator[Archive]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / "write.lock", timeout=0)
            lock.acquire()
        except Timeout as error:
            raise WriterBusyError(
                f"Another process is writing to {self._folder}: wait for it to end, then try again."
            ) from error
        except OSError as error:
            raise StorageError(
                f"{self._folder} cannot be written ({error.strerror or error}): choose another "
                f"folder with --data, or make this one writable."
            ) from error
        try:
            archive = Archive.open(self._folder / "archive.sqlite")
            try:
                yield archive
            finally:
                archive.close()
        finally:
            lock.release()

    def _refuse_other_settings(self) -> None:
        """Adding one article must not silently embed a whole archive anew."""
        try:
            built_with = self._generations.current().manifest.settings
        except IndexMismatchError:
            raise
        except GenerationError:
            return
        if built_with != asdict(self._settings):
            raise IndexMismatchError(
                f"The index was built with {built_with}, the settings now are "
                f"{asdict(self._settings)}. Set them back, or run `onrecord index rebuild`."
            )

    @staticmethod
    def _put(archive: Archive, batch: Sequence[Article | Reject], tally: _Tally) -> None:
        tally.rejects += [item for item in batch if isinstance(item, Reject)]
        tally.changes.update(archive.put([item for item in batch if isinstance(item, Article)]))

    def _index(
        self, archive: Archive, tally: _Tally, *, progress: Progress, fresh: bool
    ) -> BuildReport:
        self._split_stale(archive, progress)
        self._group_missing(archive, progress)
        self._attribute_missing(archive, progress)
        embedded = self._embed_missing(archive, progress)
        manifest = self._publish(archive, progress, fresh=fresh)
        return BuildReport(
            added=tally.changes[Change.ADDED],
            revised=tally.changes[Change.REVISED],
            updated=tally.changes[Change.UPDATED],
            unchanged=tally.changes[Change.UNCHANGED],
            removed=tally.removed,
            rejects=tuple(tally.rejects),
            embedded=embedded,
            articles=manifest.articles,
            passages=manifest.passages,
            statements=manifest.statements,
            generation=manifest.name,
        )

    def _split_stale(self, archive: Archive, progress: Progress) -> None:
        recipe = recipe_of(self._settings, self._embedder.identity)
        splitter = Chunker(self._settings, self._embedder)
        done = 0
        while articles := archive.stale(recipe, ARTICLES_AT_ONCE):
            for article in articles:
                splitter.store(article, archive, recipe)
            done += len(articles)
            progress("splitting", done, None)

    @staticmethod
    def _group_missing(archive: Archive, progress: Progress) -> None:
        """After splitting, which marks the furniture that copies differ in."""
        recipe = grouped_by()
        total = archive.count_ungrouped(recipe)
        done = 0
        while waiting := archive.ungrouped(recipe, ARTICLES_AT_ONCE):
            archive.put_sketches([(each, sketch(each, marks)) for each, marks in waiting], recipe)
            done += len(waiting)
            progress("grouping", done, max(done, total))

    def _attribute_missing(self, archive: Archive, progress: Progress) -> None:
        recipe = attributed_by(self._attributor.identity)
        total = archive.count_unattributed(recipe)
        done = 0
        while articles := archive.unattributed(recipe, ATTRIBUTED_AT_ONCE):
            found = self._attributor.attribute(articles)
            archive.put_statements(list(zip(articles, found, strict=True)), recipe)
            done += len(articles)
            progress("attributing", done, max(done, total))

    def _embed_missing(self, archive: Archive, progress: Progress) -> int:
        total = archive.missing_embeddings()
        done = 0
        while missing := archive.unembedded(PASSAGES_AT_ONCE):
            inputs = dict(self._inputs(archive, missing))
            archive.put_embeddings(
                list(inputs), self._embedder.embed_passages(list(inputs.values()))
            )
            done += len(inputs)
            progress("embedding", done, max(done, total))
        return done

    @staticmethod
    def _inputs(
        archive: Archive, missing: Sequence[tuple[Passage, bytes]]
    ) -> Iterator[tuple[bytes, str]]:
        article_of = lru_cache(maxsize=ARTICLES_AT_ONCE)(archive.article)
        for passage, key in missing:
            article = article_of(passage.article_id, passage.revision)
            yield key, encoder_input(article, passage.span.of(article.text))

    def _publish(self, archive: Archive, progress: Progress, *, fresh: bool) -> Manifest:
        if not fresh and (current := self._up_to_date(archive)):
            return current
        progress("publishing", 0, 1)
        manifest = publish(
            self._folder,
            archive,
            made_by=Provenance(self._settings, self._embedder.identity, self._attributor.identity),
            fresh=fresh,
        )
        progress("publishing", 1, 1)
        return manifest

    def _up_to_date(self, archive: Archive) -> Manifest | None:
        """The current generation, when it holds exactly what the archive does."""
        try:
            current = self._generations.current()
        except GenerationError:
            return None
        named_so = current.name == archive.indexed_as() == named(self._folder)
        same = named_so and same_contents(current.columns, archive.columns())
        return current.manifest if same else None


def same_contents(one: PassageTable, other: PassageTable) -> bool:
    """Whether the same passages and statements are in both, and the same copies together."""
    held = ((c.passage, c.statement, c.story) for c in (one, other))
    return all(np.array_equal(*pair) for pair in zip(*held, strict=True))


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
