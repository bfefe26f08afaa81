"""The arguments and options that several commands share, and how they are read."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.commands.exit_codes import JSON
from api.terminal.suggestions import suggest_for
from api.terminal.text import readable
from index.documents import Filter
from rag.setting_sources import CONFIG, variable

_DATA = "onrecord.data"


def _keep_data(ctx: typer.Context, value: Path | None) -> Path | None:
    """`--data` may stand before or after the sub-command; the later one wins."""
    ctx.meta[_DATA] = value or ctx.meta.get(_DATA)
    kept: Path | None = ctx.meta[_DATA]
    suggest_for(kept)
    return kept


def _keep_config(ctx: typer.Context, value: Path | None) -> Path | None:
    """Kept in the environment for the run, so that other processes of it find the file too."""
    if value is not None:
        ctx.find_root().with_resource(_variable(CONFIG, str(value.absolute())))
    return value


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def _keep_max_wrong(ctx: typer.Context, value: float | None) -> float | None:
    """Kept in the environment for the run, as `--config` is."""
    if value is not None:
        ctx.find_root().with_resource(_variable(variable("max_wrong"), str(value)))
    return value


def _keep_json(ctx: typer.Context, value: bool) -> bool:
    ctx.meta[JSON] = value or ctx.meta.get(JSON, False)
    return bool(ctx.meta[JSON])


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        file_okay=False,
        is_eager=True,
        callback=_keep_data,
        help="The data folder. Default: $ONRECORD_DATA, or a folder in your home directory.",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        is_eager=True,
        callback=_keep_config,
        help="A TOML file of settings. Default: $ONRECORD_CONFIG, or onrecord.toml in your folder "
        "of settings.",
    ),
]
"""It need not be handed on: its callback has."""
MaxWrong = Annotated[
    float | None,
    typer.Option(
        "--max-wrong",
        metavar="SHARE",
        min=0.001,
        max=1.0,
        callback=_keep_max_wrong,
        is_eager=True,
        help="Show only answers so sure that, with 95 % confidence, at most this share is wrong "
        "(0.35: 35 of 100). Default: $ONRECORD_MAX_WRONG, or no promise.",
    ),
]
"""It need not be handed on: its callback has."""
Json = Annotated[
    bool,
    typer.Option("--json", is_eager=True, callback=_keep_json, help="Print JSON, also for errors."),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--from", "--since", metavar="DATE", help="Only articles published on this day or later."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--to", "--until", metavar="DATE", help="Only articles published on this day or earlier."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Ignore later articles; “last week” is counted from this day.",
    ),
]
IgnoreDates = Annotated[
    bool,
    typer.Option("--ignore-dates", help="Do not choose articles by the dates in the question."),
]
Outlets = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="NAME", help="Only this outlet; repeatable."),
]


Question = Annotated[
    list[str],
    typer.Argument(
        metavar="QUESTION",
        show_default=False,
        help="Quotation marks are optional; - reads one question from standard input.",
    ),
]


def question_of(words: list[str]) -> str:
    """The words as one text, or one question from standard input if they are `-` alone."""
    if words != ["-"]:
        return readable(" ".join(words))
    read = sys.stdin.buffer.read().decode(errors="replace") if sys.stdin else ""
    if question := " ".join(read.split()):
        return question
    raise typer.BadParameter(
        "standard input is empty: pipe a question into the command, or write it in place of -.",
        param_hint="QUESTION",
    )


def filter_of(
    since: str | None, until: str | None, outlets: list[str] | None, as_of: str | None
) -> Filter:
    """The articles to search; dates mean the same as over HTTP."""
    from pydantic import ValidationError

    from api.schemas.filters import Filters

    try:
        return Filters(
            published_from=since,
            published_to=until,
            outlets=list(outlets or ()),
            as_of=as_of,
        ).filter()
    except ValidationError as error:
        fault = error.errors()[0]
        words = str(fault.get("ctx", {}).get("error", fault["msg"]))
        hint = next((_OPTIONS[step] for step in fault["loc"] if step in _OPTIONS), None)
        raise typer.BadParameter(_as_options(words), param_hint=hint) from error


_OPTIONS = {
    "published_from": "--from",
    "published_to": "--to",
    "as_of": "--as-of",
    "outlets": "--outlet",
}


def _as_options(words: str) -> str:
    """Replaces the field names of HTTP by options of the command line."""
    for field, option in _OPTIONS.items():
        words = words.replace(field, option)
    return words
