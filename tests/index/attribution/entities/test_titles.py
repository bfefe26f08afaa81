"""The title before a name, with what tells whose office it is."""

import pytest

from index.attribution.entities.roles import role_of
from index.documents import Span

NAME = "Ada Obi"


def role(before: str) -> str | None:
    text = f"{before} {NAME} left."
    start = text.index(NAME)
    found = role_of(text, Span(start, start + len(NAME)))
    return found.of(text) if found else None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Officials met former U.S. President", "former U.S. President"),
        ("Central Bank Chair", "Central Bank Chair"),
        ("On Monday, British Prime Minister", "British Prime Minister"),
        ("It ended. New Lisk City Mayor", "New Lisk City Mayor"),
        ("Bank of Tarn Governor", "Bank of Tarn Governor"),
        ("Corvex’s CEO", "Corvex’s CEO"),
        ("It asked then-President", "then-President"),
        ("It asked President-elect", "President-elect"),
        ("The U.S. Secretary of State", "U.S. Secretary of State"),
        ("Texas Gov.", "Texas Gov."),
        ("Acting Attorney General", "Acting Attorney General"),
        ("Prayers for the late Pope", "late Pope"),
        ("The talks with Maren Orlov and Vice President", "Vice President"),
    ],
)
def test_a_title_comes_with_the_country_the_body_and_whether_it_is_still_held(
    before: str, expected: str
) -> None:
    assert role(before) == expected


@pytest.mark.parametrize(
    "before",
    [
        "In Paris President",
        "Yesterday President",
        "Officials left. President",
        "Clearly President",
        "Orlov told President",
        "With Orlov, President",
        "On Monday President",
    ],
)
def test_what_only_stands_before_a_title_is_no_part_of_it(before: str) -> None:
    assert role(before) == "President"


@pytest.mark.parametrize("before", ["When Mr.", "Mrs", "The ferry", "In Paris"])
def test_what_is_no_office_is_no_role(before: str) -> None:
    assert role(before) is None
