"""Questions of a judged set: what a line may hold, and the two halves."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.datasets.questions import Gold
from eval.errors import DataError, Fault
from eval.judged.questions import HALVES, JudgedQuestion, dataset_of, read_questions, stories
from tests.support.judged import QUOTE, THIRD, TWO, asked, at, write_set


def read(folder: Path, *questions: dict[str, object]) -> list[JudgedQuestion]:
    return read_questions(write_set(folder, questions))


def faults(folder: Path, **fields: object) -> list[str]:
    found: list[Fault] = []
    read_questions(write_set(folder, [{**asked("q1"), **fields}]), found.append)
    return [fault.message for fault in found]


def test_a_question_is_read_with_its_places(tmp_path: Path) -> None:
    [question] = read(
        tmp_path,
        asked("q1", "fact", form="how many", developing=True, gold=[at(THIRD)], outdated=[at(TWO)]),
    )

    assert (question.kind, question.form, question.developing) == ("fact", "how many", True)
    assert question.answerable
    assert question.gold == (Gold(**at(THIRD)),)
    assert question.outdated == (Gold(**at(TWO)),)


def test_a_question_is_asked_at_the_end_of_its_day(tmp_path: Path) -> None:
    [question] = read(tmp_path, asked("q1"))

    assert question.asked_at == datetime(2025, 3, 5, 23, 59, 59, 999_999, tzinfo=UTC)


def test_the_data_set_hides_later_articles_and_names_none_beforehand(tmp_path: Path) -> None:
    questions = read(tmp_path, asked("q1", gold=[at(QUOTE)]))

    [question] = dataset_of("town", questions).questions
    assert question.as_of == questions[0].asked_at
    assert question.relevant == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "opinion"}, "'type' is 'opinion', expected one of who_said, fact"),
        ({"asked_on": None}, "'asked_on' is missing; expected the day of the question"),
        ({"gold": ["q"]}, "'gold' holds something that is not an object"),
        ({"gold": [{**at(QUOTE), "end": 0}]}, "to 0 is not two ascending whole numbers"),
        ({"gold": [at(QUOTE)], "answerable": False}, "it is not answerable, yet 'gold'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_question_is_reported(
    tmp_path: Path, fields: dict[str, object], expected: str
) -> None:
    assert any(expected in message for message in faults(tmp_path, **fields))


def test_an_id_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the id 'q1' was used before"):
        read(tmp_path, asked("q1"), asked("q1"))


def test_a_folder_without_questions_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="name the folder of a judged set"):
        read_questions(tmp_path)


def test_a_half_depends_on_the_id_alone(tmp_path: Path) -> None:
    names = [f"who-{n}" for n in range(40)]

    first = {each.id: each.half for each in read(tmp_path / "a", *map(asked, names))}
    other = {each.id: each.half for each in read(tmp_path / "b", *map(asked, reversed(names[:9])))}

    assert set(first.values()) == set(HALVES)
    assert other.items() <= first.items()
    assert first["who-0"] == "reporting"  # pinned: questions never change sides


def test_questions_about_one_article_are_one_story(tmp_path: Path) -> None:
    questions = read(
        tmp_path, asked("q1", gold=[at(TWO)]), asked("q2", gold=[at(THIRD)]), asked("q3")
    )

    found = stories(questions)
    assert found["q1"] == found["q2"] != found["q3"]
