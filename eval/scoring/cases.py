"""A question of a data set beside what was predicted for it: what every measure looks at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from eval.datasets.questions import Dataset, Question
from eval.measures.ranges import Range, agree, inside
from eval.measures.retrieval import in_order, ranking_of, relevant_of
from eval.runs.predictions import PredictedStatement, Prediction, RankedItem
from index.documents import Article


@dataclass(frozen=True)
class Case:
    """One question; where there is no prediction, an empty one stands in and `missing` is true."""

    question: Question
    prediction: Prediction
    missing: bool
    articles: Mapping[str, Article]
    group_of: Callable[[str], str]

    @cached_property
    def ranking(self) -> list[str]:
        """Groups of articles, best first."""
        return ranking_of(self.prediction.passages, self.group_of)

    @cached_property
    def relevant(self) -> dict[str, int]:
        """Grade by group of articles."""
        marked = dict.fromkeys((gold.article for gold in self.question.gold), 1)
        return relevant_of(self.question.relevant or marked, self.group_of)

    @property
    def refused(self) -> bool:
        return not self.missing and not self.prediction.answered

    @property
    def sources(self) -> list[Article]:
        """The articles that hold the answer."""
        ids = dict.fromkeys(gold.article for gold in self.question.gold) or self.question.relevant
        return [self.articles[id] for id in ids if id in self.articles]

    @property
    def has_text(self) -> bool:
        """Whether words can be right or wrong here: stated ones, or none."""
        return bool(self.question.texts) or not self.question.answerable

    @property
    def right_texts(self) -> tuple[str, ...]:
        """None where saying nothing is right."""
        return self.question.texts if self.question.answerable else ()

    @property
    def cited(self) -> dict[str, Article]:
        """The articles cited, by id, of those the data set has."""
        ids = {cited.article for cited in self.prediction.citations}
        return {id: self.articles[id] for id in ids if id in self.articles}

    @property
    def best(self) -> Sequence[Range]:
        """What was cited or, where it was held back, what would have been."""
        return self.prediction.citations or first(self.prediction.sentences)

    @property
    def quote(self) -> str:
        """The whole sentences of the answer, of which `prediction.text` may be a few words."""
        cited = self.prediction.citations
        return cited[0].quote if cited else self.prediction.text

    @property
    def said(self) -> PredictedStatement | None:
        """The statement given as the answer: that of the first citation."""
        return self.prediction.citations[0].said if self.prediction.citations else None

    @property
    def speakers(self) -> list[str]:
        """How the data set names whoever is asked for: any one is right."""
        named = [self.question.speaker] if self.question.speaker else []
        asked = self.question.answers if "who_said" in self.question.tags else ()
        return [*named, *map(self.read, asked)]

    @cached_property
    def right(self) -> bool:
        """Whether `best` answers.

        It agrees with evidence; where none is marked, it holds a whole answer; where nothing is,
        it comes from a relevant article.
        """
        return self.question.answerable and any(map(self._answers, self.best))

    def ranked_by(self, baseline: Callable[[Prediction], Prediction]) -> "Case":
        return replace(self, prediction=baseline(self.prediction))

    def read(self, place: Range) -> str:
        """The text there, "" where the data set has no such article."""
        article = self.articles.get(place.article)
        return article.text[place.start : place.end] if article else ""

    def _answers(self, place: Range) -> bool:
        if self.question.evidence:
            return any(agree(evidence, place) for evidence in self.question.evidence)
        if self.question.answers:
            return any(inside(answer, place) for answer in self.question.answers)
        return self.group_of(place.article) in self.relevant


def cases(dataset: Dataset, predictions: Mapping[str, Prediction]) -> list[Case]:
    """One for every question, in their order; an error is no prediction."""
    articles = {article.id: article for article in dataset.articles}
    return [
        _case(question, predictions.get(question.id), articles, dataset.group_of)
        for question in dataset.questions
    ]


def _case(
    question: Question,
    prediction: Prediction | None,
    articles: Mapping[str, Article],
    group_of: Callable[[str], str],
) -> Case:
    if prediction is None or prediction.error is not None:
        return Case(question, Prediction(question.id), True, articles, group_of)
    return Case(question, prediction, False, articles, group_of)


def first(ranked: Sequence[RankedItem]) -> Sequence[RankedItem]:
    """The best one, if there is any."""
    return in_order(ranked)[:1]
