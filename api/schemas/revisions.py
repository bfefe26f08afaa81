"""The difference of two texts of one article, as JSON."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from api.schemas.articles import StoredArticles
from index.documents import Article
from index.errors import UnknownArticleError
from index.stores.archive.article_queries import Revision
from rag.revisions import TextChange, differences, unified


class PartBody(BaseModel):
    """A part of one of the texts, in code points; it may be empty."""

    start: int
    end: int
    text: str


class ChangeBody(BaseModel):
    """What was there before, and what stands for it afterwards."""

    before: PartBody
    after: PartBody

    @classmethod
    def of(cls, found: TextChange) -> Self:
        return cls(
            before=PartBody(start=found.start, end=found.end, text=found.removed),
            after=PartBody(start=found.later_start, end=found.later_end, text=found.added),
        )


class TextRevisionBody(BaseModel):
    revision: str = Field(description="The sha256 of the text.")
    title: str
    recorded_at: datetime = Field(description="When the archive received it.")


class DiffBody(BaseModel):
    """What changed from one text to another, word by word and as `diff -u` writes it."""

    id: str
    earlier: TextRevisionBody = Field(alias="from")
    later: TextRevisionBody = Field(alias="to")
    changes: list[ChangeBody] = Field(description="In the order of the text; empty if equal.")
    unified: str = Field(description="By paragraphs.")

    @classmethod
    def of(cls, earlier: Article, later: Article, recorded: tuple[datetime, datetime]) -> Self:
        """`recorded` says when the archive received each."""
        texts, names = (earlier.text, later.text), (earlier.revision, later.revision)
        of_text = [
            {"revision": each.revision, "title": each.title, "recorded_at": at}
            for each, at in zip((earlier, later), recorded, strict=True)
        ]
        return cls.model_validate(
            {
                "id": later.id,
                "from": of_text[0],
                "to": of_text[1],
                "changes": [ChangeBody.of(each) for each in differences(*texts)],
                "unified": unified(*texts, names),
            }
        )


def diff_body(
    archive: StoredArticles, article_id: str, earlier: str | None, later: str | None
) -> DiffBody:
    """To the present text, and from the one before the later, where none is named."""
    known = archive.revisions(article_id)
    to = _place(known, article_id, later) if later else 0
    before = _place(known, article_id, earlier) if earlier else min(to + 1, len(known) - 1)
    one, other = (archive.article(article_id, known[at].revision) for at in (before, to))
    return DiffBody.of(one, other, (known[before].recorded_at, known[to].recorded_at))


def _place(known: list[Revision], article_id: str, revision: str) -> int:
    for at, each in enumerate(known):
        if each.revision == revision:
            return at
    raise UnknownArticleError(f"no revision {revision!r} of article {article_id!r} is here")
