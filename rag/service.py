"""The composition root: builds the parts of the service, each when it is first needed."""

import threading
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Generic, TypeVar

from index.attribution.attributor import Attributor, load_attributor
from index.build import Builder, BuildReport, Progress
from index.documents import EVERYTHING, Article, Filter, Reject
from index.neural.embedder import Embedder, load_embedder
from index.statements import Speaker, StatementKind
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generations
from rag.citations import CitationVerdict, Claim, verify
from rag.pipeline import Pipeline, TracedReply
from rag.question_run import state_of
from rag.reading.reader import Reader, load_reader
from rag.replies import IndexState, Reply, SearchReply, StatementsReply
from rag.settings import ServiceSettings
from rag.trace import Trace

T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


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
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.settings = settings
        self._embedder = Lazy(lambda: embedder(settings.embedder))
        self._attributor = Lazy(attributor)
        self._reader = Lazy(lambda: reader(settings.reader))
        self._archive = Lazy(self._open_archive)
        self._generations = Lazy(self._open_generations)
        self._pipeline = Pipeline(
            self._archive,
            self._generations,
            self._embedder,
            self._reader,
            settings,
            clock,
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
        return self._pipeline.ask(question, filter=filter, alternatives=alternatives, dates=dates)

    def ask_with_trace(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        only: AbstractSet[str] | None = None,
    ) -> TracedReply:
        """The reply and what it was chosen from, for the evaluation; no stage runs twice."""
        return self._pipeline.ask_with_trace(question, filter=filter, only=only)

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
        """A page of statements by everybody the name may mean, on the topic, of these kinds."""
        return self._pipeline.statements(
            speaker=speaker, about=about, kinds=kinds, filter=filter, limit=limit, offset=offset
        )

    def speakers(
        self, name: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[Speaker]:
        """Quoted speakers of that name, or of similar names where there are none."""
        return self._pipeline.speakers(name, limit=limit, as_of=as_of)

    def search(
        self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10, dates: bool = True
    ) -> SearchReply:
        return self._pipeline.search(question, filter=filter, limit=limit, dates=dates)

    def trace(
        self, question: str, *, filter: Filter = EVERYTHING, only: AbstractSet[str] | None = None
    ) -> Trace:
        """What was found for a question, up to the decision."""
        return self._pipeline.trace(question, filter=filter, only=only)

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

    def _builder(self) -> Builder:
        settings = self.settings
        return Builder(
            settings.data,
            settings=settings.index,
            embedder=self._embedder(),
            attributor=self._attributor(),
        )

    def _open_archive(self) -> Archive:
        return Archive.open(self.settings.data / "archive.sqlite", read_only=True)

    def _open_generations(self) -> Generations:
        settings = self.settings
        return Generations(
            settings.data, settings=settings.index, embedder=self._embedder().identity
        )


def open_service(settings: ServiceSettings) -> Service:
    """A service over `settings.data`; loads nothing before it is used."""
    return Service(settings)
