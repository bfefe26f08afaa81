"""`onrecord ask` and `onrecord search`: one question in, what is on the record out."""

from typing import Annotated

import typer

from api.commands.exit_codes import REFUSED
from api.commands.open_service import opened_service
from api.commands.options import AsOf, Data, IgnoreDates, Json, Outlets, Since, Until, filter_of
from api.terminal.json_output import print_body
from api.terminal.text import readable

Question = Annotated[str, typer.Argument(metavar="QUESTION", show_default=False)]
Timings = Annotated[bool, typer.Option("--timings", help="Say how long each step took.")]


def ask(
    ctx: typer.Context,
    question: Question,
    *,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ignore_dates: IgnoreDates = False,
    outlet: Outlets = None,
    alternatives: Annotated[
        int, typer.Option(min=0, max=20, help="How much evidence from other articles to show.")
    ] = 3,
    timings: Timings = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Answer QUESTION with a verbatim quote, or say that it is not on the record (exit code 3)."""
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render

    wanted = filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Reading the record …"):
        reply = service.ask(
            readable(question), filter=wanted, alternatives=alternatives, dates=not ignore_dates
        )
    body = schemas.ReplyBody.of(reply)
    if as_json:
        print_body(body)
    else:
        screen = render.terminal()
        marks = render.marked(screen)
        render.show(render.reply_lines(reply, marks=marks, timings=timings), screen)
    if not body.answered:
        raise typer.Exit(REFUSED)


def search(
    ctx: typer.Context,
    question: Question,
    *,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ignore_dates: IgnoreDates = False,
    outlet: Outlets = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages to show.")] = 10,
    timings: Timings = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List the passages nearest to QUESTION, best first; nothing is decided."""
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render

    wanted = filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Reading the record …"):
        reply = service.search(
            readable(question), filter=wanted, limit=limit, dates=not ignore_dates
        )
    if as_json:
        print_body(schemas.SearchBody.of(reply))
    else:
        render.show(render.search_lines(reply, timings=timings), render.terminal())
