"""Stories printed by several outlets: one copy is cited, the others are named beside it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.documents import Article, Filter
from index.stores.archive.archive import Archive
from rag.citations import Citation
from rag.replies import Answer, Hit, Reply
from rag.service import Service
from rag.settings import CitedVersion, ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent

LEAD = "The ferry Grey Heron burned off Northgate and left 212 passengers adrift."
SLEPT = "Captain Marit Solheim slept in Ardvik."
BODY = "\n\n".join(
    f"Lifeboat number {number} came to pier {number + 3} with blankets and {number * 2} doctors."
    for number in range(20)
)
QUESTION = "How many passengers were left adrift when the ferry Grey Heron burned?"


def report(id: str, outlet: str, day: int, text: str) -> Article:
    date = datetime(2025, 3, day, tzinfo=UTC)
    return Article(id, f"Ferry fire: {outlet}", text, outlet=outlet, published_at=date)


WIRE = report("wire", "Wire", 4, f"{LEAD}\n\n{BODY}")
COURIER = report("courier", "Courier", 5, f"From our correspondent.\n\n{LEAD}\n\n{BODY}")
GAZETTE = report(
    "gazette", "Gazette", 6, f"{LEAD}\n\n{BODY}\n\nCaptain Marit Solheim slept in Ardvik."
)
RIVAL = report(
    "rival",
    "Rival",
    7,
    "Our own reporter was aboard the burning ferry and sang with strangers for six hours. "
    "The stars over Northgate were counted twice.",
)
# so that the words of the fire are rare
TOWNS = [
    report(f"town-{number}", "Almanac", 1, f"Town {number} counted {number * 11} geese and swans.")
    for number in range(40)
]
STORY = {"wire", "courier", "gazette"}
ARTICLES = (GAZETTE, RIVAL, WIRE, COURIER, *TOWNS)


def made(folder: Path, shown: CitedVersion) -> Service:
    return Service(
        ServiceSettings(data=folder, story_shown=shown),
        embedder=lambda name: FakeEmbedder(),
        attributor=FakeAttributor,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    with closing(made(folder, "best")) as service:
        service.add(ARTICLES, progress=silent)
    return folder


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    with closing(made(folder, "earliest")) as service:
        yield service


def citations(reply: Reply) -> list[Citation]:
    assert isinstance(reply.outcome, Answer)
    return [*reply.outcome.citations, *reply.alternatives]


def of_story(reply: Reply) -> Citation:
    """The one citation of the wire's story."""
    [citation] = [each for each in citations(reply) if each.article.id in STORY]
    return citation


def hits_of(service: Service) -> tuple[Hit, ...]:
    return service.ask_with_trace(QUESTION).trace.hits


def test_a_story_is_cited_once_with_its_copies_beside_it(service: Service) -> None:
    citation = of_story(service.ask(QUESTION))

    assert citation.quote == LEAD
    assert citation.article.id == "wire"
    assert [copy.outlet for copy in citation.copies] == ["Courier", "Gazette"]


def test_another_report_of_the_event_is_no_copy(service: Service) -> None:
    ids = {hit.passage.article_id for hit in hits_of(service)}

    assert "rival" in ids


@pytest.mark.parametrize(
    ("shown", "cited", "copies"),
    [
        ("earliest", "wire", ["courier", "gazette"]),
        ("latest", "gazette", ["wire", "courier"]),
    ],
)
def test_the_setting_says_which_version_is_cited(
    folder: Path, shown: CitedVersion, cited: str, copies: list[str]
) -> None:
    with closing(made(folder, shown)) as service:
        citation = of_story(service.ask(QUESTION))

    assert citation.article.id == cited
    assert [copy.id for copy in citation.copies] == copies


def test_the_best_hit_is_cited_with_that_setting(folder: Path) -> None:
    with closing(made(folder, "best")) as service:
        citation = of_story(service.ask(QUESTION))
        best = next(h for h in hits_of(service) if h.passage.article_id in STORY)

    assert citation.article.id == best.passage.article_id


def test_words_found_in_one_version_only_are_cited_from_it(service: Service) -> None:
    reply = service.ask("Where had Captain Marit Solheim slept?")

    citation = citations(reply)[0]
    assert citation.quote == SLEPT
    assert citation.article.id == "gazette"
    assert citation.copies == ()
    assert [version.id for version in citation.versions] == ["wire", "courier"]


def test_only_what_passes_the_filter_is_cited_or_named(service: Service) -> None:
    since = Filter(published_from=datetime(2025, 3, 5, tzinfo=UTC))

    citation = of_story(service.ask(QUESTION, filter=since))

    assert citation.article.id == "courier"
    assert [copy.id for copy in citation.copies] == ["gazette"]


def test_passages_of_copies_never_fill_the_pool(service: Service) -> None:
    found = {hit.passage.article_id for hit in hits_of(service)}

    assert len(found & STORY) == 1
    assert "rival" in found


def test_a_search_shows_one_article_per_story(service: Service) -> None:
    hits = service.search(QUESTION).hits

    others = {
        each.citation.article.id: len(each.citation.copies) + len(each.citation.versions)
        for each in hits
    }
    assert [count for id, count in others.items() if id in STORY] == [2]
    assert others["rival"] == 0


def test_any_article_of_a_story_can_be_read_alone(
    service: Service,
) -> None:
    for each in ("wire", "courier", "gazette"):
        alone = service.ask_with_trace(QUESTION, only={each}).gold
        assert alone is not None
        assert {hit.passage.article_id for hit in alone.hits} == {each}


def test_a_removed_article_is_no_copy_and_represents_no_story(tmp_path: Path) -> None:
    with closing(made(tmp_path, "earliest")) as service:
        service.add(ARTICLES, progress=silent)
        best = next(h for h in hits_of(service) if h.passage.article_id in STORY)
        with closing(Archive.open(tmp_path / "archive.sqlite")) as archive:
            archive.remove([best.passage.article_id])  # no generation is made of it yet

        citation = of_story(service.ask(QUESTION))

    left = STORY - {best.passage.article_id}
    assert {citation.article.id, *(copy.id for copy in citation.copies)} == left


def test_an_update_that_corrects_a_sentence_is_not_named_as_carrying_it(tmp_path: Path) -> None:
    killed = "Eleven workers were killed in the blast at the Marrow plant."
    denied = "No workers were killed in the blast at the Marrow plant, as first counted."
    first = report("first", "First Wire", 4, f"{killed}\n\n{BODY}")
    later = report("later", "Late Herald", 5, f"{denied}\n\n{BODY}")
    with closing(made(tmp_path, "earliest")) as service:
        service.add([first, later, *TOWNS], progress=silent)

        found = citations(service.ask("How many workers were killed in the Marrow plant blast?"))

    [cited] = [each for each in found if each.article.id in {"first", "later"}]
    assert cited.copies == ()
    assert {cited.article.id, *(version.id for version in cited.versions)} == {"first", "later"}


@pytest.mark.slow
def test_many_copies_of_a_story_never_hide_the_others(tmp_path: Path) -> None:
    wires = [
        report(f"copy-{number}", f"Paper {number}", 4, f"{LEAD} {SLEPT}") for number in range(250)
    ]
    with closing(made(tmp_path, "earliest")) as service:
        service.add([*wires, RIVAL, *TOWNS], progress=silent)

        found = service.search(QUESTION).hits

    ids = [each.citation.article.id for each in found]
    assert "rival" in ids
    assert sum(id.startswith("copy-") for id in set(ids)) == 1
