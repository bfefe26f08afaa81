"""Before "never" is said, every part of the topic and every spelling of the name is looked for."""

from collections.abc import Iterator

import pytest

from index.documents import Article
from index.statements import Resolution, SourceType
from rag.replies import Answer, RefusalReason
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import refusal

TOLLS = "Yelena Marchenko said the tolls of the northern locks were fair."
OTHER = "Yelena Marchenkko said the flood had drowned forty sheep."
NURSES = "Nurses said the ward was cold."
ARTICLES = [
    Article("tolls", "Fair", TOLLS),
    Article("flood", "Sheep", OTHER),
    Article("ward", "Cold", NURSES),
]
SAID = [
    Mark("tolls", TOLLS, ("the tolls of the northern locks were fair",), "Yelena Marchenko",
         "Yelena Marchenko"),
    Mark("flood", OTHER, ("the flood had drowned forty sheep",), "Yelena Marchenkko",
         "Yelena Marchenkko"),
    Mark("ward", NURSES, ("the ward was cold",), "Nurses", "Nurses", source_type=SourceType.GROUP,
         resolution=Resolution.ITSELF),
]  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("never"), ARTICLES, SAID) as service:
        yield service


def test_never_is_said_where_nothing_is_near(service: Service) -> None:
    refused = refusal(service.ask("What did Yelena Marchenko say about locusts?"))

    assert refused.message == "Yelena Marchenko is quoted once, never on this."


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("What did Yelena Marchenko say about the tolls for barges, rafts and eels?", TOLLS),
        ("What did Yelena Marchenko say about the flood?", OTHER),
    ],
    ids=["a part of the topic", "another spelling"],
)
def test_what_is_near_is_shown_in_place_of_never(
    service: Service, question: str, near: str
) -> None:
    refused = refusal(service.ask(question))

    assert refused.reason is RefusalReason.NOT_ABOUT_TOPIC
    assert "on this was found; the nearest is below" in refused.message
    assert "never" not in refused.message
    assert refused.nearest[0].quote == near


def test_a_group_is_not_quoted_like_a_person(service: Service) -> None:
    refused = refusal(service.ask("What did nurses say about locusts?"))

    assert refused.message == "Statements by nurses were found once, none on this."


NEAR = "Reporters asked about the fees of the Northern Orrin River Board. "
PAYS = "“I will not pay a farthing more,” said Ines Falk."
ELSEWHERE = "“Nobody reads the news in winter,” said Ines Falk."


@pytest.fixture(scope="module")
def falk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    articles = [
        Article("fees", "Falk", f"{NEAR}{PAYS}"),
        Article("news", "Winter", ELSEWHERE),
        *(Article(f"other{n}", "Board", f"The board of lock {n} met.") for n in range(5)),
    ]
    said = [
        Mark(article, sentence, (sentence[: sentence.index("”") + 1],), "Ines Falk", "Ines Falk")
        for article, sentence in (("fees", PAYS), ("news", ELSEWHERE))
    ]
    with marked_service(tmp_path_factory.mktemp("falk"), articles, said) as service:
        yield service


@pytest.mark.parametrize(
    "topic",
    [
        "the fees",
        "the Northern Orrin River Board",
        "fees after the vote",
        "whether the fees are too much",
    ],
)
def test_a_topic_in_the_paragraph_alone_is_answered(falk: Service, topic: str) -> None:
    reply = falk.ask(f"What did Ines Falk say about {topic}?")

    assert isinstance(reply.outcome, Answer), reply.outcome
    assert reply.outcome.text.endswith(PAYS)


@pytest.mark.parametrize(
    "topic", ["a war on the river", "locusts of the river", "eels in the river"]
)
def test_a_topic_whose_most_telling_word_is_nowhere_is_refused(falk: Service, topic: str) -> None:
    refused = refusal(falk.ask(f"What did Ines Falk say about {topic}?"))

    assert refused.reason is RefusalReason.NOT_ABOUT_TOPIC
