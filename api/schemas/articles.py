"""Articles as JSON: one article, a page of them, and what an addition or a removal changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from pydantic import AliasPath, Field

from api.schemas.body import Body
from api.schemas.citations import SourceBody
from api.schemas.replies import PendingBody
from index.documents import Article, Boilerplate, BoilerplateKind, RejectReason
from index.errors import UnknownArticleError
from index.stores.archive.article_queries import Revision
from index.stores.timestamps import instant, seconds

JSON = "application/json"
MEDIA_TYPES = (JSON, "application/x-ndjson", "application/jsonl")
"""Of a body with articles."""


class StoredArticles(Protocol):
    """The part of the archive that one article is read from; safe from many threads."""

    def article(self, article_id: str, revision: str | None = None) -> Article: ...

    def revisions(self, article_id: str) -> list[Revision]: ...

    def revisions_at(self, ids: Sequence[str], at: datetime) -> dict[str, str]: ...

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


class GivenUpBody(Body):
    id: str = Field(validation_alias="article_id")
    reason: str = Field(description="What was found and what was expected.")


class ReportBody(Body):
    added: int
    revised: int = Field(description="Articles whose text changed.")
    updated: int = Field(description="Articles whose title or other fields changed.")
    unchanged: int
    rejected: list[RejectBody] = Field(validation_alias="rejects")
    embedded: int = Field(
        description="Passages embedded while it ran, also of additions that came before; known "
        "passages are not repeated."
    )
    given_up: list[GivenUpBody] = Field(
        [], description="Articles in which no statements are looked for, as it would cost too much."
    )
    articles: int
    passages: int
    pending: PendingBody
    generation: str


class ErasedRowsBody(Body):
    """What was deleted from the archive."""

    articles: int
    revisions: int = Field(description="Texts, also earlier ones.")
    statements: int
    vectors: int = Field(description="Those that no passage used any more.")


class ErasureBody(Body):
    """What was erased from the archive, its write-ahead log and every generation of the index."""

    rows: ErasedRowsBody
    generations: int = Field(description="Generations of the index that were deleted.")
    bytes_before: int
    bytes_after: int
    others: list[str] = Field(
        description="Copies of the archive in the data folder, which may still have it."
    )


class RemovalBody(Body):
    removed: int
    articles: int
    passages: int
    generation: str
    erased: ErasureBody | None = Field(
        default=None, description="Null if nothing had to be erased."
    )


def article_body(
    archive: StoredArticles, article_id: str, revision: str | None, as_of: datetime | None = None
) -> ArticleBody:
    """Without `revision` the present text, or that which the archive had `as_of` an instant.

    UnknownArticleError also where the article did not exist at that instant.
    """
    if as_of is not None and revision is None:
        revision = archive.revisions_at([article_id], as_of).get(article_id)
    article, revisions = archive.article(article_id, revision), archive.revisions(article_id)
    if as_of is not None:
        _check_there(article, min(each.recorded_at for each in revisions), as_of)
    return ArticleBody.from_fact(
        article,
        revisions=revisions,
        furniture=archive.boilerplate(article_id, article.revision),
    )


def _check_there(article: Article, recorded: datetime, as_of: datetime) -> None:
    """An article without a date counts from when its first text was `recorded`."""
    since, then = seconds(article.published_at or recorded), seconds(as_of)
    if since > then:
        how = "published" if article.published_at else "undated and first stored"
        raise UnknownArticleError(
            f"The article {article.id!r} did not exist yet as of {instant(then)}: it was {how} "
            f"{instant(since)}."
        )
