"""Questions and their gold, as ranges of article text.

Gold refers to articles, not passages, so that any chunking can be compared with any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from index.documents import Article


@dataclass(frozen=True, slots=True, order=True)
class Gold:
    """A half-open range of code points into the text of one article."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its gold."""

    id: str
    text: str
    answerable: bool = True
    answers: tuple[Gold, ...] = ()
    """Short answers; any one is right."""
    evidence: tuple[Gold, ...] = ()
    """Spans that hold the answer; any one is right."""
    distractors: tuple[Gold, ...] = ()
    """Spans that look like an answer and are not."""
    texts: tuple[str, ...] = ()
    """Right answers in words, for exact match and F1; any one is right."""
    relevant: Mapping[str, int] = field(default_factory=dict)
    """Grade of each relevant article."""
    as_of: datetime | None = None
    """Nothing published after this instant may be used."""
    speaker: str | None = None
    """Who said it, or who the question wrongly presumes to have said it."""
    reason: str | None = None
    """Of the refusal that is right, where only one is."""
    tags: tuple[str, ...] = ()
    """Slices it belongs to: `qtype=who`, `who_said`, `withheld`, `other_events`, `swap`, ..."""

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The evidence, or the answers where no evidence is marked."""
        return self.evidence or self.answers


@dataclass(frozen=True, slots=True)
class Dataset:
    """Articles and questions about them."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    """Near-duplicates: article id -> name of its group; an article in none stands alone."""

    def group_of(self, article_id: str) -> str:
        return self.groups.get(article_id, article_id)


def clusters_of(dataset: Dataset) -> dict[str, str]:
    """Question id -> the story of its first gold article, or the question where it has none.

    Questions of one cluster are about one story and never count as independent.
    """
    return {question.id: _cluster(dataset, question) for question in dataset.questions}


def _cluster(dataset: Dataset, question: Question) -> str:
    articles = [*(gold.article for gold in question.gold), *question.relevant]
    return f"story {dataset.group_of(articles[0])}" if articles else f"question {question.id}"
