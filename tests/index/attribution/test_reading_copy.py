"""The copy of an article that attribution reads, and spans of the stored text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.attribution.attributor import ArticleAttributor
from index.attribution.reading_copy import reading_copy
from index.documents import Article
from index.statements import Statement
from index.text.legible import legible_words

NAMES = [
    "Tess Vale",
    "Darnell “Biscuit” Okafor",
    "Tom 'Bricks' Arden",
    "William (Bill) Hale",
    'Maria "Mimi" de Souza',
    "José Núñez",
    "Łukasz Wrona",
    "Jan van ’t Hof",
    "Kim Jae-hyun",
    "Sean O’Rafferty",
]
HIDDEN = st.sampled_from(["\u00ad", "\u200b", "\u200d", "\u2060", "\u200f"])


def attribute(text: str) -> list[Statement]:
    return ArticleAttributor(None).attribute([Article("a", "", text)])[0]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        pytest.param("said Tom “Bricks” Arden.", "said Tom Arden.", id="nickname in marks"),
        pytest.param("said William (Bill) Hale.", "said William Hale.", id="in brackets"),
        pytest.param("Ana Hale (Ret.) said", "Ana Hale said", id="retired"),
        pytest.param("Brig. Gen. Hale", "Brig Gen. Hale", id="a rank's full stop"),
        pytest.param("Jan van ’t Hof", "Jan van t Hof", id="an apostrophe that opens nothing"),
        pytest.param("a film, “Bricks” Arden made", None, id="a title of a work"),
        pytest.param("Ana Hale (Labour) Monday", None, id="a party"),
        pytest.param("Hale (D) Ohio", None, id="a letter"),
        pytest.param("In “Hamlet” Arden wept", None, id="after a preposition"),
        pytest.param("He said “Yes” Tom did", None, id="after a verb"),
        pytest.param("the BBC “Panorama” Team", None, id="after an acronym"),
        pytest.param("Tom said, “No.” Arden left", None, id="a whole quotation"),
    ],
)
def test_the_copy_leaves_out_what_interrupts_a_name(stored: str, read: str | None) -> None:
    assert reading_copy(stored).text == (read or stored)


@pytest.mark.parametrize("name", NAMES)
def test_a_speaker_is_named_as_readers_see_the_name(name: str) -> None:
    text = f"“It is shut,” said {name}, a guard. It rained."

    [[said], [apart]] = [attribute(each) for each in (text, unicodedata.normalize("NFD", text))]

    assert (said.speaker, said.sure) == (apart.speaker, apart.sure) == (name, True)


@pytest.mark.parametrize(
    "around", ["{} 👩\u200d🚒", "★ {}", "{}™", "\u2066{}\u2069", "{}\u200f", "{} ❤\ufe0f"]
)
def test_what_stands_around_a_name_is_not_part_of_it(around: str) -> None:
    [said] = attribute(f"“It is shut,” organiser {around.format('Tess Vale')} said. It rained.")

    assert said.speaker == "Tess Vale"


@settings(max_examples=30)
@given(st.sampled_from(NAMES), st.dictionaries(st.integers(0, 90), HIDDEN), st.booleans())
def test_every_span_is_of_the_stored_text(name: str, hidden: dict[int, str], apart: bool) -> None:
    plain = f"It rained.\n\n“The oﬃce burns,” said {name}, a guard. “It is sad 🎪,” she said."
    plain = unicodedata.normalize("NFD", plain) if apart else plain
    text = "".join(letter + hidden.get(at, "") for at, letter in enumerate(plain))

    found = attribute(text)

    assert [_read(text, each) for each in found] == [
        _read(plain, each) for each in attribute(plain)
    ]
    assert [legible_words(part.of(text)) for each in found for part in each.content] == [
        "“The office burns,”",
        "“It is sad,”",
    ]
    assert {each.speaker for each in found} == {unicodedata.normalize("NFC", name)}


def _read(text: str, statement: Statement) -> list[str]:
    """The words of all spans as they are shown."""
    spans = [statement.cue, statement.source, statement.role, *statement.resolution_path]
    return [legible_words(span.of(text)) for span in (*spans, *statement.content) if span]
