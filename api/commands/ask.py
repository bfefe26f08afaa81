"""`onrecord ask` and `onrecord search`: answer a question, or list the passages found for it."""

from typing import Annotated

import typer

from api.commands.exit_codes import REFUSED
from api.commands.open_service import opened_service
from api.commands.options import (
    AsOf,
    Data,
    IgnoreDates,
    Json,
    MaxWrong,
    Outlets,
    Question,
    Since,
    Until,
    filter_of,
    question_of,
)
from api.terminal.json_output import print_body

Generation = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Answer from this generation of the index, as an earlier reply names it.",
    ),
]
Timings = Annotated[bool, typer.Option("--timings", help="Show how long each step took.")]


def ask(
    ctx: typer.Context,
    words: Question,
    *,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ignore_dates: IgnoreDates = False,
    outlet: Outlets = None,
    alternatives: Annotated[
        int,
        typer.Option(min=0, max=20, help="Show up to N quotes from other articles.", metavar="N"),
    ] = 3,
    generation: Generation = None,
    timings: Timings = False,
    max_wrong: MaxWrong = None,  # noqa: ARG001  its callback has kept it
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Answer QUESTION with a verbatim quote, or say why there is no answer (exit code 3).

    Example: onrecord ask what did Ines Calder say about the harbour tolls
    """
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render

    question, filter = question_of(words), filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Searching the archive …"):
        reply = service.ask(
            question,
            filter=filter,
            alternatives=alternatives,
            dates=not ignore_dates,
            generation=generation,
        )
    body = schemas.ReplyBody.of(reply)
    if as_json:
        print_body(body)
    else:
        render.show(render.reply_lines(reply, marks=render.marked(), timings=timings))
    if not body.answered:
        raise typer.Exit(REFUSED)


def search(
    ctx: typer.Context,
    words: Question,
    *,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ignore_dates: IgnoreDates = False,
    outlet: Outlets = None,
    limit: Annotated[
        int, typer.Option(min=1, max=100, help="Show up to N passages.", metavar="N")
    ] = 10,
    generation: Generation = None,
    timings: Timings = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List the passages found for QUESTION, best first, without choosing an answer.

    Example: onrecord search harbour tolls --limit 5
    """
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render

    question, filter = question_of(words), filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Searching the archive …"):
        reply = service.search(
            question, filter=filter, limit=limit, dates=not ignore_dates, generation=generation
        )
    if as_json:
        print_body(schemas.SearchBody.of(reply))
    else:
        render.show(render.search_lines(reply, timings=timings))
