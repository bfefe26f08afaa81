"""Articles as JSON: one article, a page of them, and what an addition or a removal changed."""

from datetime import datetime
from typing import Any, Protocol

from pydantic import AliasPath, Field

from api.schemas.body import Body
from api.schemas.citations import SourceBody
from index.documents import Article, Boilerplate, BoilerplateKind, RejectReason
from index.stores.archive.article_queries import Revision


class StoredArticles(Protocol):
    """The part of the archive that one article is read from; safe from many threads."""

    def article(self, article_id: str, revision: str | None = None) -> Article: ...

    def revisions(self, article_id: str) -> list[Revision]: ...

    def boilerplate(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]: ...


class PageBody(Body):
    articles: list[SourceBody]
    next: str | None = Field(
        description="Send it as `after` to get the next page; null on the last page."
    )


class RevisionBody(Body):
    revision: str
    recorded_at: datetime


class BoilerplateBody(Body):
    """Boilerplate inside the text, such as an invitation to subscribe: shown, never quoted."""

    start: int = Field(validation_alias=AliasPath("span", "start"))
    end: int = Field(validation_alias=AliasPath("span", "end"))
    kind: BoilerplateKind


class ArticleBody(SourceBody):
    text: str
    language: str | None
    metadata: dict[str, Any]
    revisions: list[RevisionBody] = Field(description="Newest first.")
    furniture: list[BoilerplateBody] = Field(description="Boilerplate, in the order of the text.")


class RejectBody(Body):
    line: int | None = Field(description="The position of the item in the body, from 1.")
    reason: RejectReason
    detail: str


class ReportBody(Body):
    added: int
    revised: int = Field(description="Articles whose text changed.")
    updated: int = Field(description="Articles whose title or other fields changed.")
    unchanged: int
    rejected: list[RejectBody] = Field(validation_alias="rejects")
    embedded: int = Field(description="Passages embedded now; known passages are not repeated.")
    articles: int
    passages: int
    generation: str

    @property
    def accepted(self) -> int:
        return self.added + self.revised + self.updated + self.unchanged


class RemovalBody(Body):
    removed: int
    articles: int
    passages: int
    generation: str


def article_body(archive: StoredArticles, article_id: str, revision: str | None) -> ArticleBody:
    """The present text if `revision` is None."""
    article = archive.article(article_id, revision)
    return ArticleBody.from_fact(
        article,
        revisions=archive.revisions(article_id),
        furniture=archive.boilerplate(article_id, article.revision),
    )
