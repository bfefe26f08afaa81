"""What the service answered, written down whole, so that a run can be scored again without it."""

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
    """Of a sentence that the reader has read: where it sees the likeliest answer."""


@dataclass(frozen=True, slots=True)
class PredictedStatement:
    """Whose statement a citation holds, as the service has it."""

    speaker: str | None
    resolution: str
    """How the words of the source were taken to the speaker: see `index.statements.Resolution`."""
    kind: str
    sure: bool
    """Whether it is given as this speaker's for certain."""
    confidence: float
    content: tuple[tuple[int, int], ...]
    """What was said, ascending."""


@dataclass(frozen=True, slots=True)
class PredictedCitation:
    """A citation as it was given, and whether it was found verbatim when the run was made."""

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
    """None of a citation that is nobody's statement."""
    short: tuple[int, int] | None = None
    """Where in the article the short answer stands; None where the whole quote is the answer."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """Everything one question brought."""

    question: str
    """The question's id."""
    passages: tuple[RankedItem, ...] = ()
    """The pool of candidates, best first."""
    sentences: tuple[RankedItem, ...] = ()
    """Sentences read, best first."""
    gold_sentences: tuple[RankedItem, ...] = ()
    """Sentences read when only passages of relevant articles were, best first."""
    answered: bool = False
    text: str = ""
    """The short answer where one is marked, else the answer's words; citations have the quotes."""
    confidence: float = 0.0
    """Also of what was refused: of the best evidence there was, 0 where there was none."""
    citations: tuple[PredictedCitation, ...] = ()
    speakers: tuple[str, ...] = ()
    """Whose words were asked for; two who share a surname are both here."""
    reason: str | None = None
    """Of a refusal."""
    timings_ms: Mapping[str, float] | None = None
    error: str | None = None
    """Why there is no prediction: scored as unanswered, and counted."""


def write(predictions: Iterable[Prediction], file: TextIO) -> None:
    """One a line, flushed line by line, so that an interrupted run loses at most one."""
    for prediction in predictions:
        file.write(json.dumps(asdict(prediction), ensure_ascii=False) + "\n")
        file.flush()


def read(path: Path) -> Iterator[Prediction]:
    """What `write` wrote; a last line cut short by an interruption is passed over."""
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
    record["speakers"] = tuple(record.get("speakers", ()))
    return Prediction(**record)


def _ranked(record: dict[str, Any]) -> RankedItem:
    return RankedItem(**record | {"short": _place(record)})


def _cited(record: dict[str, Any]) -> PredictedCitation:
    """Older runs have no `short`, those from before there were statements no `said` either."""
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
