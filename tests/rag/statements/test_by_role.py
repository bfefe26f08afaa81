"""Statements asked for by a role, and what may be said of somebody who did not say it."""

from collections.abc import Iterator

import pytest

from index.documents import Article
from index.statements import Resolution, SourceType
from rag.replies import RefusalReason
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

MAYOR = "Anna Kessel, mayor of Verrin, opened the tram line."
FREE = "Kessel said the tram would be free."
WIFE = "The vicar's wife said the roof would be sold."
VICAR = "The vicar said the roof would be mended."
DEPUTY = "The deputy mayor of Sulby said the pool would close."
SCHOOLS = "Mina Sato said the schools would stay open."
FLU = "“The flu vaccine is free,” Ivo Brandl said."
POPE = "Lena Pope said the wells were dry."
ADVICE = "He will advise the government of Mina Sato on health care."


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


ARTICLES = [
    Article("tram", "Tram opens", text(MAYOR, FREE)),
    Article("roof", "A roof", text(WIFE, VICAR)),
    Article("pool", "A pool", DEPUTY),
    Article("sato", "Vote", SCHOOLS),
    Article("flu", "Flu", f"{FLU} {ADVICE}"),
    Article("wells", "Wells", POPE),
    Article("pay", "Pay", "Mina Sato wants hospital pay to rise."),
]
SAID = [
    Mark(
        "tram",
        FREE,
        ("the tram would be free",),
        "Kessel",
        "Anna Kessel",
        resolution=Resolution.SHORT_NAME,
    ),
    Mark(
        "roof",
        WIFE,
        ("the roof would be sold",),
        "The vicar's wife",
        "The vicar's wife",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    Mark(
        "roof",
        VICAR,
        ("the roof would be mended",),
        "The vicar",
        "The vicar",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    Mark(
        "pool",
        DEPUTY,
        ("the pool would close",),
        "The deputy mayor of Sulby",
        "The deputy mayor of Sulby",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    Mark("sato", SCHOOLS, ("the schools would stay open",), "Mina Sato", "Mina Sato"),
    Mark("wells", POPE, ("the wells were dry",), "Lena Pope", "Lena Pope"),
    Mark("flu", FLU, ("“The flu vaccine is free,”",), "Ivo Brandl", "Ivo Brandl"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("roles"), ARTICLES, SAID) as service:
        yield service


def test_who_is_named_with_the_role_answers_for_it_and_the_place_is_cited(service: Service) -> None:
    [citation] = answer(service.ask("What did the mayor of Verrin say about the tram?")).citations

    assert citation.quote == FREE
    assert citation.statement
    assert citation.statement.role
    assert citation.reads(citation.statement.role) == "mayor of Verrin"


def test_a_role_elsewhere_is_not_the_one_asked_for(service: Service) -> None:
    assert refusal(service.ask("What did the mayor of the choir say about the tram?"))


@pytest.mark.parametrize("office", ["deputy mayor", "former mayor", "vice mayor"])
def test_another_office_of_the_same_noun_is_not_the_one_asked_for(
    service: Service, office: str
) -> None:
    assert refusal(service.ask(f"What did the {office} of Verrin say about the tram?"))


def test_the_deputy_is_not_asked_for_by_the_office(service: Service) -> None:
    assert refusal(service.ask("What did the mayor of Sulby say about the pool?"))
    assert answer(service.ask("What did the deputy mayor of Sulby say about the pool?"))


def test_the_noun_itself_comes_before_those_described_with_it(service: Service) -> None:
    quotes = [each.quote for each in answer(service.ask("What did the vicar say?")).citations]

    assert quotes == [VICAR, WIFE]


def test_the_pope_is_nobody_called_pope(service: Service) -> None:
    assert refusal(service.ask("What did the pope say about the wells?"))
    assert answer(service.ask("What did Pope say about the wells?"))
    assert answer(service.ask("What did Lena Pope say about the wells?"))


def test_another_is_named_only_if_their_own_words_are_on_the_topic(service: Service) -> None:
    unsaid = refusal(service.ask("What did Mina Sato say about health care?"))
    said = refusal(service.ask("What did Mina Sato say about the flu vaccine?"))

    assert unsaid.reason is RefusalReason.NOT_ABOUT_TOPIC
    assert (said.reason, said.message) == (
        RefusalReason.SAID_BY_OTHER,
        "Ivo Brandl is quoted on this, not Mina Sato.",
    )


def test_nobody_is_said_never_to_have_said_what_the_nearest_sentence_may_report(
    service: Service,
) -> None:
    refused = refusal(service.ask("What did Mina Sato say about hospital pay?"))

    assert refused.reason is RefusalReason.LOW_CONFIDENCE
    assert [each.article.id for each in refused.nearest][:1] == ["pay"]


def test_nobody_is_told_from_a_longer_form_of_the_own_name(service: Service) -> None:
    reply = refusal(service.ask("What did Ivo Brandl's office say about the flu vaccine?"))

    assert reply.reason is not RefusalReason.SAID_BY_OTHER
