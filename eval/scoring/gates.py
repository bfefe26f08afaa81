"""Gates: what a run must reach, and how much worse than a baseline it may be.

    [gates]
    "sample/verbatim" = { min = 1.0 }
    "sample/doc@1" = { min = 0.80, max_drop = 0.02 }
    "sample/ece" = { max = 0.25, max_rise = 0.05 }

`min` and `max` bound the value itself; `max_drop` and `max_rise` how much lower or higher it may be
than the baseline's. A value equal to its bound is within it.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from eval.errors import DataError
from eval.runs.files import read_json

BOUNDS = ("min", "max", "max_drop", "max_rise")
RELATIVE = ("max_drop", "max_rise")
ROUNDING = 1e-9
SAMPLE_GATES = Path(__file__).parents[1] / "gates.toml"
"""What the packaged sample must reach."""

Gates = Mapping[str, Mapping[str, float]]
"""`set/measure` -> bound -> number."""


class GateOutcome(IntEnum):
    """The exit status that says so."""

    PASS = 0
    REGRESSION = 1
    FAULT = 2
    """The data or the harness are at fault; this says nothing about the service."""


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One bound of one gate, checked on a run."""

    name: str
    """`set/measure bound`, as `sample/doc@1 max_drop`."""
    outcome: GateOutcome
    message: str


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """All checks of a run."""

    checks: tuple[GateCheck, ...]

    @property
    def outcome(self) -> GateOutcome:
        """The worst: a fault outranks a regression."""
        return max((check.outcome for check in self.checks), default=GateOutcome.FAULT)


def gate(run: Path, baseline: Path | None, gates: Path) -> GateVerdict:
    """What cannot be read is a fault with its place, not an exception."""
    try:
        expected = read_gates(gates)
        ours = _GatedRun.read(run)
        theirs = None if baseline is None else _GatedRun.read(baseline)
        return GateVerdict(tuple(_checks(expected, ours, theirs, gates)))
    except DataError as error:
        return GateVerdict((GateCheck(str(gates), GateOutcome.FAULT, str(error)),))


def read_gates(path: Path) -> Gates:
    """DataError when the file is not as this module says."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist: name a file with [gates].") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: not TOML ({error}): see eval/gates.toml.") from error
    gates = document.get("gates")
    if not isinstance(gates, dict) or not gates:
        raise DataError(f'{path}: no gates: expected [gates] and lines as "set/measure" = {{...}}.')
    for name, bounds in gates.items():
        _check_bounds(path, name, bounds)
    return gates


@dataclass(frozen=True, slots=True)
class _GatedRun:
    folder: Path
    metrics: Mapping[str, Any]
    datasets: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, folder: Path) -> "_GatedRun":
        return cls(folder, read_json(folder / "metrics.json"), read_json(folder / "datasets.json"))

    def value(self, name: str) -> float | None:
        value = self.metrics.get(name)
        return float(value) if isinstance(value, int | float) and math.isfinite(value) else None

    def undefined(self, name: str) -> bool:
        """Whether it was measured over no question, for example because nothing was answered."""
        dataset, _, measure = name.partition("/")
        path = self.folder / "per_question" / f"{dataset}.json"
        return path.exists() and read_json(path).get(measure) == {}

    def data_of(self, name: str) -> str:
        """The data it was measured on and the number of questions."""
        facts = self.datasets.get(name.partition("/")[0], {})
        return f"hash {facts.get('hash')}, {facts.get('questions')} questions"


def _check_bounds(path: Path, name: str, bounds: Any) -> None:
    if "/" not in name:
        raise DataError(f'{path}: "{name}" names no set: expected "set/measure".')
    if not isinstance(bounds, dict) or not bounds or not set(bounds) <= set(BOUNDS):
        raise DataError(f'{path}: "{name}" = {bounds}: expected some of {", ".join(BOUNDS)}.')
    for bound, number in bounds.items():
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise DataError(f'{path}: "{name}" has {bound} = {number!r}: expected a number.')


def _checks(
    expected: Gates, run: _GatedRun, baseline: _GatedRun | None, gates: Path
) -> Iterator[GateCheck]:
    for name, bounds in expected.items():
        value = run.value(name)
        if value is None:
            yield _absent(name, run, gates)
            continue
        for bound, number in bounds.items():
            if bound in RELATIVE:
                yield _relative(name, bound, value, number, run, baseline)
            else:
                yield _absolute(name, bound, value, number)


def _absent(name: str, run: _GatedRun, gates: Path) -> GateCheck:
    if run.undefined(name):
        message = f"{name} has no value: it is measured on none of the questions of this run"
        return GateCheck(name, GateOutcome.REGRESSION, message)
    message = (
        f"{gates}: {name} is not among the measures of {run.folder}: correct its name, or run its "
        "set."
    )
    return GateCheck(name, GateOutcome.FAULT, message)


def _absolute(name: str, bound: str, value: float, number: float) -> GateCheck:
    within = value >= number - ROUNDING if bound == "min" else value <= number + ROUNDING
    message = (
        f"{name} is {value:.4f}, expected {'at least' if bound == 'min' else 'at most'} {number}"
    )
    return GateCheck(f"{name} {bound}", _outcome(within), message)


def _relative(
    name: str, bound: str, value: float, number: float, run: _GatedRun, baseline: _GatedRun | None
) -> GateCheck:
    label = f"{name} {bound}"
    before = None if baseline is None else baseline.value(name)
    if baseline is None:
        return GateCheck(
            label, GateOutcome.FAULT, f"{label} needs a baseline: name a run with --baseline"
        )
    if before is None:
        return GateCheck(
            label, GateOutcome.FAULT, f"{name} is not among the measures of {baseline.folder}"
        )
    if run.data_of(name) != baseline.data_of(name):
        message = (
            f"{name} was measured on other data in {baseline.folder} ({baseline.data_of(name)}; "
            f"here {run.data_of(name)}): run the baseline over the same"
        )
        return GateCheck(label, GateOutcome.FAULT, message)
    change = before - value if bound == "max_drop" else value - before
    message = f"{name} went from {before:.4f} to {value:.4f}, allowed is {bound} = {number}"
    return GateCheck(label, _outcome(change <= number + ROUNDING), message)


def _outcome(within: bool) -> GateOutcome:
    return GateOutcome.PASS if within else GateOutcome.REGRESSION
