"""`onrecord backup` and `onrecord restore`."""

import json
from pathlib import Path

from tests.support.fakes_cli import Shell


def test_a_backup_is_restored_to_another_folder_and_answers_there(tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    first, second = Shell(tmp_path / "first"), Shell(tmp_path / "second")
    first.run("demo")

    told = first.run("backup", str(file))
    restored = second.run("restore", str(file))

    assert (told.exit_code, restored.exit_code) == (0, 0)
    assert f"are in {file}, each text compared with its hash." in told.output
    assert "are restored from" in restored.output
    question = ("ask", "What did Rachel Minyoung Lee say?", "--json")
    answers = [json.loads(each.run(*question).stdout) for each in (first, second)]
    assert answers[0]["answer"] == answers[1]["answer"] is not None
    assert answers[0]["citations"] == answers[1]["citations"]


def test_both_print_json(tmp_path: Path) -> None:
    file, shell = tmp_path / "copy.sqlite", Shell(tmp_path / "data")
    shell.run("demo")

    made = json.loads(shell.run("backup", str(file), "--json").stdout)
    back = json.loads(shell.run("restore", str(file), "--replace", "--json").stdout)

    assert made == back
    assert set(made) == {"file", "articles", "revisions", "bytes"}


def test_articles_that_are_there_are_not_replaced_unasked(tmp_path: Path) -> None:
    file, shell = tmp_path / "copy.sqlite", Shell(tmp_path / "data")
    shell.run("demo")
    shell.run("backup", str(file))

    result = shell.run("restore", str(file))

    assert result.exit_code == 1
    assert "Give --replace" in result.stderr
