"""A question of a data set with its prediction: the input of every measure."""

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
    """One question; without a prediction it has an empty one and `missing` is true."""

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
        """Whether the text of an answer can be scored."""
        return bool(self.question.texts) or not self.question.answerable

    @property
    def right_texts(self) -> tuple[str, ...]:
        """Empty where the right answer is none."""
        return self.question.texts if self.question.answerable else ()

    @property
    def cited(self) -> dict[str, Article]:
        """Cited articles of the data set, by id."""
        ids = {cited.article for cited in self.prediction.citations}
        return {id: self.articles[id] for id in ids if id in self.articles}

    @property
    def best(self) -> Sequence[Range]:
        """What was cited, or would have been if it was refused."""
        return self.prediction.citations or first(self.prediction.sentences)

    @property
    def quote(self) -> str:
        """The whole sentences of the answer; `prediction.text` may be a few words of them."""
        cited = self.prediction.citations
        return cited[0].quote if cited else self.prediction.text

    @property
    def said(self) -> PredictedStatement | None:
        """The statement given as the answer, from the first citation."""
        return self.prediction.citations[0].said if self.prediction.citations else None

    @property
    def speakers(self) -> list[str]:
        """Right names of the speaker in question: any one is right."""
        named = [self.question.speaker] if self.question.speaker else []
        asked = self.question.answers if "who_said" in self.question.tags else ()
        return [*named, *map(self.read, asked)]

    @cached_property
    def right(self) -> bool:
        """Whether `best` answers.

        It agrees with evidence; without marked evidence it holds a whole answer; without any marks
        it comes from a relevant article.
        """
        return self.question.answerable and any(map(self._answers, self.best))

    def ranked_by(self, baseline: Callable[[Prediction], Prediction]) -> "Case":
        return replace(self, prediction=baseline(self.prediction))

    def read(self, place: Range) -> str:
        """The text at that range; "" where the data set does not have the article."""
        article = self.articles.get(place.article)
        return article.text[place.start : place.end] if article else ""

    def _answers(self, place: Range) -> bool:
        if self.question.evidence:
            return any(agree(evidence, place) for evidence in self.question.evidence)
        if self.question.answers:
            return any(inside(answer, place) for answer in self.question.answers)
        return self.group_of(place.article) in self.relevant


def cases(dataset: Dataset, predictions: Mapping[str, Prediction]) -> list[Case]:
    """One for every question, in order; an error counts as no prediction."""
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
    """The best one, or none."""
    return in_order(ranked)[:1]
