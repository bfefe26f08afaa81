"""Articles -> passages, near-duplicate groups, statements, embeddings -> a published generation.

Each stage asks the archive what is still missing and is durable before the next one begins, so a
killed run loses nothing and the next run continues where it stopped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from index.attribution.attributor import Attributor
from index.dedup.near_duplicates import sketch
from index.documents import Article, Passage, Reject
from index.errors import GenerationError, IndexMismatchError
from index.neural.embedder import Embedder
from index.recipes import passage_recipe, statement_recipe, story_recipe
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from index.stores.generation.folders import current_name
from index.stores.generation.generation import Generations, publish
from index.stores.generation.manifest import Manifest
from index.stores.generation.writer import Provenance
from index.stores.search.passage_table import PassageTable
from index.stores.write_lock import writing
from index.text.chunking import Chunker, encoder_input

ARTICLES_AT_ONCE = 200
PASSAGES_AT_ONCE = 512
ATTRIBUTED_AT_ONCE = 32
"""Articles whose statements are stored together: a killed run loses a few seconds of work."""

T = TypeVar("T")


class Progress(Protocol):
    """Called with the stage: reading, splitting, grouping, attributing, embedding, publishing."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one run changed, and what the index holds after it."""

    added: int
    revised: int
    updated: int
    unchanged: int
    removed: int
    rejects: tuple[Reject, ...]
    embedded: int
    """Passages encoded in this run; known texts are not encoded again."""
    articles: int
    passages: int
    statements: int
    generation: str
    """Empty if there is no index because no article was ever added."""


@dataclass
class _Tally:
    changes: Counter[Change] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    removed: int = 0


class Builder:
    """The only writer of a data folder; holds its lock while it works.

    Read it from `_index` down: one method for each stage.
    """

    def __init__(
        self, folder: Path, *, settings: IndexSettings, embedder: Embedder, attributor: Attributor
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._embedder = embedder
        self._attributor = attributor
        self._generations = Generations(folder, settings=settings, embedder=embedder.identity)

    def add(self, items: Iterable[Article | Reject], *, progress: Progress) -> BuildReport:
        """Archive new and changed articles, then index them. Rejects are reported, never fatal."""
        with self._writing("add") as archive:
            self._check_settings()
            tally = _Tally()
            for batch in _batches(items, ARTICLES_AT_ONCE):
                tally.rejects += [item for item in batch if isinstance(item, Reject)]
                new = [item for item in batch if isinstance(item, Article)]
                tally.changes.update(archive.put(new))
                progress("reading", sum(tally.changes.values()), None)
            return self._index(archive, tally, progress=progress, fresh=False)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        """Remove articles from the archive, then publish an index without them."""
        with self._writing("remove") as archive:
            self._check_settings()
            tally = _Tally(removed=len(archive.remove(ids)))
            return self._index(archive, tally, progress=progress, fresh=False)

    def rebuild(self, *, progress: Progress) -> BuildReport:
        """Publish a generation from the archive alone, with the present settings."""
        with self._writing("rebuild") as archive:
            return self._index(archive, _Tally(), progress=progress, fresh=True)

    @contextmanager
    def _writing(self, action: str) -> Iterator[Archive]:
        with (
            writing(self._folder, action),
            closing(Archive.open(self._folder / "archive.sqlite")) as archive,
        ):
            yield archive

    def _check_settings(self) -> None:
        """Adding one article must not silently embed a whole archive again."""
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

    def _index(
        self, archive: Archive, tally: _Tally, *, progress: Progress, fresh: bool
    ) -> BuildReport:
        self._split_articles(archive, progress)
        self._group_near_duplicates(archive, progress)
        self._find_statements(archive, progress)
        embedded = self._embed_passages(archive, progress)
        manifest = self._publish(archive, progress, fresh=fresh)
        return BuildReport(
            added=tally.changes[Change.ADDED],
            revised=tally.changes[Change.REVISED],
            updated=tally.changes[Change.UPDATED],
            unchanged=tally.changes[Change.UNCHANGED],
            removed=tally.removed,
            rejects=tuple(tally.rejects),
            embedded=embedded,
            articles=manifest.articles if manifest else 0,
            passages=manifest.passages if manifest else 0,
            statements=manifest.statements if manifest else 0,
            generation=manifest.name if manifest else "",
        )

    def _split_articles(self, archive: Archive, progress: Progress) -> None:
        recipe = passage_recipe(self._settings, self._embedder.identity)
        chunker = Chunker(self._settings, self._embedder)
        done = 0
        while articles := archive.stale(recipe, ARTICLES_AT_ONCE):
            for article in articles:
                chunks = chunker.chunk(article)
                archive.put_passages(
                    article,
                    recipe=recipe,
                    boilerplate=chunks.boilerplate,
                    spans=chunks.spans,
                    keys=chunks.keys,
                )
            done += len(articles)
            progress("splitting", done, None)

    @staticmethod
    def _group_near_duplicates(archive: Archive, progress: Progress) -> None:
        """After splitting, which marks the boilerplate: copies differ in it."""
        recipe = story_recipe()
        total = archive.count_ungrouped(recipe)
        done = 0
        while waiting := archive.ungrouped(recipe, ARTICLES_AT_ONCE):
            sketched = [(article, sketch(article, marks)) for article, marks in waiting]
            archive.put_sketches(sketched, recipe)
            done += len(waiting)
            progress("grouping", done, max(done, total))

    def _find_statements(self, archive: Archive, progress: Progress) -> None:
        recipe = statement_recipe(self._attributor.identity)
        total = archive.count_unattributed(recipe)
        done = 0
        while articles := archive.unattributed(recipe, ATTRIBUTED_AT_ONCE):
            found = self._attributor.attribute(articles)
            archive.put_statements(list(zip(articles, found, strict=True)), recipe)
            done += len(articles)
            progress("attributing", done, max(done, total))

    def _embed_passages(self, archive: Archive, progress: Progress) -> int:
        total = archive.missing_embeddings()
        done = 0
        while missing := archive.unembedded(PASSAGES_AT_ONCE):
            inputs = dict(self._encoder_inputs(archive, missing))
            archive.put_embeddings(
                list(inputs), self._embedder.embed_passages(list(inputs.values()))
            )
            done += len(inputs)
            progress("embedding", done, max(done, total))
        return done

    @staticmethod
    def _encoder_inputs(
        archive: Archive, missing: Sequence[tuple[Passage, bytes]]
    ) -> Iterator[tuple[bytes, str]]:
        article_of = lru_cache(maxsize=ARTICLES_AT_ONCE)(archive.article)
        for passage, key in missing:
            article = article_of(passage.article_id, passage.revision)
            yield key, encoder_input(article, passage.span.of(article.text))

    def _publish(self, archive: Archive, progress: Progress, *, fresh: bool) -> Manifest | None:
        """None if there is nothing to publish: no article, and no index that has to lose some."""
        if not archive.count() and not current_name(self._folder):
            return None
        if not fresh and (current := self._up_to_date(archive)):
            return current
        progress("publishing", 0, 1)
        made_by = Provenance(self._settings, self._embedder.identity, self._attributor.identity)
        manifest = publish(self._folder, archive, provenance=made_by, fresh=fresh)
        progress("publishing", 1, 1)
        return manifest

    def _up_to_date(self, archive: Archive) -> Manifest | None:
        """The current generation, if it holds exactly what the archive does."""
        try:
            current = self._generations.current()
        except GenerationError:
            return None
        same_name = current.name == archive.latest_generation() == current_name(self._folder)
        same = same_name and same_contents(current.passage_table, archive.passage_table())
        return current.manifest if same else None


def same_contents(one: PassageTable, other: PassageTable) -> bool:
    """Whether both hold the same passages, statements and stories."""
    parts = ((each.passage, each.statement, each.story) for each in (one, other))
    return all(np.array_equal(*pair) for pair in zip(*parts, strict=True))


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
