"""Every fault is found, at its line, and loading stops at the first."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.datasets.loading import faults, load
from eval.errors import DataError
from tests.support.eval_files import (
    PIER,
    article,
    mark,
    question,
    stated,
    write_beir,
    write_lines,
    write_own,
)

OLD_HASH = hashlib.sha256(b"what it said before").hexdigest()


def places(path: Path) -> list[tuple[str, int | None]]:
    return [(fault.path.name, fault.line) for fault in faults(path)]


def complaint(path: Path) -> str:
    (fault,) = faults(path)
    return fault.message


def test_a_sound_set_has_no_faults(tmp_path: Path) -> None:
    assert faults(write_own(tmp_path, [question()])) == []


def test_every_fault_is_reported_and_loading_stops_at_the_first(tmp_path: Path) -> None:
    too_far = [{"article": "pier", "start": 80, "end": 900}]
    path = write_own(
        tmp_path,
        [
            question("q1"),
            "{not json",
            "",
            question("q1"),
            question("q2", answers=too_far, texts=["Lima"]),
            {"id": "q3"},
        ],
        [article(), article("pier", "Another text under the same name.")],
    )

    assert places(path) == [
        ("articles.jsonl", 2),
        ("questions.jsonl", 2),
        ("questions.jsonl", 4),
        ("questions.jsonl", 5),
        ("questions.jsonl", 6),
        ("questions.jsonl", 6),
    ]
    with pytest.raises(DataError, match=r"articles\.jsonl:2: the id 'pier' was used before, at "):
        load(str(path))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"answers": [{"article": "pier", "start": 80, "end": 900}]}, "not within its 84 char"),
        ({"answers": [{"article": "pier", "start": -9, "end": 9}]}, "-9 to 9 is not within"),
        ({"answers": [{"article": "pier", "start": 9, "end": 9}]}, "9 to 9 is not within"),
        ({"answers": [{"article": "pier", "start": 1.0, "end": 9}]}, "not two whole numbers"),
        ({"answers": [{"article": "pier", "start": True, "end": 9}]}, "not two whole numbers"),
        ({"answers": [{"article": "pier", "start": 3, "end": 4}]}, "nothing but space"),
        ({"answers": [{"article": "ferry", "start": 0, "end": 9}]}, "article 'ferry', which"),
        ({"answers": [mark("Ana Lima", text="Ana Lemur")]}, "'Ana Lemur' is stated"),
        ({"answers": [mark("Ana Lima", sha256=OLD_HASH)]}, "its text has changed"),
        ({"answers": ["Ana Lima"]}, "expected an object with article, start and end"),
        ({"answers": "Ana Lima"}, "'answers' is 'Ana Lima', expected a list"),
        ({"answerable": "no"}, "'answerable' is 'no', expected true or false"),
        ({"answerable": False}, "it is not answerable, yet"),
        ({"answers": [], "texts": []}, "it is answerable, but"),
        ({"as_of": "03/04/2024"}, "could be"),
        ({"relevant": ["ferry"]}, "'relevant' names the article 'ferry', which"),
        ({"tags": ["a", 1]}, "'tags' holds something that is not a string"),
        ({"question": " "}, "'question' is empty"),
    ],
)
def test_each_fault_of_a_question_is_reported(
    tmp_path: Path, fields: Mapping[str, Any], expected: str
) -> None:
    path = write_own(tmp_path, [question(**{"texts": ["Lima"], **fields})])

    assert places(path) == [("questions.jsonl", 1)]
    assert expected in complaint(path)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (article("a", sha256=OLD_HASH), "the text of article 'a' has changed"),
        (article("a", published_at="soon"), "'soon' is not a date"),
        ({"id": "a", "title": "A title"}, "the key 'text' is missing"),
        ({"title": "A title", "text": PIER}, "the key 'id' is missing"),
        ("[1, 2]", "expected a JSON object"),
        ('{"id": "a", "text": "cut', "it is not JSON"),
    ],
    ids=["changed", "date", "text", "id", "list", "cut"],
)
def test_each_fault_of_an_article_is_reported(tmp_path: Path, record: Any, expected: str) -> None:
    path = write_own(tmp_path, [question()], [article(), record])

    assert places(path) == [("articles.jsonl", 2)]
    assert expected in complaint(path)


def test_gold_past_an_altered_character_is_a_fault(tmp_path: Path) -> None:
    path = write_own(tmp_path, [question()], [article(text="\ufeff" + PIER)])

    assert "stores another text from character 0 on" in complaint(path)


def test_bytes_that_are_no_utf8_are_a_fault_of_their_line(tmp_path: Path) -> None:
    path = write_own(tmp_path, [question()])
    path.write_bytes(path.read_bytes() + b'{"id": "\xff"}\n')

    assert places(path) == [("questions.jsonl", 2)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1\tnowhere\t1", "the article 'nowhere' of question '1' is not in"),
        ("9\tpier\t1", "the question '9' is not among the questions"),
        ("1\tpier\t1", "is judged twice"),
        ("1\tferry\thigh", "the grade is 'high'"),
        ("1 ferry 1", "expected question, article and grade"),
    ],
    ids=["article", "question", "twice", "grade", "columns"],
)
def test_each_fault_of_qrels_is_reported_with_its_line(
    tmp_path: Path, row: str, expected: str
) -> None:
    rows = ["query-id\tcorpus-id\tscore", "1\tpier\t1", row]
    write_beir(tmp_path, [{"_id": "1", "text": "old pier"}], rows)

    assert places(tmp_path) == [("qrels.tsv", 3)]
    assert expected in complaint(tmp_path)


def test_a_squad_fault_is_placed_by_its_question(tmp_path: Path) -> None:
    answer = {"text": "Ana Lima", "answer_start": 0}
    asked = [
        {"id": "s1", "question": "Who?", "is_impossible": True, "answers": []},
        {"id": "s2", "question": "Who?", "answers": [answer]},
    ]
    paragraphs = [{"context": PIER, "qas": asked}]
    document = json.dumps({"data": [{"title": "Pier", "paragraphs": paragraphs}]}, indent=1)
    path = tmp_path / "dev.json"
    path.write_text(document)

    (fault,) = faults(path)

    assert "'Ana Lima' is stated" in fault.message
    assert fault.line is not None
    assert '"s2"' in document.split("\n")[fault.line - 1]


def test_broken_squad_json_is_a_fault_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text('{"data": [\n  {"title": "Pier",}\n]}')

    assert places(path) == [("dev.json", 2)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"queries.jsonl": [{"_id": "1", "text": "pier"}]}, "no articles here"),
        ({"questions.jsonl": [question()]}, "the articles it asks about are missing"),
        ({"topics.txt": ["1\tpier"]}, "an incomplete TREC set"),
        ({"queries.jsonl": [{"_id": "1", "text": "p"}], "corpus.jsonl": [article()]}, "no judg"),
        ({"questions.jsonl": [], "articles.jsonl": [article()]}, "it has no question"),
    ],
    ids=["beir", "ours", "trec", "judgments", "empty"],
)
def test_missing_files_are_reported(
    tmp_path: Path, files: Mapping[str, list[Any]], expected: str
) -> None:
    for name, records in files.items():
        write_lines(tmp_path / name, records)

    assert expected in complaint(tmp_path)
    with pytest.raises(DataError, match=expected):
        load(str(tmp_path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
REFERENCE = {"start": 58, "end": 66, "string": "Ana Lima"}
SOUND: dict[str, Any] = {
    "questions.jsonl": question(relevant={"pier": 1}, as_of="2024-05-01", tags=["fact"]),
    "queries.jsonl": {
        "_id": "q1",
        "text": "Who?",
        "answerable": True,
        "answers": [stated("Ana Lima")],
        "primary": 0,
        "gold_sentence": [58, 84],
        "gold_doc": "pier",
        "question_date": "2024-05-01",
    },
    "clapnq.jsonl": {
        "id": "q1",
        "input": "who",
        "passages": [{"title": "Pier", "text": PIER}],
        "output": [{"answer": "Ana Lima", "selected_sentences": ["Ana Lima"]}],
    },
    "qed.jsonlines": {
        "example_id": 7,
        "question_text": "who",
        "paragraph_text": PIER,
        "title_text": "Pier",
        "url": "https://wiki.example/",
        "original_nq_answers": [[REFERENCE]],
        "annotation": {"answer": [{"paragraph_reference": REFERENCE}]},
    },
    "squad.json": {
        "data": [
            {
                "title": "Pier",
                "paragraphs": [
                    {
                        "context": PIER,
                        "qas": [
                            {
                                "id": "q1",
                                "question": "Who?",
                                "answers": [{"text": "Ana Lima", "answer_start": 58}],
                            }
                        ],
                    }
                ],
            }
        ]
    },
}
"""One sound record in each layout."""


def spots(value: Any, *path: Any) -> list[tuple[Any, ...]]:
    """The way to every value inside `value`."""
    if not isinstance(value, dict | list):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [path] * bool(path) + [spot for key, item in items for spot in spots(item, *path, key)]


def put(value: Any, spot: tuple[Any, ...], new: Any) -> Any:
    """A copy of `value` with `new` at the end of the way."""
    if not spot:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[spot[0]] = put(value[spot[0]], spot[1:], new)
    return copy


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_records_are_sound(tmp_path: Path, name: str) -> None:
    write_lines(tmp_path / "corpus.jsonl", [article()])

    assert faults(write_lines(tmp_path / name, [SOUND[name]]).parent) == []


@pytest.mark.parametrize("name", SOUND)
@settings(deadline=None)
@given(data=st.data())
def test_no_value_anywhere_makes_the_validator_fall_over(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("set")
    spot = data.draw(st.sampled_from(spots(SOUND[name])))
    write_lines(folder / "corpus.jsonl", [article()])
    write_lines(folder / name, [put(SOUND[name], spot, data.draw(JSON))])

    for fault in faults(folder):
        assert fault.message
        assert fault.path.is_relative_to(folder)
