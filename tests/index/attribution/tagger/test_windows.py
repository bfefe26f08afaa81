from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.attribution.tagger.windows import PIECES, QuotePosition, Shape, shape, windows
from index.neural.embedder import bundled_folder
from index.neural.word_pieces import CLS, FILE, SEP, word_pieces

TEXTS = st.text(alphabet=st.sampled_from("aB1 .,“”\"'\n:é한—") | st.characters(), max_size=400)


@cache
def bundled_pieces() -> Tokenizer:
    return word_pieces(bundled_folder() / FILE)


@pytest.fixture
def tokenizer() -> Tokenizer:
    return bundled_pieces()


def words_of(text: str, tokenizer: Tokenizer) -> list[list[str]]:
    """Of each window, what stands where a label may."""
    return [
        [text[start:end] for start, end in window.spans[window.heads]]
        for window in windows(text, tokenizer)
    ]


@settings(deadline=None)  # the first call loads the vocabulary
@given(TEXTS)
def test_every_word_is_owned_by_exactly_one_window(text: str) -> None:
    owned = [
        {tuple(span) for span in each.spans[each.owned].tolist()}
        for each in windows(text * 3, bundled_pieces())
    ]

    assert sum(map(len, owned)) == len(set().union(*owned))
    assert all(0 <= start <= end <= 3 * len(text) for start, end in set().union(*owned))


def test_a_window_has_whole_paragraphs_between_its_special_pieces(tokenizer: Tokenizer) -> None:
    [window] = windows("The council met.\n\nIt voted.", tokenizer)

    assert window.ids[0] == CLS
    assert window.ids[-1] == SEP
    assert window.starting.nonzero()[0].tolist() == [1, 5]
    assert window.owned.tolist() == [False, *[True] * 7, False]


def test_no_window_is_longer_than_the_encoder_reads(tokenizer: Tokenizer) -> None:
    text = "\n".join(f"Paragraph {n} says what the one before it said. " * 3 for n in range(60))

    cut = list(windows(text, tokenizer))

    assert len(cut) > 1
    assert max(map(len, cut)) <= PIECES


def test_a_paragraph_longer_than_a_window_is_cut_between_words(tokenizer: Tokenizer) -> None:
    text = "unquestionable " * 400

    words = [word for window in words_of(text, tokenizer) for word in window]

    assert set(words) == {"un"}  # the first piece; a cut word would start elsewhere
    assert len(words) == 400


def test_a_short_last_paragraph_is_repeated_in_the_next_window(tokenizer: Tokenizer) -> None:
    text = "\n".join(["word " * 200, "Short one here.", "more " * 150])

    first, second = windows(text, tokenizer)

    assert first.owned[-3]
    assert text[second.spans[1, 0] : second.spans[1, 1]] == "Short"
    assert not second.owned[1]


def test_a_paragraph_that_ends_with_a_colon_is_owned_by_the_window_of_its_content(
    tokenizer: Tokenizer,
) -> None:
    text = "\n".join(["word " * 200, "The mayor went on:", "more " * 150])

    first, second = windows(text, tokenizer)

    assert not first.owned[-2]
    assert second.owned[1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("said", Shape.LOWER),
        ("Lee", Shape.CAPITAL),
        ("KCNA", Shape.UPPER),
        ("J", Shape.INITIAL),
        ("7th", Shape.DIGITS),
        ("McCain", Shape.MIXED),
        ("“", Shape.MARK),
        ("김", Shape.LOWER),
    ],
)
def test_the_shape_of_a_word_is_its_letter_case(word: str, expected: Shape) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize(
    "text", ["“Go,” he said", '"Go," he said', "``Go,'' he said", "«Go,» he said"]
)
def test_words_in_quotation_marks_are_marked(text: str, tokenizer: Tokenizer) -> None:
    [window] = windows(text, tokenizer)

    inside = window.spans[window.quoting == QuotePosition.INSIDE]

    assert "".join(text[a:b] for a, b in inside) == "Go,"


def test_an_open_quotation_mark_ends_with_its_paragraph(tokenizer: Tokenizer) -> None:
    [window] = windows("“Go\nHe left.", tokenizer)

    assert window.quoting[4:].max() == QuotePosition.OUTSIDE


def test_text_without_words_has_no_windows(tokenizer: Tokenizer) -> None:
    assert not list(windows(" \n\n ", tokenizer))


def test_rows_of_a_window_are_aligned(tokenizer: Tokenizer) -> None:
    for window in windows("Ann spoke. " * 200, tokenizer):
        sizes = {
            len(each)
            for each in (window.ids, window.shapes, window.quoting, window.starting, window.spans)
        }

        assert sizes == {len(window)}
        assert all(a[1] <= b[0] for a, b in pairwise(window.spans[1:-1].tolist()))
        assert np.array_equal(window.heads[[0, -1]], [False, False])
