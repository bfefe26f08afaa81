"""Our times beside those of peers, with a machine whose programs are played by a function."""

import ast
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.bench.peers import OURS, PEERS, WITHOUT, compare, peers_python
from eval.errors import DataError
from index.documents import Article
from tests.support.places import PROGRAMS, ROOT

ARTICLES = [Article(f"a{n}", f"Title {n}", "The bridge opened. " * 40) for n in range(3)]
NOT_PEERS = {"__init__", "protocol", "encoder", "ceiling"}
SECONDS = {"ours": 2.0, "without": 1.0, "plain": 3.0, "txtai": 4.0}


class Machine:
    """Runs no program: it reads the request, and every further round takes twice as long."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.requests: list[Mapping[str, Any]] = []
        self.articles = ""
        self.interpreters: list[str] = []

    def __call__(self, command: Sequence[str]) -> Mapping[str, Any]:
        folder = Path(command[-1])
        request = json.loads((folder / "request.json").read_text())
        name = command[2].rpartition(".")[2]
        name = "without" if name == "ours" and not request["statements"] else name
        slow = 2 ** self.ran.count(name)
        self.ran.append(name)
        self.interpreters.append(command[0])
        self.requests.append(request)
        self.articles = (folder / "articles.jsonl").read_text()
        return {
            "index_seconds": SECONDS[name] * slow,
            "processor_seconds": 2 * SECONDS[name],
            "search_seconds": [0.001, 0.002 * SECONDS[name] * slow, 1.0],
            "passages": 7,
            "versions": {name: "1.0"},
        }


def compared(machine: Callable[[Sequence[str]], Mapping[str, Any]], rounds: int = 3) -> Any:
    return compare(
        ARTICLES,
        ["Where?", "When?"],
        python=Path("/peers/python"),
        run=machine,
        progress=lambda *_: None,
        peers=["plain", "txtai"],
        rounds=rounds,
    )


def test_ratios_come_from_runs_of_the_same_round() -> None:
    report = compared(Machine())

    plain, txtai = report.comparisons
    assert (plain.build.mean, plain.build.low, plain.build.high) == (1.5, 1.5, 1.5)
    assert (plain.build_without_statements.mean, txtai.build.mean) == (3.0, 2.0)
    assert (plain.processor.mean, txtai.processor.mean) == (3.0, 4.0)
    assert (plain.search.mean, txtai.search.mean) == (1.5, 2.0)
    assert report.fastest == "plain"


def test_times_of_every_round_are_kept() -> None:
    report = compared(Machine())

    times = {each.name: each.index_seconds for each in report.systems}
    assert times[OURS] == (2.0, 4.0, 8.0)
    assert times[WITHOUT] == (1.0, 2.0, 4.0)
    assert report.systems[0].processor_seconds == (4.0, 4.0, 4.0)
    assert report.systems[0].search_p50_ms == (4.0, 8.0, 16.0)
    assert [each.versions for each in report.systems][-1] == {"txtai": "1.0"}
    assert (report.articles, report.questions, report.rounds) == (3, 2, 3)


def test_every_system_gets_the_same_articles_and_the_same_model() -> None:
    machine = Machine()

    compared(machine, rounds=1)

    assert machine.ran == ["ours", "without", "plain", "txtai"]
    assert len({(each["model"], each["words"], each["overlap"]) for each in machine.requests}) == 1
    assert [json.loads(line)["id"] for line in machine.articles.splitlines()] == ["a0", "a1", "a2"]


def test_peers_run_in_their_environment_and_we_in_ours() -> None:
    machine = Machine()

    compared(machine, rounds=1)

    assert machine.interpreters == [sys.executable] * 2 + ["/peers/python"] * 2


def test_one_round_has_ratios_without_intervals() -> None:
    report = compared(Machine(), rounds=1)

    assert report.comparisons[0].build.low is None


@pytest.mark.parametrize(
    ("articles", "questions"), [([], ["Who?"]), (ARTICLES, [])], ids=["articles", "questions"]
)
def test_nothing_to_compare_is_said(articles: list[Article], questions: list[str]) -> None:
    with pytest.raises(DataError, match="needs both"):
        compare(
            articles,
            questions,
            python=Path(sys.executable),
            run=Machine(),
            progress=lambda *_: None,
        )


def test_every_package_that_a_peer_names_has_a_pinned_version() -> None:
    lines = (ROOT / ".ci" / "peers.txt").read_text("utf-8").splitlines()[1:]
    pinned = {line.partition("==")[0].lower() for line in lines if "==" in line}

    assert len(pinned) == len(lines)
    assert set(PEERS) == {path.stem for path in PROGRAMS.glob("*.py")} - NOT_PEERS
    assert {name for each in PEERS for name in packages_of(each)} <= pinned


def packages_of(peer: str) -> list[str]:
    """The list of names that a peer's program gives to `measure`."""
    tree = ast.parse((PROGRAMS / f"{peer}.py").read_text("utf-8"))
    lists = [node for node in ast.walk(tree) if isinstance(node, ast.List)]
    values = [[str(getattr(each, "value", "")) for each in node.elts] for node in lists]
    return next(names for names in values if "torch" in names)


def test_a_missing_environment_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="make bench-peers"):
        peers_python(tmp_path)
