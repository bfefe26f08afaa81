"""First reports, earlier tolls and former holders give way to later accounts of the same event."""

import pytest

from rag.answering.order.later import (
    change,
    current,
    hedged,
    latest_result,
    latest_toll,
    without_toll,
)
from tests.support.candidates import Told, accounts


@pytest.mark.parametrize(
    ("question", "first", "later"),
    [
        (
            "When did the dock strike in Verrin begin?",
            Told("A dock strike in Verrin could begin on Oct. 1.", "2024-09-26", "Oct. 1"),
            Told("The dock strike in Verrin began at midnight.", "2024-10-01", "at midnight"),
        ),
        (
            "Who won the vote in Lisk?",
            Told("Ada Pell is expected to win the vote in Lisk.", "2024-03-01", "Ada Pell"),
            Told("Bo Marsh won the vote in Lisk.", "2024-03-03", "Bo Marsh"),
        ),
        (
            "How many people were killed in Tarn?",
            Told("An unknown number of people were feared killed in Tarn.", "2024-05-01"),
            Told("In Tarn 240 people were killed.", "2024-05-03", "240"),
        ),
        (
            "Where did the ferry Orla sink?",
            Told("The ferry Orla may have sunk off Dartley.", "2024-06-01", "off Dartley"),
            Told("The ferry Orla sank near Borel.", "2024-06-02", "near Borel"),
        ),
        (
            "What did the Marl council ban?",
            Told("The Marl council plans to ban barbecues.", "2024-07-01", "barbecues"),
            Told("The Marl council banned bonfires.", "2024-07-05", "bonfires"),
        ),
    ],
)
def test_what_was_only_possible_gives_way_to_what_happened(
    question: str, first: Told, later: Told
) -> None:
    assert hedged(*accounts(question, first, later)) == [1.0, 0.0]


FORECAST = Told("Rain could flood Tarn.", "2024-05-01", "Rain")


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("What could flood Tarn?", Told("Rain flooded Tarn.", "2024-05-03", "Rain")),
        ("What flooded Tarn?", Told("Rain flooded Tarn.", "2024-04-28", "Rain")),
        ("What flooded Tarn?", Told("Rain flooded Tarn.", "2025-05-03", "Rain")),
        ("What flooded Tarn?", Told("Rain flooded Lisk.", "2024-05-03", "Rain")),
        ("What flooded Tarn?", Told("It flooded Lisk.", "2024-05-03", "It", title="Tarn waits")),
        ("What flooded Tarn?", Told("Rain flooded Tarn.", "", "Rain")),
        ("Why was Tarn flooded?", Told("Rain flooded Tarn.", "2024-05-03", "Rain")),
    ],
    ids=[
        "asked as possible",
        "earlier",
        "a year later",
        "elsewhere",
        "of another town",
        "undated",
        "a reason",
    ],
)
def test_a_forecast_stays_where_no_later_account_tells_what_happened(
    question: str, other: Told
) -> None:
    assert hedged(*accounts(question, FORECAST, other)) == [0.0, 0.0]


def test_a_doubt_in_another_part_of_the_sentence_does_not_count() -> None:
    sure = Told("Rain, which may go on, flooded Tarn.", "2024-05-01", "Rain")
    later = Told("Rain flooded Tarn.", "2024-05-03", "Rain")

    assert hedged(*accounts("What flooded Tarn?", sure, later)) == [0.0, 0.0]


TOLL = "How many people died in the Tarn flood?"


def test_the_latest_toll_of_the_event_is_preferred() -> None:
    query, told = accounts(
        TOLL,
        Told("The Tarn flood killed 39 people.", "2024-09-27", "39"),
        Told("The Tarn flood killed 230 people.", "2024-10-04", "230"),
        Told("The Tarn flood killed 200 people.", "2024-10-03", "200"),
    )

    assert latest_toll(query, told) == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    "later",
    [
        Told("In one street the Tarn flood killed 9 people.", "2024-10-04", "9"),
        Told("The Tarn flood of 1953 killed 300 people.", "2024-10-04", "300"),
        Told("The Lisk flood killed 300 people.", "2024-10-04", "300"),
        Told("The Tarn flood killed 300 people.", "2025-09-04", "300"),
        Told("The Tarn flood killed 300 people.", "", "300"),
    ],
    ids=["a part", "another year", "elsewhere", "long after", "undated"],
)
def test_a_number_of_something_else_is_no_later_toll(later: Told) -> None:
    first = Told("The Tarn flood killed 39 people.", "2024-09-27", "39")

    assert latest_toll(*accounts(TOLL, first, later)) == [0.0, 0.0]


def test_only_what_grows_is_told_from_the_latest_article() -> None:
    first = Told("The Tarn fair has 12 rides.", "2024-09-01", "12")
    later = Told("The Tarn fair has 14 rides.", "2024-09-02", "14")

    assert latest_toll(*accounts("How many rides has the Tarn fair?", first, later)) == [0, 0]


@pytest.mark.parametrize(
    "question",
    [
        "Who is the new mayor of Tarn?",
        "Who is currently mayor of Tarn?",
        "Who is mayor of Tarn now?",
        "Who is the acting mayor of Tarn?",
        "What is the latest plan of Tarn?",
    ],
)
def test_what_holds_now_is_told_from_the_newest_article(question: str) -> None:
    old = Told("Ada Pell is mayor of Tarn.", "2022-01-01", "Ada Pell")
    new = Told("Bo Marsh is mayor of Tarn.", "2024-01-01", "Bo Marsh")

    before, after = current(*accounts(question, old, new))

    assert before == 0
    assert after > 0.4


@pytest.mark.parametrize("question", ["Who was mayor of Tarn?", "Who is mayor of New York?"])
def test_other_questions_prefer_no_date(question: str) -> None:
    old = Told("Ada Pell is mayor of Tarn.", "2022-01-01", "Ada Pell")
    new = Told("Bo Marsh is mayor of Tarn.", "2024-01-01", "Bo Marsh")

    assert current(*accounts(question, old, new)) == [0.0, 0.0]


def test_who_won_is_told_from_the_last_match() -> None:
    semifinal = Told("Lisk won in the Tarn Cup on Friday.", "2024-07-05", "Lisk")
    final = Told("Dartley won the Tarn Cup.", "2024-07-14", "Dartley")
    fans = Told("Borel came to the Tarn Cup.", "2024-07-20", "Borel")

    first, last, other = latest_result(*accounts("Who won the Tarn Cup?", semifinal, final, fans))

    assert (first, other) == (0, 0)
    assert last > 0.5


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("Who will win the Tarn Cup?", Told("Dartley won the Tarn Cup.", "2024-07-14", "Dartley")),
        ("Who won the Tarn Cup?", Told("Dartley won the Tarn Cup.", "2025-07-14", "Dartley")),
        ("Who won the Tarn Cup?", Told("Dartley may win the Tarn Cup.", "2024-07-14", "Dartley")),
        ("Who won the Tarn Cup?", Told("The hosts won the Tarn Cup.", "2024-07-14", "The hosts")),
        ("Who saw the Tarn Cup?", Told("Dartley saw the Tarn Cup.", "2024-07-14", "Dartley")),
    ],
    ids=["to come", "another year", "hedged", "nameless", "no outcome"],
)
def test_other_accounts_are_no_later_results(question: str, later: Told) -> None:
    first = Told("Lisk won the Tarn Cup and saw it.", "2024-07-05", "Lisk")

    assert latest_result(*accounts(question, first, later)) == [0.0, 0.0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lisk elected Bo Marsh mayor.",
        "Bo Marsh is the new mayor of Lisk.",
        "Bo Marsh succeeds Ada Pell as mayor of Lisk.",
        "Bo Marsh took over as mayor of Lisk.",
        "Bo Marsh was sworn in as mayor of Lisk.",
    ],
)
def test_who_is_new_is_told_by_the_sentence_about_the_change(sentence: str) -> None:
    old = Told("Mayor Ada Pell of Lisk was there.", "2024-07-05", "Ada Pell")

    assert change(*accounts("Who is the new mayor of Lisk?", old, Told(sentence))) == [0.0, 1.0]
    assert change(*accounts("Who was mayor of Lisk?", old, Told(sentence))) == [0.0, 0.0]


def test_six_more_dead_are_no_toll_and_give_way_to_one() -> None:
    increase = Told("In Tarn six more people died.", "2024-08-30", "six")
    total = Told("The Tarn outbreak killed nine people.", "2024-08-22", "nine")
    question = "How many people died in the Tarn outbreak?"

    assert latest_toll(*accounts(question, increase, total)) == [0.0, 1.0]


def test_a_sentence_without_the_toll_gives_way_where_another_has_it() -> None:
    none = Told("It was the 23rd flood in Tarn to kill people.", "2024-09-05", "23rd")
    told = Told("Nine people died in Tarn.", "2024-09-05", "Nine")

    assert without_toll(*accounts("How many people died in Tarn?", none, told)) == [1.0, 0.0]
    assert without_toll(*accounts("How many people died in Tarn?", none)) == [0.0]
    assert without_toll(*accounts("How many people live in Tarn?", none, told)) == [0.0, 0.0]


def test_a_newer_sentence_about_something_else_is_not_what_holds_now() -> None:
    old = Told("Senate leader Ada Pell was there.", "2024-07-05", "Ada Pell")
    new = Told("Bo Marsh is a current member.", "2024-09-05", "Bo Marsh")

    assert current(*accounts("Who is the current Senate leader?", old, new)) == [0.0, 0.0]
