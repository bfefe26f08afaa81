"""`onrecord verify`: verdicts, exit codes and faulty input."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.fakes_api import FakeService
from tests.support.fakes_cli import run, unwrapped

ANSWERED = "harbour tolls will go"


def answer_body() -> Any:
    return json.loads(run(FakeService(), "ask", ANSWERED, "--json").stdout)


@pytest.mark.parametrize("shape", ["answer", "citations", "list"])
def test_verify_takes_an_answer_or_its_citations_and_exits_0_if_all_hold(shape: str) -> None:
    body = answer_body()
    shapes = {"answer": body, "citations": {"citations": body["citations"]}}

    result = run(
        FakeService(), "verify", "-", stdin=json.dumps(shapes.get(shape, body["citations"]))
    )

    assert result.exit_code == 0
    assert result.stdout == "verified  harbour-tolls 0:26  Verbatim.\n1 of 1 verified.\n"


def test_verify_exits_3_if_a_citation_fails(tmp_path: Path) -> None:
    first, *_ = answer_body()["citations"]
    file = tmp_path / "citations.json"
    file.write_text(json.dumps([first, first | {"quote": "The harbour tolls stay."}]))

    told = run(FakeService(), "verify", str(file))
    verdicts = json.loads(run(FakeService(), "verify", str(file), "--json").stdout)

    assert told.exit_code == 3
    assert "FAILED    harbour-tolls 0:26  It reads otherwise.\n1 of 2 verified." in told.stdout
    assert [verdict["verified"] for verdict in verdicts["citations"]] == [True, False]
    assert not verdicts["verified"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("not json", "is not JSON"),
        ("\udcff".encode(errors="surrogateescape").decode("latin-1"), "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "no citations found"),
        ("[]", "no citations found"),
        ('"text"', "no citations found"),
        ('[{"article_id": "a", "start": 0, "end": 1}]', "citation 1, quote"),
        ('[{"start": 0, "end": 1, "quote": "x"}]', "citation 1"),
    ],
    ids=["words", "latin", "deep", "empty", "none", "string", "no quote", "no article"],
)
def test_verify_exits_2_without_citations(given: str, words: str) -> None:
    result = run(FakeService(), "verify", "-", stdin=given)

    assert result.exit_code == 2
    assert words in unwrapped(result.stderr)


@pytest.mark.parametrize("name", ["none.json", "."], ids=["missing", "folder"])
def test_verify_exits_2_when_the_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    result = run(FakeService(), "verify", str(tmp_path / name))

    assert result.exit_code == 2
    assert "cannot be read" in unwrapped(result.stderr)


def test_a_citation_of_no_article_is_told_in_our_own_words() -> None:
    given = json.dumps([{"start": 0, "end": 2, "quote": "x"}])

    result = run(FakeService(), "verify", "-", stdin=given)

    assert result.exit_code == 2
    assert "citation 1: give either article" in unwrapped(result.stderr)
    assert "Value error" not in result.stderr
