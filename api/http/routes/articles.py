"""Routes that add, list, read and remove articles."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.http.errors import NONE_ACCEPTED, problem
from api.http.problems import problems
from api.http.service import AnswerService, AppState, State
from api.http.waiting import ACCEPTED, Prefer, Wait, accepted, is_async, until
from api.jobs.job import WriteJob
from api.jobs.reports import has_accepted, report_of_job
from api.schemas.article_records import ARTICLE_RECORD_SCHEMA, ARTICLES_SCHEMA
from api.schemas.articles import (
    JSON,
    MEDIA_TYPES,
    ArticleBody,
    PageBody,
    RejectBody,
    RemovalBody,
    ReportBody,
    article_body,
)
from api.schemas.examples import ARTICLE_RECORD
from api.schemas.filters import AsOfQuery, FilterQuery, Words
from api.schemas.revisions import DiffBody, diff_body
from index.documents import Article, Reject
from index.errors import (
    DamagedArticleError,
    NoIndexError,
    OnRecordError,
    StoppingError,
    UnknownArticleError,
)

router = APIRouter(prefix="/v1/articles", tags=["articles"])


class ArticleQuery(AsOfQuery):
    revision: Words | None = Field(default=None, description="The sha256 of an earlier text.")


class DiffQuery(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    earlier: Words | None = Field(
        default=None, alias="from", description="A revision; without it, the one before `to`."
    )
    later: Words | None = Field(
        default=None, alias="to", description="A revision; without it, the present one."
    )


class PageQuery(FilterQuery):
    after: str | None = Field(None, description="The `next` of the previous page.")
    limit: int = Field(50, ge=1, le=200)


Purge = Annotated[
    bool, Query(description="Erase its text, statements, vectors and earlier revisions for good.")
]


@router.get("", summary="List the articles", responses=problems(422, 503))
async def list_articles(query: Annotated[PageQuery, Query()], state: State) -> PageBody:
    """List the articles in the order of their ids, without their text."""
    return await run_in_threadpool(_page, state.service, query)


@router.get(
    "/{id:path}/diff", summary="Compare two texts of an article", responses=problems(404, 422, 503)
)
async def compare_revisions(
    id: str, query: Annotated[DiffQuery, Query()], state: State
) -> DiffBody:
    """Return what changed from one text to another, word by word and by paragraphs.

    Without `from` and `to`, from the text before the present one to the present one.
    """

    def compared() -> DiffBody:
        return diff_body(state.service.archive, id, query.earlier, query.later)

    return await run_in_threadpool(compared)


@router.get("/{id:path}", summary="Get an article", responses=problems(404, 422, 503))
async def get_article(
    id: str, query: Annotated[ArticleQuery, Query()], state: State
) -> ArticleBody:
    """Return the article with the text that all offsets count in.

    Give `revision` to read an earlier text, or `as_of` to read the one that the archive had then:
    earlier texts are kept. An article that did not exist then is unknown (404).
    """

    def read() -> ArticleBody:
        return article_body(state.service.archive, id, query.revision, query.seen_from())

    return await run_in_threadpool(read)


_BODY = {
    "requestBody": {
        "required": True,
        "description": "One article, an array, an object with `articles`, or one article per line.",
        "content": {
            media_type: {
                "schema": ARTICLES_SCHEMA if media_type == JSON else ARTICLE_RECORD_SCHEMA,
                "example": ARTICLE_RECORD,
            }
            for media_type in MEDIA_TYPES
        },
    }
}


@router.post(
    "",
    summary="Add articles",
    response_model=ReportBody,
    openapi_extra=_BODY,
    responses=ACCEPTED | problems(400, 409, 413, 415, 422, 503, 507),
)
async def add_articles(
    request: Request, state: State, query: Wait, prefer: Prefer = None
) -> ReportBody | Response:
    """Add new articles and revise those that changed, after the writes that came before.

    The response comes when all is done for them; with `wait`, earlier. The service does the rest
    in the background, newest articles first, and `pending` says how much that is.
    """
    media_type = request.headers.get("content-type", "")
    body = await request.body()
    items = await run_in_threadpool(_items, body, media_type)
    ids = {item.id for item in items if isinstance(item, Article)}
    if not ids:
        return _none_accepted(request, [item for item in items if isinstance(item, Reject)])
    job = await run_in_threadpool(
        state.jobs.add, body, media_type, ids=ids, items=len(items), until=until(query)
    )
    if is_async(query, prefer):
        return accepted(job)
    report = report_of_job(await state.jobs.ended(job.id))
    if not has_accepted(report):
        return _none_accepted(request, report.rejects)
    return ReportBody.model_validate(report)


@router.delete(
    "/{id:path}",
    summary="Remove an article",
    response_model=RemovalBody,
    responses=ACCEPTED | problems(404, 409, 422, 503, 507),
)
async def remove_article(
    id: str, state: State, query: Wait, purge: Purge = False, prefer: Prefer = None
) -> RemovalBody | Response:
    """Hide the article at once and remove it from the index, before any other write.

    No answer and no other route shows it afterwards, unless it is added again. With `purge`, also
    for an article that is hidden already, all there is of it is erased, and `erased` says what.
    """
    with _saying_what_is_hidden(state, id):
        job = await run_in_threadpool(_erasure if purge else _removal, state, id)
        if is_async(query, prefer):
            return accepted(job)
        return RemovalBody.model_validate(report_of_job(await state.jobs.ended(job.id)))


@contextmanager
def _saying_what_is_hidden(state: AppState, article_id: str) -> Iterator[None]:
    """An article may be hidden although its removal cannot be noted or done."""
    try:
        yield
    except StoppingError:
        raise  # it goes on after the next start
    except OnRecordError as error:
        if not state.jobs.is_hidden(article_id):
            raise
        raise type(error)(
            f"Article {article_id!r} is hidden from now on, but its removal failed: {error}"
        ) from error


def _page(service: AnswerService, query: PageQuery) -> PageBody:
    """Reads one article more than the limit, to know whether there is a next page."""
    found = service.archive.page(after=query.after, limit=query.limit + 1, filter=query.filter())
    shown = found[: query.limit]
    following = shown[-1].id if len(found) > query.limit else None
    return PageBody.model_validate({"articles": shown, "next": following})


def _none_accepted(request: Request, rejects: Sequence[Reject]) -> Response:
    if not rejects:
        detail = "The body contains no article; send at least one."
    elif len(rejects) == 1:
        detail = "The item was not accepted; `rejected` says why."
    else:
        detail = f"None of the {len(rejects)} items was accepted; `rejected` says why."
    rejected = [RejectBody.model_validate(each).model_dump(mode="json") for each in rejects]
    return problem(request, NONE_ACCEPTED, detail, rejected=rejected)


def _items(body: bytes, media_type: str) -> list[Article | Reject]:
    from api.http.batches import read_batch  # noqa: PLC0415  a server that is asked needs none of it

    return list(read_batch(body, media_type))


def _removal(state: AppState, article_id: str) -> WriteJob:
    """Also of an article that is only about to be added, or is hidden already."""
    is_there = _is_there(state, article_id)
    if not is_there and not state.jobs.is_coming(article_id):
        state.service.archive.article(article_id)  # says that it is unknown
    return state.jobs.remove(article_id, is_there=is_there)


def _erasure(state: AppState, article_id: str) -> WriteJob:
    """Also of an article that was removed before, which only its writer finds."""
    return state.jobs.purge(article_id, is_there=_is_there(state, article_id))


def _is_there(state: AppState, article_id: str) -> bool:
    """Whether the archive has it to show, or would if it were not hidden."""
    try:
        with suppress(DamagedArticleError):
            state.service.archive.article(article_id)
    except (UnknownArticleError, NoIndexError):
        return state.jobs.is_hidden(article_id)
    return True
