"""A share of answers that may be wrong -> the threshold that keeps it, or why none does."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import SettingsError
from rag.guarantee.judged_answers import FILE, SHIPPED, JudgedAnswers, Judges, read_judged
from rag.guarantee.threshold import (
    ConfidenceThreshold,
    choose,
    fewest_wanted,
    least_promised,
)

JudgedBy = Literal["auto", "people", "marks"]
"""What counts as right: `auto` is by people where a newsroom has judged answers, else by marks."""
AGAIN = "`onrecord eval calibrate FILE.csv`"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The threshold in use, and what it rests on."""

    threshold: ConfidenceThreshold
    judged_by: Judges
    questions: int

    @property
    def words(self) -> str:
        """For people: what the threshold was chosen for, and on what."""
        right = "judged by people" if self.judged_by == "people" else "of the development sets"
        return (
            f"chosen so that at most {share_words(self.threshold.max_wrong)} of shown answers are "
            f"wrong, with 95 % confidence, on questions like the {self.questions:,} {right}"
        )


def guarantee(
    folder: Path,
    max_wrong: float,
    judged_by: JudgedBy,
    recipe: Callable[[], str],
    *,
    shipped: Path = SHIPPED,
) -> Guarantee | None:
    """None for `max_wrong` of 1, which promises nothing.

    SettingsError if no threshold keeps it, or the answers were given by another reader.
    """
    if max_wrong >= 1:
        return None
    judged, made = _judged(folder / FILE, max_wrong, judged_by, shipped), recipe()
    if judged.recipe != made:
        raise SettingsError(_outdated(judged, max_wrong, made, shipped))
    threshold = choose(judged.pooled, max_wrong)
    if threshold is None:
        raise SettingsError(why_none(judged, max_wrong, shipped=shipped))
    return Guarantee(threshold, judged.judged_by, judged.questions)


def why_none(judged: JudgedAnswers, max_wrong: float, *, shipped: Path = SHIPPED) -> str:
    """What was judged, what would be wanted, and what can be promised instead."""
    answers = judged.pooled
    found = f"{_none(max_wrong)}: of {_counted(judged)}"
    instead = _marks_instead(judged, judged.recipe, shipped)
    fewest = fewest_wanted(max_wrong)
    if len(answers) < fewest:
        return (
            f"{found}, too few to show it. At least {fewest} judged answers are wanted if none is "
            f"wrong, {fewest_wanted(max_wrong, 1)} with one wrong, more with more: judge more with "
            f"{AGAIN}, or name no share.{instead}"
        )
    least = least_promised(answers)
    possible = (
        f"The least that can be promised is {least.max_wrong:g}, which shows {least.shown:,} of "
        "them. Name that share, "
        if least
        else "No share can be promised. "
    )
    more = f"judge {'more' if judged.judged_by == 'people' else 'answers of your own'} with {AGAIN}"
    wrong = sum(not each.right for each in answers)
    return (
        f"{found}, {wrong:,} are wrong, and too many of these are among the surest. {possible}"
        f"{more if least else more.capitalize()}, or name no share.{instead}"
    )


def marks_instead(made: str, *, shipped: Path = SHIPPED) -> str:
    """How a newsroom that judged answers uses the marks that ship; "" if `made` is not theirs.

    `made` is the recipe of the confidences in use.
    """
    marks = read_judged(shipped)
    least = least_promised(marks.pooled) if marks and marks.recipe == made else None
    return (
        "ONRECORD_MAX_WRONG_BY=marks uses the marks that ship in place of judged answers: they "
        f"carry shares of {least.max_wrong:g} and more."
        if least
        else ""
    )


def share_words(share: float) -> str:
    """As a percentage, without needless decimals."""
    return f"{share * 100:.3g} %"


def recipe_of(files: Sequence[Path], *facts: object) -> str:
    """A hash of a reader's files and of the weights that its odds are given."""
    digest = hashlib.sha256(repr(facts).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _none(max_wrong: float) -> str:
    """Whether it was given as a setting or as an option."""
    return f"A share of {max_wrong:g} wrong answers cannot be promised"


def _marks_instead(judged: JudgedAnswers, made: str, shipped: Path) -> str:
    """A sentence to follow others; "" where marks are used already."""
    said = marks_instead(made, shipped=shipped) if judged.judged_by == "people" else ""
    return f" {said}" if said else ""


def _judged(own: Path, max_wrong: float, judged_by: JudgedBy, shipped: Path) -> JudgedAnswers:
    found = None if judged_by == "marks" else read_judged(own)
    if found is None and judged_by == "people":
        raise SettingsError(
            f"ONRECORD_MAX_WRONG_BY is people, and {own} does not exist: judge answers with "
            f"{AGAIN}, or set it to marks."
        )
    found = found or read_judged(shipped)
    if found is None:
        raise SettingsError(
            f"{_none(max_wrong)}: it needs judged answers, and {own} does not exist. Judge some "
            f"with {AGAIN}, or name no share."
        )
    return found


def _outdated(judged: JudgedAnswers, max_wrong: float, made: str, shipped: Path) -> str:
    mend = AGAIN if judged.judged_by == "people" else f"{AGAIN} with judged questions of your own"
    return (
        f"{_none(max_wrong)}: the {len(judged.pooled):,} judged answers are from "
        f"{judged.made_at:%Y-%m-%d} and were given by another reader or with other weights of the "
        f"confidence. Run {mend}, or name no share.{_marks_instead(judged, made, shipped)}"
    )


def _counted(judged: JudgedAnswers) -> str:
    return f"{judged.questions:,} judged questions {len(judged.pooled):,} were answered"
