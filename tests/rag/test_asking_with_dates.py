"""Dates in questions, asked on Friday 21 March 2025: the articles they choose, and refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index.documents import Article, Filter
from rag.replies import InterpretedDates, RefusalReason
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent
from tests.support.replies import answer, refusal

FRIDAY = datetime(2025, 3, 21, 12, tzinfo=UTC)


def article(id: str, text: str, published: datetime | None, outlet: str = "Courier") -> Article:
    return Article(id, id.capitalize(), text, outlet=outlet, published_at=published)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


SHELF = [
    article("january", "The harbour board raised the mooring fee to 40 crowns.", at(1, 14)),
    article("march", "The harbour board raised the mooring fee to 55 crowns.", at(3, 12)),
    article("lantern", "The lantern festival of February 2025 drew 900 visitors.", at(3, 10)),
    article("regatta", 'Ann Lee said: "The regatta was a delight for everybody."', at(3, 18)),
    article("pilot", 'Ann Lee said: "The regatta needs a pilot boat."', at(1, 20), "Tide"),
    article("war", "The mole was built in 1931, the year of the great storm.", at(2, 10), "Tide"),
]  # fmt: skip


@contextmanager
def serving(folder: Path, articles: list[Article]) -> Iterator[Service]:
    service = Service(
        ServiceSettings(data=folder),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        clock=lambda: FRIDAY,
    )
    service.add(articles, progress=silent)
    try:
        yield service
    finally:
        service.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("dated"), SHELF) as service:
        yield service


@pytest.fixture(scope="module")
def undated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    shelf = [article(each.id, each.text, None) for each in SHELF]
    with serving(tmp_path_factory.mktemp("undated"), shelf) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("To how much did the harbour board raise the mooring fee last week?", "march"),
        ("To how much did the harbour board raise the mooring fee in January?", "january"),
        ("To how much did the harbour board raise the mooring fee in January 2025?", "january"),
        ("To how much did the harbour board raise the mooring fee before February?", "january"),
        ("To how much did the harbour board raise the mooring fee since last month?", "march"),
        ("To how much did the harbour board raise the mooring fee on 11 March?", "march"),
    ],
)
def test_the_same_question_is_answered_from_the_dates_it_names(
    service: Service, question: str, source: str
) -> None:
    reply = service.ask(question)

    assert [each.article.id for each in answer(reply).citations] == [source]
    assert reply.period is not None
    assert reply.period.narrowed


def test_the_reply_has_the_dates_as_understood(service: Service) -> None:
    reply = service.ask("To how much did the harbour board raise the mooring fee last week?")

    assert reply.period == InterpretedDates(
        "last week", date(2025, 3, 10), date(2025, 3, 16), derived=True, narrowed=True
    )
    assert service.ask("What drew visitors to the lantern festival?").period is None


def test_the_instant_asked_from_moves_the_dates(service: Service) -> None:
    january = Filter(as_of=at(1, 20))

    reply = service.ask(
        "To how much did the harbour board raise the mooring fee last week?", filter=january
    )

    assert answer(reply).citations[0].article.id == "january"


def test_a_refusal_outside_the_dates_names_the_date_of_the_nearest_article(
    service: Service,
) -> None:
    reply = service.ask("To how much did the harbour board raise the mooring fee yesterday?")

    refused = refusal(reply)
    assert refused.reason is RefusalReason.OUTSIDE_DATES
    assert refused.message == (
        "Nothing from these dates (20 March 2025) answers this; the nearest article is from "
        "12 March 2025. The archive covers 14 January 2025 to 18 March 2025."
    )
    assert refused.nearest[0].article.id == "march"
    assert reply.period is not None
    assert reply.period.narrowed


def test_a_month_without_an_answer_shows_the_nearest_evidence_of_another(service: Service) -> None:
    reply = service.ask("How many visitors did the lantern festival draw in January 2025?")

    refused = refusal(reply)
    assert refused.reason is RefusalReason.OUTSIDE_DATES
    assert refused.nearest[0].article.id == "lantern"


def test_an_article_may_answer_about_dates_other_than_its_own(
    service: Service,
) -> None:
    reply = service.ask("How many visitors did the lantern festival draw in February 2025?")

    assert answer(reply).citations[0].article.id == "lantern"
    assert reply.period is not None
    assert not reply.period.narrowed


@pytest.mark.parametrize("words", ["in 1931", "in May 1931"])
def test_a_year_before_the_archive_begins_is_searched_for_as_a_word(
    service: Service, words: str
) -> None:
    reply = service.ask(f"Which mole was built {words}?")

    assert reply.period is not None
    assert not reply.period.narrowed
    assert answer(reply).citations[0].article.id == "war"


def test_in_an_undated_archive_a_period_hides_nothing(undated: Service) -> None:
    told = undated.ask("What did Ann Lee say about the regatta last week?")
    found = undated.ask("What drew visitors to the lantern festival last week?")

    assert len(answer(told).citations) == 2
    assert answer(found).citations[0].article.id == "lantern"
    assert found.period is not None
    assert not found.period.narrowed


def test_an_event_whose_date_is_unknown_is_no_period(service: Service) -> None:
    assert service.ask("What did Ann Lee say about the pilot since the regatta?").period is None


def test_dates_in_the_question_narrow_statements_too(service: Service) -> None:
    week = service.ask("What did Ann Lee say about the regatta this week?")
    printed_later = service.ask("What did Ann Lee say about the regatta on Monday?")
    later = service.ask("What did Ann Lee say about the regatta on Thursday?")

    assert [each.article.id for each in answer(week).citations] == ["regatta"]
    assert [each.article.id for each in answer(printed_later).citations] == ["regatta"]
    assert refusal(later).reason is RefusalReason.OUTSIDE_DATES
    assert refusal(later).message == (
        "Ann Lee is quoted on this, but not on Thursday; the nearest is from 18 March 2025."
    )


def test_dates_can_be_read_as_words(service: Service) -> None:
    reply = service.ask(
        "To how much did the harbour board raise the mooring fee yesterday?", dates=False
    )

    assert answer(reply).citations[0].article.id in {"january", "march"}
    assert reply.period is None


def test_search_lists_what_was_published_in_the_dates(service: Service) -> None:
    found = service.search("the mooring fee in January")

    assert [hit.citation.article.id for hit in found.hits][:1] == ["january"]
    assert {hit.citation.article.published_at for hit in found.hits} == {at(1, 14), at(1, 20)}
    assert found.period is not None
    assert found.period.narrowed


@pytest.mark.parametrize(
    ("filter", "message"),
    [
        pytest.param(
            Filter(as_of=at(1, 1)),
            "As of 1 January 2025 there was nothing yet: the first article of the archive is from "
            "14 January 2025.",
            id="before the first article",
        ),
        pytest.param(
            Filter(published_from=at(6, 1)),
            "No article of the archive was published in these dates; it covers "
            "14 January 2025 to 18 March 2025.",
            id="after the last",
        ),
        pytest.param(
            Filter(published_from=at(3, 1), as_of=at(3, 1)),
            "No article of the archive was published in these dates; it covers "
            "14 January 2025 to 10 February 2025.",
            id="not yet published",
        ),
        pytest.param(
            Filter(outlets=("Tied",)),
            "No article is from “Tied”; the nearest name is Tide.",
            id="an outlet misspelt",
        ),
        pytest.param(
            Filter(outlets=("Xyz",)),
            "No article is from “Xyz”; the archive has Courier, Tide.",
            id="an outlet unknown",
        ),
        pytest.param(
            Filter(published_from=at(3, 1), outlets=("Tide",)),
            "No article of Tide was published in these dates; it covers "
            "20 January 2025 to 10 February 2025.",
            id="an outlet's dates",
        ),
    ],
)
def test_a_filter_that_matches_nothing_says_what_the_archive_covers(
    service: Service, filter: Filter, message: str
) -> None:
    asked = refusal(service.ask("What did Ann Lee say about the regatta?", filter=filter))
    found = refusal(service.ask("How high is the mooring fee?", filter=filter))
    searched = service.search("the mooring fee", filter=filter)
    listed = service.statements(speaker="Ann Lee", filter=filter)

    assert {asked.reason, found.reason} == {RefusalReason.OUTSIDE_FILTERS}
    assert asked.message == found.message == message
    assert (searched.hits, searched.note) == ((), message)
    assert (listed.total, listed.note) == (0, message)


def test_an_outlet_that_published_only_later_is_not_mentioned(service: Service) -> None:
    then = Filter(outlets=("Tide",), as_of=at(1, 15))

    refused = refusal(service.ask("How high is the mooring fee?", filter=then))

    assert refused.message == "No article is from “Tide”; the archive has Courier."


def test_a_search_says_when_nothing_is_from_the_dates_in_the_question(service: Service) -> None:
    searched = service.search("the mooring fee yesterday", filter=Filter(as_of=at(3, 1)))

    assert searched.hits == ()
    assert searched.note == (
        "Nothing is from these dates (28 February 2025). The archive covers "
        "14 January 2025 to 10 February 2025."
    )


def test_an_undated_archive_says_so_when_dates_are_filtered(undated: Service) -> None:
    refused = refusal(undated.ask("How high is the mooring fee?", filter=Filter(as_of=FRIDAY)))

    assert refused.message == (
        "No article of the archive has a date, so none can be chosen by its date."
    )


@pytest.mark.parametrize(
    ("shift", "seen"),
    [(timedelta(), 2), (timedelta(seconds=-1), 1), (timedelta(microseconds=-1), 1)],
)
def test_nothing_published_later_is_shown_or_counted(
    service: Service, shift: timedelta, seen: int
) -> None:
    until = Filter(as_of=at(3, 18) + shift)

    told = service.ask("What did Ann Lee say?", filter=until)
    listed = service.statements(speaker="Lee", filter=until)
    [speaker] = service.speakers("Ann Lee", as_of=until.as_of)

    assert len(answer(told).citations) == seen
    assert (told.total, listed.total, speaker.statements, speaker.articles) == (seen,) * 4
    assert [each.statements for each in (*told.speakers, *listed.speakers)] == [seen, seen]


def test_somebody_not_quoted_yet_is_no_speaker(service: Service) -> None:
    early = Filter(as_of=at(1, 15))

    assert service.speakers("Ann Lee", as_of=early.as_of) == []
    refused = refusal(service.ask("What did Ann Lee say?", filter=early))
    assert refused.reason is RefusalReason.NO_SUCH_NAME
    assert refused.names == ()


def test_a_refusal_shows_nothing_published_later(service: Service) -> None:
    until = Filter(as_of=at(2, 1))

    for question in (
        "What did Ann Lee say about the regatta last week?",
        "How many visitors did the lantern festival draw?",
        "To how much did the harbour board raise the mooring fee in March?",
    ):
        reply = service.ask(question, filter=until)
        shown = [*reply.alternatives, *getattr(reply.outcome, "nearest", ())]
        shown += getattr(reply.outcome, "citations", ())
        assert all(each.article.published_at <= at(2, 1) for each in shown)
