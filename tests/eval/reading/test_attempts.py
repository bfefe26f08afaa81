"""`onrecord eval reading`: questions with their own paragraph, through readers that are known."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from eval.errors import DataError
from eval.measures.squad import Attempt, squad2
from eval.reading.attempts import PLACE, Half, ReaderAttempt, attempt_questions, open_reader
from eval.reading.evaluate import cross_fitted, plain, read_alone
from eval.reading.tables import fit_threshold, measured
from tests.support.fakes import FakeReader, silent

TEXTS = {
    "Apple_trees": "Ada Obi planted it in 1901. It bore fruit late.",
    "Bridges": "Bo Lund drew the arch. It stood in 1950.",
    "Canals": "Cy Wren dug for nine years.",
}
"""The first and the third are the first half."""
ASKED: dict[str, dict[str, str | None]] = {
    "Apple_trees": {"Who planted it?": "Ada Obi", "Who felled it?": None},
    "Bridges": {"Who drew it?": "Bo Lund", "When did it stand?": "1950"},
    "Canals": {"How long did he dig?": "nine years", "Who paid?": None},
}
KNOWS = {"Ada Obi": 4.0, "Bo Lund drew": 3.0, "Cy Wren": -2.0}


def article(title: str) -> dict[str, Any]:
    text = TEXTS[title]
    qas = [
        {
            "id": question,
            "question": question,
            "is_impossible": answer is None,
            "answers": [{"text": answer, "answer_start": text.index(answer)}] if answer else [],
        }
        for question, answer in ASKED[title].items()
    ]
    return {"title": title, "paragraphs": [{"context": text, "qas": qas}]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / PLACE
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"version": "v2.0", "data": [article(t) for t in reversed(TEXTS)]}))
    return tmp_path


def attempted(
    odds: float, text: str = "Ada", golds: tuple[str, ...] = ("Ada",), half: Half = "first"
) -> ReaderAttempt:
    return ReaderAttempt("Trees", half, "Trees#1", text, odds, golds)


def test_each_question_is_read_with_its_own_paragraph_and_its_best_sentence_counts(
    data: Path,
) -> None:
    reader = FakeReader(KNOWS)

    found = attempt_questions(data, lambda _: reader, progress=silent)

    assert [(each.title, each.half, each.text, each.odds) for each in found] == [
        ("Canals", "first", "Cy Wren", -2.0),
        ("Canals", "first", "Cy Wren", -2.0),
        ("Bridges", "second", "Bo Lund drew", 3.0),
        ("Bridges", "second", "Bo Lund drew", 3.0),
        ("Apple_trees", "first", "Ada Obi", 4.0),
        ("Apple_trees", "first", "Ada Obi", 4.0),
    ]
    assert [each.golds for each in found[:2]] == [("nine years",), ()]
    assert len(reader.asked) == 6


def test_the_figures_are_those_worked_by_hand(data: Path) -> None:
    found = read_alone(
        data, None, open_reader=lambda _: FakeReader(KNOWS), limit=None, progress=silent
    )

    apples, bridges, canals = found.titles
    assert apples.values["answerable_em"] == apples.values["answerable_f1"] == 1.0
    assert apples.values["auroc"] == 0.5
    assert bridges.values["answerable_f1"] == pytest.approx((4 / 5 + 0) / 2)
    assert "auroc" not in bridges.values
    assert canals.values["answerable_f1"] == 0.0
    # The first half gains nothing by answering, as one of two is impossible; the second does.
    assert found.thresholds == {"first": 3.0, "second": math.inf}
    assert found.whole.values["f1"] == pytest.approx((1 + 0 + 0 + 0 + 0 + 1) / 6)
    assert found.intervals["answerable_em"].value == pytest.approx(1 / 4)
    assert plain(found)["thresholds"] == {"first": 3.0, "second": None}


def test_a_network_reads_the_titles_that_the_other_was_trained_on(data: Path) -> None:
    readers = {Path("one"): FakeReader({}), Path("two"): FakeReader({"Ada Obi": 1.0})}

    found = cross_fitted(
        data,
        (Path("one"), Path("two")),
        open_reader=lambda folder: readers[folder or Path()],
        limit=None,
        progress=silent,
    )

    assert sorted(readers[Path("one")].asked) == sorted(ASKED["Bridges"])
    assert sorted(readers[Path("two")].asked) == sorted([*ASKED["Apple_trees"], *ASKED["Canals"]])
    assert found.name == "squad2-cross-fitted"


def test_a_threshold_lets_through_what_has_the_same_odds_together() -> None:
    right, wrong = attempted(2.0), attempted(2.0, golds=())

    assert fit_threshold([right, wrong, attempted(1.0)]) == 1.0
    assert fit_threshold([right, wrong, attempted(1.0, golds=())]) == math.inf
    assert fit_threshold([right, attempted(1.0, golds=())]) == 2.0


def test_the_fitted_threshold_reaches_the_best_f1_of_the_published_script() -> None:
    made = [
        attempted(3.0),
        attempted(2.0, golds=()),
        attempted(1.5, text="Ada Obi"),
        attempted(1.0),
        attempted(-1.0, golds=()),
        attempted(-2.0, text="Bo"),
    ]
    tried = [Attempt(each.text, each.odds, each.golds) for each in made]

    at_it = squad2(tried, threshold=1.0 - fit_threshold(made))

    assert fit_threshold(made) == 1.0
    assert at_it["f1"] == pytest.approx(at_it["best_f1"])


def test_one_title_has_no_other_half_to_fit_a_threshold_on() -> None:
    with pytest.raises(DataError, match="at least two titles"):
        measured("squad2", [attempted(1.0)])


def test_a_folder_without_a_network_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"reader\.onnx does not exist"):
        open_reader(tmp_path)
    (tmp_path / "reader.onnx").write_text("no network")
    with pytest.raises(DataError, match="cannot be read as a network"):
        open_reader(tmp_path)


def command(knows: Mapping[str, float], *args: str) -> Result:
    return CliRunner().invoke(app, ["eval", "reading", *args], obj=lambda folder: FakeReader(knows))


def test_the_command_prints_each_title_and_says_what_the_figures_are_of(data: Path) -> None:
    result = command(KNOWS, "--data", str(data))

    rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.output
    assert ["Apple", "trees", "2", "1", "1.000", "1.000"] in [row[:6] for row in rows]
    assert ["all", "6", "4", "0.250"] in [row[:4] for row in rows]
    assert "these figures show what it remembers" in result.stdout


def test_cross_fitted_figures_say_where_their_thresholds_come_from(data: Path) -> None:
    result = command(KNOWS, "--data", str(data), "--cross-fit", "one", "two", "--json")

    told = json.loads(result.stdout)
    assert told["set"] == "squad2-cross-fitted"
    assert told["all"]["questions"] == 6
    assert "both are out of sample" in told["note"]


def test_fewer_questions_are_spread_over_the_titles(data: Path) -> None:
    told = json.loads(command(KNOWS, "--data", str(data), "--limit", "3", "--json").stdout)

    assert {title: each["questions"] for title, each in told["titles"].items()} == {
        "Apple_trees": 1,
        "Bridges": 1,
        "Canals": 1,
    }


def test_what_is_asked_wrongly_or_is_not_there_exits_2(data: Path, tmp_path: Path) -> None:
    absent = command({}, "--data", str(tmp_path / "nowhere"))
    both = command({}, "--data", str(data), "--reader", "one", "--cross-fit", "one", "two")

    assert absent.exit_code == both.exit_code == 2
    assert "does not exist: give the folder of reading/squad2/squad2_dev.json" in absent.stderr
    assert "not both" in both.stderr
