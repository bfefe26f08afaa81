"""`onrecord eval calibrate`, and `--max-wrong` of the commands that answer."""

import json
from pathlib import Path

import pytest
from typer.testing import Result

from rag.guarantee.judged_answers import FILE
from tests.support.fakes import FakeReader
from tests.support.fakes_cli import Shell
from tests.support.newsroom import ARTICLES

HOW_MANY = "How many passengers did the ferry fire on the Grey Heron leave adrift?"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Over the newsroom's articles, with a reader that is sure of one answer."""
    shell = Shell(tmp_path / "archive")
    shell.reader = FakeReader({"212 passengers": 9.0})
    articles = tmp_path / "articles.jsonl"
    lines = ({"id": each.id, "title": each.title, "text": each.text} for each in ARTICLES)
    articles.write_text("\n".join(map(json.dumps, lines)))
    assert shell.run("index", "add", str(articles)).exit_code == 0
    return shell


def judged(shell: Shell, number: int, verdict: str = "right") -> Path:
    """One question with ever more question marks, because each may be there once only."""
    path = shell.folder.parent / "judged.csv"
    rows = (f"{HOW_MANY}{'?' * each},{verdict}" for each in range(number))
    path.write_text("question,verdict\n" + "\n".join(rows))
    return path


def calibrated(shell: Shell, number: int, *args: str) -> Result:
    return shell.run("eval", "calibrate", str(judged(shell, number)), *args)


def test_twenty_judged_questions_are_too_few_and_the_number_wanted_is_said(shell: Shell) -> None:
    result = calibrated(shell, 20)

    assert result.exit_code == 0, result.stderr
    assert "at most 10 % wrong: too few, at least 29 judged answers are wanted" in result.stdout
    assert "at most 20 % wrong: from a confidence of" in result.stdout


def test_a_share_that_cannot_be_promised_is_exit_code_1(shell: Shell) -> None:
    result = calibrated(shell, 20, "--max-wrong", "0.1")

    assert result.exit_code == 1
    assert "A share of 0.1 wrong answers cannot be promised" in result.stderr


def test_a_share_that_can_be_promised_is_said_to_be_usable(shell: Shell) -> None:
    said = calibrated(shell, 20).stdout

    assert "ONRECORD_MAX_WRONG=0.2 or --max-wrong 0.2 uses it." in said
    assert shell.run("ask", HOW_MANY, "--max-wrong", "0.2").exit_code == 0


def test_where_no_share_can_be_promised_none_is_said_to_be_usable(shell: Shell) -> None:
    said = calibrated(shell, 4).stdout

    assert "at most 10 % wrong: too few, at least 29 judged answers are wanted" in said
    assert "; none of these shares can be promised on it." in said
    assert "uses it" not in said
    assert "ONRECORD_MAX_WRONG_BY=marks uses the marks that ship" in said


def test_after_calibrating_answers_carry_the_promise(shell: Shell) -> None:
    found = shell.json("eval", "calibrate", str(judged(shell, 30)), "--max-wrong", "0.1")

    reply = shell.json("ask", HOW_MANY, "--max-wrong", "0.1")
    shown = shell.run("ask", HOW_MANY, "--max-wrong", "0.1")
    status = shell.run("index", "status", env={"ONRECORD_MAX_WRONG": "0.1"})

    assert found["answers"] == found["right"] == 30
    promised = next(each for each in found["promises"] if each["max_wrong"] == 0.1)
    assert promised["shown"] == 30
    assert reply["guarantee"]["least_confidence"] == promised["least_confidence"]
    assert reply["guarantee"]["questions"] == 30
    words = "chosen so that at most 10 % of shown answers are wrong"
    assert words in reply["guarantee"]["words"]
    assert words in " ".join(shown.stdout.split())
    assert words in status.stdout
    assert shell.json("ask", HOW_MANY)["guarantee"] is None


def test_a_promise_that_cannot_be_kept_ends_the_command(shell: Shell) -> None:
    calibrated(shell, 20)

    result = shell.run("ask", HOW_MANY, "--max-wrong", "0.1")

    assert result.exit_code == 1
    assert "At least 29 judged answers are wanted if none is wrong" in result.stderr


def test_questions_are_written_with_their_answers_to_be_judged(shell: Shell) -> None:
    out = shell.folder.parent / "out.csv"

    result = calibrated(shell, 2, "--to-judge", str(out))

    assert result.exit_code == 0
    assert "2 questions, 2 with an answer" in result.stdout
    assert "212 passengers | A fire on the ferry" in out.read_text("utf-8-sig")
    assert not (shell.folder / FILE).exists()


def test_questions_to_be_judged_need_no_verdict(shell: Shell) -> None:
    path, out = shell.folder.parent / "questions.csv", shell.folder.parent / "out.csv"
    path.write_text(f"question\n{HOW_MANY}\n")

    to_judge = shell.run("eval", "calibrate", str(path), "--to-judge", str(out))
    refused = shell.run("eval", "calibrate", str(path))

    assert to_judge.exit_code == 0, to_judge.stderr
    assert "1 question, 1 with an answer" in to_judge.stdout
    assert shell.run("eval", "calibrate", str(out)).exit_code == 0
    assert refused.exit_code == 2
    assert "no column 'verdict', found question" in refused.stderr


def test_a_faulty_line_is_named_and_nothing_is_kept(shell: Shell) -> None:
    path = judged(shell, 3, "perhaps")

    result = shell.run("eval", "calibrate", str(path))

    assert result.exit_code == 2
    assert f"{path}:2: verdict is 'perhaps': write right, wrong or nothing" in result.stderr
    assert not (shell.folder / FILE).exists()
