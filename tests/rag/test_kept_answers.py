"""Equal questions to one generation get the kept answer, while its articles stay as they were."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.documents import Article, Filter
from index.errors import DamagedArticleError
from index.stores.archive.archive import Archive
from index.stores.tombstones import Tombstones
from rag.replies import Reply
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES
from tests.support.replies import answer

COST = "How much will rebuilding the swing bridge cost?"
FROG = "Who described a new frog?"
NOON = datetime(2025, 3, 21, 12, tzinfo=UTC)


def serving(folder: Path, most: int = 100, clock: Callable[[], datetime] = lambda: NOON) -> Service:
    service = Service(
        ServiceSettings(data=folder, answers_kept=most),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
        clock=clock,
    )
    service.add(ARTICLES, progress=silent)
    return service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with closing(serving(tmp_path)) as opened:
        yield opened


def was_kept(reply: Reply) -> bool:
    return "retrieve" not in reply.timings_ms


def test_an_equal_question_is_answered_alike_without_searching_again(service: Service) -> None:
    first, second = service.ask(COST), service.ask(COST)

    assert was_kept(second)
    assert not was_kept(first)
    assert replace(second, timings_ms=first.timings_ms) == first
    assert list(second.timings_ms) == ["open", "total"]


def test_an_article_that_is_taken_down_is_in_no_answer_from_then_on(
    service: Service, tmp_path: Path
) -> None:
    cited = answer(service.ask(COST)).citations[0].article.id

    Tombstones(tmp_path).put(cited)

    replies = [service.ask(COST), service.search(COST), service.statements()]
    assert cited not in repr(replies)


@pytest.mark.parametrize(
    "other",
    [
        lambda service: service.ask(COST.lower()),
        lambda service: service.ask(COST, alternatives=1),
        lambda service: service.ask(COST, dates=False),
        lambda service: service.ask(COST, filter=Filter(outlets=("Courier",))),
        lambda service: service.ask(COST, filter=Filter(as_of=NOON)),
        lambda service: service.ask_with_trace(COST).reply,
    ],
)
def test_another_question_is_searched_for(
    service: Service, other: Callable[[Service], Reply]
) -> None:
    service.ask(COST)

    assert not was_kept(other(service))


def test_an_answer_is_kept_for_a_day(tmp_path: Path) -> None:
    now = [NOON, NOON + timedelta(hours=3), NOON + timedelta(days=1)]

    with closing(serving(tmp_path, clock=lambda: now.pop(0))) as service:
        asked = [was_kept(service.ask(COST)) for _ in range(3)]

    assert asked == [False, True, False]


def test_words_for_days_that_the_clock_decides_are_worked_out_each_time(service: Service) -> None:
    question = "What did the swing bridge cost last week?"

    assert [was_kept(service.ask(question)) for _ in range(2)] == [False, False]

    as_of = Filter(as_of=NOON)
    assert [was_kept(service.ask(question, filter=as_of)) for _ in range(2)] == [False, True]


def test_an_added_article_answers_at_once(service: Service) -> None:
    service.ask("Who opened the tide museum?")
    opened = "Olga Brandt opened the tide museum on Friday."

    service.add([Article("museum", "Tide museum opens", opened)], progress=silent)

    assert answer(service.ask("Who opened the tide museum?")).text == opened


def test_a_changed_article_is_quoted_as_it_is_now(service: Service) -> None:
    service.ask(COST)
    changed = [replace(each, text=each.text.replace("£18.6", "£21.4")) for each in ARTICLES]

    service.add(changed, progress=silent)

    assert "£21.4 million" in answer(service.ask(COST)).text


def test_a_removed_article_is_quoted_no_more_even_before_the_index_knows(service: Service) -> None:
    assert answer(service.ask(FROG)).citations[0].article.id == "frog"

    with closing(Archive.open(service.settings.data / "archive.sqlite")) as archive:
        archive.remove(["frog"])

    reply = service.ask(FROG)
    assert not was_kept(reply)
    assert "new frog" not in getattr(reply.outcome, "text", "")


@pytest.mark.parametrize(
    ("column", "value"), [("text", "It will cost nothing."), ("title", "Cheap"), ("outlet", "X")]
)
def test_an_article_altered_from_outside_is_noticed(
    service: Service, column: str, value: str
) -> None:
    service.ask(COST)

    with closing(sqlite3.connect(service.settings.data / "archive.sqlite")) as connection:
        connection.execute(f"update revisions set {column} = ?", (value,))  # noqa: S608  no input
        connection.commit()

    with pytest.raises(DamagedArticleError):
        service.ask(COST)


def test_the_answer_that_was_asked_for_longest_ago_goes_first(tmp_path: Path) -> None:
    with closing(serving(tmp_path, most=2)) as service:
        for question in (COST, FROG, COST, "Who runs the bakery?"):
            service.ask(question)

        assert was_kept(service.ask(COST))
        assert not was_kept(service.ask(FROG))


def test_none_is_kept_where_the_setting_says_so(tmp_path: Path) -> None:
    with closing(serving(tmp_path, most=0)) as service:
        assert not any(was_kept(service.ask(COST)) for _ in range(2))
