"""Where a command's failure becomes one message and an exit code; nothing else does that.

0 answered or done · 1 an error · 2 asked wrongly · 3 refused, or a citation that does not hold ·
130 stopped by Ctrl-C.
"""

import json
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from api.printable import printable
from index.errors import OnRecordError, QuestionError

REFUSED = 3
STOPPED = 130
JSON = "onrecord.json"
"""The key under which a command's `--json` is kept in the context, for the edge to read."""

_SAFE = {
    "index": "Stopped. What was stored stays stored, and the index in use is whole: "
    "run the same command again to go on, or `onrecord index status` to see what is left.",
    "demo": "Stopped. Nothing is half done: run `onrecord demo` again to go on, or "
    "`onrecord demo --remove` to take the sample out.",
    "serve": "Stopped.",
}


class Edge(TyperGroup):
    """The root group, which answers for every command below it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; `ctx` is a click context, whose type Typer keeps to itself."""
        try:
            return _flushed(super().invoke, ctx)
        except OnRecordError as error:
            _fail(ctx, error, str(error), 2 if isinstance(error, QuestionError) else 1)
        except BrokenPipeError:
            raise  # the reader went away: Typer ends quietly
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _fail(ctx, error, f"{place}{error.strerror or error}", 1)
        except KeyboardInterrupt as error:
            message = _SAFE.get(ctx.invoked_subcommand or "", "Stopped. Nothing was changed.")
            typer.echo(f"\n{message}", err=True)
            raise typer.Exit(STOPPED) from error


def _flushed(invoke: Any, ctx: Any) -> Any:
    """A closed pipe must show here, not while the interpreter shuts down."""
    try:
        return invoke(ctx)
    finally:
        sys.stdout.flush()


def _fail(ctx: Any, error: Exception, message: str, code: int) -> NoReturn:
    if ctx.meta.get(JSON):
        body = {"error": {"type": type(error).__name__, "message": message}}
        typer.echo(json.dumps(body, indent=2))
    else:
        typer.echo(f"onrecord: {printable(message)}", err=True)
    raise typer.Exit(code) from error
