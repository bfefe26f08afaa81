"""Routes that add, list, read and remove articles."""

import logging
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.http.batches import MEDIA_TYPES, read_batch
from api.http.errors import NONE_ACCEPTED, problem
from api.http.problems import problems
from api.http.service import AnswerService, State
from api.schemas.articles import ArticleBody, PageBody, RemovalBody, ReportBody, article_body
from api.schemas.examples import ARTICLE_RECORD
from api.schemas.filters import FilterQuery
from index.errors import DamagedArticleError

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/v1/articles", tags=["articles"])


class PageQuery(FilterQuery):
    after: str | None = Field(None, description="The `next` of the previous page.")
    limit: int = Field(50, ge=1, le=200)


@router.get("", summary="List the articles", responses=problems(422, 503))
async def list_articles(query: Annotated[PageQuery, Query()], state: State) -> PageBody:
    """List the articles in the order of their ids, without their text."""
    return await run_in_threadpool(_page, state.service, query)


@router.get("/{id:path}", summary="Get an article", responses=problems(404, 422, 503))
async def get_article(id: str, state: State, revision: str | None = None) -> ArticleBody:
    """Return the article with the text that all offsets count in.

    Give `revision` to read an earlier text; earlier texts are kept.
    """

    def read() -> ArticleBody:
        return article_body(state.service.archive, id, revision)

    return await run_in_threadpool(read)


_BODY = {
    "requestBody": {
        "required": True,
        "description": "One article, an array, an object with `articles`, or one article per line.",
        "content": {
            media_type: {"schema": {"type": "object"}, "example": ARTICLE_RECORD}
            for media_type in MEDIA_TYPES
        },
    }
}


@router.post(
    "",
    summary="Add articles",
    response_model=ReportBody,
    openapi_extra=_BODY,
    responses=problems(400, 409, 413, 415, 422, 503, 507),
)
async def add_articles(request: Request, state: State) -> ReportBody | Response:
    """Add new articles and revise those that changed.

    The response comes when questions can be answered from the new articles.
    """
    media_type = request.headers.get("content-type", "")
    body = await request.body()
    report = await run_in_threadpool(_add, state.service, body, media_type)
    state.readiness.warm()
    if report.accepted:
        return report
    rejected = [reject.model_dump(mode="json") for reject in report.rejected]
    return problem(request, NONE_ACCEPTED, _none_accepted(len(rejected)), rejected=rejected)


@router.delete(
    "/{id:path}", summary="Remove an article", responses=problems(404, 409, 422, 503, 507)
)
async def remove_article(id: str, state: State) -> RemovalBody:
    """Hide the article at once and remove it from the index.

    No answer and no other route shows it afterwards, unless it is added again.
    """
    return await run_in_threadpool(_remove, state.service, id)


def _page(service: AnswerService, query: PageQuery) -> PageBody:
    """Reads one article more than the limit, to know whether there is a next page."""
    found = service.archive.page(after=query.after, limit=query.limit + 1, filter=query.filter())
    shown = found[: query.limit]
    following = shown[-1].id if len(found) > query.limit else None
    return PageBody.model_validate({"articles": shown, "next": following})


def _add(service: AnswerService, body: bytes, media_type: str) -> ReportBody:
    return ReportBody.model_validate(
        service.add(read_batch(body, media_type), progress=_log_progress)
    )


def _none_accepted(rejected: int) -> str:
    if rejected == 0:
        return "The body contains no article; send at least one."
    if rejected == 1:
        return "The item was not accepted; `rejected` says why."
    return f"None of the {rejected} items was accepted; `rejected` says why."


def _remove(service: AnswerService, article_id: str) -> RemovalBody:
    with suppress(DamagedArticleError):
        service.archive.article(article_id)
    return RemovalBody.model_validate(service.remove([article_id], progress=_log_progress))


def _log_progress(stage: str, done: int, total: int | None) -> None:
    logger.debug("%s %d of %s", stage, done, total)
