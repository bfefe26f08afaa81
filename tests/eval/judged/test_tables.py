"""Runs side by side."""

from pathlib import Path

from eval.judged.questions import HALVES
from eval.judged.shown import SHOWN, Showing, write_shown
from eval.judged.tables import plain, score_runs
from tests.support.judged import GIFT, QUOTE, asked, at, show, showing, write_set


def town(folder: Path) -> Path:
    given = [asked(f"q{n}", gold=[at(QUOTE)]) for n in range(8)]
    return write_set(folder / "set", [*given, asked("f", "fact")])


def stored(folder: Path, *shown: Showing) -> Path:
    write_shown(folder / SHOWN, shown)
    return folder


def test_each_part_and_type_has_a_table_with_every_system(tmp_path: Path) -> None:
    run = stored(tmp_path / "a", showing("q1"), showing("q1", system="bm25"))

    tables = score_runs(town(tmp_path), [run], [*HALVES, "all"])

    assert [(each.part, each.kind) for each in tables if each.part == "all"] == [
        ("all", "who_said"),
        ("all", "fact"),
    ]
    assert all(list(each.systems) == ["service", "bm25"] for each in tables)
    assert all(each.differences == {} for each in tables)


def test_of_two_runs_the_first_systems_stand_first_and_are_compared(tmp_path: Path) -> None:
    a = stored(tmp_path / "a", showing("q1", show(GIFT)), showing("q1", system="bm25"))
    b = stored(tmp_path / "b", showing("q1", show(QUOTE), system="mine"))

    said, _ = score_runs(town(tmp_path), [a, b], ["all"])

    assert list(said.systems) == ["A: service", "B: mine", "A: bm25"]
    better = said.differences["first right and telling"]
    assert better is not None
    assert (better.value, better.n) == (1 / 8, 8)


def test_the_tables_can_be_written_as_json(tmp_path: Path) -> None:
    run = stored(tmp_path / "a", showing("q1", show(QUOTE), ms={"total": 3.0}))

    said, fact = plain(score_runs(town(tmp_path), [run], ["all"]))

    service = said["systems"]["service"]
    assert service["measures"]["first right and telling"]["value"] == 1 / 8
    assert service["measures"]["no answer there: refused"] == {"n": 0, "unjudged": None}
    assert service["milliseconds"] == {"p50_ms/total": 3.0, "p95_ms/total": 3.0}
    assert (fact["type"], said["differences"]) == ("fact", {})
