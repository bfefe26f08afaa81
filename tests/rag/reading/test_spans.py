"""Scores of word-pieces -> the answer span of a sentence."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from rag.reading.spans import LONGEST, PieceScores, best_span, snapped

TEXT = "The tolls rose to 1,200 crowns. Ines Aalto (the mayor) said “no”."
FIRST, SECOND = Span(0, 31), Span(32, 65)


def scored(starts: list[float], ends: list[float]) -> PieceScores:
    """One word-piece a character, from the first of the text."""
    offsets = np.array([(at, at + 1) for at in range(len(starts))], np.int64)
    return PieceScores(offsets, np.array(starts, np.float64), np.array(ends, np.float64))


def test_the_likeliest_span_begins_before_it_ends() -> None:
    found = best_span(scored([0, 1, 9, 0], [0, 9, 0, 3]), Span(0, 4))

    assert found is not None
    assert found[0] == Span(2, 4)


def test_a_span_stays_within_its_sentence() -> None:
    found = best_span(scored([0, 1, 9, 0], [0, 9, 0, 3]), Span(0, 2))

    assert found is not None
    assert found[0] == Span(1, 2)


def test_a_sentence_without_word_pieces_has_no_span() -> None:
    assert best_span(scored([1.0], [1.0]), Span(5, 9)) is None


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=60), st.integers(0, 2**32 - 1))
def test_odds_are_those_of_all_spans_together(starts: list[float], seed: int) -> None:
    ends = np.random.default_rng(seed).normal(size=len(starts)).tolist()
    found = best_span(scored(starts, ends), Span(0, len(starts)))

    assert found is not None
    every = [
        math.exp(starts[i] + ends[j])
        for i in range(len(starts))
        for j in range(i, min(len(starts), i + LONGEST))
    ]
    assert found[1] == pytest.approx(math.log(sum(every)))
    best = starts[found[0].start] + ends[found[0].end - 1]
    assert best == pytest.approx(math.log(max(every)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param("200 crown", "1,200 crowns", id="whole words, whole numbers"),
        pytest.param("Aalto (", "Aalto", id="no loose bracket"),
        pytest.param("(the mayor)", "(the mayor)", id="a pair of brackets"),
        pytest.param("“no”.", "“no”", id="no full stop"),
        pytest.param("rose", "rose", id="as it is"),
    ],
)
def test_answers_are_whole_words(found: str, expected: str) -> None:
    start = TEXT.index(found)
    sentence = FIRST if start < FIRST.end else SECOND

    span = snapped(TEXT, sentence, Span(start, start + len(found)))

    assert span.of(TEXT) == expected


def test_a_combining_accent_belongs_to_its_word() -> None:
    text = "It was Ame\u0301lie who came."

    span = snapped(text, Span(0, len(text)), Span(7, 10))

    assert span.of(text) == "Ame\u0301lie"


@given(st.text(max_size=40), st.data())
def test_a_snapped_span_stays_within_its_sentence(text: str, data: st.DataObject) -> None:
    text = f"a{text}"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    span = snapped(text, Span(0, len(text)), Span(start, end))

    assert 0 <= span.start < span.end <= len(text)
