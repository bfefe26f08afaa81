"""Runs the command line over a service that is handed in, never patched in."""

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


def run(service: Any, *args: str, stdin: str | None = None, **env: str) -> Result:
    """`onrecord ARGS` over one service, whatever folder is asked for."""
    return CliRunner().invoke(app, args, input=stdin, env=env, obj=lambda _: service)


class Desk:
    """The real service over a folder, but for the encoder; every call opens it anew."""

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
