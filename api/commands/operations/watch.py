"""`onrecord watch`: add what appears in a folder, until Ctrl-C."""

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import sleep
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Config, Data, Json
from api.commands.status import pending_words
from api.commands.upkeep.report import reject_json
from api.terminal.suggestions import suggested
from api.terminal.text import printable
from index.documents import Reject

if TYPE_CHECKING:
    from index.build_report import BuildReport

RESTING = 20
"""Times as long as a look takes: a folder of 10,000 files is looked at every five seconds."""
CHANGES = ("added", "revised", "updated", "unchanged", "removed")


def watch(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            exists=True,
            file_okay=False,
            show_default=False,
            help="Files in it and below it are added when they appear or change.",
        ),
    ],
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the articles of a file that is deleted.")
    ] = False,
    every: Annotated[
        float,
        typer.Option(
            min=0.1,
            metavar="SECONDS",
            help="Between two looks; a file is added when it is the same at both.",
        ),
    ] = 2.0,
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Add what is in a folder, and then what appears or changes in it, until Ctrl-C.

    Example: onrecord watch incoming
    """
    from api.commands.operations.watched_folder import WatchedFolder
    from api.commands.operations.watcher import Watcher

    tell = _JsonLines() if as_json else _Lines()
    watched, signals = WatchedFolder(folder), Signals()
    with signals.handled(), opened_service(ctx, data) as service:
        watcher = Watcher(service, watched, tell, removes=remove, progress=_no_progress)
        while True:
            watcher.step()
            signals.end()
            sleep(max(every, RESTING * watched.seconds))


class Signals:
    """Ctrl-C and SIGTERM end it where it is, which loses nothing that was acknowledged.

    The signal is kept too: an exception that is raised in a callback of a library may be lost.
    """

    def __init__(self) -> None:
        self.received: int | None = None

    @contextmanager
    def handled(self) -> Iterator[None]:
        before = {each: signal.signal(each, self._end) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def end(self) -> None:
        """What a signal means, if one came."""
        if self.received == signal.SIGINT:
            raise KeyboardInterrupt
        if self.received == signal.SIGTERM:
            sys.exit(0)

    def _end(self, number: int, _: FrameType | None) -> None:
        self.received = number
        self.end()


class _Lines:
    """One line for each change, with its time; rejects on standard error."""

    def changed(self, report: "BuildReport") -> None:
        counts = {change: getattr(report, change) for change in CHANGES}
        done = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
        left = pending_words(report.pending)
        _say(f"{done or 'index finished'}{f'; still to come: {left}' if left else ''}")

    def rejected(self, rejects: Sequence[Reject]) -> None:
        for each in rejects:
            typer.echo(printable(suggested(str(each))), err=True)

    def waiting(self, why: str) -> None:
        _say(why)


class _JsonLines:
    """One object a line."""

    def changed(self, report: "BuildReport") -> None:
        _print_line(
            "changed",
            {change: getattr(report, change) for change in CHANGES}
            | {"generation": report.generation or None, "articles": report.articles},
        )

    def rejected(self, rejects: Sequence[Reject]) -> None:
        for each in rejects:
            _print_line("rejected", reject_json(each))

    def waiting(self, why: str) -> None:
        _print_line("waiting", {"why": why})


def _say(words: str) -> None:
    now = datetime.now().astimezone()
    typer.echo(printable(f"{now:%H:%M:%S} {words}"))
    sys.stdout.flush()


def _print_line(event: str, facts: dict[str, Any]) -> None:
    typer.echo(json.dumps({"event": event} | facts))
    sys.stdout.flush()


def _no_progress(stage: str, done: int, total: int | None) -> None:
    """Bars would be drawn every few seconds."""
