"""Checks of a run as JUnit XML, the format that every build server reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from eval.report.elements import printable
from eval.report.stored import SetRun, StoredRun, read_run
from eval.scoring.gates import GateCheck, GateOutcome, GateVerdict

RESULTS: Mapping[GateOutcome, type[Failure | Error]] = {
    GateOutcome.REGRESSION: Failure,
    GateOutcome.FAULT: Error,
}
"""JUnit's word for a fault of the service, and for a fault of the test."""


def write_junit(run: Path, out: Path, *, verdict: GateVerdict | None = None) -> Path:
    """Writes to `out` what must hold of any run, and the gates if there was a verdict."""
    suites = checks(read_run(run)) | ({"gates": verdict.checks} if verdict else {})
    document = JUnitXml("onrecord eval")
    for name, suite in suites.items():
        document.add_testsuite(_suite(name, suite))
    document.update_statistics()  # type: ignore[no-untyped-call]
    out.parent.mkdir(parents=True, exist_ok=True)
    document.write(str(out))
    return out


def checks(stored: StoredRun) -> dict[str, tuple[GateCheck, ...]]:
    """By set: every question has a prediction, and every citation is verbatim."""
    return {each.name: (_predicted(each), _verbatim(each)) for each in stored.sets}


def _predicted(stored: SetRun) -> GateCheck:
    missing = [
        id
        for id in stored.questions
        if id not in stored.predictions or stored.predictions[id].error is not None
    ]
    message = f"{len(missing)} of {len(stored.questions)} questions have none{_first(missing)}"
    return _check("every question has a prediction", message, holds=not missing)


def _verbatim(stored: SetRun) -> GateCheck:
    scored = stored.per_question.get("verbatim", {})
    wrong = [id for id, value in scored.items() if value < 1]
    message = f"{len(wrong)} of {len(scored)} cite words that are not in the article{_first(wrong)}"
    return _check("every citation is verbatim", message, holds=not wrong)


def _check(name: str, message: str, *, holds: bool) -> GateCheck:
    return GateCheck(name, GateOutcome.PASS if holds else GateOutcome.REGRESSION, message)


def _first(ids: Sequence[str]) -> str:
    return f", first {', '.join(ids[:3])}" if ids else ""


def _suite(name: str, suite: Sequence[GateCheck]) -> TestSuite:
    made = TestSuite(printable(name))
    for check in suite:
        case = TestCase(printable(check.name), classname=f"eval.{printable(name)}")
        if result := RESULTS.get(check.outcome):
            failed = result(printable(check.message))
            failed.text = printable(check.message)
            case.result = [failed]
        made.add_testcase(case)
    return made
