"""Short articles with a question whose things or roles are swapped, each asked by itself.

A line of the file is `{id, kind, article, call: {verb: "ask", q}, expected}`; other kinds are left
out. `expected` holds some of `EXPECTATIONS`, all of which must come true.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from eval.errors import DataError
from eval.readers.targets import ROLES_SWAPPED
from eval.scoring.statistics import Interval, wilson
from index.progress import Progress
from index.sources.jsonl import parse_lines
from rag.replies import Answer, Reply
from rag.service import Service

EXPECTATIONS: Mapping[str, Callable[[Any, str | None, bool], bool]] = {
    "answered": lambda wanted, _, answered: bool(answered == wanted),
    "short": lambda wanted, short, _: bool(short == wanted),
    "short_has": lambda wanted, short, _: wanted in (short or ""),
    "refused_or_short_in": lambda wanted, short, answered: not answered or short in wanted,
}
"""By name: what is expected, the short answer, whether there is an answer -> whether it holds."""


def role_cases(
    cases: Path,
    folder: Path,
    *,
    service_of: Callable[[Path], Service],
    progress: Progress,
) -> Interval:
    """The share of cases that come out as expected; each is indexed in `folder`, if it is not yet.

    DataError where the file has none, or expects something unknown.
    """
    found = list(_read(cases))
    if not found:
        raise DataError(f"{cases} has no case of the kind {ROLES_SWAPPED}")
    passed = 0
    for done, case in enumerate(found, start=1):
        with closing(service_of(folder / case["id"])) as service:
            passed += _passes(case, _asked(service, case))
        progress("cases: asking", done, len(found))
    return wilson(passed, len(found))


def _read(cases: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = cases.read_text("utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{cases} cannot be read: give a file of cases ({error})") from error
    for number, line in enumerate(lines, start=1):
        try:
            case = json.loads(line)
            known = case["kind"] != ROLES_SWAPPED or case["expected"].keys() <= EXPECTATIONS.keys()
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{cases}:{number}: is no case ({error})") from error
        if not known:
            expected = ", ".join(EXPECTATIONS)
            raise DataError(f"{cases}:{number}: `expected` may hold {expected}")
        if case["kind"] == ROLES_SWAPPED:
            yield case


def _asked(service: Service, case: Mapping[str, Any]) -> Reply:
    article = {"title": "Report", **case["article"], "id": case["id"]}
    lines = [json.dumps(article).encode()]
    service.add(parse_lines(lines, Path(case["id"])), progress=lambda *_: None)
    return service.ask(case["call"]["q"])


def _passes(case: Mapping[str, Any], reply: Reply) -> bool:
    outcome = reply.outcome
    answered, short = isinstance(outcome, Answer), None
    if isinstance(outcome, Answer):
        short = " ".join(outcome.short.split()) if outcome.short else None
    expected: Mapping[str, Any] = case["expected"]
    return all(EXPECTATIONS[name](each, short, answered) for name, each in expected.items())
