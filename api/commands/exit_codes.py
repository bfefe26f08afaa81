"""Where a command's failure becomes one message and an exit code; nothing else does that.

0 answered or done · 1 an error · 2 asked wrongly · 3 refused, or a citation that does not hold ·
130 stopped by Ctrl-C.
"""

import json
import sys
from itertools import takewhile
from typing import Any, NoReturn, cast

import typer
from typer.core import TyperGroup

from api.terminal.text import printable
from index.errors import OnRecordError, QuestionError

REFUSED = 3
STOPPED = 130
JSON = "onrecord.json"
"""The key under which a command's `--json` is kept in the context, for the edge to read."""
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""Click's, which Typer keeps to itself."""

_SAFE = {
    "index": "Stopped. What was stored stays stored, and the index in use is whole: "
    "run the same command again to go on, or `onrecord index status` to see what is left.",
    "demo": "Stopped. Nothing is half done: run `onrecord demo` again to go on, or "
    "`onrecord demo --remove` to take the sample out.",
    "serve": "Stopped.",
    "eval": "Stopped. Answers already written stay: run the same command again to go on.",
}


class CommandGroup(TyperGroup):
    """The root group, which answers for every command below it."""

    def make_context(self, info_name: Any, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Where an unknown option is met before `--json` is, the words themselves must tell."""
        as_json = "--json" in takewhile(lambda word: word != "--", args)
        try:
            ctx = super().make_context(info_name, args, *rest, **extra)
        except _UsageError as error:
            _misused(error, as_json=as_json)
        ctx.meta[JSON] = as_json
        return ctx

    def invoke(self, ctx: Any) -> Any:
        """Run the command; `ctx` is a click context, whose type Typer keeps to itself."""
        try:
            return _flushed(super().invoke, ctx)
        except _UsageError as error:
            _misused(error, as_json=ctx.meta[JSON])
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


def _misused(error: Any, *, as_json: bool) -> NoReturn:
    """Asked wrongly: Typer's own words, unless JSON was wanted."""
    if not as_json:
        raise error
    _print_json(error, error.format_message())
    raise typer.Exit(error.exit_code) from error


def _fail(ctx: Any, error: Exception, message: str, code: int) -> NoReturn:
    if ctx.meta.get(JSON) and not _is_full(error):
        _print_json(error, message)
    else:
        typer.echo(f"onrecord: {printable(message)}", err=True)
    raise typer.Exit(code) from error


def _print_json(error: Exception, message: str) -> None:
    body = {"error": {"type": type(error).__name__, "message": message}}
    typer.echo(json.dumps(body, indent=2))


def _is_full(error: Exception) -> bool:
    """Standard output may be what failed, so the message goes elsewhere."""
    return isinstance(error, OSError) and error.filename is None
