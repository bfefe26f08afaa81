"""Asking, end to end over real stores: verbatim answers and honest refusals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Article, Filter
from index.errors import NoIndexError, QuestionError
from rag.citations import Claim
from rag.replies import Answer, Refusal, RefusalReason
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent
from tests.support.newsroom import ARTICLES, newsroom
from tests.support.replies import answer, refusal


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with newsroom(tmp_path_factory.mktemp("newsroom")) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("How many passengers did the ferry fire leave adrift?", "212 passengers", "ferry"),
        ("What did Captain Marit Solheim say?", "“The waiting was the hard part,”", "ferry"),
        ("What had eaten the oak piles?", "shipworm", "bridge"),
        ("What did Ama Mensah say about the bridge price?", "a scandal", "bridge"),
        ("Which flat is not fit to live in?", "18 degrees", "court"),
    ],
)
def test_a_question_is_answered_with_the_sentence_that_holds_the_answer(
    service: Service, question: str, words: str, source: str
) -> None:
    found = answer(service.ask(question))

    assert words in found.text
    assert found.citations[0].article.id == source


def test_a_why_question_is_answered_with_the_next_sentence_too(service: Service) -> None:
    found = answer(service.ask("Why had the ferry engine been serviced?"))

    assert found.kind == "sentences"
    assert found.text.startswith("The engine had been serviced in April because a pipe leaked.")
    assert found.text.endswith("Inspectors called the repair careless.")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Gudrun Hallberg say?", RefusalReason.NO_SUCH_NAME),
        ("What did Siti Rahmawati say about the swing bridge?", RefusalReason.NO_EVIDENCE),
        ("How much did the 1987 bridge cost?", RefusalReason.NO_EVIDENCE),
        ("What is it about then?", RefusalReason.NOT_A_QUESTION),
        ("quantum chromodynamics lattice simulations?", RefusalReason.LOW_CONFIDENCE),
        ("пожар в порту?", RefusalReason.LOW_CONFIDENCE),
    ],
)
def test_what_is_not_on_the_record_is_refused_with_its_reason(
    service: Service, question: str, reason: RefusalReason
) -> None:
    assert refusal(service.ask(question)).reason is reason


def test_nobody_is_quoted_for_somebody_else(service: Service) -> None:
    reply = service.ask("What did Ama Mensah say about the waiting?")

    assert "hard part" not in getattr(reply.outcome, "text", "")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("what did gudrun hallberg say", "Nothing in the archive names gudrun hallberg."),
        ("what did ama mensahi-obi say?", "No article found for this question mentions ama mensa"),
        ("What did the Grey Heron say?", "No sentence found reports what the Grey Heron said."),
        (
            "What did Musa Bello say about ferries?",
            "No sentence found reports what Musa Bello said about this.",
        ),
    ],
)
def test_a_refusal_names_the_speaker_whose_words_are_missing(
    service: Service, question: str, message: str
) -> None:
    assert refusal(service.ask(question)).message.startswith(message)


@pytest.mark.parametrize(
    "question",
    [
        "Who took the photo of people boarding the Grey Heron?",
        "Which required fields are marked in the reply?",
        "What about ten years of ferry fires?",
        "Will my email address be published?",
    ],
)
def test_boilerplate_is_never_quoted(service: Service, question: str) -> None:
    reply = service.ask(question)
    found = reply.outcome.citations if isinstance(reply.outcome, Answer) else ()
    nearest = reply.outcome.nearest if isinstance(reply.outcome, Refusal) else ()
    hits = [hit.citation for hit in service.search(question, limit=50).hits]

    for citation in (*found, *nearest, *reply.alternatives, *hits):
        for debris in ("Photo:", "See also", "Leave a Reply", "Required fields"):
            assert debris not in citation.quote


def test_alternatives_come_from_other_articles(service: Service) -> None:
    reply = service.ask("What will rebuilding the swing bridge cost?")

    sources = [answer(reply).citations[0], *reply.alternatives]
    ids = [citation.article.id for citation in sources]
    assert set(ids[:2]) == {"bridge", "bridge-wire"}
    assert len(set(ids)) == len(ids)


def test_evidence_below_the_minimum_confidence_is_no_alternative(service: Service) -> None:
    reply = service.ask("Which flat that cannot be heated to 18 degrees is not fit to live in?")

    assert answer(reply).citations[0].article.id == "court"
    assert not reply.alternatives


def test_a_malformed_url_does_not_prevent_an_answer(tmp_path: Path) -> None:
    from api.schemas.replies import ReplyBody

    odd = Article(id="odd", title="Geese", text="Forty geese flew over town.", url="http://[cut")
    with newsroom(tmp_path) as service:
        service.add([odd], progress=silent)

        body = ReplyBody.of(service.ask("How many geese flew over town?"))

    assert body.citations[0].link is None


def test_no_alternatives_are_given_where_none_are_asked_for(service: Service) -> None:
    assert not service.ask("What will the swing bridge cost?", alternatives=0).alternatives


def test_a_filter_hides_articles_before_the_search(service: Service) -> None:
    question = "What will rebuilding the swing bridge cost?"

    wire = answer(service.ask(question, filter=Filter(outlets=("WIRE",))))
    early = answer(
        service.ask(question, filter=Filter(published_to=datetime(2025, 3, 11, tzinfo=UTC)))
    )

    assert wire.citations[0].article.id == "bridge-wire"
    assert early.citations[0].article.id == "bridge"


def test_a_filter_that_matches_nothing_is_a_refusal_that_says_so(service: Service) -> None:
    beyond = Filter(published_from=datetime(2031, 1, 1, tzinfo=UTC))

    refused = refusal(service.ask("What will the bridge cost?", filter=beyond))

    assert refused.reason is RefusalReason.OUTSIDE_FILTERS
    assert not refused.nearest


def test_an_answer_names_its_generation_and_times_its_stages(service: Service) -> None:
    reply = service.ask("What will the swing bridge cost?")

    assert reply.index == service.state()
    assert reply.index.articles == len(ARTICLES)
    assert {"embed", "retrieve", "read", "decide", "cite", "total"} <= set(reply.timings_ms)


def test_the_same_question_gets_the_same_answer(service: Service) -> None:
    first, second = (service.ask("What will the swing bridge cost?") for _ in range(2))

    assert first.outcome == second.outcome
    assert first.alternatives == second.alternatives


@pytest.mark.parametrize(
    "question", ['title:foo AND "', "((((", "* ~5 ^2", "bridge " * 250, "'; drop table articles;--"]
)
def test_hostile_questions_are_text_like_any_other(service: Service, question: str) -> None:
    assert service.ask(question).index.articles == len(ARTICLES)
    assert service.archive.count() == len(ARTICLES)


@given(st.text(max_size=80))
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_every_quote_of_every_reply_verifies(service: Service, question: str) -> None:
    try:
        reply = service.ask(f"bridge ferry {question}")
    except QuestionError:
        return

    found = reply.outcome.citations if isinstance(reply.outcome, Answer) else reply.outcome.nearest
    claims = [
        Claim(c.article.id, c.article.revision, c.start, c.end, c.quote)
        for c in (*found, *reply.alternatives)
    ]
    assert all(verdict.verified for verdict in service.verify(claims))


def test_search_ranks_passages_and_gives_their_scores(service: Service) -> None:
    hits = service.search("swing bridge cost", limit=3).hits

    assert [each.hit.score for each in hits] == sorted((e.hit.score for e in hits), reverse=True)
    assert {hits[0].citation.article.id, hits[1].citation.article.id} == {"bridge", "bridge-wire"}
    assert hits[0].hit.lexical > 0
    assert all(sum(each.hit.parts.values()) == pytest.approx(each.hit.score) for each in hits)


def test_a_removed_article_is_hidden_before_the_next_generation(tmp_path: Path) -> None:
    from index.stores.archive.archive import Archive

    with newsroom(tmp_path) as service:
        before = service.state()
        Archive.open(tmp_path / "archive.sqlite").remove(["frog"])

        reply = service.ask("What new frog did Siti Rahmawati describe?")

        assert service.state() == before
        assert isinstance(reply.outcome, Refusal)
        shown = [*reply.outcome.nearest, *(h.citation for h in service.search("frog").hits)]
        assert all(citation.article.id != "frog" for citation in shown)


def test_a_service_sees_a_generation_published_by_another_process(tmp_path: Path) -> None:
    with newsroom(tmp_path) as service:
        assert isinstance(service.ask("Who won the spelling contest?").outcome, Refusal)
        text = "Chidi Okafor won the spelling contest with the word “rhythm”."
        with_one_more = [*ARTICLES, Article(id="spelling", title="Spelling contest", text=text)]

        writer = Service(
            ServiceSettings(data=tmp_path),
            embedder=lambda _: FakeEmbedder(),
            attributor=FakeAttributor,
            reader=no_reader,
        )
        writer.add(with_one_more, progress=silent)

        assert answer(service.ask("Who won the spelling contest?")).text == text


def test_without_an_index_the_error_says_how_to_build_one(tmp_path: Path) -> None:
    service = Service(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=no_reader,
    )

    with pytest.raises(NoIndexError, match="onrecord index add"):
        service.ask("Anything?")


def test_recent_news_comes_first_unless_an_earlier_year_is_named(
    tmp_path: Path,
) -> None:
    folder = ServiceSettings(data=tmp_path)
    fresh = Service(
        folder, embedder=lambda _: FakeEmbedder(), attributor=FakeAttributor, reader=no_reader
    )
    shelf = [
        Article("old", "Tolls", "The board of 2019 put up tolls.", published_at=day(2019)),
        Article("new", "Fares", "The board may put up tolls again.", published_at=day(2025)),
    ]
    fresh.add(shelf, progress=silent)

    def first(question: str, as_of: datetime) -> str:
        hits = fresh.search(question, filter=Filter(as_of=as_of)).hits
        return hits[0].citation.article.id

    assert first("Did the board put up tolls?", day(2025)) == "new"
    assert first("Did the board of 2019 put up tolls?", day(2025)) == "old"
    assert first("Will the board of 2030 put up tolls?", day(2025)) == "new"
    fresh.close()


def day(year: int) -> datetime:
    return datetime(year, 3, 20, tzinfo=UTC)
