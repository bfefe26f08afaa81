"""What a system showed for each question, first things first, and how a run's predictions say so.

One JSON object a line, for one question and one system; any program can write such a file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.datasets.formats.records import JsonRecord, read_records
from eval.errors import DataError, stop
from eval.judged.questions import place
from eval.runs.predictions import PredictedCitation, Prediction, RankedItem
from eval.scoring.baselines import bm25

SHOWN = "shown.jsonl"
SERVICE, BM25 = "service", "bm25"
DEPTH = 5
"""Places kept of a baseline, and pooled of every system."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One place of an article, and who the system says is speaking there."""

    article: str
    start: int
    end: int
    revision: str | None = None
    """The sha256 of the article's text, where the system knows it."""
    speaker: str | None = None
    certain: bool = False
    """Whether the speaker is named without a remark that it is uncertain."""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """All that one system showed for one question."""

    question: str
    """The question's id."""
    system: str
    shown: tuple[Shown, ...]
    """In the order in which a reader meets them; empty when refused."""
    refused: bool = False
    reason: str | None = None
    ms: Mapping[str, float] | None = None
    """By stage, and `total`; None for a system without its own times."""


def showings(prediction: Prediction) -> tuple[Showing, Showing]:
    """Of the service and of BM25. An error is no refusal: nothing was shown."""
    cited = (*prediction.citations, *prediction.others)
    ranked = bm25(prediction).passages[:DEPTH]
    return (
        Showing(
            prediction.question,
            SERVICE,
            tuple(map(_quoted, cited)),
            refused=not prediction.answered and prediction.error is None,
            reason=prediction.reason or prediction.error,
            ms=prediction.timings_ms,
        ),
        Showing(prediction.question, BM25, tuple(map(_passage, ranked))),
    )


def write_shown(path: Path, given: Iterable[Showing]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in given)
    path.write_text("".join(lines), "utf-8")


def read_shown(run: Path) -> dict[str, dict[str, Showing]]:
    """System -> question id -> what it showed; `run` is a folder of a run or such a file."""
    path = run / SHOWN if run.is_dir() else run
    if not path.is_file():
        raise DataError(f"{path} does not exist: name a folder that `eval judged run` wrote")
    systems: dict[str, dict[str, Showing]] = {}
    for showing in _read(path):
        systems.setdefault(showing.system, {})[showing.question] = showing
    if not systems:
        raise DataError(f"{path} is empty: it should say what was shown for each question")
    return systems


def _quoted(citation: PredictedCitation) -> Shown:
    said = citation.said
    return Shown(
        citation.article,
        citation.start,
        citation.end,
        citation.revision,
        said.speaker if said else None,
        certain=bool(said and said.speaker and said.certain),
        score=said.confidence if said else None,
    )


def _passage(ranked: RankedItem) -> Shown:
    return Shown(ranked.article, ranked.start, ranked.end, score=ranked.score)


def _read(path: Path) -> Iterator[Showing]:
    for record in read_records(path, stop):
        yield Showing(
            record.needed("question"),
            record.string("system") or SERVICE,
            _places(record, record.listed("shown")),
            refused=record.flag("refused", default=False),
            reason=record.string("reason"),
            ms=record.fields.get("ms"),
        )


def _places(record: JsonRecord, given: Sequence[Mapping[str, object]]) -> tuple[Shown, ...]:
    inner = [record.inner(each) for each in given]
    found = ((each, place(each)) for each in inner)
    return tuple(_shown(each, at.article, at.start, at.end) for each, at in found if at)


def _shown(record: JsonRecord, article: str, start: int, end: int) -> Shown:
    score = record.fields.get("score")
    return Shown(
        article,
        start,
        end,
        record.string("revision"),
        record.string("speaker"),
        certain=record.flag("certain", default=False),
        score=float(score) if isinstance(score, int | float) else None,
    )
