"""Predictions of two run folders, written by hand and compared."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import DataError
from eval.runs.differences import SHOWN, differences, lines, plain
from eval.runs.predictions import PredictedCitation, Prediction, RankedItem, write

PASSAGES = (RankedItem("pier", 0, 40, 0.9, 3.5, 0.4), RankedItem("pier", 40, 90, 0.5, 1.5, 0.2))
CITED = PredictedCitation("pier", "r1", 0, 8, "The pier", None, None, verbatim=True)
ANSWER = Prediction(
    "q1", passages=PASSAGES, answered=True, text="The pier", confidence=0.7, citations=(CITED,)
)
REFUSAL = Prediction("q2", reason="low_confidence")


def run_of(folder: Path, sets: Mapping[str, tuple[Prediction, ...]]) -> Path:
    for name, predictions in sets.items():
        (folder / name).mkdir(parents=True)
        with (folder / name / "predictions.jsonl").open("w") as file:
            write(predictions, file)
    folder.mkdir(exist_ok=True)
    (folder / "datasets.json").write_text(json.dumps({name: {} for name in sets}))
    return folder


def test_predictions_that_differ_in_timings_alone_are_identical(tmp_path: Path) -> None:
    a = run_of(tmp_path / "a", {"town": (replace(ANSWER, timings_ms={"total": 9.0}), REFUSAL)})
    b = run_of(tmp_path / "b", {"town": (REFUSAL, replace(ANSWER, timings_ms={"total": 7.0}))})

    found = differences(a, b)

    assert found.identical
    assert list(lines(found)) == ["town: 2 predictions are the same"]


def test_a_difference_names_its_question_and_the_first_value_that_differs(tmp_path: Path) -> None:
    moved = (PASSAGES[0], replace(PASSAGES[1], score=0.6, dense=0.3))
    a = run_of(tmp_path / "a", {"town": (ANSWER, REFUSAL)})
    b = run_of(tmp_path / "b", {"town": (replace(ANSWER, passages=moved, text=""), REFUSAL)})

    found = differences(a, b)

    assert not found.identical
    assert [(each.question, each.place, each.a, each.b) for each in found.found] == [
        ("q1", "passages[1].score", 0.5, 0.6),
        ("q1", "text", "The pier", ""),
    ]
    assert found.by_field == {"town/passages": 1, "town/text": 1}
    assert list(lines(found)) == [
        "town: 1 predictions are the same",
        "town/passages differs in 1 predictions",
        "town/text differs in 1 predictions",
        "town/q1 passages[1].score: 0.5 in A, 0.6 in B",
        "town/q1 text: 'The pier' in A, '' in B",
    ]


def test_the_smallest_difference_of_a_score_counts(tmp_path: Path) -> None:
    a = run_of(tmp_path / "a", {"town": (ANSWER,)})
    b = run_of(tmp_path / "b", {"town": (replace(ANSWER, confidence=0.7 + 2**-52),)})

    assert differences(a, b).by_field == {"town/confidence": 1}


def test_a_list_that_is_shorter_differs(tmp_path: Path) -> None:
    a = run_of(tmp_path / "a", {"town": (ANSWER,)})
    b = run_of(tmp_path / "b", {"town": (replace(ANSWER, passages=PASSAGES[:1]),)})

    (found,) = differences(a, b).found

    assert (found.place, found.a, found.b) == ("passages, length", 2, 1)


def test_a_set_that_only_one_run_has_is_a_difference(tmp_path: Path) -> None:
    a = run_of(tmp_path / "a", {"town": (ANSWER,), "harbour": (ANSWER,)})
    b = run_of(tmp_path / "b", {"town": (ANSWER,)})

    there, back = differences(a, b), differences(b, a)

    assert not there.identical
    assert there.missing == back.missing == (f"harbour: {b} has no predictions of this set",)


def test_a_set_that_was_not_asked_yet_is_a_difference(tmp_path: Path) -> None:
    a, b = (run_of(tmp_path / name, {"town": (ANSWER,)}) for name in "ab")
    (b / "town" / "predictions.jsonl").unlink()

    assert differences(a, b).missing == (f"town: {b} has no predictions of this set",)


def test_a_question_that_only_one_run_has_is_a_difference(tmp_path: Path) -> None:
    a = run_of(tmp_path / "a", {"town": (ANSWER, REFUSAL)})
    b = run_of(tmp_path / "b", {"town": (ANSWER,)})

    found = differences(a, b)

    assert found.missing == (f"town: only {a} has predictions of 1 questions: q2",)
    assert found.same == {"town": 1}


def test_only_the_first_differences_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    many = tuple(replace(ANSWER, question=f"q{i}") for i in range(SHOWN + 5))
    a = run_of(tmp_path / "a", {"town": many})
    b = run_of(tmp_path / "b", {"town": tuple(replace(each, text="") for each in many)})

    found = differences(a, b)
    printed = json.loads(json.dumps(plain(found)))

    assert list(lines(found))[-1] == "... and 5 more"
    assert len(printed["differences"]) == SHOWN
    assert printed["by_field"] == {"town/text": SHOWN + 5}
    assert printed["identical"] is False


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"datasets\.json does not exist"):
        differences(tmp_path, tmp_path)
