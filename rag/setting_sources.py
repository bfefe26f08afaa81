"""Where settings come from: a TOML file and the environment. Knows no setting by name.

A name that no setting has is refused, because what it was meant to change would stay as it was.
"""

import os
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from index.errors import SettingsError

PREFIX = "ONRECORD_"
CONFIG = "ONRECORD_CONFIG"
ELSEWHERE: Mapping[str, str] = {
    CONFIG: "the file of settings",
    "ONRECORD_ENGINE_CACHE": "the folder where the fastest engine is remembered",
    "ONRECORD_EVAL_CACHE": "the folder of the indexes that `onrecord eval` makes",
}
"""Variables that are read elsewhere, or before the settings; the file cannot have them."""


class SettingOrigin(StrEnum):
    """Where a value comes from; a later one wins."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    OPTION = "option"


def variable(name: str) -> str:
    """`min_confidence` -> `ONRECORD_MIN_CONFIDENCE`."""
    return f"{PREFIX}{name.upper()}"


def settings_file() -> Path | None:
    """`$ONRECORD_CONFIG`, else a file of the user's own; None if that does not exist."""
    if named := os.environ.get(CONFIG):
        return Path(named)
    usual = default_file()
    return usual if usual.is_file() else None


def default_file() -> Path:
    return user_config_path("onrecord") / "onrecord.toml"


def file_values(path: Path, known: Collection[str]) -> dict[str, Any]:
    """The settings of a file by name; a list of words is joined, and empty text counts as none."""
    values = _read(path)
    _refuse_unknown(values, known, f"in {path}")
    plain = {name: _plain(value) for name, value in values.items()}
    return {name: value for name, value in plain.items() if value != ""}


def environment_values(known: Collection[str]) -> dict[str, str]:
    """The settings of the environment by name; an empty variable counts as none."""
    found = {name: value for name, value in _ours() if value}
    _refuse_unknown(found, [*map(variable, known), *ELSEWHERE], "in the environment")
    by_variable = {variable(name): name for name in known}
    return {by_variable[name]: value for name, value in found.items() if name in by_variable}


def _ours() -> Iterator[tuple[str, str]]:
    """In capitals, which the names need not have."""
    for name, value in os.environ.items():
        if name.upper().startswith(PREFIX):
            yield name.upper(), value


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise SettingsError(
            f"The file of settings {path} cannot be read ({error.strerror or error}): name another "
            f"with --config or {CONFIG}."
        ) from error
    except ValueError as error:  # of TOML, or of UTF-8
        raise SettingsError(f"The file of settings {path} is not TOML: {error}.") from error


def _plain(value: object) -> object:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    return value


def _refuse_unknown(found: Collection[str], known: Collection[str], where: str) -> None:
    unknown = sorted(name for name in found if name not in known)
    if unknown:
        shown = ", ".join(_with_likely(name, known) for name in unknown)
        raise SettingsError(
            f"No setting is called {shown}, found {where}: correct the name, or remove it. "
            f"The names are {', '.join(known)}."
        )


def _with_likely(name: str, known: Collection[str]) -> str:
    """The name, with the known one that it resembles."""
    likely = {each.removeprefix(PREFIX).lower(): each for each in known}
    near = get_close_matches(name.removeprefix(PREFIX).lower(), likely, n=1, cutoff=0.7)
    return f"{name} (did you mean {likely[near[0]]}?)" if near else name
