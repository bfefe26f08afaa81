"""`onrecord eval compare`, `gate`, `report` and `selftest`, over stored runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import WORSE, data_faults, unusable
from api.commands.evaluate.run import DataSets
from api.commands.options import Json
from api.terminal.json_output import print_json
from api.terminal.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.scoring.gates import GateCheck, GateVerdict
    from eval.selftest.checks import SelfTestResult

Run = Annotated[
    Path, typer.Argument(metavar="RUN", file_okay=False, help="A folder of `eval run`.")
]
Baseline = Annotated[
    Path | None,
    typer.Option(metavar="RUN", file_okay=False, help="An earlier run to compare with."),
]


def compare(
    ctx: typer.Context,
    a: Annotated[Path, typer.Argument(metavar="A", file_okay=False, help="The run before.")],
    b: Annotated[Path, typer.Argument(metavar="B", file_okay=False, help="The run after.")],
    *,
    other_data: Annotated[
        bool,
        typer.Option("--other-data", help="Compare the shared questions even if the data differ."),
    ] = False,
    identical: Annotated[
        bool,
        typer.Option(
            "--identical",
            help="Compare the predictions instead, without tolerance; timings do not count.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Test question by question whether B differs from A by more than chance.

    With --identical: exit code 0 when every prediction is the same, else 1 and the differences.
    """
    if identical:
        _compare_predictions(ctx, a, b, as_json=as_json)
        return
    from eval.scoring.compare import compare as compared
    from eval.scoring.compare import plain, table

    with data_faults(ctx):
        comparison = compared(a, b, other_data=other_data)
    if as_json:
        print_json(plain(comparison))
    else:
        typer.echo("\n".join(map(printable, table(comparison))))


def gate(
    ctx: typer.Context,
    run: Run,
    *,
    gates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="File of bounds. Default: those of the sample set."
        ),
    ] = None,
    baseline: Baseline = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="Write JUnit XML too.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that RUN is within its bounds.

    Exit codes: 0 within all, 1 a regression, 2 the data or the harness are at fault.
    """
    from eval.scoring.gates import SAMPLE_GATES
    from eval.scoring.gates import gate as judged

    try:
        verdict = judged(run, baseline, gates or SAMPLE_GATES)
        if junit:
            _write_junit(run, junit, verdict)
    except Exception as error:  # noqa: BLE001  whatever breaks here must not look like a regression
        unusable(ctx, error)
    if as_json:
        print_json(_plain(verdict))
    else:
        typer.echo("\n".join(_line(check) for check in verdict.checks))
    raise typer.Exit(verdict.outcome)


def report(
    ctx: typer.Context,
    run: Run,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="A .html, .md or .xml (JUnit) file. Default: RUN/report.html.",
        ),
    ] = None,
    baseline: Baseline = None,
    data: DataSets = None,
) -> None:
    """Write RUN as one offline HTML page, as Markdown, or as JUnit XML."""
    out = out or run / "report.html"
    with data_faults(ctx):
        match out.suffix.lower():
            case ".md":
                from eval.report.markdown import write_markdown

                write_markdown(run, out)
            case ".xml":
                _write_junit(run, out, None)
            case ".html" | ".htm":
                from eval.report.html import write_report

                write_report(run, out, baseline=baseline, data=data)
            case ending:
                raise typer.BadParameter(
                    f"{out} ends in {ending!r}: expected .html, .md or .xml.", param_hint="--out"
                )
    typer.echo(f"{out}")


def selftest(*, as_json: Json = False) -> None:
    """Score synthetic predictions whose scores are known; exit code 1 when any score differs."""
    from eval.selftest.checks import run as checked

    show_selftest(checked(), as_json=as_json)


def show_selftest(results: "Sequence[SelfTestResult]", *, as_json: bool) -> None:
    """Print each check with its faults; exit code 1 if one failed."""
    if as_json:
        print_json({result.name: list(result.faults) for result in results})
    else:
        for result in results:
            typer.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.name}")
            for fault in result.faults:
                typer.echo(f"     {fault}")
    if not all(result.passed for result in results):
        raise typer.Exit(WORSE)


def _compare_predictions(ctx: typer.Context, a: Path, b: Path, *, as_json: bool) -> None:
    from eval.runs.differences import differences, lines, plain

    with data_faults(ctx):
        found = differences(a, b)
    if as_json:
        print_json(plain(found))
    else:
        typer.echo("\n".join(map(printable, lines(found))))
    if not found.identical:
        raise typer.Exit(WORSE)


def _write_junit(run: Path, out: Path, verdict: "GateVerdict | None") -> None:
    from eval.report.junit import write_junit

    write_junit(run, out, verdict=verdict)


def _plain(verdict: "GateVerdict") -> dict[str, object]:
    checks = [
        {"name": each.name, "outcome": each.outcome.name.lower(), "message": each.message}
        for each in verdict.checks
    ]
    return {"outcome": verdict.outcome.name.lower(), "checks": checks}


def _line(check: "GateCheck") -> str:
    return f"{check.outcome.name.lower():<10} {printable(check.message)}"
