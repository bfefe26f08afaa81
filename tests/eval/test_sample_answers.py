"""The sample archive asked for real: what a newcomer sees first must hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.loading import QUESTIONS, demo_questions
from eval.measures.statements import right_speaker, wrong_speaker
from index.documents import Article
from index.sources.jsonl import read_jsonl
from index.sources.sample import sample_path
from index.text.boilerplate import find_boilerplate
from rag.citations import Citation, Claim
from rag.replies import Answer, Refusal, RefusalReason, Reply
from rag.service import Service
from rag.settings import ServiceSettings

pytestmark = [
    pytest.mark.real,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # torch's and transformers' own
]
OF_SPEECH = {"no_such_speaker", "not_about_topic", "said_by_other"}
RECORDS: list[dict[str, Any]] = [
    json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def service(sample: Path) -> Iterator[Service]:
    service = Service(ServiceSettings(data=sample))
    yield service
    service.close()


@pytest.fixture(scope="module")
def replies(service: Service) -> dict[str, Reply]:
    return {record["id"]: service.ask(record["question"]) for record in RECORDS}


def citations(reply: Reply) -> list[Citation]:
    outcome = reply.outcome
    found = outcome.citations if isinstance(outcome, Answer) else outcome.nearest
    return [*found, *reply.alternatives]


def speakers(reply: Reply) -> list[str]:
    """Of the statements answered with, in their order; none of a refusal."""
    cited = reply.outcome.citations if isinstance(reply.outcome, Answer) else ()
    sure = (each.statement for each in cited if each.statement and each.statement.sure)
    return [statement.speaker for statement in sure if statement.speaker]


def right(record: dict[str, Any], reply: Reply) -> bool:
    if isinstance(reply.outcome, Refusal):
        return not record["answerable"]
    return any(
        gold["article"] == cited.article.id
        and gold["start"] < cited.end
        and cited.start < gold["end"]
        for gold in record.get("evidence", ())
        for cited in reply.outcome.citations
    )


def test_the_first_question_names_its_speaker_and_outlet(service: Service) -> None:
    reply = service.ask("what did Rachel Minyoung Lee say?")

    assert isinstance(reply.outcome, Answer)
    citation = reply.outcome.citations[0]
    assert citation.quote.startswith("Rachel Minyoung Lee, a senior fellow at the Stimson Center,")
    assert citation.article.outlet == "The Meridian Post"
    assert citation.article.text[citation.start : citation.end] == citation.quote


def test_a_wire_story_is_shown_once_with_the_other_outlets(service: Service) -> None:
    reply = service.ask("How many passengers did the engine fire strand on the ferry?")

    shown = [each for each in citations(reply) if each.article.id.startswith("ferry-fire-")]
    told = [each for each in shown if each.copies and each.statement is None]
    assert len({each.article.id for each in told}) == 1
    for citation in told:
        others = (*citation.copies, *citation.versions)
        together = {citation.article.id, *(other.id for other in others)}
        assert together == {"ferry-fire-courier", "ferry-fire-gazette", "ferry-fire-wire"}


def test_every_example_of_the_demo_is_right(replies: dict[str, Reply]) -> None:
    examples = [record for record in RECORDS if record["question"] in demo_questions()]

    assert len(examples) == 6
    assert [r["question"] for r in examples if not right(r, replies[r["id"]])] == []


def test_every_citation_of_every_reply_verifies(
    service: Service, replies: dict[str, Reply]
) -> None:
    claims = [
        Claim(c.article.id, c.article.revision, c.start, c.end, c.quote)
        for reply in replies.values()
        for c in citations(reply)
    ]

    assert len(claims) > 100
    assert all(verdict.verified for verdict in service.verify(claims))


def test_no_furniture_is_quoted(replies: dict[str, Reply]) -> None:
    debris = {article.id: find_boilerplate(article.text) for article in _articles()}

    assert sum(map(len, debris.values())) > 10
    for reply in replies.values():
        for cited in citations(reply):
            for piece in debris[cited.article.id]:
                assert cited.end <= piece.span.start or piece.span.end <= cited.start


def test_people_the_archive_does_not_know_are_refused_by_name(replies: dict[str, Reply]) -> None:
    absent = [record for record in RECORDS if record.get("reason") == "no_such_name"]

    assert len(absent) >= 2
    for record in absent:
        outcome = replies[record["id"]].outcome
        assert isinstance(outcome, Refusal), record["question"]
        assert outcome.reason in {RefusalReason.NO_SUCH_NAME, RefusalReason.NO_EVIDENCE}


def test_who_said_what_is_answered_with_the_right_speakers(replies: dict[str, Reply]) -> None:
    asked = [record for record in RECORDS if record["answerable"] and "speaker" in record]
    named = {record["question"]: speakers(replies[record["id"]])[:1] for record in asked}

    expected = {record["question"]: record["speaker"] for record in asked}
    lost = [q for q, names in named.items() if not right_speaker("".join(names), [expected[q]])]
    mistaken = [
        q
        for q, names in named.items()
        if wrong_speaker("".join(names), [expected[q]])
        and not "".join(names).lower().startswith("the ")  # the article's words, not a name
    ]

    assert len(asked) >= 35
    assert mistaken == []
    assert len(lost) <= 0.15 * len(asked), lost


def test_enough_questions_of_who_said_it_are_answered_for_certain(
    replies: dict[str, Reply],
) -> None:
    asked = [record for record in RECORDS if "who_said" in record["tags"]]
    certain = [record for record in asked if speakers(replies[record["id"]])[:1]]

    assert len(certain) >= 60
    for record in certain:
        [name] = speakers(replies[record["id"]])[:1]
        assert not wrong_speaker(name, [record["speaker"]]), record["question"]


def test_the_words_of_another_are_refused(replies: dict[str, Reply]) -> None:
    swapped = [record for record in RECORDS if "wrong_speaker" in record["tags"]]
    outcomes = {record["question"]: replies[record["id"]].outcome for record in swapped}

    assert len(swapped) >= 12
    assert [q for q, outcome in outcomes.items() if isinstance(outcome, Answer)] == []


def test_a_refusal_says_why(replies: dict[str, Reply]) -> None:
    reasons = {r["question"]: r["reason"] for r in RECORDS if r.get("reason") in OF_SPEECH}
    given = {
        record["question"]: outcome.reason.value
        for record in RECORDS
        if record["question"] in reasons
        and isinstance(outcome := replies[record["id"]].outcome, Refusal)
    }

    wrong = {q: reason for q, reason in given.items() if reason != reasons[q]}
    assert len(reasons) >= 15
    assert len(wrong) <= 0.2 * len(reasons), wrong


def test_namesakes_are_both_offered_and_told_apart(service: Service) -> None:
    reply = service.ask("What did Horvat say?")

    both = {"Milena Horvat", "Goran Horvat"}
    assert {speaker.name for speaker in reply.speakers} == both
    assert set(speakers(reply)) == both


def test_who_declined_to_comment_is_quoted_so(replies: dict[str, Reply]) -> None:
    for record in RECORDS:
        if "declined" in record["tags"]:
            outcome = replies[record["id"]].outcome
            assert isinstance(outcome, Answer), record["question"]
            assert "declined to comment" in outcome.text


def test_most_sample_questions_are_right(replies: dict[str, Reply]) -> None:
    count = sum(right(record, replies[record["id"]]) for record in RECORDS)

    assert count / len(RECORDS) >= 0.7  # .75 when this was written: a floor, not the measure


def _articles() -> list[Article]:
    return [item for item in read_jsonl(sample_path()) if isinstance(item, Article)]
