"""Questions are kept only where a setting asks for it, and erased in time."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.telemetry.questions import QuestionDiary

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_by_default_no_question_is_kept(tmp_path: Path) -> None:
    QuestionDiary(tmp_path / "questions", days=0).keep("Who?", "answered")

    assert not (tmp_path / "questions").exists()


def test_a_kept_question_has_its_time_and_outcome_and_only_its_owner_may_read_it(
    tmp_path: Path,
) -> None:
    diary = QuestionDiary(tmp_path / "questions", days=30, clock=Clock())

    diary.keep("Who opposed it?", "answered")
    diary.keep("Why?", "no_evidence")

    path = tmp_path / "questions" / "2026-03-04.jsonl"
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert first["question"] == "Who opposed it?"
    assert second["outcome"] == "no_evidence"
    assert second["at"] == "2026-03-04T12:00:00+00:00"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_questions_are_erased_when_their_days_are_over(tmp_path: Path) -> None:
    clock = Clock()
    diary = QuestionDiary(tmp_path, days=2, clock=clock)
    for _ in range(4):
        diary.keep("Who?", "answered")
        clock.now += timedelta(days=1)
    (tmp_path / "notes.jsonl").touch()

    diary.erase_old()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-03-07.jsonl", "notes.jsonl"]


def test_all_are_erased_once_none_is_to_be_kept(tmp_path: Path) -> None:
    QuestionDiary(tmp_path, days=30, clock=Clock()).keep("Who?", "answered")

    QuestionDiary(tmp_path, days=0, clock=Clock()).erase_old()

    assert list(tmp_path.iterdir()) == []


def test_a_question_that_cannot_be_kept_is_no_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "questions").write_text("a file is in the way")

    with caplog.at_level(logging.WARNING):
        QuestionDiary(tmp_path / "questions", days=1).keep("Who leaked it?", "answered")

    assert "a question could not be kept" in caplog.text
    assert "leaked" not in caplog.text
