"""Where the index lacks vectors, statements, passages or dates, a question is refused as usual."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.documents import EVERYTHING, Article, Filter
from index.progress import Until
from rag.replies import Refusal
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent

TOWER = Article(
    "tower",
    "The tower of Arden is sold",
    'The tower of Arden was sold on Monday. Ann Lee said: "It needs a roof."',
    published_at=datetime(2025, 3, 4, tzinfo=UTC),
)
UNDATED = replace(TOWER, published_at=None)
NO_STATEMENTS = replace(TOWER, text="The tower of Arden was sold on Monday.")
UNKNOWN_WORDS = (
    "Which zebras quagga?",
    "Who painted zebras in May 2024?",
    "What did Zorba say about zebras?",
    "What did the mayor of Zembla say?",
    "Was haben Zebras gefressen?",
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=tmp_path, answers_kept=0),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
        clock=lambda: datetime(2025, 4, 1, tzinfo=UTC),
    )
    yield service
    service.close()


def refused_everywhere(service: Service) -> None:
    for filter in (EVERYTHING, Filter(as_of=datetime(2025, 3, 30, tzinfo=UTC))):
        for question in UNKNOWN_WORDS:
            assert isinstance(service.ask(question, filter=filter).outcome, Refusal), question
            service.search(question, filter=filter)
        assert not service.statements(speaker="Zorba", filter=filter).citations
        assert not service.statements(about="zebras", filter=filter).citations
    assert not service.speakers("Zorba")


@pytest.mark.parametrize("until", Until, ids=str)
@pytest.mark.parametrize(
    "article", [TOWER, UNDATED, NO_STATEMENTS], ids=["dated", "undated", "without statements"]
)
def test_words_that_no_article_has_are_refused_however_far_the_index_is(
    service: Service, article: Article, until: Until
) -> None:
    service.add([NO_STATEMENTS], progress=silent, until=Until.WORDS)
    service.add([article], progress=silent, until=until)

    refused_everywhere(service)


def test_words_that_no_passage_has_find_nothing_where_none_has_a_vector(service: Service) -> None:
    service.add([TOWER], progress=silent, until=Until.WORDS)

    assert service.search("zebras quagga").hits == ()


def test_an_index_whose_articles_are_all_removed_refuses(service: Service) -> None:
    service.add([TOWER], progress=silent, until=Until.WORDS)
    service.remove([TOWER.id], progress=silent)

    refused_everywhere(service)


def test_an_index_of_titles_alone_refuses(service: Service) -> None:
    service.add([replace(TOWER, text="Sold.")], progress=silent)

    refused_everywhere(service)
