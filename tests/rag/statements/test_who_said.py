"""Who said it: the numbers asked for must stand in the very sentences quoted."""

from collections.abc import Iterator

import pytest

from index.documents import Article
from index.statements import Polarity
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer

GAS = "Emil Castellan said that a gas furnace would ruin the firm within five years."
ELECTRIC = "Rosa Castellan said that an electric one would ruin it in two."
COST = "An electric furnace would cost €14m, Wanda Kiefer said."
WRITTEN = "the rule was written in 1971"
RULE = f"Farida Qureshi conceded that {WRITTEN}."
NOT_SAID = "Simon Gough did not say that the fence was locked."
ARTICLES = [
    Article("glass", "A furnace", f"{GAS} {ELECTRIC}\n\n{COST}"),
    Article("rule", "A rule", RULE),
    Article("fence", "A fence", NOT_SAID),
]
SAID = [
    Mark(
        "glass",
        GAS,
        ("a gas furnace would ruin the firm within five years",),
        "Emil Castellan",
        "Emil Castellan",
    ),
    Mark(
        "glass",
        ELECTRIC,
        ("an electric one would ruin it in two",),
        "Rosa Castellan",
        "Rosa Castellan",
    ),
    Mark("glass", COST, ("An electric furnace would cost €14m",), "Wanda Kiefer", "Wanda Kiefer"),
    Mark("rule", RULE, (WRITTEN,), "Farida Qureshi", "Farida Qureshi", "conceded", "concede"),
    Mark(
        "fence",
        NOT_SAID,
        ("the fence was locked",),
        "Simon Gough",
        "Simon Gough",
        "did not say",
        polarity=Polarity.NEGATIVE,
    ),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("who_said"), ARTICLES, SAID) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who said that an electric furnace would ruin the firm in two?", "Rosa Castellan"),
        ("Who said a gas furnace would ruin the firm within 5 years?", "Emil Castellan"),
        ("Who said an electric furnace would cost €14 million?", "Wanda Kiefer"),
        ("Who conceded that the rule was written in 1971?", "Farida Qureshi"),
    ],
)
def test_the_one_who_said_it_is_named(service: Service, question: str, speaker: str) -> None:
    first = answer(service.ask(question)).citations[0]

    assert first.statement
    assert first.statement.speaker == speaker


def test_nobody_is_named_who_gave_another_number(service: Service) -> None:
    reply = service.ask("Who said that a gas furnace would ruin the firm within nine years?")

    assert reply.speakers == ()


def test_who_did_not_say_it_is_not_named(service: Service) -> None:
    assert service.ask("Who said that the fence was locked?").speakers == ()
