"""`onrecord quotes`: a speaker's dated list, what narrows it, and why it may be empty."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from api.schemas.replies import StatementsBody
from index.documents import Article, Filter
from index.errors import NoIndexError
from index.statements import Polarity, Resolution, SourceType, StatementKind
from rag.replies import StatementsReply
from tests.support.fakes_api import CALDER, RENN, FakeService
from tests.support.fakes_cli import run
from tests.support.fakes_speech import as_ambiguous, said

MEMO = Article(
    id="memo",
    title="A memo",
    text="Renn said that the pumps are old.\nOfficials said that they will not pay.",
)
MARTA = said(
    MEMO, MEMO.text.split("\n")[0], "that the pumps are old", source="Renn", speaker="Marta Renn"
)
OFFICIALS = said(
    MEMO,
    MEMO.text.split("\n")[1],
    "that they will not pay",
    source="Officials",
    speaker="Officials",
    source_type=SourceType.GROUP,
    resolution=Resolution.ITSELF,
)


class Listening(FakeService):
    """Remembers what was asked for."""

    def statements(self, **asked: Any) -> StatementsReply:
        self.heard = asked
        return super().statements(**asked)


def test_each_statement_has_its_date_outlet_kind_and_content() -> None:
    result = run(FakeService(), "quotes", "tobias renn")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Tobias Renn, the treasurer",
        "1 statement in 1 article",
        "",
        "4 March 2025, The Quay Courier · paraphrased by the outlet",
        (
            "He put the loss at £2.1 million a year and said "
            "»that the breakwater would go unrepaired«."
        ),
        "“He” is Tobias Renn, named at 248:259",
        (
            "— Harbour tolls to end in spring · https://courier.example/2025/03/harbour-tolls"
            " · article harbour-tolls 294:382"
        ),
        "",
    ]


def test_on_a_terminal_the_content_is_bold_and_prose_wraps_at_80_columns() -> None:
    result = run(FakeService(), "quotes", "Renn", FORCE_COLOR="1", TERM="xterm", COLUMNS="80")

    plain = re.sub(r"\x1b\[[\d;]*m", "", result.stdout)
    prose = [line for line in plain.splitlines() if not line.startswith("—")]
    assert "\x1b[1;4mthat the breakwater would" in result.stdout
    assert "»" not in result.stdout
    assert max(map(len, prose)) <= 80


def test_two_speakers_with_one_name_are_listed_apart() -> None:
    result = run(FakeService(spoken=[RENN, MARTA]), "quotes", "Renn")

    lines = result.stdout.splitlines()
    assert lines.index("Tobias Renn, the treasurer") < lines.index("Marta Renn")
    assert lines[lines.index("Marta Renn") + 3] == "undated · paraphrased by the outlet"


def test_speakers_found_by_a_description_are_each_named() -> None:
    class Describing(FakeService):
        def statements(self, **asked: Any) -> StatementsReply:
            return replace(super().statements(**asked), speakers=())

    result = run(Describing(spoken=[OFFICIALS]), "quotes", "officials")

    assert result.stdout.startswith("Officials\nparaphrased by the outlet (“said”) · undated\n")


def test_an_ambiguous_statement_is_listed_under_no_name() -> None:
    class Generous(FakeService):
        def statements(self, **asked: Any) -> StatementsReply:
            unsure = as_ambiguous(RENN, "Tobias Renn", "Marta Renn")
            listed = super().statements(**asked)
            return replace(listed, citations=(*listed.citations, unsure), total=2)

    shown = run(Generous(spoken=[MARTA]), "quotes", "Renn").stdout

    assert "It is not certain who: Tobias Renn or Marta Renn\n" in shown


def test_a_negative_statement_is_labelled() -> None:
    assert RENN.statement is not None
    unsaid = replace(RENN, statement=replace(RENN.statement, polarity=Polarity.NEGATIVE))

    shown = run(FakeService(spoken=[unsaid]), "quotes", "Renn").stdout

    assert "paraphrased by the outlet, as not said\n" in shown


def test_a_longer_list_says_how_many_statements_are_shown() -> None:
    service = FakeService(spoken=[RENN, MARTA])

    lines = run(service, "quotes", "Renn", "--limit", "1").stdout.splitlines()

    assert lines[-1] == "1 of 2 are shown; a higher --limit shows more."


def test_every_option_reaches_the_service() -> None:
    service = Listening()

    run(service, "quotes", "Calder", "--about", "coming home", "--since", "2025-03-01", "--until",
        "2025-03-31", "--outlet", "The Quay Courier", "--kind", "direct", "--kind", "mixed",
        "--limit", "3")  # fmt: skip

    start, end = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    assert service.heard == {
        "speaker": "Calder",
        "about": "coming home",
        "kinds": (StatementKind.DIRECT, StatementKind.MIXED),
        "filter": Filter(start, end, ("The Quay Courier",)),
        "limit": 3,
        "offset": 0,
    }


@pytest.mark.parametrize(("name", "code"), [("Calder", 0), ("Caldwell", 3)])
def test_json_is_the_same_body_as_http(name: str, code: int) -> None:
    result = run(FakeService(), "quotes", name, "--json")

    reply = FakeService().statements(speaker=name, about=None)
    assert json.loads(result.stdout) == StatementsBody.model_validate(reply).model_dump(mode="json")
    assert result.exit_code == code


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["Caldwell"], "Nobody called “Caldwell” is quoted. Similar names: Ines Calder (1 st"),
        (["Zz\x1b"], "Nobody called “Zz\ufffd” is quoted.\n"),
        (["Calder", "--about", "whales"], "Ines Calder (1 statement) is quoted, but never about “"),
        (["Calder", "--kind", "mixed"], "never within these dates, outlets and kinds."),
    ],
    ids=["near", "nobody", "subject", "kind"],
)
def test_an_empty_list_says_why_and_exits_3(args: list[str], says: str) -> None:
    result = run(FakeService(), "quotes", *args)

    assert result.exit_code == 3
    assert result.stdout.startswith("Not on the record. ")
    assert says in result.stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([" "], "the name is empty"),
        (["x", "--kind", "literal"], "'direct', 'mixed', 'indirect'"),
        (["x", "--since", "lately"], "'lately' is not a date"),
        (["x", "--limit", "0"], "--limit"),
        ([], "NAME"),
    ],
    ids=["blank", "kind", "date", "limit", "nothing"],
)
def test_a_usage_error_exits_2(args: list[str], says: str) -> None:
    result = run(FakeService(), "quotes", *args, COLUMNS="200")

    assert result.exit_code == 2
    assert says in result.stderr


def test_a_missing_archive_is_an_error() -> None:
    service = FakeService()
    service.failure = NoIndexError("Nothing here: add articles.")

    result = run(service, "quotes", CALDER.quote)

    assert (result.exit_code, result.stderr) == (1, "onrecord: Nothing here: add articles.\n")
