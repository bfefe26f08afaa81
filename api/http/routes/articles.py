"""Articles in, out and away: what the archive holds, revision by revision."""

import logging
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.http.batches import MEDIA_TYPES, read_batch
from api.http.errors import NONE_ACCEPTED, problem
from api.http.problems import problems
from api.http.service import AnswerService, AtDesk
from api.schemas.citations import SourceBody
from api.schemas.filters import FilterQuery
from index.build import BuildReport
from index.documents import BoilerplateKind, Reject, RejectReason

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/v1/articles", tags=["articles"])


class PageQuery(FilterQuery):
    after: str | None = Field(None, description="The `next` of the page before.")
    limit: int = Field(50, ge=1, le=200)


class PageBody(BaseModel):
    articles: list[SourceBody]
    next: str | None = Field(description="Give it as `after` for the next page; null at the end.")


class RevisionBody(BaseModel):
    revision: str
    recorded_at: datetime


class BoilerplateBody(BaseModel):
    """Page debris inside the text: shown, never quoted."""

    start: int
    end: int
    kind: BoilerplateKind


class ArticleBody(SourceBody):
    text: str
    language: str | None
    metadata: dict[str, Any]
    revisions: list[RevisionBody] = Field(description="Newest first.")
    furniture: list[BoilerplateBody]


class RejectBody(BaseModel):
    line: int | None = Field(description="The item's place in the body, from 1.")
    reason: RejectReason
    detail: str

    @classmethod
    def of(cls, reject: Reject) -> "RejectBody":
        return cls(line=reject.line, reason=reject.reason, detail=reject.detail)


class ReportBody(BaseModel):
    added: int
    revised: int = Field(description="The text changed.")
    updated: int = Field(description="Only the title or other particulars changed.")
    unchanged: int
    rejected: list[RejectBody]
    embedded: int = Field(description="Passages encoded now; known ones are not encoded again.")
    articles: int
    passages: int
    generation: str

    @classmethod
    def of(cls, report: BuildReport) -> "ReportBody":
        return cls(
            added=report.added,
            revised=report.revised,
            updated=report.updated,
            unchanged=report.unchanged,
            rejected=[RejectBody.of(reject) for reject in report.rejects],
            embedded=report.embedded,
            articles=report.articles,
            passages=report.passages,
            generation=report.generation,
        )

    @property
    def landed(self) -> int:
        return self.added + self.revised + self.updated + self.unchanged


class RemovalBody(BaseModel):
    removed: int
    articles: int
    passages: int
    generation: str


@router.get("", summary="List the articles", responses=problems(422, 503))
async def list_articles(query: Annotated[PageQuery, Query()], desk: AtDesk) -> PageBody:
    """By id, without their text."""
    return await run_in_threadpool(_page, desk.service, query)


@router.get("/{id:path}", summary="Read an article", responses=problems(404, 422, 503))
async def read_article(id: str, desk: AtDesk, revision: str | None = None) -> ArticleBody:
    """The text that offsets count into; a past revision stays readable."""
    return await run_in_threadpool(article_body, desk.service, id, revision)


_RECORD = {
    "id": "harbour-tolls",
    "title": "Harbour tolls to end in spring",
    "text": "The harbour tolls will go. The council voted nine to four on Tuesday.",
    "outlet": "The Quay Courier",
    "published_at": "2025-03-04",
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One article, an array, an object with `articles`, or one article a line.",
        "content": {
            media_type: {"schema": {"type": "object"}, "example": _RECORD}
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
async def add_articles(request: Request, desk: AtDesk) -> ReportBody | Response:
    """Adds what is new, revises what changed, and returns once it can be asked about."""
    media_type = request.headers.get("content-type", "")
    body = await request.body()
    report = await run_in_threadpool(_add, desk.service, body, media_type)
    desk.readiness.warm()
    if report.landed:
        return report
    rejected = [reject.model_dump(mode="json") for reject in report.rejected]
    return problem(request, NONE_ACCEPTED, _nothing_landed(len(rejected)), rejected=rejected)


@router.delete(
    "/{id:path}", summary="Take an article down", responses=problems(404, 409, 422, 503, 507)
)
async def remove_article(id: str, desk: AtDesk) -> RemovalBody:
    """Hidden at once: neither answers nor this API show it again, unless it is added anew."""
    return await run_in_threadpool(_remove, desk.service, id)


def _page(service: AnswerService, query: PageQuery) -> PageBody:
    """One more than asked for is read, to know whether there is a next page."""
    found = service.archive.page(after=query.after, limit=query.limit + 1, filter=query.filter())
    shown = found[: query.limit]
    following = shown[-1].id if len(found) > query.limit else None
    return PageBody(articles=[SourceBody.of(article) for article in shown], next=following)


def article_body(service: AnswerService, article_id: str, revision: str | None) -> ArticleBody:
    archive = service.archive
    article = archive.article(article_id, revision)
    revisions = archive.revisions(article_id)
    boilerplate = archive.boilerplate(article_id, article.revision)
    return ArticleBody(
        **SourceBody.of(article).model_dump(),
        text=article.text,
        language=article.language,
        metadata=dict(article.metadata),
        revisions=[
            RevisionBody(revision=past.revision, recorded_at=past.recorded_at) for past in revisions
        ],
        furniture=[
            BoilerplateBody(start=item.span.start, end=item.span.end, kind=item.kind)
            for item in boilerplate
        ],
    )


def _add(service: AnswerService, body: bytes, media_type: str) -> ReportBody:
    return ReportBody.of(service.add(read_batch(body, media_type), progress=_log_progress))


def _nothing_landed(rejected: int) -> str:
    if rejected == 0:
        return "The body holds no article; send at least one."
    if rejected == 1:
        return "The item did not become an article; `rejected` says why."
    return f"None of the {rejected} items became an article; `rejected` says why."


def _remove(service: AnswerService, article_id: str) -> RemovalBody:
    service.archive.article(article_id)
    report = service.remove([article_id], progress=_log_progress)
    return RemovalBody(
        removed=report.removed,
        articles=report.articles,
        passages=report.passages,
        generation=report.generation,
    )


def _log_progress(stage: str, done: int, total: int | None) -> None:
    logger.debug("%s %d of %s", stage, done, total)
