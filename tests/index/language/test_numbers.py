"""Numbers told in words."""

import pytest

from index.language.numbers import counted, in_digits, scaled_sums, sums


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forty-three people", "43 people"),
        ("twenty one days", "21 days"),
        ("seventeen", "17"),
        ("seven of the seventy", "7 of the 70"),
        ("zero", "0"),
        ("someone tense, a tenth", "someone tense, a tenth"),
    ],
)
def test_number_words_are_read_as_digits(text: str, expected: str) -> None:
    assert in_digits(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("some four million of them", [4_000_000]),
        ("Four Thousand", [4_000]),
        ("FIVE BILLION", [5_000_000_000]),
        ("a bill of $4bn", [4_000_000_000]),
        ("three-million", [3_000_000]),
        ("four bn", [4_000_000_000]),
        ("3 to four trillion", [3_000_000_000_000, 4_000_000_000_000]),
        ("12,500 and 99,99", [12_500]),
        ("the year 2024", []),
        ("in million pieces", []),
        ("ten people", []),
    ],
)
def test_a_sum_is_found_in_figures_and_in_words(text: str, expected: list[int]) -> None:
    assert sums(text) == expected


def test_a_number_without_a_scale_is_no_scaled_sum() -> None:
    assert scaled_sums("12,500 of 4k") == [4_000]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (counted(1, "article"), "1 article"),
        (counted(0, "article", "have"), "0 articles have"),
        (counted(1, "article", "have"), "1 article has"),
        (counted(1200, "write", "wait"), "1,200 writes wait"),
        (counted(1, "article", "are", of=9), "1 of 9 articles is"),
        (counted(1, "statement", "are", of=1), "1 of 1 statement is"),
    ],
)
def test_what_is_counted_agrees_with_its_number(words: str, expected: str) -> None:
    assert words == expected
