"""The options several commands share, and what they mean."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.exit_codes import JSON
from index.documents import Filter

_DATA = "onrecord.data"


def _keep_data(ctx: typer.Context, value: Path | None) -> Path | None:
    """`--data` counts before the sub-command and after it; the later one wins."""
    ctx.meta[_DATA] = value or ctx.meta.get(_DATA)
    kept: Path | None = ctx.meta[_DATA]
    return kept


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
        help="The archive's folder; without it $ONRECORD_DATA, else a folder of your own.",
    ),
]
Json = Annotated[
    bool,
    typer.Option("--json", is_eager=True, callback=_keep_json, help="Print JSON, errors too."),
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
        "--to", "--until", metavar="DATE", help="Only articles up to this day, the day included."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The archive as it stood then: nothing published later; “last week” is told from it.",
    ),
]
IgnoreDates = Annotated[
    bool,
    typer.Option("--ignore-dates", help="Look for the question's dates as words."),
]
Outlets = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="NAME", help="Only this outlet; may be given repeatedly."),
]


def filter_of(
    since: str | None, until: str | None, outlets: list[str] | None, as_of: str | None
) -> Filter:
    """Which articles may be seen; dates mean here exactly what they mean over HTTP."""
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
    """HTTP's field names as the command line's options."""
    for field, option in _OPTIONS.items():
        words = words.replace(field, option)
    return words
