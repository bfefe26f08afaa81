"""The stages of an article in the archive: passages, near duplicates, statements, vectors.

Each asks the archive what is still missing and is durable when it returns, so a killed run loses
nothing.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from index.attribution.attributor import Attributor
from index.attribution.effort import UnreadArticle, too_costly
from index.dedup.near_duplicates import sketch
from index.documents import Article, Passage
from index.neural.embedder import Embedder
from index.progress import FINISHED_AT_ONCE, Pending, Progress
from index.recipes import passage_recipe, statement_recipe, story_recipe
from index.settings import IndexSettings
from index.statements import Statement
from index.stores.archive.archive import Archive
from index.text.chunking import Chunker, encoder_input

logger = logging.getLogger(__name__)

ARTICLES_AT_ONCE = 200


class Stages:
    """Of one run over an open archive; the progress counts over the whole run."""

    def __init__(
        self,
        archive: Archive,
        *,
        settings: IndexSettings,
        embedder: Embedder,
        attributor: Attributor,
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._embedder = embedder
        self._attributor = attributor
        self._progress = progress
        self._chunker = Chunker(settings, embedder)
        self._passages = passage_recipe(settings, embedder.identity)
        self._statements = statement_recipe(attributor.identity)
        self._done = {"splitting": 0, "grouping": 0, "attributing": 0, "embedding": 0}
        self._totals: dict[str, int] = {}
        self.given_up: list[UnreadArticle] = []
        """Articles in which no statements were looked for in this run."""

    @property
    def embedded(self) -> int:
        """Inputs encoded in this run."""
        return self._done["embedding"]

    @property
    def unattributed(self) -> int:
        """Articles whose statements are still to be found."""
        return self._archive.count_unattributed(self._statements)

    @property
    def pending(self) -> Pending:
        """Of what the archive holds; passages of articles that are not split are not counted."""
        return Pending(statements=self.unattributed, vectors=self._archive.missing_vectors())

    def split(self) -> None:
        while articles := self._archive.stale(self._passages, ARTICLES_AT_ONCE):
            chunked = [(article, self._chunker.chunk(article)) for article in articles]
            self._archive.put_passages(chunked, self._passages)
            self._count("splitting", len(articles), None)

    def group(self) -> None:
        """After splitting, which marks the boilerplate: copies differ in it."""
        recipe = story_recipe()
        while waiting := self._archive.ungrouped(recipe, ARTICLES_AT_ONCE):
            sketched = [(article, sketch(article, marks)) for article, marks in waiting]
            self._archive.put_sketches(sketched, recipe)
            self._count("grouping", len(waiting), lambda: self._archive.count_ungrouped(recipe))

    def unfinished(self) -> list[int]:
        """The numbers of revisions without statements or without all vectors, newest first."""
        return self._archive.unfinished(self._statements)

    def finish(self, revisions: Sequence[int]) -> None:
        """Find the statements of these, and embed their passages."""
        if articles := self._archive.unattributed_of(self._statements, revisions):
            self._archive.put_statements(self._attributed(articles), self._statements)
            self._count("attributing", len(articles), lambda: self.unattributed)
        if missing := self._archive.unembedded_of(revisions):
            self._count("embedding", self._embed(missing), self._left_to_embed)

    def _attributed(self, articles: Sequence[Article]) -> list[tuple[Article, list[Statement]]]:
        """With the statements of each; those that would cost too much have none."""
        reasons = {each.id: too_costly(each.text) for each in articles}
        read = [each for each in articles if not reasons[each.id]]
        found = dict(zip((each.id for each in read), self._attributor.attribute(read), strict=True))
        for given_up in (UnreadArticle(name, reason) for name, reason in reasons.items() if reason):
            logger.warning(
                "no statements are looked for in %r: %s", given_up.article_id, given_up.reason
            )
            self.given_up.append(given_up)
        return [(each, found.get(each.id, [])) for each in articles]

    def to_embed_again(self) -> list[int]:
        """The next revisions of a rebuild of the vectors; [] if there is none, or all are made."""
        return self._archive.to_embed_again(FINISHED_AT_ONCE)

    def embed_again(self, revisions: Sequence[int]) -> None:
        """Vectors that were made before answer until these do."""
        embedded = self._embed(self._archive.passages_of(revisions))
        self._archive.note_embedded_again(revisions[-1])
        self._count("embedding", embedded, self._left_to_embed)

    def _embed(self, passages: Sequence[tuple[Passage, bytes]]) -> int:
        """How many inputs were encoded."""
        inputs = dict(self._encoder_inputs(passages))
        if inputs:
            vectors = self._embedder.embed_passages(list(inputs.values()))
            self._archive.put_embeddings(list(inputs), vectors, self._embedder.engine)
        return len(inputs)

    def _left_to_embed(self) -> int:
        return self._archive.missing_embeddings() + self._archive.count_to_embed_again()

    def _encoder_inputs(
        self, passages: Sequence[tuple[Passage, bytes]]
    ) -> Iterator[tuple[bytes, str]]:
        article_of = lru_cache(maxsize=FINISHED_AT_ONCE)(self._archive.article)
        for passage, key in passages:
            article = article_of(passage.article_id, passage.revision)
            yield key, encoder_input(article, passage.span.of(article.text))

    def _count(self, stage: str, done: int, left: Callable[[], int] | None) -> None:
        """What is left is counted once a stage: counting costs as much as there is left."""
        self._done[stage] += done
        if left and stage not in self._totals:
            self._totals[stage] = self._done[stage] + left()
        total = max(self._done[stage], self._totals[stage]) if left else None
        self._progress(stage, self._done[stage], total)
