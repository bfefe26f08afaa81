"""`onrecord show`: print an article with its metadata and revisions; boilerplate is dimmed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json, filter_of
from api.terminal.json_output import print_body
from index.language.numbers import counted

if TYPE_CHECKING:
    from rich.text import Text

    from api.schemas.articles import ArticleBody
    from api.schemas.revisions import DiffBody


def show(
    ctx: typer.Context,
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="The id of the article.", show_default=False)
    ],
    *,
    revision: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Show this earlier text instead of the present one."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Show the text that the archive had on this day."),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what changed from the text before it.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Print an article with its metadata, revisions and text; boilerplate is dimmed.

    Example: onrecord show harbour-tolls
    """
    from api.schemas.articles import article_body
    from api.schemas.revisions import diff_body
    from api.terminal import reply as render

    seen = filter_of(None, None, None, as_of).as_of
    with opened_service(ctx, data) as service:
        body = article_body(service.archive, article, revision, seen)
        if diff:
            _show_changes(diff_body(service.archive, article, None, body.revision), as_json)
            return
    if as_json:
        print_body(body)
    else:
        render.show(_lines(body))


def _show_changes(body: "DiffBody", as_json: bool) -> None:
    """As `diff -u` writes them; nothing if there is no text before it."""
    from api.terminal.text import printable

    if as_json:
        print_body(body)
    else:
        typer.echo(printable(body.unified), nl=False)


def _lines(body: "ArticleBody") -> Iterator["Text"]:
    from rich.text import Text

    from api.terminal.text import one_line, printable

    yield Text(one_line(body.title), "bold")
    for name, value in _metadata(body):
        yield Text.assemble((f"{name:<11}", "dim"), one_line(value), no_wrap=True)
    for past in body.revisions:
        here = "  (this one)" if past.revision == body.revision else ""
        recorded = f"{past.recorded_at:%Y-%m-%d %H:%M} UTC"
        yield Text.assemble(
            (f"{'revision':<11}", "dim"), f"{past.revision}  {recorded}{here}", no_wrap=True
        )
    yield Text()
    text = Text(printable(body.text))
    for boilerplate in body.furniture:
        text.stylize("dim", boilerplate.start, boilerplate.end)
    yield text


def _metadata(body: "ArticleBody") -> Iterator[tuple[str, str]]:
    published = body.published_at.isoformat() if body.published_at else None
    known = [("id", body.id), ("outlet", body.outlet), ("authors", ", ".join(body.authors))]
    known += [("published", published), ("url", body.url), ("language", body.language)]
    yield from ((name, value) for name, value in known if value)
    pieces = counted(len(body.furniture), "piece")
    yield (
        "characters",
        f"{len(body.text):,}, with {pieces} of boilerplate, never quoted",
    )
