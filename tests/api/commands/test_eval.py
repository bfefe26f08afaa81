"""`onrecord eval` from end to end over tiny sets of our own; only the encoder is a fake."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import Result

from api.commands.evaluate.results import show_selftest
from eval.reading.attempts import PLACE
from eval.selftest.checks import SelfTestResult
from rag.reading.reader import NETWORK
from rag.service import Service
from rag.settings import read_settings
from tests.support.eval_files import squad_title
from tests.support.fakes import FakeEmbedder, FakeReader
from tests.support.fakes_cli import Shell

COST = "Rebuilding the swing bridge will cost nine million pounds, the council said on Tuesday."
FROG = "Siti Rahmawati described a new frog on Monday after years of looking for it in the hills."
ARTICLES = [
    {"id": "bridge", "title": "Swing bridge", "text": f"{COST} Work on it starts in June."},
    {"id": "frog", "title": "A new frog", "text": f"{FROG} Villagers had known it for long."},
    {
        "id": "choir",
        "title": "Town choir",
        "text": "The town choir turned fifty this week, it said.",
    },
]
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "cost",
        "question": "How much will rebuilding the swing bridge cost?",
        "answers": [{"article": "bridge", "start": 38, "end": 57}],
        "evidence": [{"article": "bridge", "start": 0, "end": len(COST)}],
    },
    {
        "id": "frog",
        "question": "Who described a new frog on Monday?",
        "answers": [{"article": "frog", "start": 0, "end": 14}],
        "evidence": [{"article": "frog", "start": 0, "end": len(FROG)}],
    },
    {"id": "opera", "question": "What did Zebulon Quark say of opera?", "answerable": False},
]


class Newsdesk(Shell):
    """The command line with a cache of its own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "archive")
        self.sets = folder / "sets"
        self.out = folder / "run"
        self.cache = {"ONRECORD_EVAL_CACHE": str(folder / "cache")}

    def eval(self, *args: str) -> Result:
        return self.run("eval", *args, env=self.cache)

    def evaluate(self, *args: str, out: Path | None = None) -> Result:
        where = ("--data", str(self.sets), "--out", str(out or self.out))
        return self.eval("run", "town", *where, *args)

    def write(self, name: str, records: list[Any], folder: str = "town") -> Path:
        path = self.sets / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Newsdesk:
    desk = Newsdesk(tmp_path)
    desk.write("articles.jsonl", ARTICLES)
    desk.write("questions.jsonl", QUESTIONS)
    return desk


def stored(out: Path, name: str) -> Any:
    return json.loads((out / name).read_text())


def predicted(out: Path, name: str) -> list[dict[str, Any]]:
    lines = (out / name / "predictions.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def gates(folder: Path, **bounds: str) -> str:
    path = folder / "gates.toml"
    lines = [
        f'"town/{name.replace("_at_", "@")}" = {{ {bound} }}' for name, bound in bounds.items()
    ]
    path.write_text("\n".join(["[gates]", *lines]))
    return str(path)


def change(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_run_prints_its_measures_beside_the_baselines(desk: Newsdesk) -> None:
    result = desk.evaluate()

    rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert ["doc@1", "2", "1.000"] in [row[:3] for row in rows]
    assert ["measure", "n", "On", "the", "Record", "BM25", "vectors", "RRF", ".7/.3"] in rows
    assert "town: 3 questions asked in" in result.stderr
    assert str(desk.out) in result.stdout


def test_json_is_the_flat_metrics_and_what_is_written(desk: Newsdesk) -> None:
    printed = json.loads(desk.evaluate("--json").stdout)

    assert printed == stored(desk.out, "metrics.json")
    assert printed["town/doc@1"] == 1.0
    assert printed["town/verbatim"] == 1.0
    assert printed["town/bm25:doc@1"] == 1.0
    assert printed["town/answered_answerable"] == 1.0
    assert printed["town/refused_unanswerable"] == 1.0
    assert printed["town/errors"] == 0


def test_a_run_leaves_all_that_a_reader_needs_to_check_it(desk: Newsdesk) -> None:
    desk.evaluate()

    [facts] = stored(desk.out, "datasets.json").values()
    sure = stored(desk.out, "intervals.json")["town/sentence@1"]
    environment = stored(desk.out, "environment.json")
    assert (facts["articles"], facts["questions"], facts["source"]) == (3, 3, "town")
    assert sure["n"] == 2
    assert sure["low"] <= sure["value"] <= sure["high"]
    assert stored(desk.out, "per_question/town.json")["ev@1"] == {"cost": 1.0, "frog": 1.0}
    assert stored(desk.out, "clusters.json")["town"].keys() == {"cost", "frog", "opera"}
    assert stored(desk.out, "curves.json")["town"]["risk_coverage"]
    assert stored(desk.out, "slices.json") == {"town": {}}
    assert environment["seeds"] == {"bootstrap": 0}
    assert environment["settings"]["passage_tokens"] == 180
    assert not [path for path in desk.out.rglob(".*") if path.is_file()]


def test_a_stored_run_is_scored_again_without_the_service(desk: Newsdesk) -> None:
    desk.evaluate()
    before = (desk.out / "metrics.json").read_text()
    (desk.out / "metrics.json").unlink()
    desk.folder = Path("/nowhere")

    result = desk.eval("score", str(desk.out), "--json")

    assert result.exit_code == 0
    assert (desk.out / "metrics.json").read_text() == before


def test_scoring_again_refuses_data_that_changed(desk: Newsdesk) -> None:
    desk.evaluate()
    desk.write("questions.jsonl", QUESTIONS[:2])

    result = desk.eval("score", str(desk.out))

    assert result.exit_code == 2
    assert "town was asked when its hash was" in result.stderr


def test_a_set_given_by_its_path_is_found_again(desk: Newsdesk) -> None:
    desk.eval("run", str(desk.sets / "town"), "--out", str(desk.out))

    assert desk.eval("score", str(desk.out)).exit_code == 0


@pytest.mark.slow
def test_a_limited_run_is_scored_over_what_was_asked(desk: Newsdesk) -> None:
    desk.evaluate("--limit", "2")

    assert stored(desk.out, "datasets.json")["town"]["questions"] == 2
    assert list(stored(desk.out, "per_question/town.json")["answered"]) == ["cost", "frog"]
    assert desk.eval("score", str(desk.out)).exit_code == 0


@pytest.mark.slow
def test_a_run_is_resumed(desk: Newsdesk) -> None:
    desk.evaluate("--limit", "1")

    result = desk.evaluate()

    assert "town: 3 questions asked (1 of them before)" in result.stderr


@pytest.mark.slow
def test_ctrl_c_leaves_a_run_that_goes_on(desk: Newsdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Service):
        def ask_with_trace(self, question: str, **options: Any) -> Any:
            if "frog" in question:
                raise KeyboardInterrupt
            return super().ask_with_trace(question, **options)

    def opened(data: Path | None = None) -> Service:
        return Interrupted(read_settings(data), embedder=lambda _: FakeEmbedder())

    with monkeypatch.context() as patch:
        patch.setattr(desk, "open", opened)
        stopped = desk.evaluate()
    result = desk.evaluate()

    assert stopped.exit_code == 130
    assert f"the same command with --out {desk.out} resumes" in stopped.stderr
    assert "(1 of them before)" in result.stderr
    assert result.exit_code == 0


def test_a_corrupted_set_exits_2_and_names_file_and_line(desk: Newsdesk) -> None:
    wrong = {**QUESTIONS[1], "answers": [{"article": "frog", "start": 0, "end": 9_999}]}
    path = desk.write("questions.jsonl", [QUESTIONS[0], wrong])

    told = desk.evaluate()
    as_json = desk.evaluate("--json")

    assert told.exit_code == as_json.exit_code == 2
    assert f"{path}:2: " in told.stderr
    assert json.loads(as_json.stdout)["error"]["type"] == "DataError"
    assert not desk.out.exists()


def test_an_unknown_set_exits_2(desk: Newsdesk) -> None:
    result = desk.eval("run", "nowhere", "--data", str(desk.sets))

    assert result.exit_code == 2
    assert "town" in result.stderr


def test_two_sets_of_one_name_are_refused(desk: Newsdesk) -> None:
    result = desk.eval("run", "town", str(desk.sets / "town"), "--data", str(desk.sets))

    assert result.exit_code == 2
    assert "more than one set is called 'town'" in result.stderr


def test_validate_lists_every_fault_and_exits_2(desk: Newsdesk) -> None:
    absent = {"article": "absent", "start": 0, "end": 4}
    path = desk.write("questions.jsonl", [{**each, "answers": [absent]} for each in QUESTIONS])

    result = desk.eval("validate", "town", "--data", str(desk.sets))
    found = json.loads(desk.eval("validate", "town", "--data", str(desk.sets), "--json").stdout)

    assert result.exit_code == 2
    assert all(f"{path}:{line}: " in result.stdout for line in (1, 2, 3))
    assert {fault["line"] for fault in found["town"]} == {1, 2, 3}


def test_validate_passes_a_sound_set(desk: Newsdesk) -> None:
    result = desk.eval("validate", "town", "sample", "--data", str(desk.sets))

    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["town: sound", "sample: sound"]


def test_comparing_a_run_with_itself_shows_no_difference(desk: Newsdesk) -> None:
    desk.evaluate()

    result = desk.eval("compare", str(desk.out), str(desk.out), "--json")

    rows = json.loads(result.stdout)["rows"]
    assert rows
    assert {row["verdict"] for row in rows} == {"no difference shown"}


def test_a_run_is_identical_with_itself(desk: Newsdesk) -> None:
    desk.evaluate()

    result = desk.eval("compare", str(desk.out), str(desk.out), "--identical")

    assert result.exit_code == 0
    assert result.stdout == "town: 3 predictions are the same\n"


def test_predictions_that_differ_exit_1(desk: Newsdesk, tmp_path: Path) -> None:
    desk.evaluate()
    desk.evaluate("--limit", "2", out=tmp_path / "other")
    compared = ("compare", str(desk.out), str(tmp_path / "other"), "--identical")

    result = desk.eval(*compared)
    as_json = desk.eval(*compared, "--json")

    assert result.exit_code == as_json.exit_code == 1
    assert "1 questions: " in result.stdout
    assert json.loads(as_json.stdout)["identical"] is False


def test_a_run_within_its_bounds_passes_the_gate(desk: Newsdesk, tmp_path: Path) -> None:
    desk.evaluate()
    bounds = gates(tmp_path, verbatim="min = 1.0", doc_at_1="max_drop = 0.02")

    result = desk.eval("gate", str(desk.out), "--baseline", str(desk.out), "--gates", bounds)

    assert result.exit_code == 0
    assert result.stdout.count("pass ") == 2


@pytest.mark.slow
def test_a_run_that_fell_behind_its_baseline_exits_1(desk: Newsdesk, tmp_path: Path) -> None:
    desk.evaluate()
    desk.evaluate(out=tmp_path / "worse")
    change(tmp_path / "worse" / "metrics.json", {"town/doc@1": 0.5})
    bounds = gates(tmp_path, doc_at_1="max_drop = 0.02")
    args = ("gate", str(tmp_path / "worse"), "--baseline", str(desk.out), "--gates", bounds)

    result = desk.eval(*args, "--junit", str(tmp_path / "junit.xml"))

    assert result.exit_code == 1
    assert "went from 1.0000 to 0.5000" in result.stdout
    assert "<failure" in (tmp_path / "junit.xml").read_text()


@pytest.mark.parametrize("missing", ["the run", "the gates"])
def test_a_gate_that_cannot_be_judged_exits_2(desk: Newsdesk, tmp_path: Path, missing: str) -> None:
    desk.evaluate()
    run = tmp_path / "absent" if missing == "the run" else desk.out
    bounds = gates(tmp_path, verbatim="min = 1.0") if missing == "the run" else "absent.toml"

    result = desk.eval("gate", str(run), "--gates", bounds)

    assert result.exit_code == 2


def test_a_broken_retriever_fails_the_gate(
    desk: Newsdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(Service):
        def ask_with_trace(self, question: str, **options: Any) -> Any:
            return super().ask_with_trace("What of the town choir?", **options)

    def opened(data: Path | None = None) -> Service:
        return Lost(read_settings(data), embedder=lambda _: FakeEmbedder())

    monkeypatch.setattr(desk, "open", opened)
    desk.evaluate()

    result = desk.eval("gate", str(desk.out), "--gates", gates(tmp_path, doc_at_1="min = 0.9"))

    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "begins"), [("r.html", "<!doctype html>"), ("r.md", "# "), ("r.xml", "<?xml")]
)
def test_a_report_is_written_by_its_ending(
    desk: Newsdesk, tmp_path: Path, name: str, begins: str
) -> None:
    desk.evaluate()

    result = desk.eval("report", str(desk.out), "--out", str(tmp_path / name))

    assert result.exit_code == 0
    assert (tmp_path / name).read_text().lower().startswith(begins)


def test_a_report_of_no_known_kind_is_refused(desk: Newsdesk, tmp_path: Path) -> None:
    result = desk.eval("report", str(desk.out), "--out", str(tmp_path / "r.pdf"))

    assert result.exit_code == 2
    assert "expected .html, .md or .xml" in result.output


def test_a_report_of_no_run_exits_2(desk: Newsdesk, tmp_path: Path) -> None:
    assert desk.eval("report", str(tmp_path / "absent")).exit_code == 2


@pytest.mark.slow
def test_the_selftest_passes(desk: Newsdesk) -> None:
    result = desk.eval("selftest")

    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines()} == {"ok"}


def test_a_failing_selftest_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    failed = SelfTestResult("one is two", ("1 is 1, not 2",))

    with pytest.raises(typer.Exit) as ended:
        show_selftest([failed], as_json=False)

    assert ended.value.exit_code == 1
    assert capsys.readouterr().out == "FAIL one is two\n     1 is 1, not 2\n"


def test_a_set_is_made_of_the_archives_own_articles(desk: Newsdesk, tmp_path: Path) -> None:
    said = "“We will open the north quay to every ferry before the summer is over,” said Ann Lee."
    article = {"id": "quay", "title": "Quay to open", "text": f"The quay was shut. {said}"}
    path = desk.write("more.jsonl", [*ARTICLES, article], folder="more")
    desk.run("index", "add", str(path))

    made = desk.eval("from-archive", "--out", str(tmp_path / "mine"))
    asked = desk.eval("run", str(tmp_path / "mine"), "--out", str(desk.out))

    assert made.exit_code == asked.exit_code == 0
    assert "They are synthetic." in made.stdout


def test_an_archive_of_nothing_quotable_makes_no_set(desk: Newsdesk, tmp_path: Path) -> None:
    desk.run("index", "add", str(desk.sets / "town" / "articles.jsonl"))

    result = desk.eval("from-archive", "--out", str(tmp_path / "mine"))

    assert result.exit_code == 2
    assert "none of the 3 articles" in result.stderr


def test_ingestion_wants_data_to_measure(desk: Newsdesk, tmp_path: Path) -> None:
    result = desk.eval("ingestion", "--data", str(tmp_path))

    assert result.exit_code == 2
    assert "html/gold.json" in result.stderr


@pytest.mark.slow
def test_a_set_is_asked_as_of_its_days_beside_itself(desk: Newsdesk) -> None:
    result = desk.eval(
        "run", "town", "town@as-of", "--data", str(desk.sets), "--out", str(desk.out)
    )

    assert result.exit_code == 0, result.output
    facts = stored(desk.out, "datasets.json")
    assert {name: each["as_of"] for name, each in facts.items()} == {
        "town": False,
        "town-as-of": True,
    }
    assert desk.eval("score", str(desk.out)).exit_code == 0


@pytest.mark.slow
def test_a_set_is_asked_without_the_reader_beside_itself_over_one_index(desk: Newsdesk) -> None:
    desk.reader = FakeReader({"nine million pounds": 6.0})
    sets = ("town", "town@unread", "town@as-of@unread")

    result = desk.eval("run", *sets, "--data", str(desk.sets), "--out", str(desk.out))

    assert result.exit_code == 0, result.output
    facts = stored(desk.out, "datasets.json")
    assert {name: (each["as_of"], each["unread"]) for name, each in facts.items()} == {
        "town": (False, False),
        "town-unread": (False, True),
        "town-as-of-unread": (True, True),
    }
    states = [stored(desk.out, f"{name}/state.json")["reader"] for name in facts]
    assert states == ["bundled", "none", "none"]
    assert len(desk.reader.asked) >= 2
    assert len(desk.embedder.embedded) == len(set(desk.embedder.embedded))
    assert desk.eval("score", str(desk.out)).exit_code == 0


@pytest.mark.slow
def test_without_the_reader_no_sentence_has_a_short_answer(desk: Newsdesk) -> None:
    desk.reader = FakeReader({"nine million pounds": 6.0})

    desk.eval("run", "town", "town@unread", "--data", str(desk.sets), "--out", str(desk.out))

    start = COST.index("nine")
    read = {
        name: [each["short"] for row in predicted(desk.out, name) for each in row["sentences"]]
        for name in ("town", "town-unread")
    }
    assert [start, start + len("nine million pounds")] in read["town"]
    assert set(read["town-unread"]) == {None}


@pytest.mark.real
def test_the_reader_alone_is_measured_with_the_sets_where_its_questions_are_given(
    desk: Newsdesk, tmp_path: Path
) -> None:
    place = tmp_path / PLACE
    place.parent.mkdir(parents=True)
    planted = "Who planted it?", "Ada Obi", "Ada Obi planted it."
    data = [squad_title(title, *planted) for title in ("Apples", "Birches")]
    place.write_text(json.dumps({"data": data}))
    ours = str(NETWORK.parent)
    reading = ("--reading", str(tmp_path), "--cross-fit", ours, ours)

    shown = desk.evaluate(*reading)
    told = json.loads(desk.evaluate(*reading, "--json").stdout)
    alone = desk.evaluate("--cross-fit", ours, ours)

    assert "Birches" in shown.stdout
    assert told["squad2-cross-fitted/answerable_f1"] == 1.0
    assert "town/doc@1" in told
    assert alone.exit_code == 2
    assert "give --reading with it" in alone.stderr


def test_a_variant_in_any_order_is_one_and_the_same_set(desk: Newsdesk) -> None:
    sets = ("town@as-of@unread", "town@unread@as-of")

    result = desk.eval("run", *sets, "--data", str(desk.sets), "--out", str(desk.out))

    assert result.exit_code == 2
    assert "more than one set is called 'town-as-of-unread'" in result.stderr


def test_an_unknown_variant_is_reported_with_the_known_ones(desk: Newsdesk) -> None:
    result = desk.eval("run", "town@unred", "--data", str(desk.sets), "--out", str(desk.out))

    assert result.exit_code == 2
    assert "there is no dataset 'town@unred'" in result.stderr
    assert "a set may be followed by @as-of, @unread or both" in result.stderr


def test_the_report_of_a_variant_shows_its_questions_in_words(desk: Newsdesk) -> None:
    desk.eval("run", "town@as-of", "--data", str(desk.sets), "--out", str(desk.out))
    desk.eval("report", str(desk.out))

    assert QUESTIONS[0]["question"] in (desk.out / "report.html").read_text()
