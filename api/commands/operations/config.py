"""`onrecord config`: every setting, its value and where the value comes from."""

import os
from typing import TYPE_CHECKING, Any

import typer

from api.commands.options import Config, Data, Json
from api.terminal.json_output import print_json
from api.terminal.text import printable
from rag.setting_sources import CONFIG, ELSEWHERE, SettingOrigin, default_file, variable

if TYPE_CHECKING:
    from rag.settings import LocatedSettings


def config(
    *,
    data: Data = None,
    config: Config = None,  # noqa: ARG001  its callback has kept it
    as_json: Json = False,
) -> None:
    """Show every setting with its value and where that comes from.

    A value comes from an option, the environment, the file of settings or the defaults, in this
    order. Secrets are not shown.

    Example: onrecord config
    """
    from rag.settings import check_reader, located_settings

    found = located_settings(data)
    check_reader(found.settings.reader)
    rows = _rows(found)
    if as_json:
        print_json({"file": found.file and str(found.file), "settings": rows})
        return
    typer.echo(printable(f"File of settings: {found.file or f'none at {default_file()}'}\n"))
    for name, row in rows.items():
        value = "" if row["value"] is None else str(row["value"])
        typer.echo(printable(f"{row['origin']:<12} {name:<22} {value}".rstrip()))


def _rows(found: "LocatedSettings") -> dict[str, dict[str, Any]]:
    """By name: the variable, the value and its origin."""
    values = found.settings.model_dump(mode="json")  # with stars in place of secrets
    return {
        name: {"variable": variable(name), "value": values[name], "origin": origin.value}
        for name, origin in found.origins.items()
    } | {name: _elsewhere(name) for name in ELSEWHERE if name != CONFIG}


def _elsewhere(name: str) -> dict[str, Any]:
    """Of a variable that no file has; None is a folder of the user's own."""
    value = os.environ.get(name) or None
    origin = SettingOrigin.ENVIRONMENT if value else SettingOrigin.DEFAULT
    return {"variable": name, "value": value, "origin": origin.value}
