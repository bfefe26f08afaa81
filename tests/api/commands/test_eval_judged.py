"""`onrecord eval judged` from end to end over a tiny set of our own; only the encoder is a fake."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from eval.judged.pool import POOL
from eval.judged.questions import QUESTIONS
from eval.judged.shown import SHOWN, write_shown
from tests.support.eval_files import write_lines, write_own
from tests.support.fakes_cli import Shell
from tests.support.judged import (
    ARTICLES,
    GIFT,
    QUOTE,
    THIRD,
    TWO,
    asked,
    at,
    judge,
    show,
    showing,
    write_set,
)

QUESTIONS_ASKED = [
    asked("said", gold=[at(QUOTE)]),
    asked("silent", answerable=False),
    asked("fact", "fact", gold=[at(THIRD)], outdated=[at(TWO)]),
]


class JudgingDesk(Shell):
    """The command line over a judged set called town and the data set of the same name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "archive")
        self.set = write_set(folder / "judged" / "town", QUESTIONS_ASKED)
        self.data, self.runs, self.pool = folder / "data", folder / "runs", folder / "pool"
        self.cache = {"ONRECORD_EVAL_CACHE": str(folder / "cache")}
        own = [{"id": "q", "question": "Who?", "texts": ["Maud Ferrier"]}]
        write_own(self.data / "town", own, ARTICLES)

    def judged(self, command: str, *args: str) -> Result:
        return self.run("eval", "judged", command, *args, "--set", str(self.set), env=self.cache)

    def shown(self, name: str, *given: Any) -> str:
        write_shown(self.runs / name / SHOWN, given)
        return str(self.runs / name)


@pytest.fixture
def desk(tmp_path: Path) -> JudgingDesk:
    return JudgingDesk(tmp_path)


def test_a_run_is_pooled_judged_and_scored(desk: JudgingDesk) -> None:
    out, data = str(desk.runs / "a"), ("--data", str(desk.data))

    ran = desk.judged("run", *data, "--out", out)
    pooled = desk.judged("pool", out, *data, "--out", str(desk.pool))
    items = [json.loads(line) for line in (desk.pool / POOL).read_text().splitlines()]
    labels = [
        write_lines(
            desk.pool / f"{name}.jsonl",
            [{"item": each["item"], "label": "off"} for each in items],
        )
        for name in ("first", "second")
    ]
    merged = desk.judged("merge", *map(str, labels))
    scored = json.loads(desk.judged("score", out, "--part", "all", "--json").stdout)

    assert "judged: 3 questions asked" in ran.stderr
    assert len(items) == 1
    assert "1 place to judge" in pooled.stdout
    assert "1 place judged by both, 0 by one only" in merged.stdout
    assert "kappa 1.00" in merged.stdout
    for table in scored["tables"]:
        for system in table["systems"].values():
            assert system["measures"]["first three: judged"].get("value", 1.0) == 1.0


def test_two_runs_stand_side_by_side_with_their_difference(desk: JudgingDesk) -> None:
    a = desk.shown("a", showing("said", show(GIFT)), showing("fact", show(TWO)))
    b = desk.shown("b", showing("said", show(QUOTE)), showing("fact", show(THIRD)))

    result = desk.judged("score", a, b, "--part", "all")

    shown = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "B - A" in shown
    assert "places that nobody has judged" in shown


def test_the_half_for_choosing_is_scored_unless_another_is_asked_for(desk: JudgingDesk) -> None:
    run = desk.shown("a", showing("said", show(QUOTE)))

    parts = {
        each["part"] for each in json.loads(desk.judged("score", run, "--json").stdout)["tables"]
    }

    assert parts <= {"choosing"}


def test_merged_labels_can_be_had_as_json(desk: JudgingDesk) -> None:
    run = desk.shown("a", showing("said", show(GIFT)))
    desk.judged("pool", run, "--data", str(desk.data), "--out", str(desk.pool))
    [line] = [json.loads(each) for each in (desk.pool / POOL).read_text().splitlines()]
    first, second = (
        write_lines(desk.pool / f"{label}.jsonl", [{"item": line["item"], "label": label}])
        for label in ("off", "empty")
    )

    printed = json.loads(desk.judged("merge", str(first), str(second), "--json").stdout)

    assert (printed["judged"], printed["open"]) == (1, 1)
    assert printed["agreement"]["who_said"]["share"] == 0.0


@pytest.mark.parametrize(
    "args",
    [("score", "nowhere"), ("pool", "nowhere", "--out", "pool"), ("merge", "a.jsonl", "b.jsonl")],
    ids=" ".join,
)
def test_what_cannot_be_used_ends_with_exit_code_two(
    desk: JudgingDesk, args: tuple[str, ...]
) -> None:
    result = desk.judged(*args)

    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_a_faulty_question_is_named_with_its_line(desk: JudgingDesk) -> None:
    write_lines(desk.set / QUESTIONS, [asked("said"), asked("said")])
    run = desk.shown("a", showing("said", show(QUOTE)))

    result = desk.judged("score", run)

    assert result.exit_code == 2
    assert f"{QUESTIONS}:2: the id 'said' was used before" in result.stderr


def test_judgements_of_the_set_are_used(desk: JudgingDesk) -> None:
    write_set(desk.set, QUESTIONS_ASKED, [judge("said", GIFT, "telling", speaker="Otto Brandt")])
    run = desk.shown("a", showing("said", show(GIFT, "Otto Brandt", certain=True)))

    tables = json.loads(desk.judged("score", run, "--part", "all", "--json").stdout)["tables"]

    [value] = [
        each["systems"]["service"]["measures"]["first right and telling"]["value"]
        for each in tables
        if (each["part"], each["type"]) == ("all", "who_said")
    ]
    assert value == 1.0
