"""Parts of a set made by hand: fifty questions about fifty articles."""

from datetime import UTC, datetime, timedelta

import pytest

from eval.datasets.questions import Dataset, Gold, Question
from eval.runs.predictions import Prediction
from eval.scoring.score import score
from eval.scoring.slices import Sliced, slices
from index.documents import Article

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def question(i: int) -> Question:
    """The first thirty ask who, briefly and in the words of the article; the rest do not."""
    text = "Who painted the harbour wall?" if i < 30 else "Does anyone at all know a reason " * 3
    return Question(
        f"q{i}",
        text,
        answers=(Gold(f"a{i}", 0, 31),),
        relevant={f"a{i}": 1},
        as_of=NOON + timedelta(days=3 if i < 25 else 90),
        tags=("qtype=who",) if i < 30 else ("rare",) if i < 40 else (),
    )


ARTICLES = tuple(
    Article(
        f"a{i}",
        "Wall",
        "Ada painted the harbour wall blue.",
        outlet="Gazette" if i % 2 else "Courier",
        published_at=NOON,
    )
    for i in range(50)
)
SET = Dataset("wall", ARTICLES, tuple(question(i) for i in range(50)))


@pytest.fixture(scope="module")
def sliced() -> Sliced:
    answered = {
        f"q{i}": Prediction(f"q{i}", answered=i < 15, text="Ada" if i < 15 else "")
        for i in range(50)
    }
    return slices(SET, score(SET, answered))


def test_a_tag_is_a_slice_with_its_n_and_interval(sliced: Sliced) -> None:
    found = sliced["qtype=who"]["answered_answerable"]

    assert (found["value"], found["n"]) == (0.5, 30)
    assert 0.3 < found["low"] < 0.5 < found["high"] < 0.7


def test_fewer_than_twenty_questions_are_not_shown(sliced: Sliced) -> None:
    assert "rare" not in sliced


def test_questions_are_sliced_by_length(sliced: Sliced) -> None:
    assert sliced["length: up to 7 words"]["answered_answerable"]["n"] == 30
    assert sliced["length: 13 words or more"]["answered_answerable"]["n"] == 20


def test_questions_are_sliced_by_the_age_of_the_article(sliced: Sliced) -> None:
    assert sliced["age: up to a week"]["answered_answerable"]["n"] == 25
    assert sliced["age: up to a year"]["answered_answerable"]["n"] == 25


def test_questions_are_sliced_by_outlet(sliced: Sliced) -> None:
    assert [label for label in sliced if label.startswith("outlet")] == [
        "outlet: Courier",
        "outlet: Gazette",
    ]


def test_questions_are_sliced_by_the_words_they_share_with_the_gold(sliced: Sliced) -> None:
    assert sliced["overlap: more"]["answered_answerable"]["n"] == 30
    assert sliced["overlap: up to a third"]["answered_answerable"]["n"] == 20


def test_a_measure_defined_for_too_few_of_a_slice_is_left_out(sliced: Sliced) -> None:
    assert "refused_unanswerable" not in sliced["qtype=who"]
