"""Predictions written down and read again, those from before there were statements too."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.questions import Question
from eval.runs.predict import ask
from eval.runs.predictions import (
    PredictedCitation,
    PredictedStatement,
    Prediction,
    RankedItem,
    read,
    write,
)
from index.documents import Article, Span
from index.errors import SourceError
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.replies import answer

PIER = Article("pier", "The pier", 'The pier was shut. Ann Lee said: "It will open in June."')
SAID = PredictedStatement(
    "Ada Obi", "pronoun", "indirect", sure=True, confidence=0.9, content=((25, 42),)
)
CITED = PredictedCitation(
    "mill", "r1", 16, 43, "She said the mill would go.", None, None, True, SAID, (25, 33)
)


def stored(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_a_statement_is_read_as_it_was_written(tmp_path: Path) -> None:
    prediction = Prediction("q1", answered=True, citations=(CITED,), speakers=("Ada Obi", "Bo Obi"))
    file = io.StringIO()

    write([prediction], file)

    assert list(read(stored(tmp_path, file.getvalue().rstrip("\n")))) == [prediction]


def test_a_prediction_from_before_there_were_statements_is_still_read(tmp_path: Path) -> None:
    file = io.StringIO()
    write([Prediction("q1", answered=True, citations=(CITED,))], file)
    record = json.loads(file.getvalue())
    del record["speakers"], record["citations"][0]["said"], record["citations"][0]["short"]

    [prediction] = read(stored(tmp_path, json.dumps(record)))

    assert prediction.speakers == ()
    assert [(cited.said, cited.short) for cited in prediction.citations] == [(None, None)]


def test_sentences_are_read_with_their_short_answers_and_from_before_there_were_any(
    tmp_path: Path,
) -> None:
    file = io.StringIO()
    ranked = RankedItem("mill", 16, 43, 0.5, 0.1, 0.2, (25, 33))
    write([Prediction("q1", sentences=(ranked,))], file)
    record = json.loads(file.getvalue())
    del record["sentences"][0]["short"]

    now, before = read(stored(tmp_path, file.getvalue().rstrip("\n"), json.dumps(record)))

    assert now.sentences == (ranked,)
    assert before.sentences == (replace(ranked, short=None),)


def test_the_text_is_the_short_answer_where_one_is_marked(tmp_path: Path) -> None:
    class Marking(Service):
        """Marks the first three words of what it cites."""

        def ask_with_trace(self, *args: Any, **options: Any) -> Any:
            asked = super().ask_with_trace(*args, **options)
            reply, found = asked.reply, answer(asked.reply)
            [first, *rest] = found.citations
            short = Span(first.start, first.start + len("The pier was"))
            marked = replace(found, citations=(replace(first, short=short), *rest))
            return replace(asked, reply=replace(reply, outcome=marked))

    service = Marking(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    service.add([PIER], progress=silent)

    found = ask(service, Question("q1", "Was the pier shut?"), as_of=False)
    service.close()

    assert found.error is None
    assert found.text == "The pier was"
    assert [(each.quote, each.short) for each in found.citations] == [
        ("The pier was shut.", (0, 12))
    ]


def test_a_faulty_statement_is_reported_with_its_line(tmp_path: Path) -> None:
    file = io.StringIO()
    write([Prediction("q1", answered=True, citations=(CITED,))], file)
    record = json.loads(file.getvalue())
    record["citations"][0]["said"]["content"] = [[1, 2, 3]]

    with pytest.raises(SourceError, match=r"predictions\.jsonl:1: not a prediction"):
        list(read(stored(tmp_path, json.dumps(record))))


def test_what_the_service_says_of_a_statement_is_kept(tmp_path: Path) -> None:
    service = Service(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    service.add([PIER], progress=silent)

    found = ask(service, Question("q1", "What did Ann Lee say?"), as_of=False)
    service.close()

    start = PIER.text.index("It will")
    content = ((start, start + len("It will open in June.")),)
    assert found.error is None
    assert found.speakers == ("Ann Lee",)
    assert [each.said for each in found.citations] == [
        PredictedStatement("Ann Lee", "full_name", "direct", True, 0.9, content, certain=True)
    ]
