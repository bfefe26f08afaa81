"""Judged answers of a made-up newsroom, and the file of them in a data folder."""

from datetime import UTC, datetime
from pathlib import Path

from rag.guarantee.judged_answers import FILE, JudgedAnswers, Judges, write_judged

MADE_AT = datetime(2026, 3, 1, tzinfo=UTC)


def judged(
    *, right: int, wrong: int = 0, recipe: str = "r", judged_by: Judges = "people"
) -> JudgedAnswers:
    """The right ones are the surest: from 1 downwards, by hundredths of the wrong ones below."""
    number = right + wrong
    pairs = tuple((1 - place / (2 * number), int(place < right)) for place in range(number))
    return JudgedAnswers(judged_by, recipe, MADE_AT, number + 10, {"ours.csv": pairs})


def keep(folder: Path, answers: JudgedAnswers) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_judged(folder / FILE, answers)
    return folder
