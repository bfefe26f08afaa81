"""What HTTP needs of the service behind it, and the state that every route works with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol, TypeVar, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.http.guards.departures import while_connected
from api.http.limits import ConcurrencyLimit
from api.http.readiness import Readiness
from api.jobs.queue import JobQueue
from api.jobs.work import ArticleWriter
from api.schemas.articles import StoredArticles
from api.telemetry.telemetry import Telemetry
from index.documents import Article, Filter
from index.maintenance.rollback import KeptGeneration, Rollback
from index.statements import Speaker, StatementKind
from rag.citations import CitationVerdict, Claim
from rag.replies import IndexState, Reply, SearchReply, StatementsReply

T = TypeVar("T")


class ArchiveReader(StoredArticles, Protocol):
    """The archive's read side, safe from many threads."""

    def page(self, *, after: str | None, limit: int, filter: Filter) -> list[Article]: ...


class AnswerService(ArticleWriter, Protocol):
    """`rag.service.Service`, or a fake of it. Any method may take seconds: call it in a thread."""

    @property
    def archive(self) -> ArchiveReader: ...

    def ask(
        self,
        question: str,
        *,
        filter: Filter,
        alternatives: int,
        dates: bool,
        generation: str | None,
        is_abandoned: Callable[[], bool],
    ) -> Reply: ...

    def search(
        self,
        question: str,
        *,
        filter: Filter,
        limit: int,
        dates: bool,
        generation: str | None,
    ) -> SearchReply: ...

    def statements(
        self,
        *,
        speaker: str | None,
        about: str | None,
        kinds: Sequence[StatementKind],
        filter: Filter,
        limit: int,
        offset: int,
    ) -> StatementsReply: ...

    def speakers(self, name: str, *, limit: int, as_of: datetime | None) -> list[Speaker]: ...

    def verify(self, claims: Sequence[Claim]) -> list[CitationVerdict]: ...

    def state(self) -> IndexState: ...

    def generations(self) -> list[KeptGeneration]: ...

    def rollback(self, generation: str | None) -> Rollback: ...

    def unfinished(self) -> bool: ...

    def check(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AppState:
    """One for each application."""

    service: AnswerService
    writer: ArticleWriter
    limit: ConcurrencyLimit
    readiness: Readiness
    jobs: JobQueue
    telemetry: Telemetry

    async def in_turn(self, request: Request, work: Callable[[Callable[[], bool]], T]) -> T:
        """Run model work in a thread; while it waits for its turn it holds none.

        The work is given a function that says whether the client has left. Nothing is done for
        one that leaves while it waits.
        """

        async def in_thread(is_gone: Callable[[], bool]) -> T:
            async with self.limit.turn():
                return await run_in_threadpool(work, is_gone)

        return await while_connected(request.receive, in_thread)


async def state_of(request: Request) -> AppState:
    """Async, so that FastAPI needs no thread to call it."""
    return cast("AppState", request.app.state.app_state)


State = Annotated[AppState, Depends(state_of)]
