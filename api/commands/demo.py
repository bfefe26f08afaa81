"""`onrecord demo`: the sample archive that ships with the package, asked a few questions."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.opening import opened
from api.commands.options import Data, Json
from api.commands.output import print_json
from index.documents import Article
from index.errors import NoIndexError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.answer import Reply
    from rag.assemble import Service

_GO_ON = """\
Go on from here:
  onrecord ask "QUESTION"     ask the sample something else
  onrecord serve              the same in a browser
  onrecord demo --remove      take the sample out again, then
  onrecord index add PATH     put in articles of your own"""


def demo(
    ctx: typer.Context,
    *,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the sample articles out again.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add a small sample archive, ask it a few questions, and say how to go on."""
    with opened(ctx, data) as service:
        if remove:
            _remove(service, as_json=as_json)
        else:
            _show(service, as_json=as_json)


def example_questions(service: "Service") -> list[str]:
    """What may be asked of the sample, where there is nothing but the sample."""
    from eval.sample import demo_questions

    present = _live(service, [article.id for article in _sample()])
    return demo_questions() if present and len(present) == _count(service) else []


def _show(service: "Service", *, as_json: bool) -> None:
    from api.progress import bars, waiting
    from eval.sample import demo_questions

    sample = _sample()
    _refuse_other_articles(service, [article.id for article in sample])
    if not as_json:
        typer.echo(f"Adding the sample of {len(sample)} articles to {service.settings.data}")
    with bars() as progress:
        service.add(sample, progress=progress)
    replies = []
    for question in demo_questions():
        with waiting("Reading the record …"):
            replies.append(service.ask(question, alternatives=0))
        if not as_json:
            _print(replies[-1])
    if as_json:
        print_json({"replies": [_body(reply) for reply in replies]})
    else:
        typer.echo(f"\n{_GO_ON}")


def _remove(service: "Service", *, as_json: bool) -> None:
    from api.progress import bars

    present = _live(service, [article.id for article in _sample()])
    if present:
        with bars() as progress:
            service.remove(sorted(present), progress=progress)
    if as_json:
        print_json({"removed": len(present)})
    else:
        typer.echo(f"{len(present)} sample articles were removed from {service.settings.data}.")


def _sample() -> list[Article]:
    from index.sources.jsonl import read_jsonl
    from index.sources.sample import sample_path

    return [item for item in read_jsonl(sample_path()) if isinstance(item, Article)]


def _refuse_other_articles(service: "Service", ids: "Sequence[str]") -> None:
    """The sample never mixes with somebody's own archive."""
    others = _count(service) - len(_live(service, ids))
    if others:
        raise typer.BadParameter(
            f"{service.settings.data} holds articles that are not the sample's ({others:,}): "
            "give an empty folder, as in `onrecord demo --data FOLDER`.",
            param_hint="--data",
        )


def _count(service: "Service") -> int:
    try:
        return service.archive.count()
    except NoIndexError:
        return 0


def _live(service: "Service", ids: "Sequence[str]") -> set[str]:
    try:
        return service.archive.live(ids)
    except NoIndexError:
        return set()


def _print(reply: "Reply") -> None:
    from api import render

    screen = render.terminal()
    typer.echo(f"\n? {reply.question}")
    marks = render.marked(screen)
    render.show(render.reply_lines(reply, marks=marks, timings=False), screen)


def _body(reply: "Reply") -> dict[str, Any]:
    from api.schemas import ReplyBody

    return ReplyBody.of(reply).model_dump(mode="json")
