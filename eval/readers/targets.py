"""What a reader is held to: a measure, the value it must have, and the value it should reach."""

from dataclasses import dataclass
from typing import Literal

RUN_SETS = ("newsqa", "onestopqa", "realtimeqa@as-of", "polnear")
"""Asked through the whole service, as named for `eval run`."""
READER_ALONE, CASES, ASK_TIME = "squad2", "cases", "ask_time"
"""First parts of the names of measures that no run has."""
ROLES_SWAPPED, RATIO = "things_and_roles_swapped", "ratio"
Verdict = Literal["met", "missed"]


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the table."""

    label: str
    measure: str
    """`set/measure`, as a run has it."""
    must: float | None
    reach: float | None
    at_most: bool = False
    """Whether less is better."""

    def verdict(self, value: float) -> Verdict | None:
        """None where nothing is asked for."""
        if self.must is None:
            return None
        met = value <= self.must if self.at_most else value >= self.must
        return "met" if met else "missed"


TARGETS = (
    Target("squad2 alone: F1, answerable", "squad2/answerable_f1", 0.78, 0.81),
    Target("squad2 alone: F1, all", "squad2/f1", 0.66, 0.70),
    Target("newsqa: right sentence first", "newsqa/sentence@1", 0.57, 0.62),
    Target("newsqa: token F1 of answered", "newsqa/answered_f1", 0.50, 0.56),
    Target("newsqa: article @1", "newsqa/doc@1", 0.82, 0.86),
    Target("newsqa: evidence @1", "newsqa/ev@1", 0.68, 0.72),
    Target("newsqa: evidence @5", "newsqa/ev@5", 0.87, 0.90),
    Target("onestopqa: right sentence first", "onestopqa/sentence@1", 0.73, 0.78),
    Target("onestopqa: article @1", "onestopqa/doc@1", 0.955, 0.97),
    Target("realtimeqa as of: article @1", "realtimeqa-as-of/doc@1", 0.82, 0.87),
    Target("polnear: article @1", "polnear/doc@1", None, None),
    Target("polnear: right speaker", "polnear/right_speaker", None, None),
    Target("newsqa: AUROC, article withheld", "newsqa/auroc_withheld", 0.88, 0.92),
    Target("newsqa: AUROC, other events", "newsqa/auroc_other_events", 0.98, 0.99),
    Target("newsqa: unanswerable refused", "newsqa/refused_unanswerable", 0.90, 0.95),
    Target("newsqa: answerable answered", "newsqa/answered_answerable", 0.80, None),
    Target("newsqa: coverage at 80 % accuracy", "newsqa/coverage@80", 0.20, 0.30),
    Target("newsqa: AURC", "newsqa/aurc", 0.38, 0.32, at_most=True),
    Target("ECE of the worst set left out", "calibration/worst_ece", 0.10, 0.05, at_most=True),
    Target("newsqa: CRAG score", "newsqa/crag", 0.15, 0.25),
    Target("newsqa: CRAG score, always answering", "newsqa/crag_always", None, None),
    Target("cases: things and roles swapped", f"{CASES}/{ROLES_SWAPPED}", 5 / 6, 1.0),
    Target("ask time, over that before", f"{ASK_TIME}/{RATIO}", 1.0, 0.8, at_most=True),
)
"""In the order of the table."""
