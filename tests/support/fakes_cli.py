"""Runs the command line over a service that is handed in, never patched."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from api.cli import app
from rag.reading.reader import NO_READER
from rag.service import Service
from rag.settings import read_settings
from tests.support.fakes import FakeAttributor, FakeEmbedder, FakeReader
from tests.support.fakes_api import FakeService


def run(service: Any, *args: str, stdin: str | None = None, **env: str) -> Result:
    """`onrecord ARGS` over one service, whatever folder is asked for."""
    return CliRunner().invoke(app, args, input=stdin, env=env, obj=lambda _: service)


def failing(error: BaseException) -> Any:
    """A service whose every method raises the error."""
    service = FakeService()
    service.failure = error  # type: ignore[assignment]  # Ctrl-C is no Exception, and is meant
    return service


def unwrapped(shown: str) -> str:
    """Without the box that Typer draws, whose lines break anywhere."""
    return " ".join(shown.replace("│", " ").split())


class Shell:
    """Runs commands on a folder, over the real service with fake models; each call opens it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.embedder = FakeEmbedder()
        self.reader: FakeReader | None = None

    def open(self, data: Path | None = None, *, reader: str | None = None) -> Service:
        settings = read_settings(data or self.folder)
        return Service(
            settings.model_copy(update={"reader": reader}) if reader else settings,
            embedder=lambda _: self.embedder,
            attributor=FakeAttributor,
            reader=lambda setting: None if setting == NO_READER else self.reader,
        )

    def run(self, *args: str, env: Mapping[str, str] | None = None) -> Result:
        return CliRunner().invoke(app, args, env=env, obj=self.open)

    def json(self, *args: str) -> Any:
        return json.loads(self.run(*args, "--json").stdout)
