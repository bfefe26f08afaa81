"""What the service answered, written down whole, so that a run can be scored again without it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from index.errors import SourceError


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage or a sentence at its place in a ranking, with the scores it got."""

    article: str
    start: int
    end: int
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class Cited:
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


@dataclass(frozen=True, slots=True)
class Prediction:
    """Everything one question brought."""

    question: str
    """The question's id."""
    passages: tuple[Ranked, ...] = ()
    """The pool of candidates, best first."""
    sentences: tuple[Ranked, ...] = ()
    """Sentences read, best first."""
    gold_sentences: tuple[Ranked, ...] = ()
    """Sentences read when only passages of relevant articles were, best first."""
    answered: bool = False
    text: str = ""
    confidence: float = 0.0
    """Also of what was refused: of the best evidence there was, 0 where there was none."""
    citations: tuple[Cited, ...] = ()
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
        except (json.JSONDecodeError, TypeError, KeyError) as error:
            raise SourceError(
                f"{path}:{number}: not a prediction ({error}); remove the file and run again"
            ) from error


def _prediction(record: dict[str, Any]) -> Prediction:
    for name in ("passages", "sentences", "gold_sentences"):
        record[name] = tuple(Ranked(**ranked) for ranked in record[name])
    record["citations"] = tuple(Cited(**cited) for cited in record["citations"])
    return Prediction(**record)
