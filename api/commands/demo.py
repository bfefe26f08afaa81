"""`onrecord demo`: add the sample archive that ships with the package and ask it questions."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.open_service import opened_service
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from api.terminal.suggestions import suggested
from index.documents import Article
from index.errors import NoIndexError
from index.language.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.replies import Reply
    from rag.service import Service

_ABOUT = """
{questions} questions follow. Each answer is a verbatim quote, marked in its paragraph, with its
source, its exact position, and the estimated probability that it answers the question.
Questions without an answer are refused. The articles are invented unless a note says otherwise.
"""
_NEXT_STEPS = {
    'ask "QUESTION"': "ask another question",
    "serve": "ask in a browser",
    "demo --remove": "remove the sample, then",
    "index add PATH": "add your own articles",
}


def demo(
    ctx: typer.Context,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the sample articles.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add a small sample archive, ask it a few questions, and show what to do next.

    Example: onrecord demo
    """
    with opened_service(ctx, data) as service:
        if remove:
            _remove(service, as_json=as_json)
        else:
            _show(service, as_json=as_json)
            if not as_json:
                _print_next_steps()


def example_questions(service: "Service") -> list[str]:
    """Questions for the sample, if the archive holds nothing else; otherwise none."""
    from eval.datasets.loading import demo_questions

    present, articles = _present(service, _sample())
    return demo_questions() if present and len(present) == articles else []


def _show(service: "Service", *, as_json: bool) -> None:
    from api.terminal.progress import bars, waiting
    from eval.datasets.loading import demo_questions

    sample = _sample()
    _refuse_other_articles(service, sample)
    if not as_json:
        typer.echo(
            f"Adding the sample of {counted(len(sample), 'article')} to {service.settings.data}"
        )
    with bars() as progress:
        service.add(sample, progress=progress)
    questions = demo_questions()
    if not as_json:
        typer.echo(_ABOUT.format(questions=len(questions)), nl=False)
    replies = []
    for question in questions:
        with waiting("Searching the archive …"):
            replies.append(service.ask(question, alternatives=0))
        if not as_json:
            _print(replies[-1])
    if as_json:
        print_json({"replies": [_body(reply) for reply in replies]})


def _print_next_steps() -> None:
    given = [suggested(f"onrecord {command}") for command in _NEXT_STEPS]
    commands = [f"{_program()} {each.removeprefix('onrecord ')}" for each in given]
    width = max(map(len, commands))
    typer.echo("\nNext steps:")
    for command, purpose in zip(commands, _NEXT_STEPS.values(), strict=True):
        typer.echo(f"  {command:<{width}}   {purpose}")


def _program() -> str:
    """The path it was called by, if the shell does not find `onrecord` by name."""
    called = Path(sys.argv[0])
    by_name = called.name != "onrecord" or shutil.which("onrecord")
    return "onrecord" if by_name else shlex.quote(str(called))


def _remove(service: "Service", *, as_json: bool) -> None:
    from api.terminal.progress import bars

    present, _ = _present(service, _sample())
    if present:
        with bars() as progress:
            service.remove(sorted(present), progress=progress)
    if as_json:
        print_json({"removed": len(present)})
    else:
        typer.echo(
            f"{counted(len(present), 'sample article', 'were')} removed "
            f"from {service.settings.data}."
        )


def _sample() -> list[Article]:
    from index.sources.jsonl import read_jsonl
    from index.sources.sample import sample_path

    return [item for item in read_jsonl(sample_path()) if isinstance(item, Article)]


def _refuse_other_articles(service: "Service", sample: "Sequence[Article]") -> None:
    """The sample is never mixed with other articles."""
    present, articles = _present(service, sample)
    if others := articles - len(present):
        found = counted(others, "article")
        raise typer.BadParameter(
            f"{service.settings.data} contains {found} that the sample does not: "
            "choose an empty folder, for example `onrecord demo --data FOLDER`.",
            param_hint="--data",
        )


def _present(service: "Service", sample: "Sequence[Article]") -> tuple[set[str], int]:
    """The ids of the sample that the archive holds, and the number of all its articles."""
    try:
        archive = service.archive
        return archive.live([article.id for article in sample]), archive.count()
    except NoIndexError:
        return set(), 0


def _print(reply: "Reply") -> None:
    from api.terminal import reply as render

    typer.echo(f"\n? {reply.question}")
    render.show(render.reply_lines(reply, marks=render.marked(), timings=False))


def _body(reply: "Reply") -> dict[str, Any]:
    from api.schemas.replies import ReplyBody

    return ReplyBody.of(reply).model_dump(mode="json", by_alias=True)
