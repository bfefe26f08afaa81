"""Running a data set over real stores with a checkable encoder: cached, kept, gone on with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.questions import Dataset, Gold, Question
from eval.runs.files import PREDICTIONS, predictions, write_json
from eval.runs.fingerprints import corpus_hash, dataset_hash
from eval.runs.index_cache import COMPLETE, default_cache, index_folder
from eval.runs.predict import ask
from eval.runs.run import ASKED_AGAIN, RunResult, limit_questions, run
from rag.citations import CitationVerdict, Claim
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeEmbedder, silent
from tests.support.newsroom import ARTICLES, newsroom

COST = "Rebuilding the swing bridge will cost £18.6 million, the council said."
QUESTIONS = (
    Question("cost", "How much will the swing bridge cost?", relevant={"bridge": 1}),
    Question("frog", "Who described a new frog?", relevant={"frog": 1}),
    Question("choir", "When did the town choir turn fifty?", relevant={"undated": 1}),
    Question("absent", "What did Zebulon Quark say about opera?", answerable=False),
)
NEWS = Dataset("news", tuple(ARTICLES), QUESTIONS)


class Interrupted(Service):
    """Ctrl-C comes with the third question."""

    count = 0

    def ask_with_trace(self, *args: Any, **options: Any) -> Any:
        self.count += 1
        if self.count == 3:
            raise KeyboardInterrupt
        return super().ask_with_trace(*args, **options)


class Newsstand:
    """Opens services over any folder, and knows what they were asked."""

    def __init__(self, kind: type[Service] = Service) -> None:
        self.kind = kind
        self.embedder = FakeEmbedder()
        self.asked: list[str] = []

    def __call__(self, folder: Path) -> Service:
        stand = self

        class Watched(self.kind):  # type: ignore[name-defined,misc]  # the kind is a choice
            def ask_with_trace(self, question: str, **options: Any) -> Any:
                stand.asked.append(question)
                return super().ask_with_trace(question, **options)

        service: Service = Watched(ServiceSettings(data=folder), embedder=lambda _: self.embedder)
        return service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with newsroom(tmp_path / "service") as open_one:
        yield open_one


def go(folder: Path, stand: Newsstand, dataset: Dataset = NEWS, **options: Any) -> RunResult:
    return run(
        dataset,
        service_of=stand,
        cache=folder / "cache",
        out=folder / "out",
        progress=silent,
        **options,
    )


def test_an_answer_is_written_down_with_rankings_and_checked_citations(service: Service) -> None:
    found = ask(service, QUESTIONS[0], as_of=False)

    assert (found.question, found.answered, found.text, found.error) == ("cost", True, COST, None)
    assert [(each.article, each.quote, each.verbatim) for each in found.citations] == [
        (found.citations[0].article, COST, True)
    ]
    assert found.citations[0].published_at in {
        "2025-03-10T09:00:00+00:00",
        "2025-03-11T09:00:00+00:00",
    }
    assert {each.article for each in found.passages} == {each.id for each in ARTICLES}
    assert found.timings_ms is not None
    assert found.timings_ms["total"] > 0


def test_gold_sentences_are_those_of_relevant_articles_only(service: Service) -> None:
    found = ask(service, QUESTIONS[0], as_of=False)

    assert {each.article for each in found.gold_sentences} == {"bridge"}
    assert {each.article for each in found.sentences} > {"bridge"}
    assert ask(service, QUESTIONS[3], as_of=False).gold_sentences == ()


def test_a_refusal_keeps_its_reason_and_the_confidence_of_the_best_evidence(
    service: Service,
) -> None:
    found = ask(service, QUESTIONS[3], as_of=False)

    assert (found.answered, found.text, found.citations) == (False, "", ())
    assert found.reason == "no_such_name"
    assert 0 < found.confidence < 1


def test_as_of_hides_what_was_published_later_and_keeps_the_very_second(service: Service) -> None:
    wire = datetime(2025, 3, 11, 9, tzinfo=UTC)
    question = replace(QUESTIONS[0], as_of=wire)
    before = replace(QUESTIONS[0], as_of=wire.replace(hour=8, microsecond=999_999))

    seen = {each.article for each in ask(service, question, as_of=True).passages}
    earlier = {each.article for each in ask(service, before, as_of=True).passages}
    regardless = {each.article for each in ask(service, before, as_of=False).passages}

    assert seen == {"ferry", "bridge", "bridge-wire"}
    assert earlier == {"ferry", "bridge"}
    assert regardless == {each.id for each in ARTICLES}


def test_a_citation_that_does_not_hold_is_marked(tmp_path: Path) -> None:
    class Doubting(Service):
        def verify(self, claims: Any) -> list[CitationVerdict]:
            return [
                CitationVerdict(claim, verified=False, message="no", found=None) for claim in claims
            ]

    settings = ServiceSettings(data=tmp_path)
    service = Doubting(settings, embedder=lambda _: FakeEmbedder())
    service.add(ARTICLES, progress=silent)

    found = ask(service, QUESTIONS[0], as_of=False)
    service.close()

    assert [each.verbatim for each in found.citations] == [False]


def test_each_citation_is_claimed_as_it_was_given(service: Service) -> None:
    found = ask(service, QUESTIONS[0], as_of=False).citations[0]
    claim = Claim(found.article, found.revision, found.start, found.end, found.quote)

    assert [verdict.verified for verdict in service.verify([claim])] == [True]


def test_what_goes_wrong_is_one_questions_error_and_is_counted(tmp_path: Path) -> None:
    long = Question("long", "why " * 2000)
    dataset = replace(NEWS, questions=(*QUESTIONS[:1], long))

    result = go(tmp_path, Newsstand(), dataset)

    kept = predictions(tmp_path / "out" / "news")
    assert (result.questions, result.errors) == (2, 1)
    assert kept["cost"].error is None
    assert str(kept["long"].error).startswith("QuestionError: ")


def test_every_question_is_asked_once_and_kept(tmp_path: Path) -> None:
    stand = Newsstand()

    result = go(tmp_path, stand)

    assert (result.questions, result.resumed, result.errors, result.notes) == (4, 0, 0, ())
    assert stand.asked == [question.text for question in QUESTIONS]
    assert list(predictions(result.folder)) == ["cost", "frog", "choir", "absent"]


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        go(tmp_path, Newsstand(Interrupted))
    stand = Newsstand()

    result = go(tmp_path, stand)

    assert (result.questions, result.resumed) == (4, 2)
    assert stand.asked == [question.text for question in QUESTIONS[2:]]
    assert list(predictions(result.folder)) == ["cost", "frog", "choir", "absent"]


def test_a_line_cut_short_is_asked_again(tmp_path: Path) -> None:
    file = go(tmp_path, Newsstand()).folder / PREDICTIONS
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])

    result = go(tmp_path, Newsstand())

    assert result.resumed == 3
    assert len(file.read_bytes().splitlines()) == 4
    assert list(predictions(result.folder)) == ["cost", "frog", "choir", "absent"]


def test_a_question_that_failed_is_asked_again(tmp_path: Path) -> None:
    class Broken(Service):
        def ask_with_trace(self, *args: Any, **options: Any) -> Any:
            raise OSError("no disk")

    failed = go(tmp_path, Newsstand(Broken))

    result = go(tmp_path, Newsstand())

    assert failed.errors == 4
    assert (result.resumed, result.errors) == (0, 0)
    assert predictions(result.folder)["cost"].error is None


@pytest.mark.parametrize(
    "change",
    [
        {"questions": (*QUESTIONS[:3], replace(QUESTIONS[3], text="What of Zebulon Quark?"))},
        {"articles": (*ARTICLES[:5], replace(ARTICLES[5], title="Choir is fifty"))},
        {"groups": {"bridge-wire": "bridge"}},
    ],
    ids=["a question", "an article", "a group"],
)
def test_predictions_of_other_data_are_not_kept(tmp_path: Path, change: dict[str, Any]) -> None:
    go(tmp_path, Newsstand())

    result = go(tmp_path, Newsstand(), replace(NEWS, **change))

    assert result.resumed == 0
    assert result.notes == (ASKED_AGAIN,)
    assert len(predictions(result.folder)) == 4


def test_predictions_by_other_dates_are_not_kept(tmp_path: Path) -> None:
    go(tmp_path, Newsstand())

    assert go(tmp_path, Newsstand(), as_of=True).notes == (ASKED_AGAIN,)


def test_a_larger_limit_only_asks_the_rest(tmp_path: Path) -> None:
    few = go(tmp_path, Newsstand(), limit=2)
    stand = Newsstand()

    all_of_them = go(tmp_path, stand)

    assert (few.questions, all_of_them.questions, all_of_them.resumed) == (2, 4, 2)
    assert len(stand.asked) == 2


def test_a_limit_takes_questions_evenly_from_the_whole_set() -> None:
    assert [each.id for each in limit_questions(NEWS, 2).questions] == ["cost", "choir"]
    assert limit_questions(NEWS, 4) == limit_questions(NEWS, None) == NEWS
    assert limit_questions(NEWS, 1).articles == NEWS.articles


def test_an_index_is_built_once_for_a_corpus(tmp_path: Path) -> None:
    stand = Newsstand()
    go(tmp_path, stand)
    embedded = len(stand.embedder.embedded)

    go(tmp_path, stand, replace(NEWS, name="again"))

    assert embedded > 0
    assert len(stand.embedder.embedded) == embedded
    assert len([each for each in (tmp_path / "cache").iterdir() if each.is_dir()]) == 1


def test_fresh_builds_the_index_again(tmp_path: Path) -> None:
    stand = Newsstand()
    go(tmp_path, stand)
    embedded = len(stand.embedder.embedded)

    go(tmp_path, stand, fresh=True)

    assert len(stand.embedder.embedded) == 2 * embedded


def test_a_damaged_cached_index_is_mended(tmp_path: Path) -> None:
    go(tmp_path, Newsstand())
    for manifest in (tmp_path / "cache").rglob("manifest.json"):
        manifest.write_text("{")

    result = go(tmp_path, Newsstand(), replace(NEWS, name="again"))

    assert result.errors == 0
    assert predictions(result.folder)["cost"].citations[0].quote == COST


def test_an_index_cut_by_other_code_is_used_and_noted(tmp_path: Path) -> None:
    go(tmp_path, Newsstand())
    [mark] = (tmp_path / "cache").rglob(COMPLETE)
    rules = mark.read_text().split('"rules": ')[1].split(",")[0]
    write_json(mark, {"rules": int(rules), "split_by": "another"})

    result = go(tmp_path, Newsstand())

    assert [note for note in result.notes if "RULES" in note]


def test_an_index_by_other_rules_is_brought_up_to_date(tmp_path: Path) -> None:
    go(tmp_path, Newsstand())
    [mark] = (tmp_path / "cache").rglob(COMPLETE)
    write_json(mark, {"rules": -1, "split_by": "another"})

    result = go(tmp_path, Newsstand())

    assert result.notes == ()
    assert '"rules": -1' not in mark.read_text()


def test_the_folder_of_an_index_depends_on_articles_and_settings_not_on_their_order() -> None:
    cache, settings = Path("cache"), {"passage_tokens": 180}
    folder = index_folder(cache, ARTICLES, settings)

    assert index_folder(cache, ARTICLES[::-1], settings) == folder
    assert index_folder(cache, ARTICLES[1:], settings) != folder
    assert index_folder(cache, ARTICLES, {"passage_tokens": 90}) != folder


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_EVAL_CACHE", "/somewhere/else")

    assert default_cache() == Path("/somewhere/else")


@pytest.mark.parametrize(
    "change", [{"outlet": "Other"}, {"published_at": None}, {"metadata": {"section": "x"}}]
)
def test_whatever_an_index_is_made_from_changes_the_hash(change: dict[str, Any]) -> None:
    assert corpus_hash([replace(ARTICLES[0], **change)]) != corpus_hash(ARTICLES[:1])


def test_gold_changes_the_hash_of_a_data_set_and_not_of_its_corpus() -> None:
    marked = replace(QUESTIONS[0], answers=(Gold("bridge", 39, 52),))
    other = replace(NEWS, questions=(marked, *QUESTIONS[1:]))

    assert dataset_hash(other) != dataset_hash(NEWS)
    assert corpus_hash(other.articles) == corpus_hash(NEWS.articles)
