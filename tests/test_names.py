"""Names in a question, and whether a text holds them."""

import pytest

from index.stores.analysis import analyze
from rag.names import holds, names

NEVER = frozenset({"what", "did", "who", "the"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("What did the Harbour Courier’s editor say?", ["Harbour Courier"], id="its"),
        pytest.param("Did James’ boat sink in March 2025?", ["James"], id="months are no names"),
        pytest.param("“Grey Heron” sank when?", ["Grey Heron"], id="in quotes at the start"),
        pytest.param("Ferries sank", [], id="a first word alone"),
        pytest.param("WHO SANK", ["SANK"], id="shouted"),
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
def test_a_text_holds_a_name_when_it_has_every_word_of_it(
    text: str, name: str, expected: bool
) -> None:
    assert holds(set(analyze(text)), name) is expected
