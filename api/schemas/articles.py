"""Articles as JSON: one article, a page of them, and what an addition or a removal changed."""

from datetime import datetime
from typing import Any, Protocol, Self

from pydantic import BaseModel, Field

from api.schemas.citations import SourceBody
from index.build import BuildReport
from index.documents import Article, Boilerplate, BoilerplateKind, Reject, RejectReason
from index.stores.archive.article_queries import Revision


class StoredArticles(Protocol):
    """The part of the archive that one article is read from; safe from many threads."""

    def article(self, article_id: str, revision: str | None = None) -> Article: ...

    def revisions(self, article_id: str) -> list[Revision]: ...

    def boilerplate(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]: ...


class PageBody(BaseModel):
    articles: list[SourceBody]
    next: str | None = Field(
        description="Send it as `after` to get the next page; null on the last page."
    )


class RevisionBody(BaseModel):
    revision: str
    recorded_at: datetime


class BoilerplateBody(BaseModel):
    """Boilerplate inside the text, such as an invitation to subscribe: shown, never quoted."""

    start: int
    end: int
    kind: BoilerplateKind


class ArticleBody(SourceBody):
    text: str
    language: str | None
    metadata: dict[str, Any]
    revisions: list[RevisionBody] = Field(description="Newest first.")
    furniture: list[BoilerplateBody] = Field(description="Boilerplate, in the order of the text.")


class RejectBody(BaseModel):
    line: int | None = Field(description="The position of the item in the body, from 1.")
    reason: RejectReason
    detail: str

    @classmethod
    def of(cls, reject: Reject) -> Self:
        return cls(line=reject.line, reason=reject.reason, detail=reject.detail)


class ReportBody(BaseModel):
    added: int
    revised: int = Field(description="Articles whose text changed.")
    updated: int = Field(description="Articles whose title or other fields changed.")
    unchanged: int
    rejected: list[RejectBody]
    embedded: int = Field(description="Passages embedded now; known passages are not repeated.")
    articles: int
    passages: int
    generation: str

    @classmethod
    def of(cls, report: BuildReport) -> Self:
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
    def accepted(self) -> int:
        return self.added + self.revised + self.updated + self.unchanged


class RemovalBody(BaseModel):
    removed: int
    articles: int
    passages: int
    generation: str


def article_body(archive: StoredArticles, article_id: str, revision: str | None) -> ArticleBody:
    """The present text if `revision` is None."""
    article = archive.article(article_id, revision)
    return ArticleBody(
        **SourceBody.of(article).model_dump(),
        text=article.text,
        language=article.language,
        metadata=dict(article.metadata),
        revisions=[
            RevisionBody(revision=past.revision, recorded_at=past.recorded_at)
            for past in archive.revisions(article_id)
        ],
        furniture=[
            BoilerplateBody(start=each.span.start, end=each.span.end, kind=each.kind)
            for each in archive.boilerplate(article_id, article.revision)
        ],
    )
