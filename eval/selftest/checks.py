"""Checks the harness itself, by synthetic predictions whose scores are known.

Every check but that of documents and pages scores a whole set, as a run does.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations

from eval.datasets.formats.attribution import MarkedAttribution
from eval.datasets.questions import Dataset, Gold, Question
from eval.measures import attribution, ingestion, neardup
from eval.runs.predictions import PredictedCitation, Prediction, RankedItem
from eval.scoring.measure_labels import less_is_better
from eval.scoring.score import Scores, score
from eval.selftest.synthetic_set import (
    ANSWERABLE,
    ARTICLES,
    SENTENCES,
    UNANSWERABLE,
    cited,
    dataset,
    guesses,
    oracle,
    ranked,
)
from index.documents import Article, Span
from index.statements import StatementKind

STANDARD_ERRORS = 4.0
"""Allowed distance of a guess from chance; one check in 16,000 fails at random."""
SEED = 20240301
ANSWERS_ONLY = {
    *("verbatim", "distractor", "as_of", "wrong_speaker"),
    *("answered_accuracy", "answered_f1"),
}
"""Measures of given answers, undefined where nothing is answered."""
NEITHER = {"answered", "crag", "crag_always"}
"""A share that is neither good nor bad, and what a refusal cannot bring to 1."""
_PLACES = ARTICLES * SENTENCES
CHANCE = {
    "doc@1": 1 / ARTICLES,
    "ev@1": 1 / _PLACES,
    "ev@10": 10 / _PLACES,
    "sentence@1": 1 / _PLACES,
    "sentence@3": 3 / _PLACES,
    "gold_sentence@1": 1 / SENTENCES,
    "em": 1 / _PLACES,
    "citation_precision": 1 / _PLACES,
    "bm25:doc@1": 1 / ARTICLES,
    "vectors:doc@1": 1 / ARTICLES,
    "rrf:doc@1": 1 / ARTICLES,
}
"""Expected scores of guessing a sentence or an article."""

Tried = tuple[Question, tuple[RankedItem, ...], Mapping[str, float]]
"""A question, the passages found for it, and the scores expected."""


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What must hold, and what was found wrong: nothing when it passed."""

    name: str
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.faults


def run() -> list[SelfTestResult]:
    """Every check, in the order of `CHECKS`."""
    return [SelfTestResult(name, tuple(find())) for name, find in CHECKS.items()]


@cache
def _oracle_scores() -> Scores:
    return score(dataset(), oracle(dataset()))


def _oracle() -> Iterator[str]:
    """Right by every measure of every question, and by those of a set that have a best value."""
    scores = _oracle_scores()
    for name, values in scores.per_question.items():
        best = 0.0 if less_is_better(name) else 1.0
        wrong = {id: value for id, value in values.items() if value != best}
        if name not in NEITHER:
            yield from (f"{name} of {id} is {value}" for id, value in wrong.items())
        if not values:
            yield f"{name} is over no question"
    for name in ("auroc", "auroc_withheld", "auroc_other_events", "ap"):
        yield from _mismatch(name, scores.aggregate[name], 1.0)
    for name in ("ece", "brier"):
        yield from _mismatch(name, scores.aggregate[name], 0.0)
    for name in ("crag", "crag_always"):
        share = ANSWERABLE / (ANSWERABLE + UNANSWERABLE)
        yield from _mismatch(name, _mean(scores.per_question[name]), share)


def _nothing() -> Iterator[str]:
    """Over the same questions as the oracle's."""
    scores = score(dataset(), {})
    yield from _not_zero(scores)
    yield from _mismatch("auroc", scores.aggregate["auroc"], 0.5)
    yield from _mismatch("coverage@80", scores.aggregate["coverage@80"], 0.0)


def _errors() -> Iterator[str]:
    """Even when all that is right came with them."""
    right = oracle(dataset())
    failed = {id: replace(each, error="it broke") for id, each in right.items()}
    yield from _not_zero(score(dataset(), failed))


def _guesses() -> Iterator[str]:
    """Within `STANDARD_ERRORS` of what chance gives."""
    scores = score(dataset(), guesses(dataset(), SEED))
    for name, chance in CHANCE.items():
        error = math.sqrt(chance * (1 - chance) / ANSWERABLE)
        value = _mean(scores.per_question[name])
        yield from _mismatch(name, value, chance, STANDARD_ERRORS * error)
    for name in ("crag", "crag_always"):
        asked, p = ANSWERABLE + UNANSWERABLE, 1 / _PLACES
        chance, error = 2 * p * ANSWERABLE / asked - 1, 2 * math.sqrt(p * ANSWERABLE) / asked
        value = _mean(scores.per_question[name])
        yield from _mismatch(name, value, chance, STANDARD_ERRORS * error)
    error = math.sqrt((ANSWERABLE + UNANSWERABLE + 1) / (12 * ANSWERABLE * UNANSWERABLE))
    yield from _mismatch("auroc", scores.aggregate["auroc"], 0.5, STANDARD_ERRORS * error)


def _refusals() -> Iterator[str]:
    """To refuse is right where nothing is on record, and brings nothing where something is."""
    silent = {question.id: Prediction(question.id) for question in dataset().questions}
    scores = score(dataset(), silent)
    for name in ("refused_unanswerable", "swap_refused"):
        yield from _mismatch(name, _mean(scores.per_question[name]), 1.0)
    for name in ("answered", "right_speaker", "f1", "citation_recall", "crag", "crag_always"):
        yield from _mismatch(name, _mean(scores.per_question[name]), 0.0)


def _same_ids() -> Iterator[str]:
    """Of the article it seeks, or of another."""
    found, lost = dict.fromkeys(("doc@1", "recall@10", "map"), 1.0), {"doc@1": 0.0, "map": 0.0}
    yield from _expect(
        [
            (_question_about("c", id="c"), _passages_from("ca"), found),
            (_question_about("b", id="a"), _passages_from("ba"), found),
            (_question_about("a", id="b"), _passages_from("b"), lost),
        ]
    )


def _ties() -> Iterator[str]:
    """The third of three, by id."""
    third = {"doc@1": 0.0, "mrr@10": 1 / 3, "ev@1": 0.0, "ev@5": 1.0}
    yield from _expect(
        [
            (_question_about("c", id="".join(order)), _passages_from(order, fall=0.0), third)
            for order in permutations("abc")
        ]
    )


def _copies() -> Iterator[str]:
    """And either of them will do."""
    after, either = _question_about("c", id="after"), _question_about("b", "a", id="either")
    apart: list[Tried] = [
        (after, _passages_from("abc"), {"mrr@10": 1 / 3}),
        (either, _passages_from("a"), {"doc@1": 1.0, "recall@10": 1 / 2}),
    ]
    together: list[Tried] = [
        (after, _passages_from("abc"), {"mrr@10": 1 / 2}),
        (either, _passages_from("a"), {"doc@1": 1.0, "recall@10": 1.0}),
    ]
    yield from _expect(apart)
    yield from _expect(together, {"a": "wire", "b": "wire"})


def _emoji() -> Iterator[str]:
    """The same quote, its range counted in UTF-16, is not found at that range."""
    articles = {article.id: article for article in dataset().articles}
    fine, off = (each for each in dataset().questions if each.id in {"q5", "q6"})
    right, other = fine.gold[0], off.gold[0]
    article = articles[other.article]
    shifted = [len(article.text[:at].encode("utf-16-le")) // 2 for at in (other.start, other.end)]
    wrong = replace(cited(article, *shifted), quote=off.texts[0])
    given = [
        _cited_answer(fine, cited(articles[right.article], right.start, right.end)),
        _cited_answer(off, wrong),
    ]
    scores = score(dataset(), {each.question: each for each in given}).per_question
    for name in ("verbatim", "span_f1"):
        yield from _mismatch(name, scores[name][fine.id], 1.0)
    yield from _mismatch("verbatim in UTF-16", scores["verbatim"][off.id], 0.0)
    if scores["span_f1"][off.id] >= 1.0:
        yield "span_f1 does not tell ranges in UTF-16 from ranges in code points"


def _other_questions() -> Iterator[str]:
    right = oracle(dataset())
    more = {**right, "other": replace(right["q5"], question="other")}
    if score(dataset(), more) != _oracle_scores():
        yield "a prediction for a question outside the set changed its scores"


def _documents() -> Iterator[str]:
    said = MarkedAttribution((Span(0, 4),), (Span(5, 9),), (Span(10, 30),), StatementKind.DIRECT)
    gold = {kind.value: [replace(said, kind=kind)] for kind in StatementKind}
    text = dataset().articles[0].text
    groups = {"a": "1", "b": "1", "c": "2"}
    for right, said_so, taken, grouped in ((1.0, gold, text, groups), (0.0, {}, "", {})):
        for name, value in attribution.measures(gold, said_so).items():
            yield from _mismatch(name, value, right)
        yield from _mismatch("shingle_f1", ingestion.shingle_f1(taken, text), right)
        joined = neardup.count_pairs(grouped, [("a", "b")], [("a", "c")])
        yield from _mismatch("pair precision", joined.precision, right)
        yield from _mismatch("pair recall", joined.recall, right)
        yield from _mismatch("false merges", joined.false_merges, 0.0)


def _not_zero(scores: Scores) -> Iterator[str]:
    whole = _oracle_scores().per_question
    for name, values in scores.per_question.items():
        if values.keys() != whole[name].keys() and not (name in ANSWERS_ONLY and not values):
            yield f"{name} is not over the questions it is over when all is right"
        yield from (f"{name} of {id} is {value}" for id, value in values.items() if value)


def _expect(tried: Sequence[Tried], groups: Mapping[str, str] | None = None) -> Iterator[str]:
    articles = tuple(Article(name, name, f"The text of {name}.") for name in "abc")
    asked = Dataset("tiny", articles, tuple(question for question, _, _ in tried), groups or {})
    found = {question.id: Prediction(question.id, passages) for question, passages, _ in tried}
    scores = score(asked, found).per_question
    for question, _, expected in tried:
        for name, value in expected.items():
            yield from _mismatch(f"{name} of {question.id}", scores[name][question.id], value)


def _question_about(first: str, *others: str, id: str) -> Question:
    """The start of the first article; the others are relevant, too."""
    relevant = dict.fromkeys((first, *others), 1)
    return Question(id, "Who?", evidence=(Gold(first, 0, 4),), relevant=relevant)


def _passages_from(articles: Iterable[str], fall: float = 1.0) -> tuple[RankedItem, ...]:
    """The start of each, one after another; without a fall in score they tie."""
    return tuple(
        ranked(Gold(article, 0, 4), 10.0 - fall * place) for place, article in enumerate(articles)
    )


def _cited_answer(question: Question, citation: PredictedCitation) -> Prediction:
    return Prediction(question.id, answered=True, text=citation.quote, citations=(citation,))


def _mismatch(name: str, value: float, expected: float, tolerance: float = 1e-9) -> Iterator[str]:
    if not abs(value - expected) <= tolerance:
        yield f"{name} is {value:.4f}, expected {expected:.4f} within {tolerance:.4f}"


def _mean(values: Mapping[str, float]) -> float:
    return sum(values.values()) / len(values)


CHECKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "an oracle is right by every measure": _oracle,
    "no predictions at all score 0": _nothing,
    "errors score 0": _errors,
    "guesses are near chance": _guesses,
    "refusing everything earns what refusals do": _refusals,
    "a question may have the id of an article": _same_ids,
    "ties are broken by id, however listed": _ties,
    "copies of a story take one place": _copies,
    "offsets are code points, beside an emoji too": _emoji,
    "predictions for other questions change nothing": _other_questions,
    "documents and pages: all right is 1, nothing is 0": _documents,
}
"""What must hold, and what looks for faults in it."""
