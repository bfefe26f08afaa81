"""The command line, `onrecord`: knows options, words and exit codes, and asks the service."""

import os
import sys
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from api.commands import (
    ask,
    bench,
    demo,
    eval,  # noqa: A004  its name
    index,
    quotes,
    serve,
    show,
    verify,
)
from api.commands.exit_codes import CommandGroup
from api.commands.options import Data, Json

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def onrecord(
    *,
    data: Data = None,
    as_json: Json = False,
    show_version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Say which it is."),
    ] = False,
) -> None:
    """Ask a news archive what is on the record.

    An answer is a verbatim, cited quote; when the archive holds none, it says so and why.

    Exit codes: 0 answered or done, 1 an error, 2 asked wrongly, 3 not on the record.
    """


app.command()(demo.demo)
app.command()(ask.ask)
app.command()(ask.search)
app.command()(quotes.quotes)
app.command()(show.show)
app.command()(verify.verify)
app.command()(serve.serve)
app.command()(bench.bench)
app.add_typer(eval.app, name="eval", help="Ask sets of questions, and measure the answers.")
app.add_typer(index.app, name="index", help="Add articles, take them out, see what there is.")


def _nowhere() -> TextIOWrapper:
    """In the place of a stream that the shell closed."""
    return Path(os.devnull).open("w", encoding="utf-8")


def main() -> None:
    """The console script; characters the terminal cannot show are escaped, never fatal."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="onrecord")


if __name__ == "__main__":
    main()
