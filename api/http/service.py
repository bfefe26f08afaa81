"""What the HTTP face needs of the service behind it, and the desk each request finds it on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol, TypeVar, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.http.limits import ConcurrencyLimit
from api.http.readiness import Readiness
from index.build import BuildReport, Progress
from index.documents import Article, Boilerplate, Filter, Reject
from index.statements import Speaker, StatementKind
from index.stores.archive.article_queries import Revision
from rag.citations import CitationVerdict, Claim
from rag.replies import IndexState, Reply, SearchReply, StatementsReply

T = TypeVar("T")


class ArchiveReader(Protocol):
    """The archive's read side, safe from many threads."""

    def article(self, article_id: str, revision: str | None = None) -> Article: ...

    def revisions(self, article_id: str) -> list[Revision]: ...

    def boilerplate(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]: ...

    def page(self, *, after: str | None, limit: int, filter: Filter) -> list[Article]: ...


class AnswerService(Protocol):
    """`rag.assemble.Service`, or a fake of it. Any method may take seconds: call it in a thread."""

    @property
    def archive(self) -> ArchiveReader: ...

    def ask(self, question: str, *, filter: Filter, alternatives: int, dates: bool) -> Reply: ...

    def search(self, question: str, *, filter: Filter, limit: int, dates: bool) -> SearchReply: ...

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

    def check(self) -> None: ...

    def add(self, items: Iterable[Article | Reject], *, progress: Progress) -> BuildReport: ...

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AppState:
    """What a route works with; one for each application."""

    service: AnswerService
    turnstile: ConcurrencyLimit
    readiness: Readiness

    async def in_turn(self, work: Callable[[], T]) -> T:
        """Model work leaves the event loop free: it waits without a thread, then works in one."""
        async with self.turnstile.turn():
            return await run_in_threadpool(work)


async def desk_of(request: Request) -> AppState:
    """Async, so that finding the desk never waits for a thread."""
    return cast("AppState", request.app.state.desk)


AtDesk = Annotated[AppState, Depends(desk_of)]
