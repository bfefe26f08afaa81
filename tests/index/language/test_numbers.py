"""Numbers told in words."""

import pytest

from index.language.numbers import in_digits


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
