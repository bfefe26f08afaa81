"""Runs a measuring program in a process of its own and reads the JSON it prints last."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.errors import DataError

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
QUIET = {"HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "true"}


Run = Callable[[Sequence[str]], Mapping[str, Any]]
"""Runs a command to its end and gives the JSON that it printed as its last line."""


def run(command: Sequence[str]) -> Mapping[str, Any]:
    """DataError with its last words if it fails. It finds `eval` beside its own packages."""
    environment = os.environ | OFFLINE | QUIET | {"PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(  # noqa: S603  programs of ours
            list(command),
            env=environment,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise DataError(f"{command[0]} cannot be run ({error.strerror}).") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
        raise DataError(f"`{' '.join(command)}` failed with {done.returncode}: {last}")
    try:
        reply: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    except json.JSONDecodeError as error:
        raise DataError(f"`{' '.join(command)}` printed no reply, expected JSON.") from error
    return reply
