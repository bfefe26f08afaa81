"""Bars for those who watch, nothing for those who do not."""

from io import StringIO

import pytest
from rich.console import Console
from rich.progress import Progress

from api.terminal.progress import ProgressBars, bars, waiting


def test_each_stage_has_one_bar_that_follows_it() -> None:
    progress = Progress(console=Console(file=StringIO()))
    report = ProgressBars(progress)

    report("reading", 200, None)
    report("embedding", 5, 10)
    report("embedding", 7, 12)

    shown = [(task.description, task.completed, task.total) for task in progress.tasks]
    assert shown == [("reading", 200, None), ("embedding", 7, 12)]


def test_nothing_is_written_if_standard_error_is_not_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with bars() as report, waiting("A moment …"):
        report("reading", 1, 1)

    assert capsys.readouterr() == ("", "")
