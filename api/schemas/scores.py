"""Why passages rank as they do, over HTTP: for whoever asks with `explain`."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, Field

from rag.replies import Hit

MOST = 20
"""Passages told of beside an answer."""

Explain = Annotated[
    bool, Field(description="Whether to tell what the score of each passage is the sum of.")
]
Parts = Annotated[
    dict[str, float] | None,
    Field(
        description="What the score is the sum of: `lexical`, `dense`, `lead`, `date`, and what "
        "the words add (`coverage`, `article`, `pairs`, `names`, `sentence`, `neighbours`) and "
        "beside an answer the reader (`read`, `read_article`). Null unless `explain` is true.",
        examples=[{"lexical": 0.103, "dense": 0.087, "lead": 0.034, "date": 0.004}],
    ),
]


class ExplainedBody(BaseModel):
    """A passage that was considered; every score compares within one question only."""

    article_id: str
    revision: str
    start: int
    end: int
    score: float
    lexical: float = Field(description="BM25; 0 where it is not among the best by terms.")
    dense: float = Field(description="The cosine of question and passage.")
    parts: Parts

    @classmethod
    def of(cls, hit: Hit) -> Self:
        passage = hit.passage
        return cls(
            article_id=passage.article_id,
            revision=passage.revision,
            start=passage.span.start,
            end=passage.span.end,
            score=hit.score,
            lexical=hit.lexical,
            dense=hit.dense,
            parts=parts(hit),
        )


def parts(hit: Hit) -> dict[str, float]:
    """Those that add something, rounded for reading."""
    rounded = {name: round(part, 4) for name, part in hit.parts.items()}
    return {name: part for name, part in rounded.items() if part}


def explained(hits: Sequence[Hit]) -> list[ExplainedBody]:
    return [ExplainedBody.of(hit) for hit in hits[:MOST]]
