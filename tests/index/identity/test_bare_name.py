"""Which words for a speaker are the name, and which only stand around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity.bare_name import bare_name
from index.identity.blocks import filed_under, telling, told_by
from index.identity.quoted import Quoted
from index.language.names import name_key
from index.statements import SourceType, Speaker


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Senate Minority Leader Maren Orlov", "Maren Orlov"),
        ("Orm County Executive Maren Orlov", "Maren Orlov"),
        ("Pro Tempore Maren Orlov", "Maren Orlov"),
        ("Astronaut Maren “Mia” Orlov", "Maren “Mia” Orlov"),
        ("CB Maren Orlov", "Maren Orlov"),
        ("Maren Orlov VP", "Maren Orlov"),
        ("VP Maren Orlov", "Maren Orlov"),
        ("Tarn's Maren Orlov", "Maren Orlov"),
        ("the Orm Fund’s Maren Orlov", "Maren Orlov"),
        ("Delta Motors' CEO Maren Orlov", "Maren Orlov"),
        ("Tarn’s Prime Minister Maren Orlov", "Maren Orlov"),
        ("the University of Orm's Maren Orlov", "Maren Orlov"),
        ("Maren Orlov of Tarn", "Maren Orlov"),
        ("Senate Majority Leader Maren Orlov of Tarn", "Maren Orlov"),
        ("House Leader Maren Orlov on Orm News", "Maren Orlov"),
        ("Tarn Secretary of State Maren Orlov in July", "Maren Orlov"),
        ("Speaker of the House Maren Orlov", "Maren Orlov"),
        ("Orm Chief of Detectives Orlov", "Orlov"),
        ("Virginia Governor Maren Orlov", "Maren Orlov"),
        ("Maren Orlov Mastered", "Maren Orlov"),
        ("evolutionMaren Orlov", "Maren Orlov"),
        ("Will Donald Renn", "Donald Renn"),
        ("Fed Chair Renn", "Renn"),
        ("Elect Renn", "Renn"),
        ("S.C. Renn", "Renn"),
        ("CNBC Renn", "Renn"),
        ("Whether Renn", "Renn"),
        ("Baseless Renn", "Renn"),
        ("Mayor Ana Renn Jr.", "Ana Renn Jr."),
    ],
)
def test_offices_places_owners_and_what_follows_are_not_the_name(words: str, name: str) -> None:
    assert bare_name(words).name == name


@pytest.mark.parametrize(
    "words",
    [
        "Maren Orlov",
        "J.D. Renn",
        "JD Renn",
        "Will Renn",
        "IDA RENN",
        "Ymirless Renn Orlov",
        "Dean Scott Renn",
        "Anna Baker Renn",
        "Martin Luther King Jr.",
        "Marine Le Tarn",
        "Hassan Sheikh Torrin",
        "Will Smeth",
        "Mother of Ana Renn",
        "aide to former President Ana Renn",
        "Spokesman for President Ana Renn",
        "spokesman for Tarn’s President Ana Renn",
        "the Orm County Sheriff's Office",
        "Tarn's Ministry of Transport",
        "Leonardo da Torrin",
    ],
)
def test_nouns_inside_a_name_other_people_and_bodies_are_left(words: str) -> None:
    bare = bare_name(words)

    assert (bare.name, bare.framed) == (words, False)


def test_a_surname_alone_is_no_full_name_and_a_generation_is_no_surname() -> None:
    surname, junior = bare_name("Judge Renn"), bare_name("Renn Jr.")

    assert (surname.full, surname.surname, surname.before) == (False, "renn", "Judge")
    assert (junior.full, junior.surname, junior.generation) == (False, "renn", "jr")


WORDS = st.sampled_from(
    """
    Secretary Director aide son of to the for in and - Ana Ana's Renn Renn’s Renns' Jr. II Will
    President VP evolutionRenn Effect Limiting Under Mastered & iPhone 3M Lind-Falk (Bo) “Bo”
    """.split()
)


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), st.sampled_from(SourceType))
def test_no_order_of_words_is_too_odd_for_a_name(words: str, kind: SourceType) -> None:
    each = Quoted(Speaker(name_key(words), words, kind, (), (), 1, 1), frozenset({1}))

    assert each.bare.name
    assert filed_under(each) >= {f"name {each.plain_key}"}
    assert telling(each)
    assert told_by(each)


@pytest.mark.parametrize("words", ["Secretary of", "Orm Secretary of", "Ana Renn aide to the"])
def test_an_office_with_nothing_after_it_is_no_frame(words: str) -> None:
    assert bare_name(words).name == words
