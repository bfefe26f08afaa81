"""Where the role beside a name ends."""

import pytest

from index.attribution.entities.role_bounds import MOST_WORDS
from index.attribution.entities.roles import role_of
from index.documents import Span

NAME = "Ada Obi"


def role(sentence: str) -> str | None:
    start = sentence.index(NAME)
    found = role_of(sentence, Span(start, start + len(NAME)))
    return found.of(sentence) if found else None


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (", a top Lisk aide for more than a decade and now serves as counsel", "a top Lisk aide"),
        (", the mayor of Tarn who became a senator", "the mayor of Tarn"),
        (", a lawyer hired by the port", "a lawyer"),
        (", a scholar studying the river", "a scholar"),
        (", a nurse preparing to strike", "a nurse"),
        (", a pilot from Orm visiting the fair", "a pilot from Orm"),
        (", chief of the harbour police reviewed the plan", "chief of the harbour police"),
        (", a widow since her husband drowned", "a widow"),
        (", the first mayor to resign", "the first mayor"),
        (", is a retired Navy captain", "a retired Navy captain"),
        (", the ferry's owner because nobody else would be", "the ferry's owner"),
        (", the writer and director of", "the writer and director"),
    ],
)
def test_a_clause_a_participle_or_a_duration_is_no_part_of_the_role(after: str, kept: str) -> None:
    assert role(f"{NAME}{after}, left.") == kept


@pytest.mark.parametrize(
    "whole",
    [
        "a director of marketing at the Lisk Port Board",
        "president and chief operating officer of Orm Downs",
        "director of strategy and operations at the Lisk Fund",
        "chair of gynaecology and obstetrics at Tarn College",
        "the assistant Lisk schools superintendent",
        "the two-time champion",
        "an adviser to the king",
        "an accounting professor at the University of Tarn",
        "former leader of the United Party",
    ],
)
def test_a_short_noun_phrase_is_kept_whole(whole: str) -> None:
    assert role(f"{NAME}, {whole}, left.") == whole


def test_a_long_role_ends_before_a_second_one_or_a_preposition() -> None:
    first, second = (
        "a drummer for the Lisk Town Band",
        "a former head of the school of music in Orm",
    )
    long = f"deputy director of the {'Very ' * 5}Old Harbour Museum in the county of Greater Orm"

    assert role(f"{NAME}, {first} and {second}, left.") == first
    assert role(f"{NAME}, {long}, left.") == long.partition(" in ")[0]


def test_no_role_is_longer_than_the_bound() -> None:
    found = role(f"{NAME}, a senior {'very ' * 9}old judge {'in the east ' * 9}, left.")

    assert found is None or len(found.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    "after",
    [", works as a nurse", ", her daughter Grace", ", visitors can head to the fair"],
)
def test_what_says_something_of_others_or_begins_a_clause_is_no_role(after: str) -> None:
    assert role(f"{NAME}{after}, left.") is None


def test_the_subject_of_a_clause_after_a_name_is_no_role() -> None:
    assert role(f"In {NAME}, the former president went home.") is None
    assert role(f"{NAME}, president of the Orm Downs track said on Monday.") == (
        "president of the Orm Downs track"
    )
