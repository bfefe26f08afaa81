"""The composition root: makes each part when it is first needed, and asks the questions."""

import threading
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from time import monotonic
from typing import Generic, TypeVar

from index.attribution.attributor import Attributor, load_attributor
from index.build import Builder, BuildReport, Progress
from index.documents import EVERYTHING, Article, Filter, Reject
from index.neural.embedder import Embedder, load_embedder
from index.statements import Speaker, StatementKind
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from rag.answering.coverage import why_nothing_visible
from rag.answering.from_passages import Limits, Resources
from rag.articles import ArticleCache
from rag.citations import CitationVerdict, Claim, verify
from rag.query.query import parse
from rag.question_run import QuestionRun, state_of
from rag.reading.reader import Reader, load_reader
from rag.replies import IndexState, Reply, SearchReply, StatementsReply
from rag.settings import ServiceSettings
from rag.statements.as_of import statement_collection
from rag.statements.listing import ListingRequest, list_statements
from rag.timing import Stopwatch
from rag.trace import TracedReply

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


class Service:
    """All that HTTP, command line and evaluation need, over one data folder."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        embedder: Callable[[str], Embedder] = load_embedder,
        attributor: Callable[[], Attributor] = load_attributor,
        reader: Callable[[str], Reader | None] = load_reader,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._embedder = Lazy(lambda: embedder(settings.embedder))
        self._attributor = Lazy(attributor)
        self._reader = Lazy(lambda: reader(settings.reader))
        self._clock = clock
        self._archive = Lazy(lambda: Archive.open(settings.data / "archive.sqlite", read_only=True))
        self._generations = Lazy(
            lambda: Generations(
                settings.data, settings=settings.index, embedder=self._embedder().identity
            )
        )

    @property
    def archive(self) -> Archive:
        """The archive, opened for reading; NoIndexError before anything was added."""
        return self._archive()

    def ask(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        dates: bool = True,
    ) -> Reply:
        """One answer or one refusal; QuestionError, GenerationError or ModelError otherwise.

        With `dates=False`, dates in the question are words like any others.
        """
        asked_at = filter.as_of or self._clock()
        return self._run(question, filter, asked_at, dates=dates).reply(alternatives)

    def ask_with_trace(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        only: AbstractSet[str] | None = None,
    ) -> TracedReply:
        """The reply of `ask` and what it was chosen from; its timings are those of `ask`.

        Passages are searched even where statements answered. With `only`, they are also read as if
        there were no other articles than these. The clock is not read: "last week" is worked out
        from the filter's `as_of`, or not at all.
        """
        run = self._run(question, filter, filter.as_of)
        reply = run.reply(alternatives)
        return TracedReply(reply, run.trace, None if only is None else run.trace_within(only))

    def search(
        self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10, dates: bool = True
    ) -> SearchReply:
        """Passages, nothing decided."""
        asked_at = filter.as_of or self._clock()
        return self._run(question, filter, asked_at, dates=dates).search(limit)

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        kinds: Sequence[StatementKind] = (),
        filter: Filter = EVERYTHING,
        limit: int = 20,
        offset: int = 0,
    ) -> StatementsReply:
        """A page of statements on a topic, of everybody the name may mean; all where None."""
        watch = Stopwatch()
        generation, articles = self._open(watch)
        collection = statement_collection(generation, articles, filter.as_of)
        request = ListingRequest(speaker, about, tuple(kinds), filter)
        with watch("statements"):
            found = list_statements(collection, request, limit=limit, offset=offset)
        articles.raise_if_damaged()
        return StatementsReply(
            found.speakers,
            found.total,
            found.citations,
            state_of(generation),
            watch.timings_ms,
            found.uncertain,
            found.similar,
            None if found.total else why_nothing_visible(generation.passage_table, filter),
        )

    def speakers(
        self, name: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[Speaker]:
        """Speakers whose names hold these words; similar names where there are none."""
        generation, articles = self._open(Stopwatch())
        index = statement_collection(generation, articles, as_of).index
        return index.speakers(name, limit) or index.nearest_speakers(name, limit)

    def verify(self, claims: Sequence[Claim]) -> list[CitationVerdict]:
        return verify(self.archive, claims)

    def state(self) -> IndexState:
        """The generation that would answer now; GenerationError when there is none."""
        return state_of(self._generations().current())

    def check(self) -> None:
        """Load everything a question needs; raises whatever would keep it from being answered."""
        self._archive()
        self._generations().current()
        self._embedder().embed_questions(["ready"])
        self._reader()

    def add(self, items: Iterable[Article | Reject], *, progress: Progress) -> BuildReport:
        return self._builder().add(items, progress=progress)

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        return self._builder().remove(ids, progress=progress)

    def rebuild(self, *, progress: Progress) -> BuildReport:
        return self._builder().rebuild(progress=progress)

    def close(self) -> None:
        for archive in self._archive.made:
            archive.close()

    def _run(
        self, question: str, filter: Filter, asked_at: datetime | None, *, dates: bool = True
    ) -> QuestionRun:
        watch, settings = Stopwatch(), self.settings
        query = parse(question, longest=settings.max_question_chars, as_of=asked_at, dates=dates)
        generation, articles = self._open(watch)
        limits = Limits(
            filter,
            asked_at,
            deadline=monotonic() + settings.read_within_ms / 1000,
            min_confidence=settings.min_confidence,
            cited=settings.story_shown,
        )
        resources = Resources(generation, articles, self._embedder, self._reader)
        return QuestionRun(query, resources, limits, watch)

    def _open(self, watch: Stopwatch) -> tuple[Generation, ArticleCache]:
        with watch("open"):
            return self._generations().current(), ArticleCache(self._archive())

    def _builder(self) -> Builder:
        settings = self.settings
        return Builder(
            settings.data,
            settings=settings.index,
            embedder=self._embedder(),
            attributor=self._attributor(),
        )
