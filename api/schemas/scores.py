"""Why passages and statements rank as they do, as JSON: for requests with `explain`."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AliasPath, BeforeValidator, Field

from api.schemas.body import Body

MOST = 20
"""Passages, statements or sentences explained with an answer."""

Explain = Annotated[bool, Field(description="Whether to show the parts of each passage's score.")]


def rounded(parts: Mapping[str, float] | None) -> dict[str, float] | None:
    """The parts that add something, rounded for reading."""
    if parts is None:
        return None
    short = {name: round(part, 4) for name, part in parts.items()}
    return {name: part for name, part in short.items() if part}


Parts = Annotated[
    dict[str, float] | None,
    BeforeValidator(rounded),
    Field(
        description="The parts that sum to the score: `lexical`, `dense`, `lead`, `date`, those of "
        "term matching (`coverage`, `article`, `pairs`, `names`, `sentence`, `neighbours`) and, "
        "with an answer, those of the reader (`read`, `read_article`). Null unless `explain` is "
        "true.",
        examples=[{"lexical": 0.103, "dense": 0.087, "lead": 0.034, "date": 0.004}],
    ),
]


StatementParts = Annotated[
    dict[str, float] | None,
    BeforeValidator(rounded),
    Field(
        description="What each feature adds to the score: the share of the topic in the `content`, "
        "else its `sentence`, else its `paragraph`; `quoted` or a `clause`; its `substance` in new "
        "words, or `few_words`; `confidence` or `uncertain`; `age` in years, or `weeks` without a "
        "topic; `same_verb`, `verbatim`; and what makes a poor answer: `attitude`, `mention`, "
        "`asks`.",
        examples=[{"content": 1.2, "quoted": 1.0, "substance": 0.675, "confidence": 0.75}],
    ),
]


class ExplainedStatementBody(Body):
    """A statement that was considered; scores compare within one question only."""

    statement_id: str = Field(validation_alias=AliasPath("statement", "id"))
    article_id: str = Field(validation_alias=AliasPath("statement", "article_id"))
    score: float
    parts: StatementParts


class ExplainedBody(Body):
    """A passage that was considered; scores compare within one question only."""

    article_id: str = Field(validation_alias=AliasPath("passage", "article_id"))
    revision: str = Field(validation_alias=AliasPath("passage", "revision"))
    start: int = Field(validation_alias=AliasPath("passage", "span", "start"))
    end: int = Field(validation_alias=AliasPath("passage", "span", "end"))
    score: float
    lexical: float = Field(description="BM25; 0 if it is not among the best by terms.")
    dense: float = Field(description="The cosine of question and passage.")
    parts: Parts


class ExplainedSentenceBody(Body):
    """A sentence that may answer; scores compare within one question only."""

    article_id: str
    revision: str
    start: int = Field(validation_alias=AliasPath("span", "start"))
    end: int = Field(validation_alias=AliasPath("span", "end"))
    score: float
    preferences: Annotated[dict[str, float], BeforeValidator(rounded)] = Field(
        description="The parts of the score that compare it with the other sentences: `hedged`, "
        "`latest_toll`, `without_toll`, `latest_result`, `current`, `change`, `another_year`, "
        "`unnamed`, `elsewhere`. Mostly none.",
        examples=[{"hedged": -0.3}],
    )
