"""One HTML file that tells a run whole; nothing in it comes from elsewhere."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from eval.datasets.variants import unread_of
from eval.report.comparing import changes
from eval.report.elements import UNPRINTABLE, Markup, element, join
from eval.report.failures import TOLD, FailureEntry, FailureStage, entries
from eval.report.figures import figures
from eval.report.plots import shares
from eval.report.stored import SetRun, StoredRun, dataset_of, read_run
from eval.report.tables import (
    finding_table,
    headline_table,
    lines,
    lines_table,
    pairs_table,
)

TITLE = "On the Record"
TEXTLESS = (
    "The data set is not where it was, or no longer reads as it did, so its questions appear by "
    "their ids; give its folder with --data to see them in words."
)
PRIVATE = frozenset({"data", "source"})
"""Where the sets lay: nothing a reader elsewhere could use."""
REVISION_DIGITS = 10


def write_report(
    run: Path, out: Path, *, baseline: Path | None = None, data: Path | None = None
) -> Path:
    """`out`, written whole; `data` is where the sets lie, if not where they lay during the run.

    DataError when `run` or `baseline` is no run. Without its data set a run is told all the same,
    only without the text around gold and answers.
    """
    stored = read_run(run)
    earlier = read_run(baseline) if baseline else None
    page = report(stored, earlier, data=data)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{out.name}.part")
    aside.write_text(page, "utf-8")
    return aside.replace(out)


def report(stored: StoredRun, earlier: StoredRun | None, *, data: Path | None = None) -> str:
    before = {each.name: each for each in earlier.sets} if earlier else {}
    now = {each.name: each for each in stored.sets}
    told = [
        _told(each, before.get(each.name), now.get(unread_of(each.name)), data=data)
        for each in stored.sets
    ]
    main = element(
        "main",
        element("section", headline_table(stored.sets)),
        *(section for section, _ in told),
        _browser(compared=bool(before)),
        _particulars(stored),
    )
    made = element("p", f"Made by onrecord eval report from {stored.folder.resolve().name}.")
    body = [
        element("a", "Skip to the questions", class_="skip", href="#questions"),
        element("div", _masthead(stored, earlier), main, element("footer", made), class_="sheet"),
        _embedded([entry for _, found in told for entry in found]),
        element("script", Markup(_file("page.js")), type="module"),
    ]
    return f"<!doctype html>\n{element('html', _head(stored), element('body', *body), lang='en')}\n"


def _told(
    stored: SetRun, earlier: SetRun | None, unread: SetRun | None, *, data: Path | None
) -> tuple[Markup, list[FailureEntry]]:
    """The section of one set, and its questions for the browser."""
    dataset = dataset_of(stored, data=data)
    found = list(entries(stored, dataset, changes(stored, earlier)))
    note = [] if dataset else [element("p", TEXTLESS, class_="note")]
    return _set(stored, note, found, figures(stored, earlier, unread)), found


def _head(stored: StoredRun) -> Markup:
    style, script = _file("page.css"), _file("page.js")
    policy = f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"Evaluation, {_names(stored)} – {TITLE}"),
        element("style", Markup(style)),
    )


def _masthead(stored: StoredRun, earlier: StoredRun | None) -> Markup:
    facts = run_facts(stored) | (
        {"Compared with": f"{earlier.folder.name}, {_revision(earlier.environment)}"}
        if earlier
        else {}
    )
    return element(
        "header",
        element("p", TITLE, class_="name"),
        element("h1", "Evaluation", class_="promise"),
        element("dl", *(_fact(name, value) for name, value in facts.items()), class_="facts"),
        class_="masthead",
    )


def run_facts(stored: StoredRun) -> dict[str, str]:
    """What was run, when and where, for a reader."""
    environment = stored.environment
    cpu = environment.get("cpu") or {}
    machine = " · ".join(
        filter(None, [cpu.get("model"), f"{cpu['cores']} cores" if cpu.get("cores") else ""])
    )
    facts = {
        "Revision": _revision(environment),
        "Date": _date(environment.get("written_at")),
        "Sets": _names(stored),
        "Machine": machine or environment.get("platform", ""),
    }
    return {name: value for name, value in facts.items() if value}


def _set(
    stored: SetRun, note: Iterable[Markup], found: Sequence[FailureEntry], drawn: Iterable[Markup]
) -> Markup:
    asked, articles = len(stored.questions), stored.facts.get("articles")
    size = f"{asked:,} questions" + (f" over {articles:,} articles" if articles else "")
    return element(
        "section",
        element("h2", stored.name, id=f"set-{stored.name}"),
        element("p", size, class_="soft"),
        *note,
        _stages(stored.name, found),
        finding_table(stored),
        *(lines_table(group, each) for group, each in lines(stored).items()),
        element("div", *drawn, class_="figures"),
        class_="set",
    )


def _stages(name: str, found: Iterable[FailureEntry]) -> Markup:
    """What became of the questions; each stage leads to its questions in the browser."""
    counted = Counter(entry.stage for entry in found)
    counts = {
        stage.value: counted[stage]
        for stage in (FailureStage.RIGHT, *FailureStage)
        if counted[stage]
    }
    legend = (
        element("li", _stage_link(name, stage, n), title=TOLD[FailureStage(stage)])
        for stage, n in counts.items()
    )
    return element("div", shares(counts), element("ul", *legend, class_="legend"), class_="stages")


def _stage_link(name: str, stage: str, n: int) -> Markup:
    swatch = element("span", class_=f"swatch {stage}", aria_hidden="true")
    return element("a", swatch, f"{n:,} {stage}", href=f"#questions={quote(name)}/{stage}")


def _browser(*, compared: bool) -> Markup:
    return Markup(_file("browser.html").replace(' data-compared=""', "" if compared else " hidden"))


def _particulars(stored: StoredRun) -> Markup:
    facts = {name: value for name, value in flat(stored.environment).items() if value}
    sizes = {
        f"{each.name}: {name}": value
        for each in stored.sets
        for name, value in flat(each.facts).items()
        if name not in PRIVATE
    }
    return element(
        "details",
        element("summary", "Environment, versions, seeds and settings"),
        pairs_table("Environment", facts),
        pairs_table("Data sets", sizes),
        class_="particulars",
    )


def flat(facts: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """Nested facts as `outer.inner`."""
    found: dict[str, str] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}.")
        else:
            listed = isinstance(value, list)
            found[f"{before}{name}"] = " ".join(map(str, value)) if listed else str(value)
    return found


def _embedded(found: Sequence[FailureEntry]) -> Markup:
    """As JSON that no text in it can end or leave."""
    told = json.dumps([_slim(asdict(entry)) for entry in found], ensure_ascii=False)
    for mark in "<>&":
        told = told.replace(mark, f"\\u{ord(mark):04x}")
    whys = json.dumps({"stages": TOLD}, ensure_ascii=False)
    return join(
        [
            element(
                "script",
                Markup(UNPRINTABLE.sub("\ufffd", told)),
                type="application/json",
                id="entries",
            ),
            element("script", Markup(whys), type="application/json", id="wording"),
        ]
    )


def _slim(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: thousands of questions go into one file."""
    return {name: value for name, value in record.items() if value not in ("", None, (), {}, 0)}


def _fact(name: str, value: str) -> Markup:
    return element("div", element("dt", name), element("dd", value))


def _revision(environment: Mapping[str, Any]) -> str:
    git = environment.get("git") or {}
    changed = " with changes" if git.get("dirty") else ""
    return f"{git['revision'][:REVISION_DIGITS]}{changed}" if git.get("revision") else ""


def _date(written_at: str | None) -> str:
    if not written_at:
        return ""
    return f"{datetime.fromisoformat(written_at):%-d %B %Y, %H:%M} UTC"


def _names(stored: StoredRun) -> str:
    return ", ".join(each.name for each in stored.sets)


def _source(text: str) -> str:
    """How a content security policy names an inline script or style."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _file(name: str) -> str:
    return files("eval.report").joinpath(name).read_text("utf-8")
