import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from index.text.paragraphs import paragraphs
from index.text.sentences import MOST_CHARACTERS, sentences

NEWS = st.text(alphabet=st.sampled_from("aA1 .,!?\n\t\"'“”’()p.m…😀é"), max_size=200)
ANYTHING = st.text(alphabet=st.characters(), max_size=200)  # lone surrogates too


def split(text: str) -> list[str]:
    return [s.of(text) for s in sentences(text, Span(0, len(text)))]


def parts(text: str) -> list[str]:
    return [p.of(text) for p in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Nobody came.", ["It rained.", "Nobody came."]),
        ("Doors open at 5 p.m. Tuesday. All may come.", None),
        ("Doors open at 7:30 p.m. Oct. 25 in Hull. All may come.", None),
        ("Polls close at 8 p.m. EST. Nobody waits.", None),
        ("They met Ms. Lee there. She left.", ["They met Ms. Lee there.", "She left."]),
        ("They left at 5 p.m. The rest stayed.", ["They left at 5 p.m.", "The rest stayed."]),
        ("Ann Lee, R-Calif. voted no. It failed.", ["Ann Lee, R-Calif. voted no.", "It failed."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ('"We won," he said. "It was hard."', ['"We won," he said.', '"It was hard."']),
        (
            "He said, “I lost. I am sad.” Then he left.",
            ["He said, “I lost. I am sad.”", "Then he left."],
        ),
        ("The storm 🌪️ hit. 😀 It passed.", ["The storm 🌪️ hit.", "😀 It passed."]),
        ("The U.S. Senate met. Sen. Roe spoke.", ["The U.S. Senate met.", "Sen. Roe spoke."]),
    ],
)
def test_sentences_are_as_a_reader_would_cut_them(text: str, expected: list[str] | None) -> None:
    last = text.rsplit(". ", 1)

    assert split(text) == (expected or [last[0] + ".", last[1]])


def test_a_closing_mark_apart_from_its_sentence_stays_with_it() -> None:
    assert split("She said ‘stop.’ ” He left.") == ["She said ‘stop.’ ”", "He left."]


def test_a_long_quotation_is_cut_at_the_sentences_in_it() -> None:
    said = "We have waited here for a very long time. "
    text = "“" + said * 15 + "Now it is done.” He left."

    assert split(text)[0] == "“We have waited here for a very long time."
    assert split(text)[-2:] == ["Now it is done.”", "He left."]


def test_only_the_given_part_is_split_and_offsets_are_into_the_text() -> None:
    text = "One is here. Two is here. Three is here."

    found = sentences(text, Span(13, 26))

    assert found == [Span(13, 25)]


def test_a_newline_ends_a_paragraph_where_a_line_is_a_paragraph() -> None:
    text = "A line that ends a paragraph without a full stop\nAnother one. It goes on.\nThe last"

    assert parts(text) == text.split("\n")


WRAPPED = """The council met on Monday evening to decide about the new bridge over
the river, which has been closed to all traffic since the flood of last
spring. It will be built again.
The mayor told the meeting that work would begin in May and would take
about a year."""


def test_lines_of_hard_wrapped_text_are_joined() -> None:
    first, second = (part.replace("\n", " ") for part in parts(WRAPPED))

    assert first.endswith("since the flood of last spring. It will be built again.")
    assert second.startswith(
        "The mayor told the meeting that work would begin in May and would take"
    )


def test_a_sentence_may_run_over_the_lines_of_wrapped_text() -> None:
    assert split(WRAPPED)[1] == "It will be built again."
    assert split(WRAPPED)[0].endswith("flood of last\nspring.")


def test_a_blank_line_always_ends_a_paragraph() -> None:
    assert parts(WRAPPED.replace("\nspring", "\n \nspring"))[1].startswith("spring.")


def test_a_list_of_short_lines_is_not_taken_for_wrapped_text() -> None:
    text = "Who won the prizes this year in Hull:\nAnn Lee\nBo Roe of Leeds, for the third time"

    assert parts(text) == text.split("\n")


@given(st.one_of(NEWS, ANYTHING), st.data())
def test_sentences_hold_all_that_is_not_space_once_and_in_order(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    found = sentences(text, Span(start, end))

    pieces = [s.of(text) for s in found]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(pieces).split()) == "".join(text[start:end].split())


@given(st.one_of(NEWS, ANYTHING))
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    spans = paragraphs(text)

    assert all(
        any(p.start <= s.start and s.end <= p.end for p in spans)
        for s in sentences(text, Span(0, len(text)))
    )


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word ", "a", ". ", '"', "“a. ", "\n", "(a. ", "Mr. ", " "])
def test_text_without_sentences_is_cut_into_short_pieces_quickly(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    start = time.monotonic()

    found = sentences(text, Span(0, len(text)))

    assert all(s.end - s.start <= MOST_CHARACTERS for s in found)
    assert time.monotonic() - start < 20


def test_pieces_of_endless_text_end_between_words() -> None:
    text = "word " * 1_000

    assert {tuple(set(piece.split())) for piece in split(text)} == {("word",)}
