"""Reports of a run: what was lost where, and nothing in them that is not escaped."""

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.dom.minidom import Document, parseString

import pytest

from eval.errors import DataError
from eval.report.comparing import changes
from eval.report.failures import FailureStage, entries, stage_of
from eval.report.html import report, write_report
from eval.report.junit import write_junit
from eval.report.markdown import write_markdown
from eval.report.stored import SetRun, StoredRun, dataset_of, read_run
from eval.report.tables import lines, retrieval
from eval.runs.predictions import PredictedCitation, Prediction
from eval.scoring.gates import GateCheck, GateOutcome, GateVerdict
from eval.scoring.statistics import Interval
from tests.support.fakes_runs import NASTY, make_data, make_run

TEXT = "Rain fell all week. The weir held until Friday, and then it went. Nobody was hurt."
CITED = PredictedCitation("weir", "r", 20, 65, TEXT[20:65], "Island Tidings", None, verbatim=True)
FOUND = {"doc@10": 1.0, "ev@10": 1.0, "sentence@1": 1.0, "citation_precision": 1.0}
ANSWER = Prediction("q", answered=True, text=CITED.quote, confidence=0.8, citations=(CITED,))
REFUSAL = Prediction("q", reason="low_confidence")
MISQUOTE = Prediction(
    "q",
    answered=True,
    citations=(PredictedCitation("weir", "r", 0, 4, "Hail", None, None, verbatim=False),),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    return make_run(tmp_path_factory.mktemp("runs") / "now", data)


@pytest.fixture(scope="module")
def stored(run: Path) -> SetRun:
    return read_run(run).sets[0]


@pytest.fixture(scope="module")
def page(run: Path) -> str:
    return write_report(run, run.parent / "report.html").read_text("utf-8")


def parsed_xml(text: str) -> Document:
    return parseString(text.encode())  # noqa: S318  our own output


@pytest.mark.parametrize(
    ("values", "prediction", "stage"),
    [
        pytest.param(FOUND, ANSWER, FailureStage.RIGHT, id="answered from the gold"),
        pytest.param(FOUND | {"doc@10": 0}, ANSWER, FailureStage.RIGHT, id="right by another way"),
        pytest.param(
            FOUND | {"doc@10": 0, "ev@10": 0, "citation_precision": 0},
            ANSWER,
            FailureStage.RETRIEVAL,
            id="the first that failed",
        ),
        pytest.param(
            {"doc@10": 1, "ev@10": 0, "sentence@1": 0}, REFUSAL, FailureStage.EVIDENCE, id="ev"
        ),
        pytest.param({"ev@10": 1, "sentence@1": 0}, REFUSAL, FailureStage.READING, id="reading"),
        pytest.param(FOUND, REFUSAL, FailureStage.DECIDING, id="refused though right"),
        pytest.param(
            {"refused_unanswerable": 0}, ANSWER, FailureStage.DECIDING, id="answered though not"
        ),
        pytest.param(
            {"refused_unanswerable": 1}, REFUSAL, FailureStage.RIGHT, id="rightly refused"
        ),
        pytest.param(
            FOUND | {"citation_precision": 0}, ANSWER, FailureStage.CITATION, id="cited elsewhere"
        ),
        pytest.param(FOUND, MISQUOTE, FailureStage.CITATION, id="not verbatim"),
        pytest.param(
            FOUND | {"verbatim": 0}, ANSWER, FailureStage.CITATION, id="not verbatim in the set"
        ),
        pytest.param(FOUND, None, FailureStage.MISSING, id="no prediction"),
        pytest.param(FOUND, Prediction("q", error="boom"), FailureStage.MISSING, id="an error"),
    ],
)
def test_a_question_is_lost_at_the_first_stage_that_failed(
    values: dict[str, float], prediction: Prediction | None, stage: FailureStage
) -> None:
    assert stage_of(values, prediction) is stage


def test_the_stages_agree_with_the_measures(stored: SetRun) -> None:
    found = list(entries(stored, dataset_of(stored), {}))

    lost = [entry.id for entry in found if entry.stage is FailureStage.RETRIEVAL]
    assert len(found) == len(stored.questions) == 129
    assert {entry.stage for entry in found} == set(FailureStage)
    assert lost
    assert all(stored.per_question["doc@10"][id] == 0 for id in lost)
    assert sum(entry.stage is FailureStage.MISSING for entry in found) == stored.metrics["errors"]


def test_an_entry_shows_gold_and_answer_where_they_stand(stored: SetRun) -> None:
    dataset = dataset_of(stored)
    assert dataset
    asked = {question.id: question for question in dataset.questions}

    for entry in entries(stored, dataset, {}):
        gold = asked[entry.id].answers
        assert [each.quote for each in entry.gold] == [
            article.text[each.start : each.end]
            for each in gold
            for article in dataset.articles
            if article.id == each.article
        ]
        assert (entry.given is not None) == (entry.stage is not FailureStage.MISSING)
        assert entry.ranks.get("article") != 0


def test_without_its_data_set_a_run_is_told_by_ids_and_quotes(stored: SetRun) -> None:
    found = list(entries(stored, None, {}))

    answered = [entry for entry in found if entry.answered]
    assert [entry.question for entry in found] == [entry.id for entry in found]
    assert all(entry.given and entry.given.quote and not entry.given.before for entry in answered)


def test_a_data_set_that_changed_is_not_shown_as_what_was_asked(run: Path, data: Path) -> None:
    stored = read_run(run).sets[0]
    other = SetRun(
        **{name: getattr(stored, name) for name in SetRun.__slots__}
        | {"facts": {**stored.facts, "hash": "of something else"}}
    )

    assert dataset_of(stored, data=data) is not None
    assert dataset_of(other, data=data) is None


def test_the_page_asks_for_nothing_from_elsewhere(page: str) -> None:
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert not re.findall(r"@import|url\(|fetch\(|import\(", page)
    assert "default-src &#39;none&#39;" in page


def test_markup_in_a_text_cannot_leave_its_place(page: str) -> None:
    embedded = re.search(
        r'<script type="application/json" id="entries">(.*?)</script>', page, re.DOTALL
    )

    assert embedded
    told = json.loads(embedded[1])
    assert any(NASTY in entry["question"] for entry in told)
    assert NASTY not in page
    assert page.count("<script") == page.count("</script>") == 3


def test_the_page_tells_values_beside_the_baselines(page: str, stored: SetRun) -> None:
    names, rows = retrieval(stored)

    assert list(rows) == [
        "On the Record",
        "BM25 alone",
        "Vectors alone",
        "Reciprocal ranks",
        "BM25 .7, vectors .3",
    ]
    ours = rows["On the Record"][names.index("doc@10")]
    assert ours.value == f"{stored.metrics['doc@10']:.3f}"
    assert ours.best
    assert f"<strong>{ours.value}</strong><small>{ours.interval}</small>" in page
    for name in ("Risk and coverage", "Reliability", "Latency by stage", "Slices"):
        assert page.count(f"<title>{name}</title>") == 1


def test_what_the_service_answers_is_told_beside_its_curve(page: str, stored: SetRun) -> None:
    coverage, accuracy = stored.metrics["answered"], stored.metrics["answered_accuracy"]

    assert 0 < accuracy < 1
    assert (
        f"As it runs, the service answers {coverage:.1%} of all questions, {accuracy:.1%} of these"
        in page
    )
    assert "Without the reader" not in page


def test_a_set_asked_without_the_reader_too_has_both_curves_in_one_plot(stored: SetRun) -> None:
    unread = replace(
        stored,
        name="harbour-unread",
        metrics={**stored.metrics, "answered": 0.4, "answered_accuracy": 0.25},
    )
    whole = StoredRun(Path("run"), {}, (stored, unread))

    page = report(whole, None)

    assert page.count('class="curve dashed"') == 2
    assert page.count("Without the reader, the service answers 40.0% of all questions, 25.0%") == 1
    assert page.count("<title>Risk and coverage</title>") == 2
    assert page.count("<title>Reliability</title>") == 2


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, "No share of wrong answers can be promised on questions like these."),
        (
            {"max_wrong": 0.1, "coverage": 0.4, "least_confidence": 0.71},
            "From a confidence of 0.71, with 95 % confidence at most 10% of the answers",
        ),
        (
            {"max_wrong": 0.34, "coverage": 0.4, "least_confidence": 0.71},
            "10% cannot be promised; from a confidence of 0.71",
        ),
    ],
)
def test_what_could_be_promised_is_told_beside_the_curve(
    stored: SetRun, kept: dict[str, float] | None, said: str
) -> None:
    promise = {"max_wrong": 0.1, "kept": kept}
    promised = replace(stored, curves={**stored.curves, "promise": promise})

    page = report(StoredRun(Path("run"), {}, (promised,)), None)

    assert said in page
    assert ("promised: " in page) is (kept is not None)


def test_every_measure_of_a_run_is_in_its_report(stored: SetRun) -> None:
    told = {line.measure for group in lines(stored).values() for line in group}

    ours = {name for name in stored.metrics if ":" not in name and "_ms/" not in name}
    assert told | set(retrieval(stored)[0]) == ours
    assert "Other" not in lines(stored)


def test_a_comparison_counts_who_won_and_who_lost(run: Path, tmp_path: Path) -> None:
    earlier = Path(shutil.copytree(run, tmp_path / "earlier"))
    scored = earlier / "per_question" / "harbour.json"
    values = json.loads(scored.read_text("utf-8"))
    first, second, *_ = values["sentence@1"]
    flipped = {id: 1 - values["sentence@1"][id] for id in (first, second)}
    scored.write_text(json.dumps(values | {"sentence@1": values["sentence@1"] | flipped}), "utf-8")

    found = changes(read_run(run).sets[0], read_run(earlier).sets[0])

    assert found == {id: "lost" if before else "won" for id, before in flipped.items()}
    page = write_report(run, tmp_path / "report.html", baseline=earlier).read_text("utf-8")
    assert "Against the baseline run" in page
    assert "84 alike" in page
    assert page.count('"change": "') == 2


def test_a_folder_without_a_run_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"metrics\.json does not exist"):
        write_report(tmp_path, tmp_path / "report.html")
    assert not list(tmp_path.iterdir())


def test_half_a_run_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text('{"mine/doc@1": 0.5, "mine/novel": 2.0}')

    page = write_report(tmp_path, tmp_path / "report.html").read_text("utf-8")

    assert ">mine</h2>" in page
    assert "0.500" in page
    assert ">novel</th>" in page


def test_markdown_has_a_row_for_every_measure(run: Path, stored: SetRun, tmp_path: Path) -> None:
    text = write_markdown(run, tmp_path / "report.md").read_text("utf-8")

    precision = stored.intervals["citation_precision"]
    assert f"| Citation precision | {precision.value:.3f} | " in text
    assert "| BM25 alone | " in text
    assert "Revision: 9f2c41d7a0 · Date: 4 March 2026, 05:06 UTC" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(
        one.count("|") == other.count("|")
        for one, other in pairwise(tables)
        if not other.startswith("| Set") and "---" in other
    )


def test_junit_fails_where_predictions_are_missing_and_where_a_gate_does(
    run: Path, tmp_path: Path
) -> None:
    verdict = GateVerdict(
        (
            GateCheck("harbour/doc@1 min", GateOutcome.REGRESSION, "0.1 < <0.9> & so on"),
            GateCheck("harbour/verbatim min", GateOutcome.PASS, "1 of 1"),
            GateCheck("gates.toml", GateOutcome.FAULT, "gates.toml:3: not a number"),
        )
    )

    written = write_junit(run, tmp_path / "junit.xml", verdict=verdict)
    document = parsed_xml(written.read_text("utf-8"))

    whole = document.documentElement
    assert whole is not None
    counted = [whole.getAttribute(name) for name in ("tests", "failures", "errors")]
    failures = [each.getAttribute("message") for each in whole.getElementsByTagName("failure")]
    assert counted == ["5", "2", "1"]
    assert failures == [
        "2 of 129 questions have none, first saltby-42-said, saltby-42-rail",
        "0.1 < <0.9> & so on",
    ]


def test_an_interval_is_read_as_it_was_written(stored: SetRun) -> None:
    sure = stored.intervals["sentence@1"]

    assert isinstance(sure, Interval)
    assert sure.low <= sure.value == stored.metrics["sentence@1"] <= sure.high
    assert sure.n == len(stored.per_question["sentence@1"])


def test_the_date_is_the_run_s_not_today_s(page: str) -> None:
    assert "4 March 2026, 05:06 UTC" in page
    assert f"{datetime.now(UTC):%-d %B %Y}" not in page
