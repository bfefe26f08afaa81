"""How the service runs: read from the environment (`ONRECORD_...`), loads nothing."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError
from index.settings import IndexSettings

DEFAULTS = IndexSettings()
CitedVersion = Literal["earliest", "latest", "best"]
"""Which of a story's articles a passage is cited from; `best` is the one that was found."""


class ServiceSettings(BaseSettings):
    """Every field can be set by an environment variable, e.g. `ONRECORD_DATA=/srv/archive`."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_ignore_empty=True,  # else an empty ONRECORD_DATA is the folder one stands in
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
    """Questions worked on at once; more wait their turn."""
    max_body_mb: int = Field(default=64, ge=1)
    story_shown: CitedVersion = "earliest"
    """Of a story's copies, the one cited, where it has the same words as the one found."""

    reader: str = "bundled"
    """`bundled`, `none` (answers are chosen by words alone), or a folder with `reader.onnx` and its
    `tokenizer.json`."""
    read_within_ms: int = Field(default=2000, ge=1)
    """From a question's arrival; passages not come to by then are ranked by their words."""

    min_confidence: float = Field(default=0.15, ge=0, le=1)
    """From where on an answer is given; README says what each value is worth."""

    @property
    def index(self) -> IndexSettings:
        """The part that decides what an index holds."""
        return IndexSettings(
            embedder=self.embedder,
            encoding=self.encoding,
            passage_tokens=self.passage_tokens,
            overlap_tokens=self.overlap_tokens,
        )


def read_settings(data: Path | None = None) -> ServiceSettings:
    """Settings from the environment; `data`, where given, wins over `ONRECORD_DATA`."""
    try:
        return ServiceSettings() if data is None else ServiceSettings(data=data)
    except ValidationError as error:
        faults = "; ".join(
            f"ONRECORD_{fault['loc'][0]!s}".upper() + f": {fault['msg']}, found {fault['input']!r}"
            for fault in error.errors()
        )
        raise SettingsError(f"A setting cannot be used. {faults}.") from error
