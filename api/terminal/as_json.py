"""What only the command line says in JSON; everything HTTP says too comes from `api.schemas`."""

from typing import Any

from api.http.routes.articles import ReportBody
from index.build import BuildReport
from index.documents import Reject


def reject_json(reject: Reject) -> dict[str, Any]:
    return {
        "path": str(reject.path),
        "line": reject.line,
        "reason": str(reject.reason),
        "detail": reject.detail,
    }


def report_json(report: BuildReport, *, seconds: float) -> dict[str, Any]:
    """HTTP's report, with the rejects' files, what was removed, and how long it took."""
    return ReportBody.of(report).model_dump(mode="json") | {
        "rejected": [reject_json(reject) for reject in report.rejects],
        "removed": report.removed,
        "seconds": round(seconds, 3),
    }
