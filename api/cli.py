"""The command line, `onrecord`: every command, the options of all of them, and the entry point."""

import os
import sys
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from api.commands import ask, bench, demo, index, quotes, serve, show, verify
from api.commands import eval as evaluation
from api.commands.exit_codes import HELP, CommandGroup
from api.commands.operations import backup, config, watch
from api.commands.options import Config, Data, Json
from api.commands.serving import keys
from api.commands.upkeep import doctor

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=HELP,
)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def onrecord(
    *,
    data: Data = None,
    config: Config = None,
    as_json: Json = False,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_print_version,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Ask a news archive what is on the record.

    An answer is a verbatim quote with its source. If the archive has no answer, onrecord says why.

    Exit codes: 0 answered or done, 1 error, 2 usage error, 3 not on the record.

    Example: onrecord demo
    """


app.command()(demo.demo)
app.command()(ask.ask)
app.command()(ask.search)
app.command()(quotes.quotes)
app.command()(show.show)
app.command()(verify.verify)
app.command()(serve.serve)
app.command()(watch.watch)
app.command()(config.config)
app.command()(doctor.doctor)
app.add_typer(keys.app, name="keys", help="Create, list and revoke the keys of the HTTP service.")
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(bench.bench)
app.add_typer(evaluation.app, name="eval", help="Ask sets of questions and measure the answers.")
app.add_typer(
    index.app, name="index", help="Add and remove articles, rebuild the index, show its status."
)


def _null_stream() -> TextIOWrapper:
    """Replaces a stream that the shell closed."""
    return Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """The console script. Characters that the terminal cannot show are escaped."""
    sys.stdout = sys.stdout or _null_stream()
    sys.stderr = sys.stderr or _null_stream()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="onrecord")


if __name__ == "__main__":
    main()
