"""`onrecord eval calibrate`: fit the least confidence of an answer to what people judged."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.evaluate.exit_codes import WORSE, data_faults
from api.commands.open_service import open_for
from api.commands.options import Data, Json
from api.terminal.json_output import print_json
from api.terminal.text import printable
from index.language.numbers import counted

if TYPE_CHECKING:
    from eval.calibrating.calibrate import Calibration
    from rag.guarantee.threshold import ConfidenceThreshold

SHARES = (0.05, 0.1, 0.2, 0.3)
"""Of wrong answers; what can be promised of each is printed."""


def calibrate(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            dir_okay=False,
            help="Columns question and verdict (right, wrong or empty; not needed with "
            "--to-judge); as_of and answer may be there.",
        ),
    ],
    *,
    to_judge: Annotated[
        Path | None,
        typer.Option(
            "--to-judge",
            metavar="OUT.csv",
            dir_okay=False,
            help="Write the questions with today's answers there, to be judged; keep nothing.",
        ),
    ] = None,
    max_wrong: Annotated[
        float | None,
        typer.Option(
            "--max-wrong",
            metavar="SHARE",
            min=0.001,
            max=0.999,
            help="Exit with 1 if this share of wrong answers cannot be promised.",
        ),
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Ask the judged questions of FILE.csv again and keep how sure each judged answer is.

    From then on ONRECORD_MAX_WRONG chooses its threshold on them. The data folder keeps confidences
    and verdicts, and no question. `--data` is the data folder, as for `ask`.
    """
    from api.terminal.progress import bars
    from eval.calibrating.calibrate import ask_again
    from eval.calibrating.calibrate import calibrate as fitted
    from eval.calibrating.calibrate import to_judge as rows
    from eval.calibrating.judged_file import read_judged_file, write_to_judge

    opener = ctx.obj or partial(open_for, answers_kept=0, max_wrong=1.0)
    with data_faults(ctx):
        questions = read_judged_file(file, with_verdicts=to_judge is None)
    service = opener(data)
    try:
        with bars() as progress:
            asked = ask_again(service, questions, progress)
        if to_judge:
            write_to_judge(to_judge, rows(asked))
        else:
            found = fitted(service, asked, file.name)
    finally:
        service.close()
    if to_judge:
        answered = sum(each.answer is not None for each in asked)
        typer.echo(f"{to_judge}: {counted(len(asked), 'question')}, {answered:,} with an answer.")
        return
    _show(found, max_wrong, as_json=as_json)


def _show(found: "Calibration", max_wrong: float | None, *, as_json: bool) -> None:
    from rag.guarantee.guarantee import why_none
    from rag.guarantee.threshold import choose

    answers = found.judged.pooled
    shares = sorted({*SHARES, *([max_wrong] if max_wrong else [])})
    chosen = {share: choose(answers, share) for share in shares}
    if as_json:
        print_json(_as_json(found, chosen))
    else:
        typer.echo("\n".join(map(printable, _lines(found, chosen))))
    if max_wrong and chosen[max_wrong] is None:
        typer.echo(printable(why_none(found.judged, max_wrong)), err=True)
        raise typer.Exit(WORSE)


def _lines(
    found: "Calibration", chosen: "dict[float, ConfidenceThreshold | None]"
) -> Iterator[str]:
    from rag.guarantee.guarantee import share_words
    from rag.guarantee.threshold import fewest_wanted

    answers = found.judged.pooled
    right = sum(each.right for each in answers)
    yield (
        f"{counted(found.judged.questions, 'judged question')}: {len(answers):,} answers count, "
        f"{right:,} of them right; {found.refused:,} are refused, {found.other:,} are answered "
        f"otherwise than when they were judged, and do not count."
    )
    if found.unjudged:
        yield f"{found.unjudged:,} more have no verdict yet."
    for share, threshold in chosen.items():
        most = f"at most {share_words(share)} wrong"
        if threshold:
            yield (
                f"{most}: from a confidence of {threshold.least_confidence:.3f}, "
                f"{threshold.shown:,} answers shown, {threshold.wrong:,} of them wrong"
            )
        elif len(answers) < (fewest := fewest_wanted(share)):
            yield f"{most}: too few, at least {fewest:,} judged answers are wanted, all right"
        else:
            yield f"{most}: cannot be promised, too many of the surest are wrong"
    yield _use(found, [share for share, threshold in chosen.items() if threshold])


def _use(found: "Calibration", promised: list[float]) -> str:
    """Where the judged answers are, and what they can be used for."""
    from rag.guarantee.guarantee import marks_instead

    if promised:
        share = f"{min(promised):g}"
        return f"Kept in {found.file}; ONRECORD_MAX_WRONG={share} or --max-wrong {share} uses it."
    none = f"Kept in {found.file}; none of these shares can be promised on it."
    return f"{none} {marks_instead(found.judged.recipe)}".strip()


def _as_json(
    found: "Calibration", chosen: "dict[float, ConfidenceThreshold | None]"
) -> dict[str, object]:
    from rag.guarantee.threshold import fewest_wanted

    answers = found.judged.pooled
    return {
        "questions": found.judged.questions,
        "answers": len(answers),
        "right": sum(each.right for each in answers),
        "refused": found.refused,
        "other": found.other,
        "unjudged": found.unjudged,
        "file": str(found.file),
        "promises": [
            {
                "max_wrong": share,
                "least_confidence": threshold and threshold.least_confidence,
                "shown": threshold.shown if threshold else 0,
                "wrong": threshold.wrong if threshold else 0,
                "fewest_wanted": fewest_wanted(share),
            }
            for share, threshold in chosen.items()
        ],
    }
