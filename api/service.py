"""What the HTTP face needs of the service behind it, and the desk each request finds it on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request

from api.limits import Turnstile
from api.readiness import Readiness
from index.build import BuildReport, Progress
from index.documents import Article, Filter, Furniture, Reject
from index.stores.archive import Revision
from rag.answer import IndexState, Reply, SearchReply
from rag.cite import Claim, Verdict


class ArchiveReader(Protocol):
    """The archive's read side, safe from many threads."""

    def article(self, article_id: str, revision: str | None = None) -> Article: ...

    def revisions(self, article_id: str) -> list[Revision]: ...

    def furniture(self, article_id: str, revision: str) -> tuple[Furniture, ...]: ...

    def page(self, *, after: str | None, limit: int, filter: Filter) -> list[Article]: ...


class AnswerService(Protocol):
    """`rag.assemble.Service`, or a fake of it. Any method may take seconds: call it in a thread."""

    @property
    def archive(self) -> ArchiveReader: ...

    def ask(self, question: str, *, filter: Filter, alternatives: int) -> Reply: ...

    def search(self, question: str, *, filter: Filter, limit: int) -> SearchReply: ...

    def verify(self, claims: Sequence[Claim]) -> list[Verdict]: ...

    def state(self) -> IndexState: ...

    def check(self) -> None: ...

    def add(self, items: Iterable[Article | Reject], *, progress: Progress) -> BuildReport: ...

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What a route works with; one for each application."""

    service: AnswerService
    turnstile: Turnstile
    readiness: Readiness


async def desk_of(request: Request) -> Desk:
    """Async, so that finding the desk never waits for a thread."""
    return cast("Desk", request.app.state.desk)


AtDesk = Annotated[Desk, Depends(desk_of)]
