"""A speaker with thousands of statements, in an article of megabytes, on the commonest word."""

from pathlib import Path

import pytest

from index.documents import Article
from rag.replies import Answer
from tests.support.fakes_statements import Mark, marked_service
from tests.support.statement_archive import at

MANY = 3_000
LONG = "and nobody on the river had ever seen so much of it before the winter of the long ice "


@pytest.mark.slow
def test_one_of_thousands_of_statements_answers_a_common_word(tmp_path: Path) -> None:
    said = [f"Ines Falk said the people of lock {n} slept {LONG * 3}too." for n in range(MANY)]
    marks = [
        Mark("long", each, (each.removeprefix("Ines Falk said ").rstrip("."),), "Ines Falk",
             "Ines Falk")
        for each in said
    ]  # fmt: skip
    article = Article("long", "The river", "\n\n".join(said), published_at=at(2025, 3, 1))
    with marked_service(tmp_path, [article], marks) as service:
        replies = [
            service.ask(f"What did Ines Falk say{about}?") for about in ("", " about the people")
        ]
        listed = service.statements(speaker="Ines Falk", about="people", limit=1)

    assert len(article.text) > 900_000  # about as long as one may be
    assert all(isinstance(each.outcome, Answer) for each in replies)
    assert replies[0].total == MANY
    assert listed.total == MANY
