"""Paragraphs of a part of a text, found without those of all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from index.text.paragraphs import has_paragraphs_by_line, paragraphs, paragraphs_in, within

WRAPPED = (
    "The ferry left the harbour at dawn with two hundred and\n"
    "twelve passengers, and nobody on the quay had seen that the\n"
    "lower door stood open until the first wave came over it and\n"
    "ran along the deck.\n"
)
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", " ", "Short.", "  - an item", WRAPPED.split("\n", maxsplit=1)[0], "word " * 40]
        ),
        st.text("ab. \t\u00a0", max_size=130),
    ),
    max_size=8,
)


@given(LINES, st.integers(0, 400), st.integers(1, 400))
def test_they_are_those_of_the_whole_text_cut_to_the_part(
    lines: list[str], start: int, size: int
) -> None:
    text = "\n".join(lines)
    part = Span(start, start + size)

    assert paragraphs_in(text, part) == within(text, paragraphs(text), part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(WRAPPED, False, id="wrapped"),
        pytest.param("One line.\n\nAnother.", True, id="blank lines"),
        pytest.param("A title\nA paragraph of one line.\nAnother.", True, id="short lines"),
        pytest.param("\n".join(["long " * 30] * 3), True, id="lines too long to be wrapped"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_lengths_of_lines_tell_where_a_line_is_a_paragraph(text: str, expected: bool) -> None:
    assert has_paragraphs_by_line(text) is expected
