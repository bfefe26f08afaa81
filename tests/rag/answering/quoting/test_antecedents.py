"""Which sentences lean on the one before them, and which announce the one after."""

import pytest

from rag.answering.quoting.announcements import announcement
from rag.answering.quoting.antecedents import leans


@pytest.mark.parametrize(
    "sentence",
    [
        "She replaced Otto Krall in May.",
        "Her boat sank off Lisk.",
        "On Monday evening, he resigned.",
        "But it cost 40 million crowns.",
        "“They have no plan,” Pell said.",
        "It's 640 metres long.",
        "These include salt and oil.",
        "That figure is twice last year's.",
        "The two were taken to hospital.",
        "The two men were taken to hospital.",
        "The latter was sold in May.",
        "The figure is twice last year's.",
        "Both were hurt.",
        "One was sold to a yard in Orm.",
        "Some of them came back.",
        "There, Jon Orr met Ada Pell.",
    ],
)
def test_a_sentence_that_opens_with_what_stands_for_something_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Pell replaced Otto Krall, and he left.",
        "There were 40 boats.",
        "This week the pool reopened.",
        "That day the bridge opened.",
        "It is unclear whether the pool will reopen.",
        "It was raining.",
        "One man was hurt.",
        "All passengers were hurt.",
        "The figure of Ada Pell stood by the gate.",
        "In 2009, Ada Pell left.",
        "",
        "“”",
    ],
)
def test_a_sentence_that_names_what_it_is_about_does_not_lean(sentence: str) -> None:
    assert not leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council gave two reasons.",
        "There are several ways to pay.",
        "The board has the following members.",
        "The reasons are as follows:",
        "She said: ",
    ],
)
def test_a_sentence_that_counts_or_ends_in_a_colon_announces_the_next(sentence: str) -> None:
    assert announcement(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "There are three main reasons for this: cost, time and noise.",
        "Two boats sank.",
        "The reason is the cost.",
    ],
)
def test_a_sentence_that_gives_what_it_counts_announces_nothing(sentence: str) -> None:
    assert announcement(sentence) is None
