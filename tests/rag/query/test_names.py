"""Names in a question, and whether a text holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.terms import analyze
from rag.query.names import holds, names, stands_in

WORDS = ["Rachel", "rachel's", "Rachels", "Ferries", "ferry", "U.S.", "US", "1,200", "2024", "Ünal"]
NEVER = frozenset({"what", "did", "who", "the", "us"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("What did the Harbour Courier’s editor say?", ["Harbour Courier"], id="its"),
        pytest.param("Did James’ boat sink in March 2025?", ["James"], id="months are no names"),
        pytest.param("“Grey Heron” sank when?", ["Grey Heron"], id="in quotes at the start"),
        pytest.param("Ferries sank", [], id="a first word alone"),
        pytest.param("WHO SANK", ["SANK"], id="shouted"),
        pytest.param("What did the WHO and the US say?", ["WHO", "US"], id="abbreviations"),
        pytest.param("Who let us see the 5G network?", [], id="no letter of a number"),
        pytest.param("Did the F-35 land near Jean-Luc?", ["F-35", "Jean-Luc"], id="hyphens"),
    ],
)
def test_runs_of_capitals_are_names(text: str, expected: list[str]) -> None:
    assert list(names(text, never=NEVER)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("Robert O’Brien spoke.", "Robert O'Brien", True, id="apostrophes"),
        pytest.param("Eul Chul Lim spoke.", "Eul-Chul Lim", True, id="hyphen and space"),
        pytest.param("The bank of Corvania", "Corvanian", True, id="adjective"),
        pytest.param("Ana spoke.", "Anabel", False, id="a short start is another name"),
        pytest.param("Rachel Lee spoke.", "Rachel Brennan", False, id="half a name"),
        pytest.param("Révész spoke.", "Revesz", True, id="accents fold"),
    ],
)
def test_a_text_contains_a_name_if_it_has_all_its_words(
    text: str, name: str, expected: bool
) -> None:
    assert holds(set(analyze(text)), name) is expected


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(WORDS))
def test_a_name_written_in_a_text_is_also_in_its_terms(text: str, name: str) -> None:
    if stands_in(text, name):
        assert holds(set(analyze(text)), name)


def test_a_written_name_is_found_word_by_word_in_any_case() -> None:
    assert stands_in("It was LEE, Rachel.", "Rachel") is True
    assert stands_in("Rachelle was there.", "Rachel") is False
    assert stands_in("It was in the US.", "US") is False


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Manchester City won.", "Man City"),
        ("The Philadelphia Union lost.", "Phil Union"),
        ("Wolverhampton Wanderers drew.", "Wolver Wanderers"),
    ],
)
def test_a_name_stands_there_with_its_first_word_in_full(text: str, name: str) -> None:
    assert stands_in(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A man left the city.", "Man City"),
        ("Manchester United won.", "Man City"),
        ("Lister Hill was there.", "Li Hill"),
    ],
)
def test_other_names_that_begin_alike_do_not(text: str, name: str) -> None:
    assert not stands_in(text, name)
