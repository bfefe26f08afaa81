"""Lists of statements: the certain first, direct quotations first, one count everywhere."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from api.schemas.replies import StatementsBody
from api.terminal.statements import statements_lines
from index.documents import Article
from index.statements import Resolution, SourceType, StatementKind
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.statement_archive import at

OLD = (
    "Ines Falk said the weir would hold.",
    "“The weir is new,” Falk said.",
    "Ines Falk said it rained.",
)
NEW = ("Ines Falk said the weir was cheap.", "Falk said no boat had come.")
ARTICLES = [
    Article("old", "The weir", "\n\n".join(OLD), published_at=at(2025, 1, 1)),
    Article("new", "The price", "\n\n".join(NEW), published_at=at(2025, 2, 1)),
]
FALK = "Ines Falk"
SAID = [
    Mark("old", OLD[0], ("the weir would hold",), FALK, FALK),
    Mark(
        "old",
        OLD[1],
        ("“The weir is new,”",),
        "Falk",
        FALK,
        kind=StatementKind.DIRECT,
        resolution=Resolution.SHORT_NAME,
    ),
    Mark("old", OLD[2], ("it rained",), FALK, FALK, confidence=0.9),
    Mark("new", NEW[0], ("the weir was cheap",), FALK, FALK, confidence=0.3),
    Mark("new", NEW[1], ("no boat had come",), "Falk", FALK, resolution=Resolution.SHORT_NAME),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("listing"), ARTICLES, SAID) as service:
        yield service


def listed(service: Service, **asked: object) -> list[str]:
    citations = service.statements(speaker=FALK, **asked).citations  # type: ignore[arg-type]  # the test chooses
    return [each.statement.content[0].of(each.article.text) for each in citations if each.statement]


def test_the_certain_come_first_and_of_an_article_its_quotations(service: Service) -> None:
    assert listed(service) == [
        "no boat had come",
        "“The weir is new,”",
        "the weir would hold",
        "it rained",
        "the weir was cheap",
    ]


def test_pages_of_a_list_follow_each_other(service: Service) -> None:
    pages = [listed(service, limit=2, offset=start) for start in (0, 2, 4)]

    assert [each for page in pages for each in page] == listed(service)


def test_the_uncertain_are_counted_and_marked(service: Service) -> None:
    reply = service.statements(speaker=FALK)
    body = StatementsBody.model_validate(reply)
    printed = [line.plain for line in statements_lines(reply, marks=True)]

    assert body.uncertain == 1
    assert [each.statement.certain for each in body.statements if each.statement] == [True] * 4 + [
        False
    ]
    assert sum("· uncertain" in line for line in printed) == 1
    assert any(line.startswith("1 statement of 5: uncertain") for line in printed)


def test_the_heading_counts_what_the_list_holds(service: Service) -> None:
    reply = service.statements(speaker=FALK)

    assert [(each.name, each.statements, each.articles) for each in reply.speakers] == [
        (FALK, reply.total, 2)
    ]


def test_an_answer_quotes_before_it_reports(service: Service) -> None:
    reply = service.ask("What did Ines Falk say about the weir?")

    assert reply.outcome.text == "“The weir is new,” Falk said."  # type: ignore[union-attr]  # an answer


def test_a_description_lists_who_said_it(tmp_path: Path) -> None:
    ward = "Night nurses said the ward was cold. Two nurses said it was dark."
    marks = [
        Mark("w", ward, ("the ward was cold",), "Night nurses", "Night nurses",
             source_type=SourceType.GROUP, resolution=Resolution.ITSELF),
        Mark("w", ward, ("it was dark",), "Two nurses", None,
             source_type=SourceType.GROUP, resolution=Resolution.UNRESOLVED),
    ]  # fmt: skip
    named, unnamed = marks
    told = [_speakers(tmp_path / name, ward, each, name) for name, each in
            [("nurses", [named, unnamed]), ("nurses.", [unnamed])]]  # fmt: skip

    assert told == [(["nurses"], 2), (["nurses."], 1)]


def _speakers(folder: Path, text: str, marks: Sequence[Mark], asked: str) -> tuple[list[str], int]:
    with marked_service(folder, [Article("w", "Ward", text)], marks) as service:
        reply = service.statements(speaker=asked)
        return [each.name for each in reply.speakers], reply.total
