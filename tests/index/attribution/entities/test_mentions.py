"""Names found by capitals and what stands around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.entities.mentions import find_mentions


def found(text: str) -> list[tuple[str, str]]:
    return [(each.span.of(text), each.kind) for each in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met Mr. Okafor there.", [("Okafor", "PER")], id="title"),
        pytest.param("We asked Prime Minister Ana Lindqvist.", [("Ana Lindqvist", "PER")], id="pm"),
        pytest.param(
            "It was Secretary of State Paul Ferrow.", [("Paul Ferrow", "PER")], id="office with of"
        ),
        pytest.param(
            "She met Pieter van der Berg.", [("Pieter van der Berg", "PER")], id="particles"
        ),
        pytest.param("They saw Omar al-Hadid.", [("Omar al-Hadid", "PER")], id="al-"),
        pytest.param("He met Kim Dae-ho, 43, again.", [("Kim Dae-ho", "PER")], id="Korean"),
        pytest.param(
            "An analyst, Somchai Rattanakul, agreed.", [("Somchai Rattanakul", "PER")], id="Thai"
        ),
        pytest.param("We met J.K. Porter.", [("J.K. Porter", "PER")], id="initials"),
        pytest.param(
            "We heard Sean O’Malley's plan.", [("Sean O’Malley", "PER")], id="both apostrophes"
        ),
        pytest.param(
            "It was the Ministry of Fisheries.", [("Ministry of Fisheries", "ORG")], id="ministry"
        ),
        pytest.param(
            "The Corvan Central News Agency (CCNA) wrote it.",
            [("Corvan Central News Agency", "ORG"), ("CCNA", "ORG")],
            id="acronym in brackets",
        ),
        pytest.param("She lives in Norway.", [("Norway", "LOC")], id="place"),
        pytest.param(
            "Following Okafor's vote, Mr. Okafor left.",
            [("Okafor", "PER"), ("Okafor", "PER")],
            id="a participle that opens the sentence",
        ),
        pytest.param(
            "Harbour Institute fellow Ana Gomez left.",
            [("Harbour Institute", "ORG"), ("Ana Gomez", "PER")],
            id="body, noun, name",
        ),
    ],
)
def test_names_are_found_with_their_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Experts disagreed. Officials declined. However, nothing changed.", id="starts"
        ),
        pytest.param("THE MAYOR SAID NOTHING AT ALL TODAY", id="all capitals"),
        pytest.param("“Nothing,” he said. “But it rained.”", id="quotations"),
        pytest.param("It rained on Monday and in March.", id="calendar"),
        pytest.param("", id="empty"),
    ],
)
def test_a_capital_letter_alone_does_not_make_a_person(text: str) -> None:
    assert found(text) == []


def test_a_headline_has_only_names_that_ordinary_sentences_confirm() -> None:
    text = (
        "Okafor Says Harbour Must Close\n\nMs. Okafor said on Monday that the harbour must close."
    )

    assert found(text) == [("Okafor", "PER"), ("Okafor", "PER")]


def test_a_first_word_that_is_a_name_elsewhere_is_a_name() -> None:
    text = "Ruth Okafor came late. But Okafor stayed. Okafor left."

    assert found(text) == [("Ruth Okafor", "PER"), ("Okafor", "PER"), ("Okafor", "PER")]


@given(st.text(alphabet="Aa B.’'-\"“”\n(),éΩ漢0", max_size=200))
def test_mentions_are_ascending_disjoint_and_inside_any_text(text: str) -> None:
    spans = [each.span for each in find_mentions(text)]

    assert spans == sorted(spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
