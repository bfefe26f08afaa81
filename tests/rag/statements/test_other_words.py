"""A topic in other words than the statement's is found by its meaning."""

from collections.abc import Iterator

import pytest

from index.documents import Article
from index.statements import Act, Polarity, Resolution, SourceType
from rag.service import Service
from tests.support.fakes import ConceptEmbedder
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

CONCEPTS = (
    "league championship trophy",
    "flu jabs vaccines",
    "ferry boats crossing",
    "weather rain",
)
COACH = "Coach Ida Brandt said the championship is gone for good."
JABS = "Doctor Omar Sol said vaccines are no use in July."
BEFORE = "The ferry crossing was discussed with boats in the harbour for hours."
RAIN = "Pilot Una Berg said rain was a bore."
FERRY = f"{BEFORE} {RAIN}"
CLERKS = "Clerks said the championship was lost."
MAYOR = "Vera Quist, the mayor of Orm, said vaccines were late."
QUIET = "Lena Frost denied that vaccines were stolen."
ARTICLES = [
    Article("coach", "Gone", COACH),
    Article("jabs", "No use", JABS),
    Article("ferry", "Harbour", FERRY),
    Article("clerks", "Lost", CLERKS),
    Article("mayor", "Late", MAYOR),
    Article("quiet", "Stolen", QUIET),
]
SAID = [
    Mark("coach", COACH, ("the championship is gone for good",), "Ida Brandt", "Ida Brandt"),
    Mark("jabs", JABS, ("vaccines are no use in July",), "Omar Sol", "Omar Sol"),
    Mark("ferry", RAIN, ("rain was a bore",), "Una Berg", "Una Berg"),
    Mark("clerks", CLERKS, ("the championship was lost",), "Clerks", "Clerks",
         source_type=SourceType.GROUP, resolution=Resolution.ITSELF),
    Mark("mayor", MAYOR, ("vaccines were late",), "Vera Quist", "Vera Quist",
         role="the mayor of Orm"),
    Mark("quiet", QUIET, ("vaccines were stolen",), "Lena Frost", "Lena Frost", cue="denied",
         lemma="deny", act=Act.DENY, polarity=Polarity.NEGATIVE),
]  # fmt: skip


EMBEDDER = ConceptEmbedder(*CONCEPTS)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("words")
    with marked_service(folder, ARTICLES, SAID, EMBEDDER) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What did Ida Brandt say about the league?", COACH),
        ("Did Ida Brandt say anything about the league?", COACH),
        ("What did Brandt tell reporters about the trophy?", COACH),
        ("What did Omar Sol say about jabs?", JABS),
        ("What did the mayor of Orm say about jabs?", MAYOR),
    ],
)
def test_a_statement_answers_in_other_words_than_the_question(
    service: Service, question: str, quote: str
) -> None:
    assert [each.quote for each in answer(service.ask(question)).citations] == [quote]


@pytest.mark.parametrize(
    "question",
    [
        "What did Ida Brandt say about jabs?",
        "What did Una Berg say about vessels?",
        "What did Una Berg say about the league?",
        "What did Ida Brandt say about “the league is gone”?",
        "How many times did Ida Brandt speak about the league?",
        "What did Omar Sol say about jabs in 1999?",
    ],
    ids=[
        "on something else",
        "others spoke of it in the same passage",
        "an article on something else",
        "these very words",
        "how often",
        "another time",
    ],
)
def test_what_is_not_meant_is_refused_as_before(service: Service, question: str) -> None:
    refused = refusal(service.ask(question))

    assert refused.message


def test_a_topic_in_the_statements_own_words_is_compared_with_none(service: Service) -> None:
    EMBEDDER.embedded.clear()

    said = answer(service.ask("What did Omar Sol say about vaccines?"))

    assert (said.citations[0].quote, EMBEDDER.embedded) == (JABS, [])


def test_who_has_said_much_is_looked_for_in_the_articles_nearest_to_the_topic(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lines = [f"Ida Brandt said match {number} was fine." for number in range(130)]
    much = [Article(f"m{number}", "Fine", line) for number, line in enumerate(lines)]
    marks = [
        Mark(each.id, each.text, (f"match {number} was fine",), "Ida Brandt", "Ida Brandt")
        for number, each in enumerate(much)
    ]
    folder = tmp_path_factory.mktemp("much")
    with marked_service(folder, [*ARTICLES, *much], [*SAID, *marks], EMBEDDER) as service:
        said = answer(service.ask("What did Ida Brandt say about the league?"))

    assert said.citations[0].quote == COACH
