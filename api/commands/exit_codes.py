"""Turns every failure of a command into one message and an exit code.

0 answered or done · 1 error, or something that `doctor` found damaged · 2 usage error ·
3 not on the record, or a citation that failed · 130 stopped by Ctrl-C.
"""

import json
import sys
from itertools import takewhile
from typing import Any, NoReturn, cast

import typer
from typer.core import TyperGroup

from api.terminal.suggestions import suggest_for, suggested
from api.terminal.text import printable
from index.errors import OnRecordError, QuestionError

REFUSED = 3
STOPPED = 130
JSON = "onrecord.json"
"""The key of the context's `meta` that says whether `--json` was given."""
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])
"""Click's base class of usage errors, which Typer does not export."""

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
_STOPPED = {
    "index": "Stopped. Stored articles are kept and the index in use is intact. "
    "Run the same command again to continue, or `onrecord index status` to see what is left.",
    "demo": "Stopped. The archive is intact: run `onrecord demo` again to continue, or "
    "`onrecord demo --remove` to remove the sample.",
    "serve": "Stopped.",
    "watch": "Stopped. What was added is kept; the rest is added at the next start.",
    "eval": "Stopped. Answers already written are kept: run the same command again to continue.",
}


class CommandGroup(TyperGroup):
    """The root group, which handles the errors of every command below it."""

    def make_context(self, info_name: Any, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Looks for `--json` in the arguments, because parsing may fail before it is reached."""
        _hide_types(self)
        suggest_for(None)
        as_json = "--json" in takewhile(lambda word: word != "--", args)
        try:
            ctx = super().make_context(info_name, args, *rest, **extra)
        except _UsageError as error:
            _usage_error(error, as_json=as_json)
        ctx.meta[JSON] = as_json
        return ctx

    def invoke(self, ctx: Any) -> Any:
        """Run the command. `ctx` is a click context; Typer does not export its type."""
        try:
            return _flushed(super().invoke, ctx)
        except _UsageError as error:
            _usage_error(error, as_json=ctx.meta[JSON])
        except OnRecordError as error:
            _fail(ctx, error, str(error), 2 if isinstance(error, QuestionError) else 1)
        except BrokenPipeError:
            raise  # the reader of the pipe has closed it: Typer exits quietly
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _fail(ctx, error, f"{place}{error.strerror or error}", 1)
        except KeyboardInterrupt as error:
            message = _STOPPED.get(ctx.invoked_subcommand or "", "Stopped. Nothing was changed.")
            typer.echo(f"\n{suggested(message)}", err=True)
            raise typer.Exit(STOPPED) from error


def _hide_types(command: Any) -> None:
    """Typer's help shows `<bool>` beside a flag and `<list[str]>` beside a named argument."""
    for parameter in command.get_params(typer.Context(command, **HELP)):
        if parameter.param_type_name == "argument" or parameter.is_flag:
            parameter.display_type_rich = lambda ctx: None  # noqa: ARG005  Typer's signature
    for each in getattr(command, "commands", {}).values():
        _hide_types(each)


def _flushed(invoke: Any, ctx: Any) -> Any:
    """Flushed here, so that a closed pipe is noticed before the interpreter shuts down."""
    try:
        return invoke(ctx)
    finally:
        sys.stdout.flush()


def _usage_error(error: Any, *, as_json: bool) -> NoReturn:
    """Typer's own message, or its text as JSON."""
    error.message = suggested(error.message)
    if not as_json:
        raise error
    _print_json(error, error.format_message())
    raise typer.Exit(error.exit_code) from error


def _fail(ctx: Any, error: Exception, message: str, code: int) -> NoReturn:
    message = suggested(message)
    if ctx.meta.get(JSON) and not _is_output_error(error):
        _print_json(error, message)
    else:
        typer.echo(f"onrecord: {printable(message)}", err=True)
    raise typer.Exit(code) from error


def _print_json(error: Exception, message: str) -> None:
    body = {"error": {"type": type(error).__name__, "message": message}}
    typer.echo(json.dumps(body, indent=2))


def _is_output_error(error: Exception) -> bool:
    """Whether standard output itself may have failed, so that JSON cannot be printed there."""
    return isinstance(error, OSError) and error.filename is None
