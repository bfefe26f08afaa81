"""A promise that can be kept is put in words; one that cannot be says what is wanted."""

import re
from pathlib import Path

import pytest

from index.errors import SettingsError
from rag.guarantee.guarantee import JudgedBy, guarantee, marks_instead, recipe_of
from rag.guarantee.judged_answers import FILE, SHIPPED, JudgedAnswers, read_judged, write_judged
from rag.guarantee.threshold import least_promised
from tests.support.judged_answers import judged, keep

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"


def refused(folder: Path, max_wrong: float, judged_by: JudgedBy = "auto") -> str:
    with pytest.raises(SettingsError) as found:
        guarantee(folder, max_wrong, judged_by, lambda: "r", shipped=folder / "shipped")
    return str(found.value)


def test_without_the_setting_nothing_is_promised_and_nothing_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("damaged")

    assert guarantee(tmp_path, 1.0, "auto", lambda: "r") is None


def test_the_promise_says_what_it_was_chosen_on(tmp_path: Path) -> None:
    kept = guarantee(keep(tmp_path, judged(right=100)), 0.1, "auto", lambda: "r")

    assert kept is not None
    assert kept.threshold.least_confidence == pytest.approx(0.505)
    assert kept.words == (
        "chosen so that at most 10 % of shown answers are wrong, with 95 % confidence, on "
        "questions like the 110 judged by people"
    )


def test_twenty_judged_answers_are_too_few_and_how_many_are_wanted_is_said(tmp_path: Path) -> None:
    said = refused(keep(tmp_path, judged(right=20)), 0.1)

    assert "of 30 judged questions 20 were answered, too few" in said
    assert "At least 29 judged answers are wanted if none is wrong, 46 with one wrong, more" in said


def test_where_the_surest_are_wrong_the_least_that_can_be_promised_is_said(tmp_path: Path) -> None:
    said = refused(keep(tmp_path, judged(right=20, wrong=20)), 0.1)

    assert "of 50 judged questions 40 were answered, 20 are wrong" in said
    assert "The least that can be promised is 0.17, which shows 20 of them" in said


def test_where_nothing_can_be_promised_it_is_said_plainly(tmp_path: Path) -> None:
    assert "No share can be promised" in refused(keep(tmp_path, judged(right=0, wrong=60)), 0.1)


def test_answers_of_another_reader_promise_nothing(tmp_path: Path) -> None:
    said = refused(keep(tmp_path, judged(right=100, recipe="other")), 0.1)

    assert "given by another reader or with other weights" in said


def test_what_people_judged_comes_before_what_is_shipped(tmp_path: Path) -> None:
    shipped = keep(tmp_path / "shipped", judged(right=60, judged_by="marks")) / FILE
    own = keep(tmp_path / "own", judged(right=100))

    def by(judged_by: JudgedBy, folder: Path = own) -> str:
        found = guarantee(folder, 0.1, judged_by, lambda: "r", shipped=shipped)
        assert found is not None
        return found.judged_by

    assert [by("auto"), by("people"), by("marks"), by("auto", tmp_path)] == [
        *("people", "people", "marks", "marks")
    ]


def test_where_people_are_to_have_judged_and_have_not_it_is_refused(tmp_path: Path) -> None:
    assert "ONRECORD_MAX_WRONG_BY is people, and" in refused(tmp_path, 0.1, "people")
    assert "it needs judged answers, and" in refused(tmp_path, 0.1)


@pytest.mark.parametrize(
    "own", [None, judged(right=20), judged(right=0, wrong=60), judged(right=100, recipe="other")]
)
def test_a_refusal_names_the_share_and_not_how_it_was_given(
    tmp_path: Path, own: JudgedAnswers | None
) -> None:
    said = refused(keep(tmp_path, own) if own else tmp_path, 0.1)

    assert said.startswith("A share of 0.1 wrong answers cannot be promised: ")
    assert "ONRECORD_MAX_WRONG=" not in said
    assert "or name no share." in said


@pytest.mark.parametrize(
    "own", [judged(right=4), judged(right=0, wrong=60), judged(right=9, recipe="x")]
)
def test_where_peoples_answers_do_not_suffice_the_marks_that_ship_are_named(
    tmp_path: Path, own: JudgedAnswers
) -> None:
    keep(tmp_path, own)
    marks = judged(right=60, wrong=60, judged_by="marks")
    write_judged(tmp_path / "shipped", marks)

    least = least_promised(marks.pooled)

    assert least is not None
    assert refused(tmp_path, 0.01).endswith(
        " ONRECORD_MAX_WRONG_BY=marks uses the marks that ship in place of judged answers: they "
        f"carry shares of {least.max_wrong:g} and more."
    )
    assert "ONRECORD_MAX_WRONG_BY" not in refused(tmp_path, 0.01, "marks")


def test_marks_of_another_reader_are_not_advised(tmp_path: Path) -> None:
    write_judged(tmp_path / "shipped", judged(right=60, judged_by="marks", recipe="other"))

    assert marks_instead("r", shipped=tmp_path / "shipped") == ""
    assert "ONRECORD_MAX_WRONG_BY" not in refused(keep(tmp_path, judged(right=4)), 0.1)


def test_the_documented_example_is_the_least_that_the_marks_that_ship_carry(tmp_path: Path) -> None:
    shipped = read_judged(SHIPPED)
    documented = re.search(r"ONRECORD_MAX_WRONG=([\d.]+)", OPERATIONS.read_text("utf-8"))
    assert shipped is not None
    assert documented is not None

    kept = guarantee(tmp_path, float(documented[1]), "auto", lambda: shipped.recipe)
    least = least_promised(shipped.pooled)

    assert kept is not None
    assert kept.judged_by == "marks"
    assert least is not None
    assert least.max_wrong == float(documented[1])
    assert f"carry a share of\n{documented[1]} and more" in OPERATIONS.read_text("utf-8")


def test_another_file_or_another_weight_is_another_recipe(tmp_path: Path) -> None:
    file = tmp_path / "reader.onnx"
    file.write_bytes(b"one")
    first = recipe_of([file], 1.0)
    file.write_bytes(b"two")

    assert len({first, recipe_of([file], 1.0), recipe_of([file], 2.0), recipe_of([])}) == 4
