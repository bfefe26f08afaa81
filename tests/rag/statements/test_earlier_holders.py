"""An office asked for without a time: the topic tells which of its holders is meant.

All names and articles are made up.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from index.documents import Article, Filter
from rag.replies import Reply
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

BEFORE = "“The harbour tax is unfair,” Ada Obi said."
GONE = "“I am shaken by this news,” said Norwegian Prime Minister Ada Obi."
FERRY = "“The ferries will stay,” said Norwegian Prime Minister Ada Obi."
AFTER = "“The otters must go,” said former Norwegian Prime Minister Ada Obi."
DEATH = "“Abbot Benno was a giant,” said Norwegian Prime Minister Bea Ruiz."
LATEST = "“The ferries will go,” said Norwegian Prime Minister Bea Ruiz."
SWEDISH = "“Abbot Benno gave much,” said Swedish Prime Minister Cleo Sand."


def dated(name: str, title: str, year: int, *paragraphs: str) -> Article:
    day = datetime(year, 5, 2, tzinfo=UTC)
    return Article(name, title, "\n\n".join(paragraphs), published_at=day)


def said(article: str, sentence: str, name: str, role: str = "") -> Mark:
    return Mark(article, sentence, (sentence.partition(",”")[0] + ",”",), name, name, role=role)


PREMIER = "Norwegian Prime Minister"
ARTICLES = [
    dated("tax", "A harbour tax", 2005, BEFORE),
    dated(
        "gone", "Leaders surprised by the decision", 2013, "Abbot Benno resigned.", GONE, SWEDISH
    ),
    dated("ferry", "Ferries", 2014, FERRY),
    dated("otters", "Otters", 2018, AFTER),
    dated("death", "Abbot Benno is dead", 2022, DEATH),
    dated("ferries", "Ferries", 2023, LATEST),
]
SAID = [
    said("tax", BEFORE, "Ada Obi"),
    said("gone", GONE, "Ada Obi", PREMIER),
    said("gone", SWEDISH, "Cleo Sand", "Swedish Prime Minister"),
    said("ferry", FERRY, "Ada Obi", PREMIER),
    said("otters", AFTER, "Ada Obi", "former Norwegian Prime Minister"),
    said("death", DEATH, "Bea Ruiz", PREMIER),
    said("ferries", LATEST, "Bea Ruiz", PREMIER),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("earlier"), ARTICLES, SAID) as service:
        yield service


def quotes(reply: Reply) -> list[str]:
    return [each.quote for each in answer(reply).citations]


@pytest.mark.parametrize(
    "question",
    [
        "How did Norway's prime minister react to Abbot Benno stepping down?",
        "What did the prime minister of Norway say about Abbot Benno's resignation?",
        "How did the Norwegian prime minister respond to Abbot Benno resigning?",
        "What did the Norwegian PM say when Abbot Benno quit?",
        "What did the premier of Norway say after Abbot Benno stepped down?",
    ],
)
def test_who_held_the_office_then_answers_where_the_topic_is_theirs(
    service: Service, question: str
) -> None:
    reply = service.ask(question)

    assert quotes(reply) == [GONE]
    assert [each.name for each in reply.speakers] == ["Ada Obi"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Norway's prime minister say about the death of Abbot Benno?", DEATH),
        ("What did Norway's prime minister say about the ferries?", LATEST),
        ("What did Norway's prime minister say about the ferries in 2014?", FERRY),
        ("What did Sweden's prime minister say about Abbot Benno?", SWEDISH),
    ],
)
def test_the_latest_holder_answers_what_is_theirs_too(
    service: Service, question: str, expected: str
) -> None:
    assert quotes(service.ask(question)) == [expected]


def test_without_a_topic_the_latest_holder_is_meant(service: Service) -> None:
    reply = service.ask("What did Norway's prime minister say?")

    assert [each.name for each in reply.speakers] == ["Bea Ruiz"]


@pytest.mark.parametrize(
    "question",
    [
        "What did Norway's prime minister say about the harbour tax?",
        "What did Norway's prime minister say about the otters?",
        "What did Sweden's prime minister say about the ferries?",
        "What did Norway's current prime minister say about the harbour tax?",
        "What did Norway's defence minister say about the ferries?",
    ],
)
def test_what_was_said_before_or_after_the_office_was_held_is_no_answer(
    service: Service, question: str
) -> None:
    assert refusal(service.ask(question))


def test_the_current_holder_is_nobody_else(service: Service) -> None:
    reply = service.ask("How did Norway's current prime minister react to Abbot Benno resigning?")

    assert GONE not in [each.quote for each in getattr(reply.outcome, "citations", ())]


def test_as_of_an_instant_no_later_holder_is_known(service: Service) -> None:
    then = Filter(as_of=datetime(2014, 6, 1, tzinfo=UTC))

    reply = service.ask("What did Norway's prime minister say about the ferries?", filter=then)

    assert quotes(reply) == [FERRY]
