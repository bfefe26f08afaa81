"""Which words for a source are a name."""

import pytest

from index.identity.proper_names import is_name, type_of_name
from index.statements import SourceType


@pytest.mark.parametrize(
    "name",
    [
        "Maren Orlov",
        "Orlov",
        "Ana van der Dorn",
        "al-Hadi",
        "The Tarn Post",
        "the Tarn Post",
        "Ministry of the Sea and the Coast",
        "comScore",
        "US",
        "50 Cent",
        "Our Tarn",
        "Cook",
        "Reese",
        "Congress",
        "Times",
        "田中",
    ],
)
def test_a_name_has_capitals_and_is_no_common_noun(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words",
    [
        "officials",
        "Officials",
        "Prosecutors",
        "Authorities",
        "Scientists",
        "Republicans",
        "Americans",
        "Some Democrats",
        "Two Senators",
        "the company",
        "The report",
        "Polls",
        "the Tarn government",
        "Maren Orlov AI picture",
        "Orlov's",
        "Orlov’s office",
        "He",
        "some",
        "Others",
        "POLICE",
        "",
        "“”",
    ],
)
def test_a_common_noun_is_no_name_even_at_the_start_of_a_sentence(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize(
    ("words", "source", "speaker"),
    [
        ("Maren Orlov", SourceType.UNNAMED, SourceType.PRONOUN),
        ("Maren Orlov", SourceType.PERSON, SourceType.PERSON),
        ("Officials", SourceType.PERSON, SourceType.UNNAMED),
        ("the firm", SourceType.PRONOUN, SourceType.UNNAMED),
        ("Lind and Falk", SourceType.PRONOUN, SourceType.GROUP),
        ("Lind and Falk", SourceType.ORGANISATION, SourceType.ORGANISATION),
        ("experts", SourceType.GROUP, SourceType.GROUP),
        ("Harlow's", SourceType.ORGANISATION, SourceType.ORGANISATION),
        ("Harlow’s", SourceType.PRONOUN, SourceType.PRONOUN),
        ("Lind's", SourceType.PERSON, SourceType.UNNAMED),
    ],
)
def test_the_type_of_a_speaker_follows_from_the_name(
    words: str, source: SourceType, speaker: SourceType
) -> None:
    assert type_of_name(words, source) is speaker
