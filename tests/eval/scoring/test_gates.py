"""Gates passed, failed and impossible, with the exit status each is."""

import json
from pathlib import Path

import pytest

from eval.scoring.gates import GateOutcome, gate, read_gates
from tests.support.places import ROOT
from tests.support.runs import by_id, run_folder

SHIPPED = ROOT / "eval" / "gates.toml"


def gates(folder: Path, *lines: str) -> Path:
    path = folder / "gates.toml"
    path.write_text("\n".join(["[gates]", *lines]), "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """doc@1 is .5, verbatim is undefined, ece is .25."""
    per_question = {"doc@1": by_id(1, 0), "verbatim": {}}
    return run_folder(tmp_path / "run", per_question, aggregate={"ece": 0.25})


@pytest.mark.parametrize(
    ("bound", "outcome"),
    [
        pytest.param("min = 0.5", GateOutcome.PASS, id="reached"),
        pytest.param("min = 0.51", GateOutcome.REGRESSION, id="not reached"),
        pytest.param("max = 0.5", GateOutcome.PASS, id="not passed"),
        pytest.param("max = 0.49", GateOutcome.REGRESSION, id="passed"),
        pytest.param("min = 0.1, max = 0.2", GateOutcome.REGRESSION, id="one of two"),
    ],
)
def test_a_value_is_held_to_its_bounds(
    tmp_path: Path, run: Path, bound: str, outcome: GateOutcome
) -> None:
    verdict = gate(run, None, gates(tmp_path, f'"town/doc@1" = {{ {bound} }}'))

    assert verdict.outcome is outcome


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        pytest.param('"town/doc@1" = { max_drop = 0.5 }', GateOutcome.PASS, id="allowed drop"),
        pytest.param('"town/doc@1" = { max_drop = 0.4 }', GateOutcome.REGRESSION, id="drop"),
        pytest.param('"town/ece" = { max_rise = 0.15 }', GateOutcome.PASS, id="allowed rise"),
        pytest.param('"town/ece" = { max_rise = 0.1 }', GateOutcome.REGRESSION, id="rise"),
        pytest.param('"town/ece" = { max_drop = 0.0 }', GateOutcome.PASS, id="a rise is no drop"),
    ],
)
def test_a_value_is_held_to_the_baseline(
    tmp_path: Path, run: Path, line: str, outcome: GateOutcome
) -> None:
    better = run_folder(tmp_path / "better", {"doc@1": by_id(1, 1)}, aggregate={"ece": 0.1})

    assert gate(run, better, gates(tmp_path, line)).outcome is outcome


def test_the_outcome_is_the_exit_status() -> None:
    assert [int(each) for each in GateOutcome] == [0, 1, 2]


def test_a_message_says_what_was_found_and_what_was_expected(tmp_path: Path, run: Path) -> None:
    (check,) = gate(run, None, gates(tmp_path, '"town/doc@1" = { min = 0.9 }')).checks

    assert check.name == "town/doc@1 min"
    assert check.message == "town/doc@1 is 0.5000, expected at least 0.9"


def test_a_measure_nothing_was_measured_by_is_a_regression(tmp_path: Path, run: Path) -> None:
    """A retriever so broken that everything is refused has no verbatim rate."""
    verdict = gate(run, None, gates(tmp_path, '"town/verbatim" = { min = 1.0 }'))

    assert verdict.outcome is GateOutcome.REGRESSION
    assert "none of the questions of this run" in verdict.checks[0].message


def test_an_unknown_measure_is_a_fault_that_names_it(tmp_path: Path, run: Path) -> None:
    path = gates(tmp_path, '"town/doc@one" = { min = 0 }', '"town/doc@1" = { min = 0.9 }')

    verdict = gate(run, None, path)

    assert verdict.outcome is GateOutcome.FAULT
    assert [check.outcome for check in verdict.checks] == [
        GateOutcome.FAULT,
        GateOutcome.REGRESSION,
    ]
    assert "town/doc@one is not among the measures" in verdict.checks[0].message


def test_a_drop_without_a_baseline_is_a_fault(tmp_path: Path, run: Path) -> None:
    verdict = gate(run, None, gates(tmp_path, '"town/doc@1" = { max_drop = 0.1 }'))

    assert verdict.outcome is GateOutcome.FAULT
    assert "--baseline" in verdict.checks[0].message


def test_a_baseline_over_other_data_is_a_fault(tmp_path: Path, run: Path) -> None:
    other = run_folder(tmp_path / "other", {"doc@1": by_id(1, 1)}, hash="other")

    verdict = gate(run, other, gates(tmp_path, '"town/doc@1" = { max_drop = 1 }'))

    assert verdict.outcome is GateOutcome.FAULT
    assert "other data" in verdict.checks[0].message


def test_a_measure_the_baseline_has_not_is_a_fault(tmp_path: Path, run: Path) -> None:
    older = run_folder(tmp_path / "older", {"doc@1": by_id(1, 1)})

    verdict = gate(run, older, gates(tmp_path, '"town/ece" = { max_rise = 1 }'))

    assert verdict.outcome is GateOutcome.FAULT


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param([], "no gates", id="none"),
        pytest.param(['"doc@1" = { min = 1 }'], "names no set", id="no set"),
        pytest.param(['"town/doc@1" = { least = 1 }'], "expected some of min", id="no such bound"),
        pytest.param(['"town/doc@1" = 1'], "expected some of min", id="a bare number"),
        pytest.param(['"town/doc@1" = { min = "1" }'], "expected a number", id="a string"),
        pytest.param(['"town/doc@1" = {'], "not TOML", id="no TOML"),
    ],
)
def test_gates_that_cannot_be_read_are_a_fault_with_its_place(
    tmp_path: Path, run: Path, lines: list[str], message: str
) -> None:
    verdict = gate(run, None, gates(tmp_path, *lines))

    assert verdict.outcome is GateOutcome.FAULT
    assert message in verdict.checks[0].message
    assert "gates.toml" in verdict.checks[0].message


def test_a_run_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    verdict = gate(tmp_path / "gone", None, gates(tmp_path, '"town/doc@1" = { min = 0 }'))

    assert verdict.outcome is GateOutcome.FAULT
    assert "metrics.json does not exist" in verdict.checks[0].message


def test_a_value_that_is_no_number_is_a_fault(tmp_path: Path, run: Path) -> None:
    (run / "metrics.json").write_text(json.dumps({"town/doc@1": float("nan")}), "utf-8")

    verdict = gate(run, None, gates(tmp_path, '"town/doc@1" = { min = 0 }'))

    assert verdict.outcome is GateOutcome.FAULT


def test_the_shipped_gates_can_be_read_and_allow_nothing_but_verbatim() -> None:
    expected = read_gates(SHIPPED)

    assert expected["sample/verbatim"] == {"min": 1.0}
    assert {name.partition("/")[0] for name in expected} == {"sample"}
