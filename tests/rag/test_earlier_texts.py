"""As of an instant, an article that was rewritten since is read and cited as it stood."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.documents import Article, Filter
from rag.citations import Citation, Claim
from rag.replies import Answer
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES

FIRST = Article(
    "tower",
    "The tower of Arden is sold",
    "The tower of Arden was sold for 5 euros. The mayor was not there.\n\n"
    'Ann Lee said: "The tower is old." It needs a roof.',
    published_at=datetime(2025, 3, 4, tzinfo=UTC),
)
SECOND = replace(
    FIRST,
    title="The tower of Arden is let",
    text="Correction follows. The tower of Arden was let for 6 euros. The mayor was not there.\n\n"
    'Ann Lee said: "The tower is old." Bo Lind said: "It is mine." It needs a new roof.',
)
THIRD = replace(SECOND, text=SECOND.text.replace("6 euros", "7 euros"))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )
    service.add([*ARTICLES, FIRST], progress=silent)
    yield service
    service.close()


@pytest.fixture
def instants(service: Service) -> list[datetime]:
    """Before all, and after each of three texts."""
    found = [datetime(2025, 6, 1, tzinfo=UTC), datetime.now(UTC)]
    for each in (SECOND, THIRD):
        service.add([each], progress=silent)
        found.append(datetime.now(UTC))
    return found


def cited(service: Service, question: str, at: datetime | None) -> Citation:
    outcome = service.ask(question, filter=Filter(as_of=at)).outcome
    return outcome.citations[0] if isinstance(outcome, Answer) else outcome.nearest[0]


def test_a_fact_is_told_as_it_stood(service: Service, instants: list[datetime]) -> None:
    question = "For how many euros was the tower of Arden sold or let?"

    told = [cited(service, question, at) for at in [*instants, None]]

    texts = [FIRST.text, FIRST.text, SECOND.text, THIRD.text, THIRD.text]
    assert [each.article.text for each in told] == texts
    sums = ["5 euros", "5 euros", "6 euros", "7 euros", "7 euros"]
    assert all(wanted in each.quote for wanted, each in zip(sums, told, strict=True))


def test_what_is_cited_verifies_as_a_text_that_is_superseded(
    service: Service, instants: list[datetime]
) -> None:
    found = cited(service, "What was the tower of Arden sold for?", instants[1])
    claim = Claim(found.article.id, found.article.revision, found.start, found.end, found.quote)

    [verdict] = service.verify([claim])

    assert verdict.verified
    assert "superseded on" in verdict.message


def test_passages_are_those_of_the_day(service: Service, instants: list[datetime]) -> None:
    def passages(at: datetime | None) -> set[str]:
        found = service.search("tower Arden roof mayor", filter=Filter(as_of=at)).hits
        ours = (each.citation for each in found if each.citation.article.id == "tower")
        return {citation.article.title for citation in ours}

    assert passages(instants[1]) == {FIRST.title}
    assert passages(None) == {SECOND.title}


def test_statements_are_those_of_the_day(service: Service, instants: list[datetime]) -> None:
    def said(at: datetime | None, speaker: str) -> list[tuple[str, str]]:
        reply = service.statements(speaker=speaker, filter=Filter(as_of=at))
        return [(each.article.text, each.quote) for each in reply.citations]

    [(text, quote)] = said(instants[1], "Ann Lee")
    assert (text, "The tower is old." in quote) == (FIRST.text, True)
    assert said(instants[1], "Bo Lind") == []
    [(text, _)] = said(instants[2], "Bo Lind")
    assert text == SECOND.text
    assert [text for text, _ in said(None, "Bo Lind")] == [THIRD.text]


def test_boilerplate_of_the_earlier_text_is_not_cited(service: Service) -> None:
    text = "The kiln of Arden was sold on Monday.\n\nSign up for our newsletter.\n\nIt is cold."
    before = replace(FIRST, id="kiln", title="The kiln of Arden", text=text)
    service.add([before], progress=silent)
    at = datetime.now(UTC)
    later = text.replace("Sign up for our newsletter.", "It was hot for a week.")
    service.add([replace(before, text=later)], progress=silent)

    found = service.search("kiln of Arden sold hot week", filter=Filter(as_of=at)).hits
    quotes = [each.citation.quote for each in found if each.citation.article.id == "kiln"]

    assert quotes
    assert not any("newsletter" in quote for quote in quotes)


def test_a_removed_article_stays_hidden(service: Service, instants: list[datetime]) -> None:
    service.remove(["tower"], progress=silent)

    found = service.search("tower of Arden", filter=Filter(as_of=instants[1])).hits

    assert "tower" not in [each.citation.article.id for each in found]


def test_an_archive_without_rewritten_articles_is_searched_as_it_is(service: Service) -> None:
    now = datetime.now(UTC)

    found = cited(service, "What was the tower of Arden sold for?", now)

    assert found.article.text == FIRST.text
