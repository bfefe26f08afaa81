"""`onrecord eval readers` over a tiny set: two readers that are known, measured and stored."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from eval.errors import DataError
from eval.readers.ask_time import ask_time
from eval.readers.measuring import Openers
from eval.readers.targets import ROLES_SWAPPED
from eval.reading.attempts import PLACE
from eval.scoring.results import AskedSet
from rag.reading.reader import BUNDLED, Reader
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.eval_files import article, mark, question, squad_title, write_own
from tests.support.fakes import FakeAttributor, FakeEmbedder, FakeReader, silent

PIER = "The old pier was painted white on Monday. Nobody knows what the paint will cost."
ASKED = "What was the old pier painted?"
BOAT = "Nine boats left the harbour on Tuesday. Storms had kept them in for a whole week."


class ReaderDesk:
    """The command line over services whose reader is chosen by the name of its folder."""

    def __init__(self, folder: Path, readers: Mapping[str, FakeReader]) -> None:
        self.folder = folder
        self.readers = readers
        for name in readers:
            (folder / name).mkdir()
        self.sets = folder / "sets"
        articles = [article("pier", PIER), article("boat", BOAT)]
        asked = [
            question("colour", question=ASKED, answers=[mark("white", PIER)]),
            question(
                "boats",
                question="How many boats left the harbour on Tuesday?",
                answers=[mark("Nine", BOAT, "boat")],
            ),
            question("opera", question="What did Zebulon Quark say?", answerable=False, answers=[]),
        ]
        write_own(self.sets / "newsqa", asked, articles)

    def service(self, folder: Path, *, reader: str | None = None) -> Service:
        return Service(
            ServiceSettings(data=folder).model_copy(update={"reader": reader or BUNDLED}),
            embedder=lambda _: FakeEmbedder(),
            attributor=FakeAttributor,
            reader=lambda setting: self.readers[Path(setting).name],
        )

    def reader(self, folder: Path | None) -> Reader:
        try:
            return self.readers[folder.name if folder else BUNDLED]
        except KeyError:
            raise DataError(f"{folder} has no reader") from None

    def run(self, *args: str) -> Result:
        words = ("eval", "readers", "newsqa", "--data", str(self.sets), *args)
        cache = {"ONRECORD_EVAL_CACHE": str(self.folder / "cache")}
        opened = Openers(self.service, self.reader)
        return CliRunner().invoke(app, words, env=cache, obj=opened)

    def json(self, *args: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*args, "--json").stdout)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> ReaderDesk:
    return ReaderDesk(
        tmp_path,
        {
            BUNDLED: FakeReader({"white": 8.0, "Nine": 8.0}),
            "old": FakeReader({"Monday": 8.0, "Nine": 8.0}),
        },
    )


def rows(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in found["rows"]}


def test_each_target_stands_beside_both_readers_with_intervals(desk: ReaderDesk) -> None:
    found = rows(desk.json("--before", str(desk.folder / "old"), "--out", str(desk.folder / "out")))

    f1 = found["newsqa/answered_f1"]
    assert (f1["before"]["value"], f1["after"]["value"], f1["verdict"]) == (0.5, 1.0, "met")
    assert f1["after"]["low"] <= 1.0
    assert f1["difference"]["value"] == 0.5
    assert found["newsqa/doc@1"]["must"] == 0.82
    assert found["squad2/f1"]["after"] is None
    assert found["squad2/f1"]["verdict"] is None
    assert found["ask_time/ratio"]["after"]["value"] > 0


def test_the_table_says_what_is_met_missed_and_not_measured(desk: ReaderDesk) -> None:
    shown = desk.run("--before", str(desk.folder / "old"), "--out", str(desk.folder / "out"))

    lines = {line.split("  ")[0]: line for line in shown.stdout.splitlines()}
    assert shown.exit_code == 0
    assert lines["newsqa: token F1 of answered"].rstrip().endswith("met")
    assert lines["squad2 alone: F1, all"].rstrip().endswith("not measured")
    assert "Worse by more than chance: nothing." in shown.stdout
    assert str(desk.folder / "out") in shown.stdout


def test_an_earlier_run_is_not_asked_again(desk: ReaderDesk) -> None:
    out = desk.folder / "out"
    desk.run("--before", str(desk.folder / "old"), "--out", str(out))
    asked = len(desk.readers["old"].asked)

    found = rows(desk.json("--before", str(out / "before"), "--out", str(desk.folder / "again")))

    assert len(desk.readers["old"].asked) == asked
    assert found["newsqa/answered_f1"]["before"]["value"] == 0.5
    assert found["ask_time/ratio"]["after"] is None


def test_measures_that_another_command_left_beside_a_run_are_shown_too(desk: ReaderDesk) -> None:
    out = desk.folder / "out"
    desk.run("--before", str(desk.folder / "old"), "--out", str(out))
    left = {"calibration/worst_ece": {"value": 0.08, "low": 0.06, "high": 0.1, "n": 300}}
    (out / "after" / "calibration.json").write_text(json.dumps(left))

    found = rows(desk.json("--before", str(desk.folder / "old"), "--out", str(out)))

    row = found["calibration/worst_ece"]
    assert row["after"]["value"] == 0.08
    assert (row["before"], row["verdict"]) == (None, "met")


def test_a_reader_is_measured_alone_and_on_cases_where_they_are_given(desk: ReaderDesk) -> None:
    place = desk.folder / PLACE
    place.parent.mkdir(parents=True)
    painted = "What colour is it?", "white", "It is white since Monday."
    data = [squad_title(title, *painted) for title in ("Apples", "Birches")]
    place.write_text(json.dumps({"data": data}))
    cases = desk.folder / "cases.jsonl"
    told = {
        "call": {"verb": "ask", "q": "What was the old pier painted?"},
        "article": {"text": PIER},
    }
    swapped = {"id": "swap", "kind": ROLES_SWAPPED, "expected": {"short": "white"}, **told}
    cases.write_text(json.dumps(swapped))

    found = rows(
        desk.json(
            *("--reader", str(desk.folder / "old"), "--out", str(desk.folder / "out")),
            *("--reading", str(desk.folder), "--cases", str(cases)),
        )
    )

    alone, case = found["squad2/answerable_f1"], found[f"cases/{ROLES_SWAPPED}"]
    assert (alone["before"]["value"], alone["after"]["value"]) == (1.0, 0.0)
    assert (case["before"]["value"], case["after"]["value"]) == (1.0, 0.0)
    assert case["verdict"] == "missed"


def test_nothing_to_compare_with_is_a_usage_error(desk: ReaderDesk) -> None:
    without = desk.run()
    crossed = desk.run("--before", str(desk.folder), "--cross-fit", "one", "two")

    assert (without.exit_code, crossed.exit_code) == (2, 2)
    assert "give a reader or a run of before" in without.stderr
    assert "give --reading with it" in crossed.stderr


def test_a_folder_without_a_reader_is_found_before_anything_is_asked(desk: ReaderDesk) -> None:
    result = desk.run("--before", str(desk.sets), "--out", str(desk.folder / "out"))

    assert result.exit_code == 2
    assert "has no reader" in result.stderr
    assert not (desk.folder / "out").exists()


def test_the_same_reader_takes_as_long_as_itself_in_rounds_of_their_own(desk: ReaderDesk) -> None:
    dataset = AskedSet.named("newsqa", desk.sets, limit=None, as_of=False).dataset

    took = ask_time(
        dataset,
        before=desk.service,
        after=desk.service,
        cache=desk.folder / "cache",
        progress=silent,
    )

    assert took is not None
    assert took.n == 2
    assert took.low <= took.value <= took.high
