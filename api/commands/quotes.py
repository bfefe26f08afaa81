"""`onrecord quotes`: what one speaker is on the record with, as a dated list."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.exit_codes import REFUSED
from api.commands.open_service import opened_service
from api.commands.options import AsOf, Data, Json, Outlets, Since, Until, filter_of
from api.terminal.json_output import print_body
from api.terminal.text import readable
from index.statements import StatementKind

if TYPE_CHECKING:
    from rag.replies import StatementsReply

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help="A full name, or a part of one: of a shared surname, everybody's are listed.",
    ),
]


def quotes(
    ctx: typer.Context,
    name: Name,
    *,
    about: Annotated[
        str | None, typer.Option(metavar="SUBJECT", help="Only statements on it, best first.")
    ] = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    outlet: Outlets = None,
    kind: Annotated[
        list[StatementKind] | None,
        typer.Option(help="Only what was said so; may be given repeatedly."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what NAME said, newest first; exit code 3 when nothing is on the record."""
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render
    from api.terminal.statements import statements_lines

    if not name.strip():
        raise typer.BadParameter("it is empty: give a name.", param_hint="NAME")
    wanted = filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Reading the record …"):
        reply = service.statements(
            speaker=readable(name),
            about=readable(about or "") or None,
            kinds=tuple(kind or ()),
            filter=wanted,
            limit=limit,
            offset=0,
        )
    if as_json:
        print_body(schemas.StatementsBody.of(reply))
    elif reply.total:
        screen = render.terminal()
        render.show(statements_lines(reply, marks=render.marked(screen)), screen)
    else:
        typer.echo(_nothing(readable(name), about, reply, narrowed=bool(kind) or not wanted.empty))
    if not reply.total:
        raise typer.Exit(REFUSED)


def _nothing(name: str, about: str | None, reply: "StatementsReply", *, narrowed: bool) -> str:
    """Why the list is empty, and what to ask instead."""
    from api.terminal.statements import names_words
    from api.terminal.text import one_line

    if reply.note:
        return f"Not on the record. {one_line(reply.note)}"
    if not reply.speakers:
        nearest = f" Nearest names: {names_words(reply.nearest)}." if reply.nearest else ""
        return f"Not on the record. Nobody called “{one_line(name)}” is quoted.{nearest}"
    subject = f" about “{one_line(about)}”" if about else ""
    limits = " within these dates, outlets and kinds" if narrowed else ""
    verb = "is" if len(reply.speakers) == 1 else "are"
    known = names_words(reply.speakers)
    return f"Not on the record. {known} {verb} quoted, but never{subject}{limits}."
