"""Each question of a run: the stage at which it failed, if any, and what the report shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from eval.datasets.questions import Dataset, Gold, Question
from eval.measures.ranges import Range, agree, inside
from eval.measures.retrieval import in_order
from eval.report.excerpts import Snippet, bare, excerpt
from eval.report.stored import SetRun
from eval.runs.predictions import Prediction, RankedItem
from eval.scoring.cases import Case, cases, first
from index.documents import Article

GOLD_SHOWN = 2
"""Gold ranges shown for a question; the others are only counted."""


class FailureStage(StrEnum):
    """Where a question failed, in the order of the stages; the first failure counts."""

    RETRIEVAL = "retrieval"
    EVIDENCE = "evidence"
    READING = "reading"
    DECIDING = "deciding"
    CITATION = "citation"
    MISSING = "missing"
    RIGHT = "right"


STAGE_MEANINGS: Mapping[str, str] = {
    FailureStage.RETRIEVAL: "No relevant article among the first ten.",
    FailureStage.EVIDENCE: "The article was found; no passage among the first ten holds the gold.",
    FailureStage.READING: "The passage was found; another sentence came first.",
    FailureStage.DECIDING: "Refused what was right, or answered what is not on the record.",
    FailureStage.CITATION: "Answered, but the citation lacks the answer or is not verbatim.",
    FailureStage.MISSING: "There is no prediction, or an error in its place.",
    FailureStage.RIGHT: "Answered from the gold, or rightly refused.",
}
SIGNS = {
    "doc@10": FailureStage.RETRIEVAL,
    "ev@10": FailureStage.EVIDENCE,
    "sentence@1": FailureStage.READING,
}
"""The measure that is 0 if the stage failed, in the order of the stages."""
SUPPORT = ("citation_precision", "sentence@1", "doc@1", "doc@10")
"""Measures that say whether an answer is right; the first one defined for the question counts."""


@dataclass(frozen=True, slots=True)
class FailureEntry:
    """One question as the browser shows it."""

    set: str
    id: str
    stage: FailureStage
    question: str
    why: str
    answerable: bool
    tags: tuple[str, ...]
    answers: tuple[str, ...]
    gold: tuple[Snippet, ...]
    more_gold: int
    given: Snippet | None
    """What was answered, or would have been answered."""
    answered: bool
    reason: str
    confidence: float
    ranks: Mapping[str, int | None] = field(default_factory=dict)
    """Ranks of the first right article, passage and sentence; None if there is none."""
    change: str = ""
    """Compared with the baseline run: "won", "lost" or empty."""


def stage_of(values: Mapping[str, float], prediction: Prediction | None) -> FailureStage:
    """Judged by the measures of this question, so that it agrees with the tables."""
    if prediction is None or prediction.error is not None:
        return FailureStage.MISSING
    if "refused_unanswerable" in values:
        return FailureStage.DECIDING if prediction.answered else FailureStage.RIGHT
    if not _all_verbatim(values, prediction):
        return FailureStage.CITATION
    if prediction.answered and _is_right(values):
        return FailureStage.RIGHT
    failed = (stage for measure, stage in SIGNS.items() if values.get(measure) == 0)
    return next(failed, FailureStage.CITATION if prediction.answered else FailureStage.DECIDING)


def entries(
    stored: SetRun, dataset: Dataset | None, changes: Mapping[str, str]
) -> Iterator[FailureEntry]:
    """In the order in which the questions were asked; `changes` is keyed by question id."""
    found = cases(dataset, stored.predictions) if dataset else []
    known = {case.question.id: case for case in found}
    for id in stored.questions:
        prediction = stored.predictions.get(id)
        case = known.get(id) or _textless(id, prediction)
        yield _entry(stored, case, prediction, changes.get(id, ""))


def _textless(id: str, prediction: Prediction | None) -> Case:
    """For a question whose data set is not available."""
    known = prediction or Prediction(id)
    return Case(Question(id, id), known, prediction is None, {}, lambda article: article)


def _entry(stored: SetRun, case: Case, prediction: Prediction | None, change: str) -> FailureEntry:
    question, values = case.question, stored.values(case.question.id)
    stage = stage_of(values, prediction)
    gold = question.answers or question.evidence
    shown = [_shown(each, case.articles) for each in gold[:GOLD_SHOWN]]
    return FailureEntry(
        set=stored.name,
        id=question.id,
        stage=stage,
        question=question.text,
        why=_why(stage, values, prediction),
        answerable=question.answerable,
        tags=question.tags,
        answers=question.texts,
        gold=tuple(each for each in shown if each),
        more_gold=max(0, len(gold) - GOLD_SHOWN),
        given=_given(case),
        answered=case.prediction.answered,
        reason=case.prediction.reason or "",
        confidence=round(case.prediction.confidence, 3),
        ranks=_ranks(case),
        change=change,
    )


def _is_right(values: Mapping[str, float]) -> bool:
    if values.get("wrong_speaker", 0) > 0:
        return False
    return next((values[measure] > 0 for measure in SUPPORT if measure in values), False)


def _why(stage: FailureStage, values: Mapping[str, float], prediction: Prediction | None) -> str:
    if prediction is None or prediction.error is not None:
        return (prediction and prediction.error) or "There is no prediction for this question."
    if stage is FailureStage.DECIDING:
        refused = "Refused, although the evidence was found."
        return "Answered, although it is not on the record." if prediction.answered else refused
    if stage is FailureStage.CITATION:
        return _why_not_cited(values, prediction)
    return (
        STAGE_MEANINGS[stage]
        if prediction.answered or stage is not FailureStage.RIGHT
        else "Rightly refused."
    )


def _why_not_cited(values: Mapping[str, float], prediction: Prediction) -> str:
    if not _all_verbatim(values, prediction):
        return "The citation does not read as the article does."
    if values.get("wrong_speaker", 0) > 0:
        return "The words cited are another speaker’s."
    return "Answered, but the citation does not hold the answer."


def _all_verbatim(values: Mapping[str, float], prediction: Prediction) -> bool:
    return values.get("verbatim", 1) == 1 and all(each.verbatim for each in prediction.citations)


def _given(case: Case) -> Snippet | None:
    """The first citation, or without one the top sentence."""
    for cited in case.prediction.citations:
        return _shown(cited, case.articles, cited.quote) or bare(cited.quote, cited.outlet)
    return next((_shown(each, case.articles) for each in first(case.prediction.sentences)), None)


def _shown(
    place: Range, articles: Mapping[str, Article], quote: str | None = None
) -> Snippet | None:
    """None if the article is not available or does not read as quoted."""
    article = articles.get(place.article)
    if article is None or quote not in {None, article.text[place.start : place.end]}:
        return None
    return excerpt(article, place.start, place.end)


def _ranks(case: Case) -> dict[str, int | None]:
    """Ranks of what is marked; an article need not have marked passages."""
    question, prediction = case.question, case.prediction
    if not case.relevant:
        return {}
    article = next((i for i, each in enumerate(case.ranking, 1) if each in case.relevant), None)
    return {
        "article": article,
        "passage": _rank(prediction.passages, question.gold, inside),
        "sentence": _rank(prediction.sentences, question.gold, agree),
    }


def _rank(
    ranked: Sequence[RankedItem], gold: Sequence[Gold], holds: Callable[[Range, Range], bool]
) -> int | None:
    """From 1: the rank of the first that holds a gold range."""
    places = enumerate(in_order(ranked), 1)
    return next((i for i, each in places if any(holds(stretch, each) for stretch in gold)), None)
