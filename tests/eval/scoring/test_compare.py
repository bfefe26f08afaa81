"""Two run folders written by hand, compared."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import DataError
from eval.scoring.compare import Row, compare, plain, table
from eval.scoring.statistics import Interval, PairedCounts
from tests.support.runs import by_id, run_folder

APART = {f"q{i}": f"story {i}" for i in range(20)}


def test_a_zero_or_one_measure_is_tested_as_such(tmp_path: Path) -> None:
    """Eight questions won, two lost: the coin falls so or worse in 2 x 56 of 1024 ways."""
    a = run_folder(tmp_path / "a", {"doc@1": by_id(*[0] * 8, *[1] * 12)}, clusters=APART)
    b = run_folder(tmp_path / "b", {"doc@1": by_id(*[1] * 8, 0, 0, *[1] * 10)}, clusters=APART)

    (row,) = compare(a, b).rows

    assert (row.a, row.b) == pytest.approx((0.6, 0.9))
    assert row.difference.value == pytest.approx(0.3)
    assert row.difference.low < 0.3 < row.difference.high
    assert row.test == "McNemar"
    assert row.p == pytest.approx(112 / 1024)
    assert row.tally == PairedCounts(wins=8, losses=2, ties=10)
    assert row.verdict == "no difference shown"
    assert row.detectable == pytest.approx(0.4122, abs=1e-3)


def test_any_other_measure_is_tested_by_randomisation(tmp_path: Path) -> None:
    a = run_folder(tmp_path / "a", {"f1": by_id(*[0.2] * 10)}, clusters=APART)
    b = run_folder(tmp_path / "b", {"f1": by_id(*[0.6] * 10)}, clusters=APART)

    (row,) = compare(a, b).rows

    assert row.test == "randomisation"
    assert row.p == pytest.approx(2 / 1024)
    assert row.verdict == "better"


def test_p_values_are_corrected_for_the_measures_of_the_set(tmp_path: Path) -> None:
    same = by_id(*[0.5] * 10)
    a = run_folder(tmp_path / "a", {"f1": by_id(*[0.2] * 10), "mrr@10": same}, clusters=APART)
    b = run_folder(tmp_path / "b", {"f1": by_id(*[0.6] * 10), "mrr@10": same}, clusters=APART)

    rows = {row.measure: row for row in compare(a, b).rows}

    assert rows["f1"].adjusted == pytest.approx(2 * rows["f1"].p)
    assert rows["mrr@10"].adjusted == 1.0


def test_less_is_better_where_the_measure_says_so(tmp_path: Path) -> None:
    a = run_folder(tmp_path / "a", {"distractor": by_id(*[1] * 10)}, clusters=APART)
    b = run_folder(tmp_path / "b", {"distractor": by_id(*[0] * 10)}, clusters=APART)

    (row,) = compare(a, b).rows

    assert row.difference.value == -1
    assert row.tally == PairedCounts(wins=10, losses=0, ties=0)
    assert row.verdict == "better"


def test_questions_about_one_story_are_less_to_go_by(tmp_path: Path) -> None:
    values = {"f1": by_id(*[0.2, 0.3] * 10)}, {"f1": by_id(*[0.6, 0.1] * 10)}
    together = {f"q{i}": f"story {i // 10}" for i in range(20)}

    apart, joined = (
        compare(
            run_folder(tmp_path / name / "a", values[0], clusters=clusters),
            run_folder(tmp_path / name / "b", values[1], clusters=clusters),
        ).rows[0]
        for name, clusters in (("apart", APART), ("joined", together))
    )

    assert joined.p > apart.p


def test_without_clusters_it_says_that_it_has_none(tmp_path: Path) -> None:
    a, b = (run_folder(tmp_path / name, {"f1": by_id(0.1, 0.2)}) for name in "ab")

    (note,) = compare(a, b).notes

    assert "clusters.json" in note


def test_other_data_is_refused_unless_asked_for(tmp_path: Path) -> None:
    a = run_folder(tmp_path / "a", {"f1": {"q1": 0.1, "q2": 0.5}}, clusters={}, hash="one")
    b = run_folder(tmp_path / "b", {"f1": {"q2": 0.7, "q3": 0.9}}, clusters={}, hash="two")

    with pytest.raises(DataError, match=r"datasets\.json: town has the hash two, in .* one"):
        compare(a, b)
    comparison = compare(a, b, other_data=True)

    assert [(row.a, row.b, row.difference.n) for row in comparison.rows] == [(0.5, 0.7, 1)]
    assert any("not the same data" in note for note in comparison.notes)


def test_runs_without_a_common_set_are_refused(tmp_path: Path) -> None:
    a = run_folder(tmp_path / "a", {"f1": by_id(1)}, dataset="town")
    b = run_folder(tmp_path / "b", {"f1": by_id(1)}, dataset="harbour")

    with pytest.raises(DataError, match="share a set"):
        compare(a, b)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"datasets\.json does not exist"):
        compare(tmp_path, tmp_path)


def test_baselines_are_not_compared(tmp_path: Path) -> None:
    a, b = (
        run_folder(tmp_path / name, {"doc@1": by_id(1, 0), "bm25:doc@1": by_id(0, 1)})
        for name in "ab"
    )

    assert [row.measure for row in compare(a, b).rows] == ["doc@1"]


def test_measures_of_answers_alone_are_compared_where_both_answered(tmp_path: Path) -> None:
    a = run_folder(tmp_path / "a", {"verbatim": {"q1": 1, "q2": 1}}, clusters=APART)
    b = run_folder(tmp_path / "b", {"verbatim": {"q2": 1, "q3": 1}}, clusters=APART)

    comparison = compare(a, b)

    assert [row.difference.n for row in comparison.rows] == [1]
    assert comparison.notes == (
        "town: only the questions both runs have a value for count in verbatim.",
    )


def test_it_prints_a_line_a_measure_and_can_be_written_as_json(tmp_path: Path) -> None:
    values = {"f1": by_id(*[0.2] * 10), "em": by_id(*[0] * 10)}
    a = run_folder(tmp_path / "a", values, clusters=APART)
    b = run_folder(tmp_path / "b", values | {"f1": by_id(*[0.6] * 10)}, clusters=APART)

    comparison = compare(a, b)

    lines = [line for line in table(comparison) if line.startswith("town/")]
    assert [line.split()[0] for line in lines] == ["town/f1", "town/em"]
    assert "10/0/0" in lines[0]
    assert lines[0].endswith("better")
    assert json.loads(json.dumps(plain(comparison)))["rows"][0]["verdict"] == "better"


def test_a_significant_loss_is_called_worse() -> None:
    row = Row(
        dataset="town",
        measure="f1",
        a=0.6,
        b=0.2,
        difference=Interval(-0.4, -0.5, -0.3, 50),
        test="randomisation",
        p=0.001,
        adjusted=0.01,
        tally=PairedCounts(0, 40, 10),
        detectable=0.1,
    )

    assert row.verdict == "worse"
    assert replace(row, adjusted=0.06).verdict == "no difference shown"
