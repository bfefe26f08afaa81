"""The antecedents of "he" and "she"."""

import tarfile

import pytest

from index.attribution.entities.entities import find_entities
from index.attribution.entities.mentions import find_mentions
from index.attribution.quotations import find_quotes
from index.attribution.speakers.pronoun_features import FEATURES
from index.attribution.speakers.pronouns import load_ranker, resolve_pronouns
from tests.support.places import DATA

MARKED = DATA / "attribution"


def chain(text: str) -> list[tuple[str, str]]:
    """Each pronoun with the mention it was taken to."""
    entities = find_entities(text, find_mentions(text))
    found = resolve_pronouns(text, entities, [quote.span for quote in find_quotes(text)])
    return [(span.of(text), each.mention.of(text)) for span, each in sorted(found.items())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ruth Okafor opened the bridge on Monday. She said it was safe.",
            [("She", "Ruth Okafor")],
            id="subject before",
        ),
        pytest.param(
            "Ruth Okafor met Peter Lindqvist on Monday. He said it was safe. She agreed.",
            [("He", "Peter Lindqvist"), ("She", "Ruth Okafor")],
            id="given names",
        ),
        pytest.param("Mr. Tanaka met Ms. Tobin. She said no.", [("She", "Tobin")], id="titles"),
        pytest.param(
            "Ruth Okafor spoke for an hour. She was tired, she said. Then she left.",
            [("She", "Ruth Okafor"), ("she", "Ruth Okafor"), ("she", "Ruth Okafor")],
            id="a chain",
        ),
        pytest.param("She was tired.", [], id="nobody named"),
    ],
)
def test_pronouns_go_to_the_right_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert chain(text) == expected


def test_a_name_inside_a_quotation_is_less_likely_than_the_speaker() -> None:
    text = "“I never met Paul Ferrow,” said Peter Lindqvist. He added that it was late."

    assert chain(text) == [("He", "Peter Lindqvist")]


def test_the_odds_of_candidates_add_up_to_one_and_depend_on_given_names() -> None:
    ranker = load_ranker()

    assert ranker.hidden.shape[0] == len(FEATURES)
    assert ranker.given["ruth"] < 0 < ranker.given["peter"]


@pytest.mark.data
@pytest.mark.skipif(not MARKED.exists(), reason="the development corpora are absent")
def test_pronouns_of_held_out_documents_go_to_the_right_name() -> None:
    from training.fit_pronouns import outcomes
    from training.gum import held_out
    from training.pronoun_data import gum

    names = held_out(MARKED / "gum" / "splits.md")
    documents = [each for each in gum(MARKED / "gum" / "dep.tar.gz") if each.id in names]

    found = outcomes(documents, load_ranker())

    assert tarfile.is_tarfile(MARKED / "gum" / "dep.tar.gz")
    assert len(found) > 100
    assert sum(each.right for each in found) / len(found) >= 0.84


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In her speech, Ruth Okafor praised the crew.", [("her", "Ruth Okafor")]),
        ("Before he was elected, Peter Lindqvist ran a farm.", [("he", "Peter Lindqvist")]),
        ("After losing his seat, Mr. Tanaka left town.", [("his", "Tanaka")]),
        ("Despite her age, Ines Calder swims each day.", [("her", "Ines Calder")]),
        ("When she was nine, her family moved.", []),
        ("Ruth Okafor spoke. In her view, Peter Lindqvist is right.", [("her", "Ruth Okafor")]),
        ("Mr. Tanaka sat. He told Ruth Okafor so.", [("He", "Tanaka")]),
        ("He left early, Peter Lindqvist stayed.", []),
        ("In his speech he praised the crew. Peter Lindqvist clapped.", []),
    ],
)
def test_a_name_may_follow_the_pronoun_of_an_opening_phrase(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert chain(text) == expected


def test_a_person_named_ahead_is_known_from_there_on() -> None:
    text = (
        "When she was nine, Ruth Okafor moved. Peter Lindqvist met her in 1990, and she told him."
    )

    assert [name for _, name in chain(text)] == [
        *("Ruth Okafor", "Ruth Okafor", "Ruth Okafor"),
        "Peter Lindqvist",
    ]
