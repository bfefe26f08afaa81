"""Who said what, end to end: the right speaker or an honest refusal, never a guess."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Filter
from index.errors import QuestionError
from index.statements import Statement, StatementKind
from rag.citations import Citation, Claim
from rag.replies import Answer, Refusal, RefusalReason, Reply
from rag.service import Service
from tests.support.replies import answer, refusal
from tests.support.statement_archive import TAX, CountingEmbedder, statement_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with statement_service(tmp_path_factory.mktemp("statement_service")) as service:
        yield service


def statement(citation: Citation) -> Statement:
    assert citation.statement is not None
    return citation.statement


def speakers(reply: Reply) -> list[str | None]:
    return [statement(citation).speaker for citation in answer(reply).citations]


@pytest.mark.parametrize(
    ("question", "text", "speaker"),
    [
        pytest.param("What did Ida Brandt say?", TAX, "Ida Brandt", id="in full"),
        pytest.param("what did ida brandt say about the tax", TAX, "Ida Brandt", id="lower case"),
        pytest.param("Minister Brandt's view on the river tax", TAX, "Ida Brandt", id="title"),
        pytest.param(
            "What did Halina Lee say about grinding by night?",
            "“We grind by night to save money,” Lee said.",
            "Halina Lee",
            id="the short name's owner",
        ),
        pytest.param(
            "What did Oskar Lee warn about?",
            "Lee warned that the pier would close by June.",
            "Oskar Lee",
            id="a warning",
        ),
        pytest.param(
            "According to experts, is the ice on the lake safe?",
            "Experts said the ice on the lake was thin.",
            "Experts",
            id="a group",
        ),
        pytest.param(
            "What did the Lake Trust spokesman say about skating?",
            "A spokesman for the Lake Trust said nobody should skate before February.",
            "A spokesman for the Lake Trust",
            id="a description",
        ),
        pytest.param(
            "Who denied that the banks were talking?",
            "Pavel Ortiz denied that the two banks were talking.",
            "Pavel Ortiz",
            id="who denied",
        ),
        pytest.param(
            "Who spoke of “a story for children”?",
            "Ortiz called the rumour “a story for children”.",
            "Pavel Ortiz",
            id="a phrase",
        ),
        pytest.param("ida brandt on the river tax", TAX, "Ida Brandt", id="a search"),
    ],
)
def test_an_answer_is_the_whole_sentence_with_its_speaker(
    service: Service, question: str, text: str, speaker: str
) -> None:
    reply = service.ask(question)

    assert answer(reply).text == text
    assert statement(answer(reply).citations[0]).speaker == speaker


def test_every_part_of_a_statement_can_be_read_in_its_article(service: Service) -> None:
    [citation] = answer(service.ask("Did Halina Lee comment on the lawsuit?")).citations

    told = statement(citation)
    assert told.cue is not None
    assert citation.reads(told.cue) == "declined to comment"
    assert [citation.reads(span) for span in told.content] == ["on the lawsuit"]
    assert [citation.reads(span) for span in told.resolution_path] == ["She", "Halina Lee"]


def test_statements_are_ordered_by_relevance_then_newest_first(service: Service) -> None:
    reply = service.ask("What has been said about the river tax?")

    assert answer(reply).kind == "statements"
    assert speakers(reply) == ["Ida Brandt", "Halina Lee", "Oskar Lee"]
    assert [speaker.name for speaker in reply.speakers] == speakers(reply)


def test_a_wire_story_is_one_statement_with_its_copies(service: Service) -> None:
    [citation] = answer(service.ask("What did Ida Brandt say about the river tax?")).citations

    assert citation.article.id == "tax-copy"
    assert [copy.id for copy in citation.copies] == ["tax"]


def test_two_people_with_one_surname_are_both_offered_and_kept_apart(service: Service) -> None:
    reply = service.ask("What did Lee say about the river tax?")

    assert [speaker.name for speaker in reply.speakers] == ["Halina Lee", "Oskar Lee"]
    assert speakers(reply) == ["Halina Lee", "Oskar Lee"]


def test_statements_of_one_speaker_are_grouped(service: Service) -> None:
    reply = service.ask("What did Lee say?")

    assert speakers(reply) in (
        ["Halina Lee", "Halina Lee", "Oskar Lee", "Oskar Lee"],
        ["Oskar Lee", "Oskar Lee", "Halina Lee", "Halina Lee"],
    )
    assert reply.total == 4


def test_a_statement_that_may_be_a_namesakes_is_shown_but_is_no_answer(service: Service) -> None:
    reply = service.ask("What did Halina Lee say about the talks?")

    assert refusal(reply).reason is RefusalReason.NOT_ABOUT_TOPIC
    assert "never for certain on this" in refusal(reply).message
    [near] = refusal(reply).nearest
    assert near.quote == "Lee said the talks had failed."
    assert statement(near).speaker is None
    assert statement(near).candidates == ("Halina Lee", "Oskar Lee")


@pytest.mark.parametrize(
    ("question", "reason", "message"),
    [
        pytest.param(
            "What did Halina Lee say about locusts?",
            RefusalReason.NOT_ABOUT_TOPIC,
            "Halina Lee is quoted 3 times, never on this.",
            id="another topic",
        ),
        pytest.param(
            "What did Nadia Petrov say about the two banks talking?",
            RefusalReason.SAID_BY_OTHER,
            "Pavel Ortiz is quoted on this, not Nadia Petrov.",
            id="another speaker",
        ),
        pytest.param(
            "What did Ines Falk say?",
            RefusalReason.NO_SUCH_SPEAKER,
            "No statement by Ines Falk is in the archive.",
            id="only named",
        ),
        pytest.param(
            "What did the lawsuit say?",
            RefusalReason.NO_SUCH_SPEAKER,
            "Nobody is quoted as “the lawsuit” in the archive: ask by name.",
            id="only described",
        ),
        pytest.param(
            "What did Halina Leigh say?",
            RefusalReason.NO_SUCH_SPEAKER,
            "No statement by Halina Leigh is in the archive. Similar names: Halina",
            id="misspelt",
        ),
        pytest.param(
            "What did Gudrun Hallberg say?",
            RefusalReason.NO_SUCH_NAME,
            "Nothing in the archive names Gudrun Hallberg.",
            id="nobody",
        ),
        pytest.param(
            "What did Ida Brandt say about the river tax in 2019?",
            RefusalReason.OUTSIDE_DATES,
            "Ida Brandt is quoted on this, but not in 2019; the nearest is from 7 March 2025.",
            id="another year",
        ),
        pytest.param(
            "What did Halina Lee say about the lawsuit?",
            RefusalReason.NOT_ABOUT_TOPIC,
            "Halina Lee is quoted 3 times, never on this. A request for comment was declined",
            id="no comment",
        ),
        pytest.param(
            "What did Halina Lee deny?",
            RefusalReason.NOT_ABOUT_TOPIC,
            "Halina Lee is quoted 3 times, never on this.",
            id="no denial",
        ),
    ],
)
def test_a_refusal_says_why(
    service: Service, question: str, reason: RefusalReason, message: str
) -> None:
    refused = refusal(service.ask(question))

    assert refused.reason is reason
    assert refused.message.startswith(message)


def test_a_refusal_lists_similar_names(service: Service) -> None:
    refused = refusal(service.ask("What did Halina Leigh say?"))

    assert refused.names[0].name == "Halina Lee"


def test_whether_someone_commented_is_answered_by_a_declined_comment(service: Service) -> None:
    reply = service.ask("Did Halina Lee comment on the lawsuit?")

    assert answer(reply).text == "She declined to comment on the lawsuit."


def test_a_period_in_the_question_narrows_the_dates(service: Service) -> None:
    before = service.ask("What did Lee say about the river tax before 2025?")
    since = service.ask("What did Lee say about the river tax since March 2025?")

    assert speakers(before) == ["Oskar Lee"]
    assert speakers(since) == ["Halina Lee"]


def test_a_filter_narrows_the_dates_too(service: Service) -> None:
    wire = Filter(outlets=("Wire",))
    late = Filter(published_from=datetime(2030, 1, 1, tzinfo=UTC))

    assert speakers(service.ask("What did Lee say about the river tax?", filter=wire)) == [
        "Oskar Lee"
    ]
    refused = refusal(service.ask("What did Lee say about the river tax?", filter=late))
    assert refused.reason is RefusalReason.OUTSIDE_FILTERS


def test_how_often_is_the_number_of_statements(service: Service) -> None:
    assert service.ask("How many times is Oskar Lee quoted?").total == 2
    assert service.ask("How often has Ida Brandt spoken of the river tax?").total == 1


def test_a_quote_never_includes_boilerplate(service: Service) -> None:
    reply = service.ask("What did Nadia Petrov say about the oven?")

    assert answer(reply).text == (
        "“The first oven broke in the frost,” said Nadia Petrov, the baker."
    )
    assert len(statement(answer(reply).citations[0]).content) == 2


def test_a_question_that_statements_answer_is_never_embedded(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    with statement_service(tmp_path, embedder) as service:
        before = embedder.questions
        answer(service.ask("What did Ida Brandt say?"))

        assert embedder.questions == before
        service.ask("How thin was the ice?")
        assert embedder.questions == before + 1


def test_a_missed_statement_is_found_in_a_sentence_with_the_speakers_name(
    service: Service,
) -> None:
    reply = service.ask("What did Musa Bello say about retiring?")

    [citation] = answer(reply).citations
    assert citation.quote == "The conductor of the choir, Musa Bello, said he would retire in June."
    assert citation.statement is None
    assert reply.total == 1


def test_a_sentence_attributed_to_somebody_else_is_never_the_answer(
    service: Service,
) -> None:
    reply = service.ask("What did Nadia Petrov say about the lawsuit?")

    assert isinstance(reply.outcome, Refusal)


def test_a_removed_article_is_not_quoted(tmp_path: Path) -> None:
    from index.stores.archive.archive import Archive

    with statement_service(tmp_path) as service:
        Archive.open(tmp_path / "archive.sqlite").remove(["merger"])

        reply = service.ask("What did Pavel Ortiz call the rumour?")

        assert isinstance(reply.outcome, Refusal)
        assert not service.statements(speaker="Pavel Ortiz").citations


def test_a_listing_has_every_statement_of_a_speaker_newest_first(service: Service) -> None:
    listed = service.statements(speaker="Lee")

    assert [speaker.name for speaker in listed.speakers] == ["Halina Lee", "Oskar Lee"]
    assert listed.total == 5
    assert [citation.article.id for citation in listed.citations] == ["mill"] * 3 + ["pier"] * 2
    assert listed.index == service.state()


def test_a_listing_has_pages(service: Service) -> None:
    everything = service.statements(about="river tax", limit=10).citations
    pages = [service.statements(about="river tax", limit=2, offset=at) for at in (0, 2, 4)]

    assert [citation for page in pages for citation in page.citations] == list(everything)
    assert {page.total for page in pages} == {len(everything)}


def test_a_listing_can_be_of_one_kind(service: Service) -> None:
    direct = service.statements(kinds=[StatementKind.DIRECT]).citations

    assert {citation.article.id for citation in direct} == {"mill", "oven"}


def test_a_listing_of_nobody_is_empty(service: Service) -> None:
    listed = service.statements(speaker="Gudrun Hallberg")

    assert (listed.speakers, listed.total, listed.citations) == ((), 0, ())


def test_speakers_are_found_by_a_part_of_their_name(service: Service) -> None:
    assert [speaker.name for speaker in service.speakers("lee")] == ["Halina Lee", "Oskar Lee"]
    assert "Ida Brandt" in [speaker.name for speaker in service.speakers("Ida Brant")]


def test_statements_below_the_minimum_confidence_are_refused(tmp_path: Path) -> None:
    with statement_service(tmp_path, min_confidence=1.0) as service:
        refused = refusal(service.ask("What did Ida Brandt say about the tax?"))

    assert refused.reason is RefusalReason.LOW_CONFIDENCE
    assert [statement(each).speaker for each in refused.nearest] == ["Ida Brandt"]


def test_an_answer_can_be_asked_for_with_its_trace(service: Service) -> None:
    question = "What did Ida Brandt say about the river tax?"

    asked = service.ask_with_trace(question, only=frozenset({"tax"}))

    assert asked.reply.outcome == service.ask(question).outcome
    assert asked.trace.confidence == answer(asked.reply).confidence
    found = {hit.passage.article_id for hit in asked.trace.hits}
    assert len(found) > 1
    assert len(found & {"tax", "tax-copy"}) == 1, "one article of a story"
    assert asked.gold is not None
    assert {hit.passage.article_id for hit in asked.gold.hits} == {"tax"}


@pytest.mark.slow
@given(st.text(max_size=40), st.sampled_from(["Lee", "Ida Brandt", "experts", "", "nobody"]))
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_every_quote_verifies_and_every_speaker_is_one_asked_for(
    service: Service, topic: str, name: str
) -> None:
    try:
        reply = service.ask(f"What did {name} say about the river tax {topic}?")
    except QuestionError:
        return

    found = reply.outcome.citations if isinstance(reply.outcome, Answer) else reply.outcome.nearest
    claims = [
        Claim(c.article.id, c.article.revision, c.start, c.end, c.quote)
        for c in (*found, *reply.alternatives)
    ]
    assert all(verdict.verified for verdict in service.verify(claims))
