"""`onrecord eval judged`: everyday questions whose answers readers have judged."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import data_faults, resumable
from api.commands.evaluate.judged_table import show_judged
from api.commands.evaluate.run import DataSets, print_runs
from api.commands.open_service import open_for
from api.commands.options import Json
from api.terminal.json_output import print_json
from index.language.numbers import counted

if TYPE_CHECKING:
    from eval.evaluate import OpenService
    from eval.judged.merge import Merged

app = typer.Typer(no_args_is_help=True)


class QuestionPart(StrEnum):
    """Which questions are scored."""

    CHOOSING = "choosing"
    REPORTING = "reporting"
    ALL = "all"


JudgedSet = Annotated[
    Path | None,
    typer.Option(
        "--set",
        metavar="DIR",
        file_okay=False,
        help="The folder of questions.jsonl and judgements.jsonl. Default: realtimeqa's, packaged.",
    ),
]
Runs = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN...", help="Folders of `eval judged run`, or files like their shown.jsonl."
    ),
]


@app.command(epilog="Example: onrecord eval judged run --data ../shared/data/qa --out runs/judged")
def run(
    ctx: typer.Context,
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            file_okay=False,
            help="Folder of the run; an interrupted run is resumed.",
        ),
    ],
    data: DataSets = None,
    index: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            file_okay=False,
            help="Ask the index in this data folder instead of that of all articles in the cache.",
        ),
    ] = None,
    judged_set: JudgedSet = None,
) -> None:
    """Ask every question as of its day, and store what the service and BM25 show.

    Articles published after the day of a question are hidden.
    """
    from api.terminal.progress import bars
    from eval.evaluate import READ_WITHIN_MS
    from eval.judged.asking import articles_of, ask_cached, ask_index
    from eval.judged.questions import REALTIMEQA, read_questions
    from eval.runs.index_cache import default_cache

    folder = judged_set or REALTIMEQA
    opener: OpenService = ctx.obj or partial(open_for, read_within_ms=READ_WITHIN_MS)
    with data_faults(ctx), resumable(out), bars() as progress:
        questions = read_questions(folder)
        if index:
            asked = ask_index(questions, index, service_of=opener, out=out, progress=progress)
        else:
            asked = ask_cached(
                questions,
                articles_of(folder, data),
                service_of=opener,
                cache=default_cache(),
                out=out,
                progress=progress,
            )
    print_runs([asked])
    typer.echo(f"What was shown is in {out}; `onrecord eval judged score {out}` scores it.")


@app.command(
    epilog="Example: onrecord eval judged pool runs/judged --data ../shared/data/qa --out ../pool"
)
def pool(
    ctx: typer.Context,
    runs: Runs,
    *,
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", file_okay=False, help="A folder outside the repository, for pool.jsonl."
        ),
    ],
    data: DataSets = None,
    judged_set: JudgedSet = None,
) -> None:
    """Write the first five places of each RUN that are not judged yet, with text, for two readers.

    Each reader writes lines of {"item": ..., "label": ...} to a file of their own in that folder,
    without seeing the other's.
    """
    from eval.judged.asking import articles_of
    from eval.judged.judgements import read_judgements
    from eval.judged.pool import unjudged, write_pool
    from eval.judged.questions import REALTIMEQA, read_questions
    from eval.judged.shown import read_shown

    folder = judged_set or REALTIMEQA
    with data_faults(ctx):
        questions, shown = read_questions(folder), list(map(read_shown, runs))
        pooled = unjudged(questions, shown, read_judgements(folder))
        places = write_pool(out, pooled, articles_of(folder, data))
    typer.echo(f"{out / 'pool.jsonl'}: {counted(places, 'place')} to judge.")


@app.command(epilog="Example: onrecord eval judged merge ../pool/first.jsonl ../pool/second.jsonl")
def merge(
    ctx: typer.Context,
    first: Annotated[
        Path, typer.Argument(metavar="FIRST", dir_okay=False, help="One reader's labels.")
    ],
    second: Annotated[
        Path, typer.Argument(metavar="SECOND", dir_okay=False, help="The other reader's labels.")
    ],
    settled: Annotated[
        Path | None,
        typer.Argument(
            metavar="SETTLED", dir_okay=False, help="Labels of those on which the two differ."
        ),
    ] = None,
    *,
    pool: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="The pool judged. Default: pool.jsonl by FIRST."
        ),
    ] = None,
    judged_set: JudgedSet = None,
    as_json: Json = False,
) -> None:
    """Add the readers' labels to judgements.jsonl, offsets only, and print how far they agree.

    What they differ on is written to disagreements.jsonl beside the pool until it is SETTLED.
    """
    from dataclasses import asdict

    from eval.judged.merge import merge as merged_into
    from eval.judged.merge import pool_of
    from eval.judged.questions import REALTIMEQA

    folder = judged_set or REALTIMEQA
    with data_faults(ctx):
        merged = merged_into(folder, first, second, settled, pool=pool or pool_of(first))
    if as_json:
        print_json(asdict(merged))
    else:
        typer.echo("\n".join(_merged_lines(merged)))


@app.command(epilog="Example: onrecord eval judged score runs/judged --part reporting")
def score(
    ctx: typer.Context,
    runs: Runs,
    *,
    part: Annotated[
        QuestionPart,
        typer.Option(help="The half for choosing, the half for reporting, or both and all."),
    ] = QuestionPart.CHOOSING,
    judged_set: JudgedSet = None,
    as_json: Json = False,
) -> None:
    """Score each RUN against the judgements; of two runs, also the difference, B minus A.

    What nobody has judged counts as not right; its number stands in brackets.
    """
    from eval.judged.questions import REALTIMEQA
    from eval.judged.score import PARTS
    from eval.judged.tables import plain, score_runs

    parts = PARTS if part is QuestionPart.ALL else (part.value,)
    with data_faults(ctx):
        tables = score_runs(judged_set or REALTIMEQA, runs, parts)
    if as_json:
        print_json({"tables": plain(tables)})
        return
    show_judged(tables)
    if len(runs) > 1:
        typer.echo(
            "\n".join(f"{name} is {run}" for name, run in zip(ascii_uppercase, runs, strict=False))
        )


def _merged_lines(merged: "Merged") -> list[str]:
    counts = (
        f"{counted(merged.judged, 'place')} judged by both, "
        f"{merged.by_one:,} by one only (left out), "
        f"{counted(merged.open, 'disagreement')} open"
    )
    return [
        counts,
        *(
            f"{name}: {counted(each.n, 'place')}, {each.share:.1%} agree, kappa {each.kappa:.2f}"
            for name, each in merged.agreement.items()
        ),
    ]
