"""Names of shops and brands keep the ending that possessives lose."""

import pytest

from index.attribution.speakers.brand_endings import with_brand_endings
from index.documents import Article
from index.statements import SourceType
from tests.support.fakes_statements import Mark, statement


def speaker_in(text: str, name: str) -> tuple[str | None, SourceType]:
    """Who said the last sentence's content, resolved to the first mention of the name."""
    last = text[text.rindex(name) :]
    mark = Mark("shop", last, (last.split()[-1].rstrip("."),), name, name, cue=last.split()[1])
    article = Article("shop", "Shops", text)
    [found] = with_brand_endings(text, [statement(article, mark)])
    path = found.resolution_path[-1]
    assert found.speaker == path.of(text)
    return found.speaker, found.source_type


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("Harlow's is full. Harlow's said it would close.", "Harlow", "Harlow's"),
        ("Shares of Brenn’s fell. Brenn’s also announced closures.", "Brenn", "Brenn’s"),
        (
            "Harlow's, the rating agency, is gloomy. Harlow's report was gloomy.",
            "Harlow",
            "Harlow's",
        ),
        ("Maddy's has 40 shops. Maddy's chief said so.", "Maddy", "Maddy's"),
        ("Jim Corvo’s declined to comment. Jim Corvo’s told us.", "Jim Corvo", "Jim Corvo’s"),
    ],
)
def test_a_name_that_never_stands_without_its_ending_keeps_it(
    text: str, name: str, whole: str
) -> None:
    assert speaker_in(text, name) == (whole, SourceType.ORGANISATION)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orlov said so. Orlov's said to be ill.", "Orlov"),
        ("Orlov's call for a truce failed.", "Orlov"),
        ("Ana Orlov's said to be ill. Then Orlov left. Ana Orlov's lawyer said so.", "Ana Orlov"),
        ("Orlov’s lawyer, the former judge, won.", "Orlov"),
        ("Orlov's said to be ill.", "Orlov"),
        ("Falk met Orlov, who said so.", "Orlov"),
    ],
)
def test_a_possessive_is_no_part_of_a_name(text: str, name: str) -> None:
    assert speaker_in(text, name) == (name, SourceType.PERSON)
