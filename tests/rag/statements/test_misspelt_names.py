"""A question with a slip in the speaker's name, end to end."""

from collections.abc import Iterator

import pytest

from index.documents import Article
from rag.replies import RefusalReason
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

COUNTED = [
    f"Olena Tarensky said the {noun} tolls of the northern locks were fair."
    for noun in (
        "barge raft ferry tug skiff canoe punt dinghy cutter sloop ketch yawl lugger pinnace "
        "wherry hoy smack brig barque galley".split()
    )
]
ARDEN = "Tom Ardenne met Olena Tarensky at the weir. Nobody asked Rosa Arden about the tolls."
SPEAKING = [
    f"Jacinta Ardern said the {noun} was safe." for noun in "weir dam lock sluice quay".split()
]
ARTICLES = [
    *(Article(f"toll-{at}", "Fair", text) for at, text in enumerate(COUNTED)),
    *(Article(f"safe-{at}", "Safe", text) for at, text in enumerate(SPEAKING)),
    Article("weir", "At the weir", ARDEN),
]
SAID = [
    Mark(each.id, each.text, (each.text.split(" said ")[1].rstrip("."),), name, name)
    for each in ARTICLES[:-1]
    for name in [each.text.split(" said ")[0]]
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("misspelt"), ARTICLES, SAID) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "asked", "name", "text"),
    [
        (
            "What did Tarenskey say about the ferry tolls?",
            "Tarenskey",
            "Olena Tarensky",
            COUNTED[2],
        ),
        ("what did tarenskiy say about the ferry", "tarenskiy", "Olena Tarensky", COUNTED[2]),
        ("What is Mrs Tarenzky's view on the ferry?", "Tarenzky", "Olena Tarensky", COUNTED[2]),
        ("Jacynta Ardern on the sluice", "Jacynta Ardern", "Jacinta Ardern", SPEAKING[3]),
        (
            "Did Jacinta Arden comment on the sluice?",
            "Jacinta Arden",
            "Jacinta Ardern",
            SPEAKING[3],
        ),
    ],
)
def test_the_speaker_of_the_right_name_answers_and_the_reply_says_so(
    service: Service, question: str, asked: str, name: str, text: str
) -> None:
    reply = service.ask(question)

    assert answer(reply).text == text
    assert reply.respelling is not None
    assert (reply.respelling.asked, reply.respelling.name) == (asked, name)
    assert reply.question == question


def test_a_right_name_is_read_as_it_is(service: Service) -> None:
    assert service.ask("What did Tarensky say about the ferry tolls?").respelling is None


def test_a_misspelt_name_is_no_unknown_name_where_the_speaker_said_nothing_on_it(
    service: Service,
) -> None:
    reply = service.ask("What did Tarenskey say about locusts?")

    assert refusal(reply).reason is RefusalReason.NOT_ABOUT_TOPIC
    assert refusal(reply).message == "Olena Tarensky is quoted 20 times, never on this."
    assert reply.respelling is not None


def test_a_name_of_somebody_who_is_not_quoted_is_refused_with_suggestions(service: Service) -> None:
    for question in ("What did Rosa Arden say?", "What did Arden say?"):
        refused = refusal(service.ask(question))

        assert refused.reason is RefusalReason.NO_SUCH_SPEAKER
        assert "Jacinta Ardern" in refused.message


def test_a_date_in_the_question_is_read_beside_the_right_name(service: Service) -> None:
    reply = service.ask("What did Tarenskey say about locusts in May 2021?")

    assert reply.period is not None
    assert reply.period.words == "in May 2021"
    assert reply.respelling is not None
