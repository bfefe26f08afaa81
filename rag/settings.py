"""Settings of the service, read from the environment (`ONRECORD_...`). Loads nothing."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError
from index.settings import IndexSettings

DEFAULTS = IndexSettings()
CitedVersion = Literal["earliest", "latest", "best"]
"""Which article of a story is cited; `best` is the one that was found."""


class ServiceSettings(BaseSettings):
    """Every field can be set by an environment variable, e.g. `ONRECORD_DATA=/srv/archive`."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_ignore_empty=True,  # an empty ONRECORD_DATA would mean the current folder
        frozen=True,
    )

    data: Path = Field(default_factory=lambda: user_data_path("onrecord"))
    """The folder of the archive and its index."""
    embedder: str = DEFAULTS.embedder
    encoding: str = DEFAULTS.encoding
    passage_tokens: int = Field(default=DEFAULTS.passage_tokens, ge=32, le=2000)
    overlap_tokens: int = Field(default=DEFAULTS.overlap_tokens, ge=0, le=500)
    max_question_chars: int = Field(default=2000, ge=10)
    concurrent_asks: int = Field(default=4, ge=1)
    """Questions answered at the same time; further ones wait."""
    max_body_mb: int = Field(default=64, ge=1)
    story_shown: CitedVersion = "earliest"
    """Of the copies of a story that have the quote, the one that is cited."""

    reader: str = "bundled"
    """`bundled`, `none` (answers are chosen by keywords alone), or a folder with `reader.onnx` and
    its `tokenizer.json`."""
    read_within_ms: int = Field(default=2000, ge=1)
    """From a question's arrival; passages not read by then are ranked by keywords."""

    min_confidence: float = Field(default=0.15, ge=0, le=1)
    """Lowest confidence of an answer; docs/operations.md says what each value is worth."""

    @property
    def index(self) -> IndexSettings:
        """The settings that decide what an index contains."""
        return IndexSettings(
            embedder=self.embedder,
            encoding=self.encoding,
            passage_tokens=self.passage_tokens,
            overlap_tokens=self.overlap_tokens,
        )


def read_settings(data: Path | None = None) -> ServiceSettings:
    """Settings from the environment; `data`, if given, overrides `ONRECORD_DATA`."""
    try:
        return ServiceSettings() if data is None else ServiceSettings(data=data)
    except ValidationError as error:
        faults = "; ".join(
            f"ONRECORD_{fault['loc'][0]!s}".upper() + f": {fault['msg']}, found {fault['input']!r}"
            for fault in error.errors()
        )
        raise SettingsError(f"A setting cannot be used. {faults}.") from error
