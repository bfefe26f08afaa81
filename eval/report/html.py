"""A run as one HTML file that loads nothing from elsewhere."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from eval.datasets.variants import unread_of
from eval.report.comparing import changes
from eval.report.elements import printable
from eval.report.failures import STAGE_MEANINGS, FailureEntry, FailureStage, entries
from eval.report.figures import figures
from eval.report.plots import shares, whisker
from eval.report.stored import SetRun, StoredRun, dataset_of, read_run
from eval.report.tables import headlines, lines, ranged, retrieval
from eval.scoring.measure_labels import label_of

TITLE = "On the Record"
PRIVATE = frozenset({"data", "source"})
"""Where the data sets were: of no use to a reader elsewhere."""
REVISION_DIGITS = 10


def write_report(
    run: Path, out: Path, *, baseline: Path | None = None, data: Path | None = None
) -> Path:
    """Writes `out` whole; `data` is the folder of the sets, if it moved since the run.

    DataError when `run` or `baseline` is no run. Without its data set a run is still reported,
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
    entries_of, sections = dict[str, list[FailureEntry]](), []
    for each in stored.sets:
        previous, unread = before.get(each.name), now.get(unread_of(each.name))
        dataset = dataset_of(each, data=data)
        entries_of[each.name] = list(entries(each, dataset, changes(each, previous)))
        drawn = figures(each, previous, unread)
        sections.append(_section(each, entries_of[each.name], drawn, textless=dataset is None))
    style, script = _file("palette.css") + _file("page.css"), _file("page.js")
    return _template().render(
        title=TITLE,
        names=_names(stored),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}",
        style=style,
        script=script,
        facts=run_facts(stored) | _compared_with(earlier),
        headlines=headlines(stored.sets),
        sets=sections,
        compared=bool(before),
        stage_meanings=STAGE_MEANINGS,
        environment={name: value for name, value in flat(stored.environment).items() if value},
        sizes=_sizes(stored),
        folder=stored.folder.resolve().name,
        entries=[_slim(asdict(entry)) for found in entries_of.values() for entry in found],
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


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("eval.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: printable(value) if isinstance(value, str) else value,
    )
    environment.policies["json.dumps_kwargs"] = {}  # keys in our order
    environment.globals |= {"ranged": ranged, "whisker": whisker}
    return environment.get_template("page.html.jinja")


def _section(
    stored: SetRun,
    found: Sequence[FailureEntry],
    drawn: Iterable[Mapping[str, str]],
    *,
    textless: bool,
) -> dict[str, Any]:
    """What the template shows of one set; each stage links to its questions in the browser."""
    asked, articles = len(stored.questions), stored.facts.get("articles")
    counted = Counter(entry.stage for entry in found)
    stages = {
        stage.value: counted[stage]
        for stage in (FailureStage.RIGHT, *FailureStage)
        if counted[stage]
    }
    names, systems = retrieval(stored)
    return {
        "name": stored.name,
        "size": f"{asked:,} questions" + (f" over {articles:,} articles" if articles else ""),
        "textless": textless,
        "stages": stages,
        "shares": shares(stages),
        "retrieval": ([label_of(name) for name in names], systems),
        "groups": lines(stored),
        "figures": list(drawn),
    }


def _compared_with(earlier: StoredRun | None) -> dict[str, str]:
    if earlier is None:
        return {}
    return {"Compared with": f"{earlier.folder.name}, {_revision(earlier.environment)}"}


def _sizes(stored: StoredRun) -> dict[str, str]:
    return {
        f"{each.name}: {name}": value
        for each in stored.sets
        for name, value in flat(each.facts).items()
        if name not in PRIVATE
    }


def _slim(record: dict[str, Any]) -> dict[str, Any]:
    """Without empty values: one file holds thousands of questions."""
    return {name: value for name, value in record.items() if value not in ("", None, (), {}, 0)}


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


def _hash(text: str) -> str:
    """How a content security policy names an inline script or style."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _file(name: str) -> Markup:
    return Markup(files("eval.report").joinpath(name).read_text("utf-8"))  # noqa: S704  our own
