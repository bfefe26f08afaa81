"""Files that a reader drops on the page, and a writer that says how far it is."""

from collections.abc import Iterable

from playwright.sync_api import Page

from api.jobs.work import Stop
from index.build_report import BuildReport
from index.documents import Article, Reject
from index.progress import Progress, Until
from tests.support.fakes_jobs import FakeWriter, report

_DROPPED = """files => {
  const carried = new DataTransfer();
  for (const [name, text] of Object.entries(files)) carried.items.add(new File([text], name));
  return carried;
}"""


class CountingWriter(FakeWriter):
    """Says that it has embedded 30 of 120 passages, and waits at its gate."""

    def add(
        self, items: Iterable[Article | Reject], *, progress: Progress, until: Until, stop: Stop
    ) -> BuildReport:
        given = list(items)
        self._begin(f"add {len(given)} {until}")
        progress("embedding", 30, 120)
        rejects = tuple(each for each in given if isinstance(each, Reject))
        if self._must_stop(stop):
            return report()
        return report(added=len(given) - len(rejects), rejects=rejects)


def drag(page: Page, kind: str, files: dict[str, str]) -> None:
    """Dispatch `dragover` or `drop` with the files, by name."""
    carried = page.evaluate_handle(_DROPPED, files)
    page.dispatch_event("body", kind, {"dataTransfer": carried})


def drop(page: Page, **files: str) -> None:
    """Names are written with `__` for the full stop."""
    drag(page, "drop", {name.replace("__", "."): text for name, text in files.items()})
