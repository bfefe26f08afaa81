"""Each layout, from files written here to questions whose gold can be read back."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.datasets.formats.completion import question_type
from eval.datasets.formats.trec import read_run
from eval.datasets.loading import load
from eval.datasets.questions import Dataset, Gold, Question
from eval.errors import DataError
from tests.support.eval_files import (
    FERRY,
    PIER,
    article,
    mark,
    question,
    stated,
    write_beir,
    write_lines,
    write_own,
)

ONE_ARTICLE = (article(),)


def words_of(dataset: Dataset, marks: tuple[Gold, ...]) -> list[str]:
    texts = {article.id: article.text for article in dataset.articles}
    return [texts[gold.article][gold.start : gold.end] for gold in marks]


def only(dataset: Dataset) -> Question:
    (asked,) = dataset.questions
    return asked


def own(folder: Path, *, articles: Any = ONE_ARTICLE, **fields: Any) -> Dataset:
    return load(str(write_own(folder, [question(**fields)], articles)))


def shared(folder: Path, **fields: Any) -> Dataset:
    query = {"_id": "q1", "text": "Who spoke against it?", "answerable": True, **fields}
    return load(str(write_beir(folder, [query])))


# Our own


def test_our_own_question_keeps_every_field(tmp_path: Path) -> None:
    dataset = own(
        tmp_path,
        evidence=[mark("Ana Lima spoke against it.")],
        distractors=[mark("harbour board")],
        texts=["Lima"],
        as_of="2024-05-01T12:00:00+02:00",
        speaker="Ana Lima",
        tags=["fact"],
    )

    assert only(dataset) == Question(
        id="q1",
        text="Who spoke against it?",
        answers=(Gold("pier", 58, 66),),
        evidence=(Gold("pier", 58, 84),),
        distractors=(Gold("pier", 4, 17),),
        texts=("Lima", "Ana Lima"),
        relevant={"pier": 1},
        as_of=datetime(2024, 5, 1, 10, tzinfo=UTC),
        speaker="Ana Lima",
        tags=("qtype=who", "fact"),
    )


def test_as_of_a_day_means_its_last_instant(tmp_path: Path) -> None:
    moment = only(own(tmp_path, as_of="2024-05-01")).as_of

    assert moment == datetime(2024, 5, 1, 23, 59, 59, 999999, tzinfo=UTC)


def test_the_same_answer_in_two_places_is_one_text(tmp_path: Path) -> None:
    twice = "Ana Lima asked for more time, and Ana Lima did not get it."
    second = {"article": "pier", "start": 34, "end": 42}
    asked = only(
        own(tmp_path, articles=[article(text=twice)], answers=[mark("Ana", twice), second])
    )

    assert asked.texts == ("Ana", "Ana Lima")
    assert len(asked.answers) == 2


def test_outer_space_is_no_part_of_gold(tmp_path: Path) -> None:
    dataset = own(tmp_path, answers=[mark(" Ana Lima ")])

    assert words_of(dataset, only(dataset).answers) == ["Ana Lima"]


def test_offsets_count_code_points_after_an_emoji(tmp_path: Path) -> None:
    dataset = own(
        tmp_path,
        articles=[article("ferry", FERRY)],
        answers=[mark("Jo Park", FERRY, "ferry", text="Jo Park")],
    )

    assert words_of(dataset, only(dataset).answers) == ["Jo Park"]


def test_gold_before_the_first_altered_character_still_holds(tmp_path: Path) -> None:
    dataset = own(tmp_path, articles=[article(text=PIER + "\r\nThe end.")])

    assert dataset.articles[0].text == PIER + "\nThe end."
    assert words_of(dataset, only(dataset).answers) == ["Ana Lima"]


@settings(deadline=None)
@given(before=st.text("ab \N{FERRY}\r\n\ufeff", max_size=20), after=st.text("ab \r", max_size=20))
def test_gold_is_refused_or_reads_as_it_did_before_canonical(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    text = f"{before}Ana Lima, of the harbour board{after}"
    folder = tmp_path_factory.mktemp("set")

    try:
        dataset = own(folder, articles=[article(text=text)], answers=[mark("Ana Lima", text)])
    except DataError as error:
        assert "another text" in str(error)  # noqa: PT017 - either outcome is a law kept
        assert set(before) & set("\r\ufeff")
    else:
        assert words_of(dataset, only(dataset).answers) == ["Ana Lima"]


def test_articles_that_name_a_group_are_near_duplicates(tmp_path: Path) -> None:
    copies = [article(group="story"), article("wire", PIER + " More.", group="story")]
    dataset = own(tmp_path, articles=[*copies, article("ferry", FERRY)])

    assert dataset.groups == {"pier": "story", "wire": "story"}
    assert dataset.group_of("ferry") == "ferry"


def test_relevance_may_be_graded_or_listed(tmp_path: Path) -> None:
    articles = [article(), article("ferry", FERRY)]

    graded = own(tmp_path / "a", articles=articles, relevant={"pier": 2, "ferry": 0})
    listed = own(tmp_path / "b", articles=articles, relevant=["pier", "ferry"])

    assert only(graded).relevant == {"pier": 2}
    assert only(listed).relevant == {"pier": 1, "ferry": 1}


# BEIR

QUERIES = ({"_id": "1", "text": "old pier"}, {"_id": "2", "text": "ferry"})
HEADING = "query-id\tcorpus-id\tscore"


@pytest.mark.parametrize("heading", [[HEADING], []], ids=["heading", "none"])
def test_beir_reads_qrels_with_and_without_a_heading(tmp_path: Path, heading: list[str]) -> None:
    write_beir(tmp_path, QUERIES, [*heading, "1\tpier\t2", "1\tferry\t0"])

    asked = only(load(str(tmp_path)))

    assert (asked.id, asked.text, dict(asked.relevant)) == ("1", "old pier", {"pier": 2})


def test_beir_finds_the_test_part_and_a_packed_corpus(tmp_path: Path) -> None:
    write_beir(tmp_path, QUERIES)
    write_lines(tmp_path / "qrels/train.tsv", ["1\tpier\t1"])
    write_lines(tmp_path / "qrels/test.tsv", ["2\tferry\t1"])
    plain = tmp_path / "corpus.jsonl"
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()

    dataset = load(str(tmp_path))

    assert [asked.id for asked in dataset.questions] == ["2"]
    assert [article.id for article in dataset.articles] == ["pier", "ferry"]


def test_a_bare_title_is_an_article_as_retrieval_corpora_have_them(tmp_path: Path) -> None:
    stub = {"_id": "stub", "title": "A title alone", "text": ""}
    write_beir(tmp_path, QUERIES, ["1\tstub\t1"], [stub])

    assert load(str(tmp_path)).articles[0].text == "A title alone"


# The development sets


def test_stated_answers_come_before_marked_ones(tmp_path: Path) -> None:
    asked = only(
        shared(tmp_path, reference_answer="Ms Lima", answers=[stated("Ana Lima")], qtype="person")
    )

    assert asked.texts == ("Ms Lima", "Ana Lima")
    assert asked.tags == ("qtype=person",)


def test_a_cut_gold_sentence_is_widened_to_its_answer(tmp_path: Path) -> None:
    start = PIER.index("Lima")
    dataset = shared(
        tmp_path,
        answers=[stated("Ana Lima")],
        primary=0,
        gold_sentence=[start, len(PIER)],
        gold_doc="pier",
        who_said=True,
    )

    assert words_of(dataset, only(dataset).evidence) == ["Ana Lima spoke against it."]
    assert only(dataset).tags == ("qtype=who", "who_said")


def test_evidence_that_names_an_article_is_all_of_it(tmp_path: Path) -> None:
    dataset = shared(tmp_path, evidence=["pier"], answer="Ana Lima", question_type="inference")

    assert words_of(dataset, only(dataset).evidence) == [PIER]
    assert only(dataset).relevant == {"pier": 1}
    assert "inference" in only(dataset).tags


def test_silver_evidence_and_the_day_it_was_asked_are_kept(tmp_path: Path) -> None:
    asked = only(
        shared(
            tmp_path,
            evidence=[{**stated("Ana Lima spoke against it."), "overlap": 0.6}],
            question_date="2024-01-05",
        )
    )

    assert asked.as_of == datetime(2024, 1, 5, 23, 59, 59, 999999, tzinfo=UTC)
    assert "silver" in asked.tags


@pytest.mark.parametrize(
    ("fields", "tag"),
    [
        ({"withheld_answers": ["x"]}, "withheld"),
        ({"kind": "out_of_corpus"}, "other_events"),
        ({"kind": "speaker_swap", "wrong_speaker": "Jo Park"}, "swap"),
    ],
    ids=["withheld", "other events", "swap"],
)
def test_each_reason_to_refuse_is_a_tag(
    tmp_path: Path, fields: Mapping[str, Any], tag: str
) -> None:
    asked = only(shared(tmp_path, answerable=False, answer="nobody", **fields))

    assert (asked.answerable, asked.texts, dict(asked.relevant)) == (False, (), {})
    assert tag in asked.tags
    assert asked.speaker == fields.get("wrong_speaker")


def test_more_queries_lie_beside_the_first(tmp_path: Path) -> None:
    write_beir(tmp_path, [{"_id": "1", "text": "old pier"}], ["1\tpier\t1"])
    swap = {"_id": "2", "text": "ferry", "answerable": False, "kind": "speaker_swap"}
    write_lines(tmp_path / "queries_speaker_swap.jsonl", [swap])

    assert [asked.id for asked in load(str(tmp_path)).questions] == ["1", "2"]


def test_article_fields_are_found_in_the_metadata(tmp_path: Path) -> None:
    metadata = {"source": "The Mole", "published_at": "2016-05-25", "authors": ["Ana Lima"]}
    corpus = [article(metadata={**metadata, "url": "https://mole.example/1"})]
    write_beir(tmp_path, QUERIES, ["1\tpier\t1"], corpus)

    (found,) = load(str(tmp_path)).articles

    assert (found.outlet, found.authors, found.url) == (
        "The Mole",
        ("Ana Lima",),
        "https://mole.example/1",
    )
    assert found.published_at == datetime(2016, 5, 25, tzinfo=UTC)


# SQuAD


def squad(*qas: Mapping[str, Any], title: str = "Old_pier") -> dict[str, Any]:
    paragraphs = [{"context": PIER, "qas": list(qas)}]
    return {"version": "v2.0", "data": [{"title": title, "paragraphs": paragraphs}]}


def squad_question(name: str, words: str, **fields: Any) -> dict[str, Any]:
    answer = {"text": words, "answer_start": PIER.index(words)}
    return {"id": name, "question": "Who?", "answers": [answer, answer], **fields}


def test_a_squad_paragraph_is_an_article_with_its_title(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(squad(squad_question("s1", "Ana Lima"))))

    dataset = load(str(path))

    assert dataset.articles[0].title == "Old pier"
    assert words_of(dataset, only(dataset).answers) == ["Ana Lima"]
    assert only(dataset).relevant == {"Old_pier#1": 1}


def test_an_impossible_squad_question_has_only_distractors(tmp_path: Path) -> None:
    plausible = squad_question("s1", "Ana Lima")["answers"]
    asked = {"is_impossible": True, "answers": [], "plausible_answers": plausible}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(squad({"id": "s1", "question": "Who?", **asked})))

    dataset = load(str(path))

    assert not only(dataset).answerable
    assert (only(dataset).answers, only(dataset).texts) == ((), ())
    assert words_of(dataset, only(dataset).distractors) == ["Ana Lima"]


def test_a_folder_of_squad_files_is_one_set_in_parts(tmp_path: Path) -> None:
    for part in ("one", "two"):
        document = json.dumps(squad(squad_question(f"{part}-1", "Ana Lima")))
        (tmp_path / f"{part}.json.gz").write_bytes(gzip.compress(document.encode()))

    dataset = load(str(tmp_path))

    assert [a.id for a in dataset.articles] == ["Old_pier#1", "Old_pier#2"]
    assert [asked.tags for asked in dataset.questions] == [
        ("qtype=who", "part=one"),
        ("qtype=who", "part=two"),
    ]


# Questions with their own paragraph


def test_clapnq_evidence_is_the_sentences_selected(tmp_path: Path) -> None:
    sentence = "Ana Lima spoke against it."
    passage = {"title": "Pier", "text": PIER, "sentences": []}
    output = [{"answer": "It was Ana Lima.", "selected_sentences": [sentence]}]
    records = [
        {"id": "1", "input": "who spoke", "passages": [passage], "output": output},
        {
            "id": "2",
            "input": "why",
            "passages": [{**passage, "text": FERRY}],
            "output": [{"answer": "", "selected_sentences": []}],
        },
    ]

    dataset = load(str(write_lines(tmp_path / "dev.jsonl", records)))

    assert [asked.answerable for asked in dataset.questions] == [True, False]
    assert words_of(dataset, dataset.questions[0].evidence) == [sentence]
    assert dataset.questions[0].texts == ("It was Ana Lima.",)


def test_qed_offsets_follow_the_text_the_archive_stores(tmp_path: Path) -> None:
    raw = "\ufeff" + PIER
    start = raw.index("Ana Lima")
    reference = {"start": start, "end": start + 8, "string": "Ana Lima"}
    sentence = {"start": start, "end": len(raw), "string": raw[start:]}
    record = {
        "example_id": -7,
        "title_text": "Pier",
        "url": "https://wiki.example/?a=1&amp;b=2",
        "question_text": "who spoke",
        "paragraph_text": raw,
        "original_nq_answers": [[reference]],
        "annotation": {
            "explanation_type": "single_sentence",
            "answer": [{"paragraph_reference": reference}],
            "selected_sentence": sentence,
        },
    }

    dataset = load(str(write_lines(tmp_path / "dev.jsonlines", [record])))

    assert only(dataset).id == "qed--7"
    assert words_of(dataset, only(dataset).answers) == ["Ana Lima"]
    assert words_of(dataset, only(dataset).evidence) == ["Ana Lima spoke against it."]
    assert dataset.articles[0].url == "https://wiki.example/?a=1&b=2"


# TREC

CLASSIC = """<top>
<num> Number: 301
<title> old pier
<desc> Description:
Who closed it?
</top>"""
XML = (
    '<topics><topic number="301"><query>pier</query><question>old pier</question></topic></topics>'
)


@pytest.mark.parametrize("topics", [CLASSIC, XML, "301\told pier"], ids=["classic", "xml", "tsv"])
def test_trec_topics_are_read_however_they_are_written(tmp_path: Path, topics: str) -> None:
    write_lines(tmp_path / "articles.jsonl", [article(), article("ferry", FERRY)])
    write_lines(tmp_path / "topics.txt", [topics])
    write_lines(tmp_path / "qrels.txt", ["301 0 pier 2", "301 0 ferry -1"])

    asked = only(load(str(tmp_path)))

    assert (asked.id, asked.text, dict(asked.relevant)) == ("301", "old pier", {"pier": 2})


def test_a_run_is_ordered_by_score_then_id_whatever_its_ranks(tmp_path: Path) -> None:
    lines = ["301 Q0 b 1 0.5 us", "301 Q0 c 2 0.9 us", "301 Q0 a 3 0.5 us", "302 Q0 a 1 2 us"]

    run = read_run(write_lines(tmp_path / "run.txt", lines))

    assert run == {"301": [("c", 0.9), ("a", 0.5), ("b", 0.5)], "302": [("a", 2.0)]}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("301 Q0 a 1 high us", "is not a line of a run"),
        ("301 Q0 a 1 0.5", "is not a line of a run"),
        ("301 Q0 b 1 0.5 us", "'b' is ranked twice"),
        ("301 Q0 a 1 nan us", "is not a line of a run"),
    ],
    ids=["score", "columns", "twice", "nan"],
)
def test_a_faulty_run_is_refused_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    path = write_lines(tmp_path / "run.txt", ["301 Q0 b 1 0.7 us", line])

    with pytest.raises(DataError) as caught:
        read_run(path)

    assert str(caught.value).startswith(f"{path}:2: ")
    assert complaint in str(caught.value)


# Kinds of question


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who spoke?", "who"),
        ("To whom did she speak?", "who"),
        ("In which year did the pier close?", "which"),
        ("How many ferries ran?", "how-quantity"),
        ("How did it end?", "how"),
        ("Did the pier close?", "other"),
        ("What did the board say when it met?", "what"),
        ("", "other"),
    ],
)
def test_a_question_is_of_the_kind_of_its_first_question_word(text: str, kind: str) -> None:
    assert question_type(text) == kind
