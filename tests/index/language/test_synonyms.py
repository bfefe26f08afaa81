"""Words that say nearly the same, and words that do not."""

import pytest

from index.language.synonyms import contrast, groups_of, synonyms
from index.language.terms import analyze


def groups(text: str) -> frozenset[int]:
    return groups_of(analyze(text))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("send", "dispatched"),
        ("buy", "acquired"),
        ("died", "perished"),
        ("quit", "step down"),
        ("beat", "won"),
        ("stolen", "robbed"),
        ("jailed", "imprisoned"),
        ("elected", "picked"),
        ("banned", "outlawed"),
    ],
)
def test_everyday_verbs_have_synonyms(word: str, other: str) -> None:
    [term] = analyze(word)

    assert tuple(analyze(other)) in synonyms(term)
    assert (term,) not in synonyms(term)


def test_most_words_have_none() -> None:
    assert synonyms("ferri") == ()
    assert synonyms("") == ()


@pytest.mark.parametrize(
    ("one", "other", "counted", "expected"),
    [
        ("rose", "fell", False, True),
        ("hired", "fired", False, True),
        ("killed", "injured", False, False),
        ("killed", "injured", True, True),
        ("killed", "died", True, False),
        ("cost", "paid", True, False),
        ("ferry", "harbour", True, False),
    ],
)
def test_groups_of_different_things_contrast(
    one: str, other: str, counted: bool, expected: bool
) -> None:
    assert contrast(groups(one), groups(other), counted=counted) is expected
    assert contrast(groups(other), groups(one), counted=counted) is expected
