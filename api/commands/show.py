"""`onrecord show`: print an article with its metadata and revisions; boilerplate is dimmed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_body

if TYPE_CHECKING:
    from rich.text import Text

    from api.schemas.articles import ArticleBody


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
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Print an article with its metadata, revisions and text; boilerplate is dimmed.

    Example: onrecord show harbour-tolls
    """
    from api.schemas.articles import article_body
    from api.terminal import reply as render

    with opened_service(ctx, data) as service:
        body = article_body(service.archive, article, revision)
    if as_json:
        print_body(body)
    else:
        render.show(_lines(body))


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
    yield (
        "characters",
        f"{len(body.text):,}, with {len(body.furniture)} pieces of boilerplate, never quoted",
    )
