"""Settings of the service: from options, the environment and a file of settings. Loads nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError
from index.settings import GENERATIONS_KEPT, IndexSettings
from rag.guarantee.guarantee import JudgedBy
from rag.setting_sources import (
    PREFIX,
    SettingOrigin,
    environment_values,
    file_values,
    settings_file,
    variable,
)

if TYPE_CHECKING:
    from limits import RateLimitItem

DEFAULTS = IndexSettings()
CitedVersion = Literal["earliest", "latest", "best"]
"""Which article of a story is cited; `best` is the one that was found."""


class ServiceSettings(BaseSettings):
    """Every field is a name in the file of settings, and `ONRECORD_DATA` and so on outside it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
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
    answers_kept: int = Field(default=100, ge=0)
    """Answers kept for equal questions until the index changes; 0 keeps none."""
    generations_kept: int = Field(default=GENERATIONS_KEPT, ge=2)
    """Generations of the index that are kept, the current one included."""
    max_body_mb: int = Field(default=64, ge=1)
    max_article_chars: int = Field(default=1_000_000, ge=1000)
    """A longer text is rejected."""
    max_connections: int = Field(default=1000, ge=10)
    """Open at once; more are refused, except those that ask for health."""
    rate_limit: str = ""
    """Requests of one key, or of one address without a key: `120/minute`; empty for no limit."""
    allowed_hosts: str = ""
    """Names and addresses that the server is called by, besides those of this machine, with
    commas between them; `*` for any."""
    allowed_origins: str = ""
    """Other sites whose pages may call the server, as `https://desk.example`, with commas."""
    story_shown: CitedVersion = "earliest"
    """Of the copies of a story that have the quote, the one that is cited."""

    reader: str = "bundled"
    """`bundled`, `none` (answers are chosen by keywords alone), a folder with `reader.onnx` and
    its `tokenizer.json`, or the file of a network."""
    read_within_ms: int = Field(default=2000, ge=1)
    """From a question's arrival; passages not read by then are ranked by keywords."""

    min_confidence: float = Field(default=0.15, ge=0, le=1)
    """Lowest confidence of an answer; docs/operations.md says what each value is worth."""

    max_wrong: float = Field(default=1.0, gt=0, le=1)
    """Share of shown answers that may be wrong; 1 promises nothing. docs/operations.md."""
    max_wrong_by: JudgedBy = "auto"
    """What counts as right for it: `people` who judged answers, or `marks` of question sets."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"
    """`auto` is text on a terminal, otherwise JSON."""
    log_error_messages: bool = False
    """Whether the log has the messages of unexpected errors, which may hold a question or text."""
    drain_seconds: float = Field(default=3, ge=0, le=300)
    """After SIGTERM, how long a service says that it is stopping before it stops listening."""
    questions_kept_days: int = Field(default=0, ge=0, le=3650)
    """How long questions are kept in the data folder; 0 keeps none."""

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        """True would count as 1."""
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, bool) and field.annotation in {int, float}:
            raise ValueError("write a number")
        return value

    @property
    def index(self) -> IndexSettings:
        """The settings that decide what an index contains."""
        return IndexSettings(
            embedder=self.embedder,
            encoding=self.encoding,
            passage_tokens=self.passage_tokens,
            overlap_tokens=self.overlap_tokens,
        )


@dataclass(frozen=True, slots=True)
class LocatedSettings:
    """The settings, and where each value comes from."""

    settings: ServiceSettings
    origins: Mapping[str, SettingOrigin]
    """Of every setting, by name."""
    file: Path | None
    """None if there is no file of settings."""


def read_settings(data: Path | None = None) -> ServiceSettings:
    """Settings from all places; `data`, if given, overrides the others."""
    return located_settings(data).settings


def located_settings(
    data: Path | None = None, *, model: type[ServiceSettings] = ServiceSettings
) -> LocatedSettings:
    """SettingsError for a value that cannot be used, and for a name that no setting has."""
    known, file = model.model_fields, settings_file()
    in_file = _beside(file, file_values(file, known)) if file else {}
    set_outside = environment_values(known)
    options: dict[str, Any] = {} if data is None else {"data": data}
    origins = dict.fromkeys(known, SettingOrigin.DEFAULT) | dict.fromkeys(
        in_file, SettingOrigin.FILE
    )
    origins |= dict.fromkeys(set_outside, SettingOrigin.ENVIRONMENT)
    origins |= dict.fromkeys(options, SettingOrigin.OPTION)
    below = {name: value for name, value in in_file.items() if origins[name] is SettingOrigin.FILE}
    try:
        settings = model(**below, **options)  # it reads the environment itself
    except ValidationError as error:
        faults = "; ".join(_fault(fault, origins, file, known) for fault in error.errors())
        raise SettingsError(f"A setting cannot be used. {faults}.") from error
    rate_limits(settings.rate_limit)
    origins_of(settings.allowed_origins)
    return LocatedSettings(settings, origins, file)


def rate_limits(written: str) -> "list[RateLimitItem]":
    """`120/minute`, or several with semicolons between them; none if it is empty."""
    if not written.strip():
        return []
    from limits import parse_many  # noqa: PLC0415  most services have no limit

    try:
        return parse_many(written.strip())
    except ValueError:
        raise SettingsError(
            f"ONRECORD_RATE_LIMIT is {written[:80]!r}; write 120/minute, "
            "or several with semicolons: 5/second;120/minute."
        ) from None


def origins_of(allowed: str) -> frozenset[str]:
    """As browsers send them, in lower case; SettingsError for one without a scheme."""
    origins = {origin.lower().rstrip("/") for origin in listed(allowed)}
    for each in sorted(origins):
        if "://" not in each:
            raise SettingsError(
                f"ONRECORD_ALLOWED_ORIGINS holds {each!r}; write it as https://{each}."
            )
    return frozenset(origins)


def listed(setting: str) -> frozenset[str]:
    """The parts of a setting with commas between them."""
    return frozenset(part.strip() for part in setting.split(",")) - {""}


def check_reader(setting: str) -> None:
    """That its file is there; whether it works is found when it is loaded."""
    place = Path(setting)
    network = place if place.is_file() else place / "reader.onnx"
    if setting not in {"bundled", "none"} and not network.is_file():
        raise SettingsError(
            f"ONRECORD_READER is {setting!r}: {network} does not exist. "
            f"Give a folder with a reader, its file, bundled or none."
        )


def _beside(file: Path, values: dict[str, Any]) -> dict[str, Any]:
    """A relative data folder in a file of settings is one beside that file."""
    if isinstance(data := values.get("data"), str):
        values["data"] = file.parent / Path(data).expanduser()
    return values


def _fault(
    fault: Any,
    origins: Mapping[str, SettingOrigin],
    file: Path | None,
    fields: Mapping[str, FieldInfo],
) -> str:
    """Without the value of a secret. `fault` is one of pydantic's."""
    name = str(fault["loc"][0]) if fault["loc"] else ""
    in_file = origins.get(name) is SettingOrigin.FILE
    place = f"{name} in {file}" if in_file else variable(name)
    is_secret = name not in fields or "Secret" in str(fields[name].annotation)
    found = "a value that is not shown" if is_secret else repr(fault["input"])
    wanted = "write a path as text" if fault["type"] == "path_type" else fault["msg"]
    wanted = fault.get("ctx", {}).get("error", wanted)  # of this project: pydantic adds words
    return f"{place}: {wanted}, found {found}"
