"""`onrecord eval attribution`: how well statements are found, beside published results."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import data_faults
from api.commands.options import Json
from api.terminal.json_output import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from eval.attribution.evaluate import AttributionParts, AttributionResult
    from eval.attribution.published import PublishedResult

SHOWN = (
    *("source_exact_f1", "cue_exact_f1", "content_exact_f1"),
    *("speech@0.5_recall", "speech@0.5_precision"),
    *(
        f"speech_{kind}@0.5_{part}"
        for kind in ("direct", "mixed", "indirect")
        for part in ("recall", "precision")
    ),
    *("direct@0.5_recall", "direct@0.5_precision", "quote@0.5_recall", "quote@0.5_precision"),
    *("attribution@0.5_recall", "attribution@0.5_precision"),
    *(f"{name}@0.5_f1" for name in ("mixed", "indirect")),
    *("he_she_right", "pronoun_right", "source_named", "source_right", "source_wrong_for_certain"),
    *("all_he_she_right", "all_pronoun_right", "all_source_named", "all_source_right"),
    *("all_source_wrong_for_certain", "any_genre_he_she_right"),
    *("gap_he_she_right", "gap_pronoun_right", "with_gap_he_she_right", "with_gap_pronoun_right"),
)
NOTES = {
    "polnear": "Spans exact, else whole attributions: cue and source touch, contents share half.\n"
    "A quote is found by its content alone. Intervals resample articles.",
    "gum": "News and interviews of its dev and test parts, which nothing was fitted on.\n"
    "All: of every part, most of them fitted on. Any genre: court and academic texts too.\n"
    "Gap: its validation part, nothing fitted on it. With gap: together with the first two rows.",
}


def attribution(
    ctx: typer.Context,
    *,
    data: Annotated[
        Path,
        typer.Option(
            "--data", metavar="DIR", file_okay=False, help="The folder of polnear/ and gum/."
        ),
    ],
    sets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SET]...",
            help="`polnear` (its dev part), `gum`, or files in PolNeAR's layout. Default: both.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            file_okay=False,
            help="Write the numbers and every statement found to this folder.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find who said what in annotated documents and print how much of it is right.

    Needs no index. `onrecord eval gate DIR` checks the numbers written with --out.
    """
    from api.terminal.progress import bars
    from api.terminal.reply import terminal
    from eval.attribution.evaluate import AttributionParts
    from eval.attribution.evaluate import attribution as measure
    from eval.attribution.files import plain, write_results

    parts = ctx.obj if isinstance(ctx.obj, AttributionParts) else _shipped()
    with data_faults(ctx), bars() as progress:
        measured = measure(sets or [], data, parts, progress=progress)
        if out:
            write_results(out, measured)
    if as_json:
        print_json(plain(measured))
        return
    screen = terminal()
    for each in measured:
        screen.print(_table(each))
        typer.echo("\n".join(_below(each)) + "\n")
    if out:
        typer.echo(f"The numbers and the statements are in {out}.")


def _shipped() -> "AttributionParts":
    from eval.attribution.system import shipped

    return shipped()


def _table(measured: "AttributionResult") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from eval.attribution.published import PUBLISHED

    peers = PUBLISHED.get(measured.name, ())
    table = Table(
        title=measured.name,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
        pad_edge=False,
    )
    table.add_column("measure", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    table.add_column("On the Record", no_wrap=True)
    for peer in peers:
        table.add_column(peer.name, justify="right", no_wrap=True)
    for name in SHOWN:
        if name in measured.rates:
            table.add_row(*_row(name, measured, peers))
    return table


def _row(
    name: str, measured: "AttributionResult", peers: "Sequence[PublishedResult]"
) -> Iterator[str]:
    rate = measured.rates[name]
    yield name.replace("@0.5", "").replace("_", " ")
    yield f"{rate.n:,}"
    yield f"{rate.value:.3f} [{rate.low:.2f}, {rate.high:.2f}]"
    for peer in peers:
        value = peer.values.get(name)
        yield "" if value is None else f"{value:.2f}"


def _below(measured: "AttributionResult") -> Iterator[str]:
    """Notes, the sources of published numbers, and our costs."""
    from eval.attribution.published import PUBLISHED

    if measured.name in NOTES:
        yield NOTES[measured.name]
    yield from (f"{peer.name}: {peer.source}" for peer in PUBLISHED.get(measured.name, ()))
    costs = measured.costs
    yield (
        f"{costs['statements']:,.0f} statements in {costs['articles']:,.0f} articles, "
        f"{costs['seconds_per_article']:.3f} s an article "
        f"({costs['cpu_seconds_per_article']:.3f} s of processor), "
        f"{costs['megabytes']:,.0f} MB more memory"
    )
