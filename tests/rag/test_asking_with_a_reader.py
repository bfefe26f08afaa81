"""Questions asked with a reader: short answers, other stories, and the deadline."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.documents import Article
from index.errors import ModelError
from rag.citations import ResolvedDays
from rag.reading.reader import Reader
from rag.replies import Answer, Refusal
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, FakeReader, no_reader, silent
from tests.support.newsroom import newsroom

HOW_MANY = "How many passengers did the ferry fire on the Grey Heron leave adrift?"
WHEN = "When were passengers adrift on the ferry Grey Heron?"
OTHER = Article(
    id="ferry-other",
    title="Ferry adrift",
    text="The ferry Grey Heron was adrift for hours with 198 passengers, the harbour master wrote.",
    outlet="Gazette",
    published_at=datetime(2025, 3, 5, tzinfo=UTC),
)


def answered(service: Service, question: str) -> Answer:
    outcome = service.ask(question).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def test_the_short_answer_is_marked_in_the_sentence_that_is_cited(tmp_path: Path) -> None:
    reader = FakeReader({"212 passengers": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        reply = service.ask(HOW_MANY)

    assert isinstance(reply.outcome, Answer)
    assert reply.outcome.short == "212 passengers"
    assert reply.outcome.text.startswith("A fire on the ferry Grey Heron left 212")
    assert reply.reading == "full"


def test_a_weekday_is_worked_out_from_the_date_of_the_article(tmp_path: Path) -> None:
    reader = FakeReader({"Tuesday": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        [citation] = answered(service, WHEN).citations

    assert citation.resolved == ResolvedDays("Tuesday", date(2025, 3, 4), date(2025, 3, 4))


@pytest.mark.parametrize(
    ("other", "agreement"), [("198 passengers", "differ"), ("for hours", "alone")]
)
def test_another_story_is_shown_beside_the_answer_where_it_has_another_number(
    tmp_path: Path, other: str, agreement: str
) -> None:
    reader = FakeReader({"212 passengers": 9.0, other: 8.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([OTHER], progress=silent)
        found = answered(service, HOW_MANY)
        shown = service.ask(HOW_MANY).alternatives

    assert found.agreement == agreement
    assert [each.article.id for each in found.differing] == (
        ["ferry-other"] if agreement == "differ" else []
    )
    assert "ferry-other" not in {each.article.id for each in shown}


def test_after_the_deadline_passages_are_ranked_by_keywords_and_the_reply_says_so(
    tmp_path: Path,
) -> None:
    reader = FakeReader({"212 passengers": 9.0}, unread=99)
    with newsroom(tmp_path / "unread", lambda _: reader) as service:
        late = service.ask(HOW_MANY)
    with newsroom(tmp_path / "none", no_reader) as service:
        plain = service.ask(HOW_MANY)

    assert isinstance(late.outcome, Answer)
    assert isinstance(plain.outcome, Answer)
    assert (late.reading, plain.reading) == ("none", "none")
    assert late.outcome.text == plain.outcome.text
    assert late.outcome.short is None


def test_the_minimum_confidence_is_a_setting(tmp_path: Path) -> None:
    reader = FakeReader({"212 passengers": 9.0})
    with newsroom(tmp_path, lambda _: reader, min_confidence=1.0) as service:
        assert not isinstance(service.ask(HOW_MANY).outcome, Answer)


ITEMS = Article(
    id="agenda",
    title="Agenda of the dredging board",
    text="Item 1 of the dredging agenda raises the mooring fees. "
    "Item 700 of the dredging agenda is any other business, for which there was no time.",
)


def test_another_number_of_the_same_list_is_no_answer(tmp_path: Path) -> None:
    reader = FakeReader({"the mooring fees": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([ITEMS], progress=silent)
        first = answered(service, "What does item 1 of the dredging agenda raise?")
        last = service.ask("What does item 700 of the dredging agenda raise?").outcome

    assert first.short == "the mooring fees"
    assert not isinstance(last, Answer) or last.text.startswith("Item 700")


def test_a_list_with_only_other_numbers_is_a_refusal_that_says_so(tmp_path: Path) -> None:
    text = "Item 1 of the dredging agenda raises the mooring fees for all 700 boats."
    reader = FakeReader({"the mooring fees": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([Article("agenda", "Agenda of the board", text)], progress=silent)
        refused = service.ask("What does item 700 of the dredging agenda raise?").outcome

    assert isinstance(refused, Refusal)
    assert refused.message == "No sentence found is about item 700."


SUNK = Article(
    id="mine",
    title="Blast at the Sefton pit",
    text="An explosion at the Sefton pit killed 43 people. The Sefton pit is closed.",
)


def test_a_verb_is_not_taken_for_the_thing_counted(tmp_path: Path) -> None:
    reader = FakeReader({"43": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([SUNK], progress=silent)
        found = answered(service, "How many workers died in the explosion at the Sefton pit?")

    assert found.short == "43 people"


def test_a_number_asked_for_in_digits_may_stand_in_words(tmp_path: Path) -> None:
    text = "Forty-three people drowned off Sefton when the trawler Mirre sank."
    with newsroom(tmp_path, lambda _: FakeReader({"Forty-three": 9.0})) as service:
        service.add([Article("mirre", "Trawler Mirre sinks", text)], progress=silent)
        found = answered(service, "Did 43 people drown off Sefton on the trawler Mirre?")

    assert found.text == text


def test_a_number_of_things_is_not_a_salary(tmp_path: Path) -> None:
    posts = "Orrin has about 1,900 nursing posts that it cannot fill."
    paid = "A nurse in Orrin earns a salary of 640 crowns a week."
    with newsroom(tmp_path, lambda _: FakeReader({"1,900": 9.0, "640 crowns": 2.0})) as service:
        service.add([Article("posts", "Nurses wanted in Orrin", posts)], progress=silent)
        refused = service.ask("What salary do nurses in Orrin earn?").outcome
        service.add([Article("paid", "Nurses of Orrin", paid)], progress=silent)
        found = answered(service, "What salary do nurses in Orrin earn?")

    assert isinstance(refused, Refusal)
    assert refused.message == "No sentence found for this gives a sum of money."
    assert found.text == paid


def test_days_are_worked_out_only_for_an_answer_that_may_be_a_date(tmp_path: Path) -> None:
    reader = FakeReader(
        {"A fire on the ferry Grey Heron left 212 passengers adrift on Tuesday": 9.0}
    )
    with newsroom(tmp_path, lambda _: reader) as service:
        [citation] = answered(service, "Who was adrift on the ferry Grey Heron?").citations

    assert citation.short is not None
    assert citation.resolved is None


@pytest.mark.parametrize("following", ["The pumps were old.", "Subscribe to our letter."])
def test_the_next_sentence_is_quoted_too_only_within_the_paragraph(
    tmp_path: Path, following: str
) -> None:
    gap = "\n\n" if following.startswith("Subscribe") else " "
    text = f"The Sefton pit was flooded because its pumps failed.{gap}{following}"
    reader = FakeReader({"because its pumps failed": 9.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([Article("flood", "Flood at the Sefton pit", text)], progress=silent)
        found = answered(service, "Why was the Sefton pit flooded?")

    assert (following in found.text) == (gap == " ")
    assert found.kind == ("sentences" if gap == " " else "sentence")


def test_a_service_is_ready_only_with_its_reader(tmp_path: Path) -> None:
    def broken(_: str) -> Reader:
        raise ModelError("The reader cannot be read.")

    with newsroom(tmp_path):
        pass
    service = Service(
        ServiceSettings(data=tmp_path),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=broken,
    )

    with pytest.raises(ModelError, match="reader"):
        service.check()


def test_a_passage_that_answers_unread_is_read_before_it_does(tmp_path: Path) -> None:
    early = [
        _fire(
            number,
            f"The Orrin mill fire killed 3 people, {name} said. How many people died in the Orrin "
            f"mill fire was told by {name} at {number + 1} o'clock in district {number + 11}.",
            day=4,
        )
        for number, name in enumerate("Aalto Brandt Cole Dahl Egan Falk Gray Holm Ivers".split())
    ]
    late = _fire(
        99,
        "In the town hall the mayor spoke for an hour about many things and thanked the crews of "
        "four towns for their help. The mill fire in Orrin killed 9 people, the mayor said.",
        day=6,
    )
    reader = FakeReader({"3 people": -1.0, "9 people": 6.0})
    with newsroom(tmp_path, lambda _: reader) as service:
        service.add([*early, late], progress=silent)
        found = answered(service, "How many people died in the Orrin mill fire?")

    assert found.citations[0].article.id == "fire-99"
    assert found.short == "9 people"
    assert len(reader.asked) == 2


def _fire(number: int, text: str, *, day: int) -> Article:
    published = datetime(2025, 3, day, tzinfo=UTC)
    return Article(f"fire-{number}", f"Orrin fire {number}", text, published_at=published)
