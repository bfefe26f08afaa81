"""Other spellings of sums, names with numbers and abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.spellings import (
    is_spelled,
    may_stand_in_sum,
    other_spellings,
    with_spellings,
    with_words_spelled,
)
from index.language.terms import analyze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("F-35", "F35"),
        ("F 35", "F35"),
        ("COVID-19", "Covid19"),
        ("COVID19", "Covid 19"),
        ("G-20", "G20"),
        ("U-21", "U21"),
        ("737s", "737"),
        ("$4bn", "$4 billion"),
        ("$4bn", "4,000 million dollars"),
        ("four billion", "$4bn"),
        ("£1.25m", "£1.25 million"),
        ("£1,250,000", "£1.25m"),
        ("40k", "40,000"),
        ("40 thousand", "40k"),
        ("3 to 4 billion", "$3bn"),
        ("400m", "400 metres"),
        ("6th", "6"),
        ("the U.S.", "the United States"),
        ("the US", "America"),
        ("Britain", "the U.K."),
        ("the E.U.", "the European Union"),
        ("United Nations", "the UN"),
        ("the WHO", "World Health Organisation"),
        ("Nato", "North Atlantic Treaty Organization"),
        ("5%", "5 per cent"),
        ("5 percent", "5 per cent"),
        ("the cease-fire", "ceasefire"),
        ("two ceasefires", "cease fires"),
        ("health care", "healthcare"),
        ("an air strike", "airstrike"),
        ("whistleblower", "whistle-blower"),
    ],
)
def test_a_text_has_what_it_spells_otherwise(one: str, other: str) -> None:
    assert is_spelled(other.removeprefix("the "), set(with_spellings(one)))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("$4bn and 300 houses", "$3 billion"),
        ("$4bn on walls, $300m on pumps", "$4 million"),
        ("the M25", "M6"),
        ("737s", "747s"),
        ("tell us who was there", "United States"),
        ("those who went", "World Health Organization"),
        ("un an après", "United Nations"),
        ("South America", "United States"),
        ("the Bank of America", "USA"),
        ("a red crayon", "F35"),
        ("a fire that may cease", "ceasefire"),
        ("care for his health", "healthcare"),
    ],
)
def test_a_text_has_no_other_sum_name_or_country(text: str, asked: str) -> None:
    assert not is_spelled(asked, set(with_spellings(text)))


def test_other_spellings_leave_out_what_is_written() -> None:
    assert other_spellings("the F-35 fleet") == [("f35",)]
    assert other_spellings("the ferry of 2019") == []
    assert ("unit", "state") in other_spellings("the US navy")


@given(st.text(max_size=60))
def test_the_terms_of_a_text_come_first(text: str) -> None:
    own = analyze(text)

    assert with_spellings(text)[: len(own)] == own


WORDS = (
    "Covid F US U.S. Area Pennsylvania naïve Mac th km bn million thousand 19 4 5.5 40,000".split()
)
PIECES = st.sampled_from(
    [*WORDS, "per cent", "%", "$", "e\u0301quipe", "\u00ad", "’s", "£", "-", " ", " ", ".", ","]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_spellings_of_numbers_add_only_terms_that_may_stand_in_sums(text: str) -> None:
    added = set(with_spellings(text)) - set(with_words_spelled(text))

    assert [term for term in added if not may_stand_in_sum(term)] == []


@pytest.mark.parametrize("term", ["4bn", "51", "million", "millionair", "thous", "mill"])
def test_a_term_that_a_sum_may_be_written_with_may_stand_in_one(term: str) -> None:
    assert may_stand_in_sum(term)


@pytest.mark.parametrize("term", ["cardin", "maryland", "covid", "pope"])
def test_the_term_of_a_name_does_not_stand_in_sums(term: str) -> None:
    assert not may_stand_in_sum(term)


def test_terms_that_are_given_again_are_not_what_somebody_altered() -> None:
    analyze("Ines Aalto").append("altered")

    assert analyze("Ines Aalto") == ["ine", "aalto"]
