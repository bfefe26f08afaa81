"""`onrecord verify`: check earlier citations against the archive, character by character."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.exit_codes import REFUSED
from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_body

if TYPE_CHECKING:
    from rich.text import Text

    from rag.citations import CitationVerdict, Claim

_HINT = "FILE"


def verify(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-",
            show_default=False,
            help="Output of `ask --json` or POST /v1/ask, or a list of citations; - reads stdin.",
        ),
    ],
    *,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Check citations against the archive; exit code 3 if any of them fails.

    Example: onrecord verify answer.json
    """
    from api.schemas.replies import VerdictsBody
    from api.terminal import reply as render

    claims = _claims(_parsed(file))
    with opened_service(ctx, data) as service:
        verdicts = service.verify(claims)
    body = VerdictsBody.of(verdicts)
    if as_json:
        print_body(body)
    else:
        render.show(_lines(verdicts))
    if not body.verified:
        raise typer.Exit(REFUSED)


def _parsed(file: Path) -> Any:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return json.loads(raw)
    except OSError as error:
        raise typer.BadParameter(
            f"{file} cannot be read: {error.strerror}.", param_hint=_HINT
        ) from error
    except (ValueError, RecursionError) as error:
        raise typer.BadParameter(f"{file} is not JSON: {error}.", param_hint=_HINT) from error


def _claims(given: Any) -> list["Claim"]:
    """From an answer, an object with `citations`, or a list; each citation as over HTTP."""
    from pydantic import TypeAdapter, ValidationError

    from api.schemas.citations import ClaimBody

    listed = given.get("citations") if isinstance(given, dict) else given
    if not isinstance(listed, list) or not listed:
        raise typer.BadParameter(
            "no citations found: give the output of `onrecord ask --json`, or a list of citations.",
            param_hint=_HINT,
        )
    try:
        return [item.claim() for item in TypeAdapter(list[ClaimBody]).validate_python(listed)]
    except ValidationError as error:
        fault = error.errors()[0]
        place, *field = fault["loc"]
        where = f"citation {int(place) + 1}" + "".join(f", {step}" for step in field)
        words = str(fault.get("ctx", {}).get("error", fault["msg"])).rstrip(".")
        raise typer.BadParameter(f"{where}: {words}.", param_hint=_HINT) from error


def _lines(verdicts: Sequence["CitationVerdict"]) -> Iterator["Text"]:
    from rich.text import Text

    from api.terminal.text import one_line

    for verdict in verdicts:
        claim = verdict.claim
        word = "verified" if verdict.verified else "FAILED"
        place = f"{one_line(claim.article_id)} {claim.start}:{claim.end}"
        yield Text(f"{word:<8}  {place}  {one_line(verdict.message)}", no_wrap=True)
    held = sum(verdict.verified for verdict in verdicts)
    yield Text(f"{held} of {len(verdicts)} verified.")
