"""Checks of a run as JUnit XML, the one format every build server reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.report.elements import Markup, element
from eval.report.stored import SetRun, StoredRun, read_run
from eval.scoring.gates import GateCheck, GateOutcome, GateVerdict

GATES = "gates"
ELEMENTS = {GateOutcome.REGRESSION: "failure", GateOutcome.FAULT: "error"}
"""How JUnit tells what is wrong with the service from what is wrong with the test."""


def write_junit(run: Path, out: Path, *, verdict: GateVerdict | None = None) -> Path:
    """`out`, with what must hold of any run, and the gates where there was a verdict."""
    gates = {GATES: verdict.checks} if verdict else {}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(junit({**checks(read_run(run)), **gates}), "utf-8")
    return out


def checks(stored: StoredRun) -> dict[str, tuple[GateCheck, ...]]:
    """By set: every question has a prediction, and every citation is verbatim."""
    return {each.name: (_predicted(each), _verbatim(each)) for each in stored.sets}


def junit(suites: Mapping[str, Sequence[GateCheck]]) -> str:
    every = [check for suite in suites.values() for check in suite]
    told = (_suite(name, suite) for name, suite in suites.items())
    whole = element("testsuites", *told, name="onrecord eval", **_counts(every))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def _predicted(stored: SetRun) -> GateCheck:
    missing = [
        id
        for id in stored.questions
        if id not in stored.predictions or stored.predictions[id].error is not None
    ]
    told = f"{len(missing)} of {len(stored.questions)} questions have none{_first(missing)}"
    return _check("every question has a prediction", told, holds=not missing)


def _verbatim(stored: SetRun) -> GateCheck:
    scored = stored.per_question.get("verbatim", {})
    wrong = [id for id, value in scored.items() if value < 1]
    told = f"{len(wrong)} of {len(scored)} cite words that are not in the article{_first(wrong)}"
    return _check("every citation is verbatim", told, holds=not wrong)


def _check(name: str, told: str, *, holds: bool) -> GateCheck:
    return GateCheck(name, GateOutcome.PASS if holds else GateOutcome.REGRESSION, told)


def _first(ids: Sequence[str]) -> str:
    return f", first {', '.join(ids[:3])}" if ids else ""


def _suite(name: str, suite: Sequence[GateCheck]) -> Markup:
    cases = (_case(name, check) for check in suite)
    return element("testsuite", *cases, name=name, **_counts(suite))


def _counts(suite: Sequence[GateCheck]) -> dict[str, int]:
    outcomes = [check.outcome for check in suite]
    return {
        "tests": len(outcomes),
        "failures": outcomes.count(GateOutcome.REGRESSION),
        "errors": outcomes.count(GateOutcome.FAULT),
    }


def _case(suite: str, check: GateCheck) -> Markup:
    tag = ELEMENTS.get(check.outcome)
    trouble = [element(tag, check.message, message=check.message)] if tag else []
    return element("testcase", *trouble, classname=f"eval.{suite}", name=check.name)
