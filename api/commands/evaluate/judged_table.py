"""The scores of a judged set as tables for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from index.language.numbers import counted

if TYPE_CHECKING:
    from rich.table import Table

    from eval.judged.score import JudgedScore, JudgedValues
    from eval.judged.tables import JudgedTable
    from eval.scoring.statistics import Interval


def show_judged(tables: "Sequence[JudgedTable]") -> None:
    """One table a part and type, with the times below it."""
    from api.commands.evaluate.table import wide_screen

    screen = wide_screen()
    for each in tables:
        screen.print(_table(each))
        typer.echo("\n".join(_times(each)))
    typer.echo("In round brackets: places that nobody has judged; they count as not right.")


def _table(judged: "JudgedTable") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    first, *_ = judged.systems.values()
    asked = counted(first.questions, "question")
    title = f"{judged.part}, {judged.kind}: {asked}, {first.answerable} with"
    table = Table(
        title=f"{title} an answer", title_justify="left", title_style="bold", box=SIMPLE_HEAD
    )
    for name in ("measure", *judged.systems, *(["B - A"] if judged.differences else [])):
        table.add_column(name, overflow="fold")
    for measure in first.measures:
        table.add_row(*_row(measure, judged))
    return table


def _row(measure: str, judged: "JudgedTable") -> Iterator[str]:
    yield measure
    for system in judged.systems.values():
        yield _cell(system.measures[measure])
    if judged.differences:
        yield _difference(judged.differences[measure])


def _cell(values: "JudgedValues") -> str:
    sure = values.interval
    if sure is None:
        return "of 0"
    open_places = f" ({values.unjudged})" if values.unjudged else ""
    return f"{sure.value:.3f} [{sure.low:.3f}, {sure.high:.3f}] of {sure.n}{open_places}"


def _difference(sure: "Interval | None") -> str:
    return "" if sure is None else f"{sure.value:+.3f} [{sure.low:+.3f}, {sure.high:+.3f}]"


def _times(judged: "JudgedTable") -> list[str]:
    timed = {name: each for name, each in judged.systems.items() if each.milliseconds}
    return [f"{name}: {_milliseconds(each)}" for name, each in timed.items()]


def _milliseconds(of: "JudgedScore") -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in of.milliseconds.items())
