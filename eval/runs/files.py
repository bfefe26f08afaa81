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
"""What the predictions beside it depend on; when it changes, everything is asked again."""


@dataclass(frozen=True, slots=True)
class StoredPredictions:
    """Predictions of an earlier run."""

    predictions: Mapping[str, Prediction]
    """By question."""
    discarded: bool
    """Whether predictions of another state were deleted."""


def write_json(path: Path, value: object) -> None:
    """Atomic: a reader sees the old file or the new one."""
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
    """By question; the later of two for one question counts."""
    path = folder / PREDICTIONS
    return {each.question: each for each in read(path)} if path.exists() else {}


def reopen(folder: Path, state: Mapping[str, Any]) -> StoredPredictions:
    """The predictions stored for `state`, ready to be appended to.

    Removes a line that an interruption cut short.
    """
    path = folder / PREDICTIONS
    if path.exists() and _state(folder) == state:
        os.truncate(path, path.read_bytes().rfind(b"\n") + 1)
        return StoredPredictions(predictions(folder), discarded=False)
    discarded = path.exists() and path.stat().st_size > 0
    path.unlink(missing_ok=True)
    write_json(folder / STATE, state)
    return StoredPredictions({}, discarded=discarded)


def _state(folder: Path) -> Any:
    try:
        return json.loads((folder / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
