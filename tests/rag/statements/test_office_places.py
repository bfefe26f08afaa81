"""Where an article tells who holds an office, and what only looks like it."""

from dataclasses import replace

import pytest

from index.documents import Article
from index.language.offices import office_of
from index.statements import Statement
from rag.statements.office_places import role_spans, tells_office
from tests.support.fakes_statements import Mark, statement

SAID = "Ana Lee said the weir would hold."


def told(text: str) -> tuple[Statement, Article]:
    article = Article("weir", "The weir", f"{text}\n\n{SAID}")
    mark = Mark("weir", SAID, ("the weir would hold",), "Ana Lee", "Ana Lee")
    return statement(article, mark), article


def is_called(office: str, text: str) -> bool:
    said, article = told(text)
    asked = office_of(office)
    assert asked
    return any(tells_office(asked, span.of(article.text)) for span in role_spans(said, article))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lee, the mayor of Verrin, opened the weir.",
        "Ana Lee, mayor of Verrin, opened the weir.",
        "It was opened by Ana Lee (the Verrin mayor).",
        "Verrin Mayor Ana Lee opened the weir.",
    ],
)
def test_a_role_beside_the_name_tells_the_office(text: str) -> None:
    assert is_called("mayor of Verrin", text)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lee, whose husband is the mayor of Verrin, opened the weir.",
        "Ana Lee, like the mayor of Verrin, wants a weir.",
        "Ana Lee, Verrin Mayor Bob Orr and Cleo Sand opened the weir.",
        "Ana Lee, not the mayor of Verrin, opened the weir.",
        "Ana Lee, the mayor of Verrin's daughter, opened the weir.",
        "Juliana Lee, the mayor of Verrin, opened the weir.",
        "Ana Leeds, the mayor of Verrin, opened the weir.",
    ],
)
def test_the_office_of_somebody_else_is_not_the_speakers(text: str) -> None:
    assert not is_called("mayor of Verrin", text)
    assert not is_called("mayor", text.replace(" of Verrin", "").replace("Verrin ", ""))


def test_nobodys_words_are_in_no_office() -> None:
    said, article = told("Bob Orr, the mayor of Verrin, opened the weir.")

    assert list(role_spans(replace(said, speaker=None), article)) == []
