"""Files of a run: written whole or not at all, and predictions that outlive an interruption."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import DataError
from eval.runs.predictions import Prediction, read

PREDICTIONS = "predictions.jsonl"
STATE = "state.json"
"""What the predictions beside it depend on; others begin anew when it reads otherwise."""


@dataclass(frozen=True, slots=True)
class StoredPredictions:
    """What an earlier run left."""

    predictions: Mapping[str, Prediction]
    """By question."""
    anew: bool
    """Whether there were some, of another state, that had to go."""


def write_json(path: Path, value: object) -> None:
    """A reader sees the file as it was, or this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def read_json(path: Path) -> Any:
    """DataError when it is absent or damaged."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"{path} does not exist: name a folder that `onrecord eval run` wrote."
        ) from error
    except json.JSONDecodeError as error:
        raise DataError(
            f"{path}:{error.lineno}: not JSON ({error.msg}): run the evaluation again."
        ) from error


def predictions(folder: Path) -> dict[str, Prediction]:
    """By question; of two for one question the later counts."""
    path = folder / PREDICTIONS
    return {each.question: each for each in read(path)} if path.exists() else {}


def reopen(folder: Path, state: Mapping[str, Any]) -> StoredPredictions:
    """What is there already for `state`, ready to be added to.

    A line cut short by an interruption is cut off, so that the next one stands alone.
    """
    path = folder / PREDICTIONS
    if path.exists() and _state(folder) == state:
        os.truncate(path, path.read_bytes().rfind(b"\n") + 1)
        return StoredPredictions(predictions(folder), anew=False)
    anew = path.exists() and path.stat().st_size > 0
    path.unlink(missing_ok=True)
    write_json(folder / STATE, state)
    return StoredPredictions({}, anew=anew)


def _state(folder: Path) -> Any:
    try:
        return json.loads((folder / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
