"""Published results that a table shows beside ours, each with its source.

None was measured here. The official test part has other articles than the dev part that we print,
so these numbers say what to expect, not who is better.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """One system, the source of its numbers, and the numbers by measure."""

    name: str
    source: str
    values: Mapping[str, float]


def _exact_f1(source: float, cue: float, content: float) -> dict[str, float]:
    return {"source_exact_f1": source, "cue_exact_f1": cue, "content_exact_f1": content}


POLNEAR = (
    PublishedResult(
        "rules",
        "patterns over quotes, cue verbs and capitals, measured on dev before the tagger was made",
        _exact_f1(0.53, 0.49, 0.38)
        | {"speech@0.5_recall": 0.58, "speech@0.5_precision": 0.63}
        | {"direct@0.5_recall": 0.81, "direct@0.5_precision": 0.84},
    ),
    PublishedResult("CRF", "published, on the official test part", _exact_f1(0.51, 0.53, 0.29)),
    PublishedResult("BERT", "published, on the official test part", _exact_f1(0.81, 0.74, 0.69)),
    PublishedResult(
        "people",
        "two annotators against each other: Newell, Margolin and Ruths 2018",
        _exact_f1(0.78, 0.71, 0.66) | {"speech@0.5_recall": 0.87, "speech@0.5_precision": 0.87},
    ),
)
GUM = (
    PublishedResult(
        "nearest subject", "chains of the nearest subject, on gum", {"he_she_right": 0.80}
    ),
)
PUBLISHED: Mapping[str, tuple[PublishedResult, ...]] = {"polnear": POLNEAR, "gum": GUM}
