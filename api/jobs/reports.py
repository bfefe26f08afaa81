"""What a job has changed: the reports of its runs as one, and as JSON."""

from dataclasses import replace

from pydantic import TypeAdapter

from api.jobs.job import WriteJob
from index.build_report import BuildReport

_JSON = TypeAdapter(BuildReport)


def as_json(report: BuildReport) -> str:
    return _JSON.dump_json(report).decode()


def report_of(json: str) -> BuildReport:
    return _JSON.validate_json(json)


def report_of_job(job: WriteJob) -> BuildReport:
    """Of a job that is done."""
    assert job.report is not None  # noqa: S101  every run notes one
    return report_of(job.report)


def joined(before: BuildReport | None, after: BuildReport) -> BuildReport:
    """All that both changed; what the index holds is as after the second."""
    if before is None:
        return after
    return replace(
        after,
        added=before.added + after.added,
        revised=before.revised + after.revised,
        updated=before.updated + after.updated,
        unchanged=before.unchanged + after.unchanged,
        removed=before.removed + after.removed,
        rejects=before.rejects + after.rejects,
        embedded=before.embedded + after.embedded,
        given_up=before.given_up + after.given_up,
    )


def items_of(report: BuildReport | None) -> int:
    """How many of the items that were sent are dealt with."""
    if report is None:
        return 0
    return _accepted(report) + len(report.rejects)


def has_accepted(report: BuildReport) -> bool:
    """Whether any article was."""
    return _accepted(report) > 0


def _accepted(report: BuildReport) -> int:
    return report.added + report.revised + report.updated + report.unchanged
