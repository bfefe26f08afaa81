"""What the service answered, stored whole so that a run can be scored again without it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from index.errors import SourceError


@dataclass(frozen=True, slots=True)
class RankedItem:
    """A passage or a sentence at its place in a ranking, with the scores it got."""

    article: str
    start: int
    end: int
    score: float
    lexical: float
    dense: float
    short: tuple[int, int] | None = None
    """The likeliest answer, for a sentence that the reader has read."""


@dataclass(frozen=True, slots=True)
class PredictedStatement:
    """The statement in a citation and its speaker, as the service gave them."""

    speaker: str | None
    resolution: str
    """How the source was resolved to the speaker: `index.statements.Resolution`."""
    kind: str
    sure: bool
    """Whether the speaker is given as certain."""
    confidence: float
    content: tuple[tuple[int, int], ...]
    """What was said, ascending."""
    certain: bool = False
    """Whether it is shown without the remark that it is uncertain."""


@dataclass(frozen=True, slots=True)
class PredictedCitation:
    """A citation, and whether it was verified verbatim when the run was made."""

    article: str
    revision: str
    start: int
    end: int
    quote: str
    outlet: str | None
    published_at: str | None
    """ISO 8601."""
    verbatim: bool
    said: PredictedStatement | None = None
    """None if the citation is not of a statement."""
    short: tuple[int, int] | None = None
    """Range of the short answer in the article; None where the whole quote is the answer."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The result of one question."""

    question: str
    """The question's id."""
    passages: tuple[RankedItem, ...] = ()
    """The pool of candidates, best first."""
    sentences: tuple[RankedItem, ...] = ()
    """Sentences read, best first."""
    gold_sentences: tuple[RankedItem, ...] = ()
    """Sentences read when reading only relevant articles, best first."""
    answered: bool = False
    text: str = ""
    """The short answer where one is marked, else the answer's words; citations have the quotes."""
    confidence: float = 0.0
    """Of a refusal: the confidence of the best evidence, 0 without any."""
    citations: tuple[PredictedCitation, ...] = ()
    others: tuple[PredictedCitation, ...] = ()
    """Shown below the answer, in reading order: what agrees, what differs, further evidence."""
    speakers: tuple[str, ...] = ()
    """Speakers the question asks about; two who share a surname are both listed."""
    reason: str | None = None
    """Of a refusal."""
    timings_ms: Mapping[str, float] | None = None
    error: str | None = None
    """Why there is no prediction: scored as unanswered, and counted."""


def write(predictions: Iterable[Prediction], file: TextIO) -> None:
    """One a line, flushed line by line: an interrupted run loses at most one."""
    for prediction in predictions:
        file.write(json.dumps(asdict(prediction), ensure_ascii=False) + "\n")
        file.flush()


def read(path: Path) -> Iterator[Prediction]:
    """What `write` wrote; skips a last line that an interruption cut short."""
    lines = path.read_text("utf-8").split("\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            yield _prediction(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise SourceError(
                f"{path}:{number}: not a prediction ({error}); remove the file and run again"
            ) from error


def _prediction(record: dict[str, Any]) -> Prediction:
    for name in ("passages", "sentences", "gold_sentences"):
        record[name] = tuple(map(_ranked, record[name]))
    record["citations"] = tuple(map(_cited, record["citations"]))
    record["others"] = tuple(map(_cited, record.get("others", ())))
    record["speakers"] = tuple(record.get("speakers", ()))
    return Prediction(**record)


def _ranked(record: dict[str, Any]) -> RankedItem:
    return RankedItem(**record | {"short": _place(record)})


def _cited(record: dict[str, Any]) -> PredictedCitation:
    """Older runs have no `short`, still older ones no `said`."""
    said = record.pop("said", None)
    return PredictedCitation(
        **record | {"short": _place(record)}, said=_said(said) if said else None
    )


def _place(record: dict[str, Any]) -> tuple[int, int] | None:
    if record.get("short") is None:
        return None
    start, end = record["short"]
    return start, end


def _said(record: dict[str, Any]) -> PredictedStatement:
    content = tuple((start, end) for start, end in record.pop("content"))
    return PredictedStatement(**record, content=content)
