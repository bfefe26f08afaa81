"""Other spellings of sums, names with numbers and abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.spellings import is_spelled, other_spellings, with_spellings
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
