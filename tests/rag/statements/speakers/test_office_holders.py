"""Who held an office at the time asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from index.documents import EVERYTHING, Article, Filter
from index.language.names import name_key
from index.language.offices import office_of, offices_of
from index.statements import Resolution, SourceType, Speaker, ToldRole
from index.stores.timestamps import day_of, seconds
from rag.query.intent_parser import read_intent
from rag.replies import Reply
from rag.service import Service
from rag.statements.speakers.lookup import is_description
from rag.statements.speakers.office_holders import holders_of
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal


def speaker(name: str, **told: str) -> Speaker:
    """`told` are months with the role told in them: `m2503="mayor of Orm"`."""
    roles = tuple(ToldRole(role, (_day(month),) * 4) for month, role in told.items())
    return Speaker(name_key(name), name, SourceType.PERSON, (), (), 3, 2, roles)


def _day(month: str) -> int:
    return day_of(seconds(datetime(2000 + int(month[1:3]), int(month[3:5]), 9, tzinfo=UTC)))


@dataclass(frozen=True)
class Register:
    known: Sequence[Speaker]

    def with_office(self, terms: Sequence[str], limit: int) -> list[Speaker]:
        return [each for each in self.known if set(terms) <= _terms(each)][:limit]


def _terms(speaker: Speaker) -> set[str]:
    offices = (office for role in speaker.told for office in offices_of(role.words))
    return {term for office in offices for term in office.terms}


def holders(words: str, *known: Speaker, when: Filter = EVERYTHING) -> list[str]:
    office = office_of(words)
    assert office
    return [each.speaker.name for each in holders_of(office, Register(known), when)]


def during(question: str) -> Filter:
    intent = read_intent(f"What did Ada Obi say {question}?")
    assert intent
    return intent.period


BENNO = speaker("Benno", m2401="Pope", m2502="Pope", m2506="late Pope")
CLEMENT = speaker("Clement", m2505="Pope", m2507="Pope")


def test_the_latest_holder_is_meant_if_no_time_is_asked_about() -> None:
    assert holders("pope", BENNO, CLEMENT) == ["Clement"]
    assert holders("late pope", BENNO, CLEMENT) == ["Benno"]


def test_who_held_it_in_the_time_asked_about_is_meant() -> None:
    assert holders("pope", BENNO, CLEMENT, when=during("in 2024")) == ["Benno"]
    assert holders("pope", BENNO, CLEMENT, when=during("in February 2025")) == ["Benno"]
    assert holders("pope", BENNO, CLEMENT, when=during("in August 2025")) == ["Clement"]


def test_who_is_called_so_only_years_away_is_not_meant() -> None:
    assert holders("pope", BENNO, CLEMENT, when=during("in 2015")) == []
    assert holders("pope", CLEMENT, when=during("in 2023")) == []
    assert holders("pope", CLEMENT, when=during("in March 2026")) == ["Clement"]


def test_two_holders_in_the_time_asked_about_are_both_offered() -> None:
    assert set(holders("pope", BENNO, CLEMENT, when=during("in 2025"))) == {"Clement", "Benno"}


def test_a_person_of_two_roles_is_found_by_both() -> None:
    ana = speaker("Ana Ruiz", m2401="mayor of Orm", m2501="the harbour minister")

    assert holders("Orm mayor", ana) == holders("minister for the harbour", ana) == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "told", ["former mayor of Orm", "deputy mayor of Orm", "mayor of Lisk", "mayor-elect of Orm"]
)
def test_another_office_is_not_the_one_asked_for(told: str) -> None:
    assert holders("mayor of Orm", speaker("Ana Ruiz", m2401=told)) == []


def test_who_is_mostly_called_former_holds_it_no_more() -> None:
    ana = speaker("Ana Ruiz", m2401="mayor of Orm", m2402="mayor of Orm", m2501="former Orm mayor")

    assert holders("mayor of Orm", ana, when=during("in January 2024")) == ["Ana Ruiz"]
    assert holders("mayor of Orm", ana, when=during("in January 2025")) == []


def test_a_former_vice_president_may_be_the_president() -> None:
    ada = speaker("Ada Obi", m2401="former vice president", m2402="President")

    assert holders("president", ada) == ["Ada Obi"]


def test_who_heads_a_part_does_not_head_the_whole() -> None:
    part = speaker("Ada Obi", m2403="Corvex Asia CEO")
    whole = speaker("Bea Ruiz", m2401="U.S. Corvex CEO")

    assert holders("Corvex CEO", part) == []
    assert holders("Corvex CEO", part, whole) == ["Bea Ruiz"]
    assert holders("police chief", speaker("Ana Ruiz", m2401="Orm police chief")) == ["Ana Ruiz"]


def test_who_is_to_come_may_have_held_it_before() -> None:
    ada = speaker("Ada Obi", m2401="former President", m2402="President", m2403="President-elect")

    assert holders("president-elect", ada) == ["Ada Obi"]


def test_of_many_nobody_is_meant() -> None:
    mayors = [speaker(f"{name} Ruiz", m2401="mayor") for name in ("Ana", "Bea", "Cleo", "Dora")]

    assert holders("mayor", *mayors) == []
    assert len(holders("mayor", *mayors[:3])) == 3


def test_an_organisation_holds_no_office() -> None:
    board = Speaker("board", "Board", SourceType.ORGANISATION, (), (), 1, 1, BENNO.told)

    assert holders("pope", board) == []


def test_an_undated_article_tells_an_office_too() -> None:
    ana = Speaker("a", "Ana", SourceType.PERSON, (), (), 1, 1, (ToldRole("Orm mayor", (0,)),))

    assert holders("mayor of Orm", ana) == ["Ana"]
    assert holders("mayor of Orm", ana, when=during("in 2015")) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the pope", True),
        ("the mayor of Orm", True),
        ("Corvex's chief executive", True),
        ("the British prime minister", True),
        ("Alexander Pope", False),
        ("the Baker", False),
        ("pope", True),
        ("baker", False),
        ("ada cook", False),
        ("the port board", False),
        ("Fed chair Ada Obi", False),
    ],
)
def test_a_description_says_what_somebody_is(words: str, expected: bool) -> None:
    assert is_description(words) is expected


# --- asked of a service ------------------------------------------------------------------------

OLD = "Central Bank Chair Ada Obi said prices would rise."
NEW = "“Prices will fall,” Bea Ruiz said."
NAMED = "Bea Ruiz, the Central Bank chair, met the ministers."
DEPUTY = "Cleo Sand, deputy chair of the Central Bank, said prices would hold."
WELL = "Ruiz said it went well."


def dated(name: str, title: str, text: str, year: int, month: int, day: int) -> Article:
    return Article(name, title, text, published_at=datetime(year, month, day, tzinfo=UTC))


ARTICLES = [
    dated("old", "Prices", OLD, 2023, 3, 1),
    dated("new", "Prices", NEW, 2024, 3, 1),
    dated("met", "Talks", f"{NAMED} {WELL}", 2024, 3, 2),
    dated("deputy", "Prices", DEPUTY, 2024, 3, 3),
]
SAID = [
    Mark("old", OLD, ("prices would rise",), "Ada Obi", "Ada Obi", role="Central Bank Chair"),
    Mark("new", NEW, ("“Prices will fall,”",), "Bea Ruiz", "Bea Ruiz"),
    Mark(
        "met",
        WELL,
        ("it went well",),
        "Ruiz",
        "Bea Ruiz",
        resolution=Resolution.SHORT_NAME,
        role="the Central Bank chair",
    ),
    Mark(
        "deputy",
        DEPUTY,
        ("prices would hold",),
        "Cleo Sand",
        "Cleo Sand",
        role="deputy chair of the Central Bank",
    ),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("holders"), ARTICLES, SAID) as service:
        yield service


def quotes(reply: Reply) -> list[str]:
    return [each.quote for each in answer(reply).citations]


def test_the_holder_answers_and_the_place_of_the_office_is_cited(service: Service) -> None:
    reply = service.ask("What did the Central Bank chair say about prices?")

    assert quotes(reply) == [NEW]
    assert [each.name for each in reply.speakers] == ["Bea Ruiz"]
    assert [each.quote for each in reply.alternatives] == [NAMED]


def test_the_holder_of_that_year_answers_with_the_role_in_the_same_article(
    service: Service,
) -> None:
    reply = service.ask("What did the chair of the Central Bank say about prices in 2023?")

    [citation] = answer(reply).citations
    assert citation.quote == OLD
    assert citation.statement
    assert citation.statement.role
    assert citation.reads(citation.statement.role) == "Central Bank Chair"
    assert reply.alternatives == ()


def test_as_of_an_instant_the_holder_is_who_was_one_by_then(service: Service) -> None:
    then = Filter(as_of=datetime(2023, 6, 1, tzinfo=UTC))

    reply = service.ask("What did the Central Bank chair say about prices?", filter=then)

    assert quotes(reply) == [OLD]


def test_a_deputy_is_asked_for_as_one(service: Service) -> None:
    assert quotes(service.ask("What did the deputy Central Bank chair say about prices?")) == [
        DEPUTY
    ]
    assert refusal(service.ask("What did the former Central Bank chair say about prices?"))
