"""`onrecord quotes`: list the statements of a speaker."""

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
    list[str],
    typer.Argument(
        metavar="NAME",
        show_default=False,
        help="A full name or a part of it. A shared surname lists every speaker with it.",
    ),
]


def quotes(
    ctx: typer.Context,
    words: Name,
    *,
    about: Annotated[
        str | None,
        typer.Option(metavar="SUBJECT", help="Only statements about it, best match first."),
    ] = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    outlet: Outlets = None,
    kind: Annotated[
        list[StatementKind] | None,
        typer.Option(
            metavar="direct|mixed|indirect", help="Only this kind of statement; repeatable."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, max=1000, help="Show up to N statements.", metavar="N")
    ] = 20,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what NAME said, newest first, or say why there is nothing (exit code 3).

    Example: onrecord quotes Ines Calder --about tolls
    """
    from api.schemas import replies as schemas
    from api.terminal import progress
    from api.terminal import reply as render
    from api.terminal.statements import statements_lines

    name = readable(" ".join(words))
    if not name.strip():
        raise typer.BadParameter("the name is empty: write one.", param_hint="NAME")
    filter = filter_of(since, until, outlet, as_of)
    with opened_service(ctx, data) as service, progress.waiting("Searching the archive …"):
        reply = service.statements(
            speaker=name,
            about=readable(about or "") or None,
            kinds=tuple(kind or ()),
            filter=filter,
            limit=limit,
            offset=0,
        )
    if as_json:
        print_body(schemas.StatementsBody.model_validate(reply))
    elif reply.total:
        render.show(statements_lines(reply, marks=render.marked()))
    else:
        typer.echo(_nothing(name, about, reply, narrowed=bool(kind) or not filter.empty))
    if not reply.total:
        raise typer.Exit(REFUSED)


def _nothing(name: str, about: str | None, reply: "StatementsReply", *, narrowed: bool) -> str:
    """Why the list is empty, and which names to try instead."""
    from api.terminal.statements import names_words
    from api.terminal.text import one_line

    if reply.note:
        return f"Not on the record. {one_line(reply.note)}"
    if not reply.speakers:
        nearest = f" Similar names: {names_words(reply.nearest)}." if reply.nearest else ""
        return f"Not on the record. Nobody called “{one_line(name)}” is quoted.{nearest}"
    subject = f" about “{one_line(about)}”" if about else ""
    limits = " within these dates, outlets and kinds" if narrowed else ""
    verb = "is" if len(reply.speakers) == 1 else "are"
    known = names_words(reply.speakers)
    return f"Not on the record. {known} {verb} quoted, but never{subject}{limits}."
