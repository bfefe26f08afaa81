"""A slip in a name is read as the one speaker's it must be of, or left alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.language.names import name_key
from index.statements import SourceType, Speaker
from rag.query.respelling import Respelling
from rag.statements.speakers.misspelt import find_misspelt
from tests.rag.statements.speakers.test_lookup import Register


def quoted(name: str, statements: int = 60, kind: SourceType = SourceType.PERSON) -> Speaker:
    return Speaker(name_key(name), name, kind, (), (), statements, articles=2)


class NearRegister(Register):
    """Everybody is near."""

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return list(self.known[:limit])


def read_as(asked: str, known: Sequence[Speaker], *written: str) -> Respelling | None:
    found = find_misspelt(asked, NearRegister(known), lambda name: name in written)
    if found is None:
        return None
    assert [each.name for each in found.match.speakers] == [found.respelling.name]
    return found.respelling


@pytest.mark.parametrize(
    ("asked", "name", "wrong", "right"),
    [
        ("Tarenskey", "Olena Tarensky", "Tarenskey", "Tarensky"),
        ("tarenski", "Olena Tarensky", "tarenski", "Tarensky"),
        ("Mrs Tarensty", "Olena Tarensky", "Tarensty", "Tarensky"),
        ("Olena Tarenskiy", "Olena Tarensky", "Tarenskiy", "Tarensky"),
        ("the economist Olena Tarenksy", "Olena Tarensky", "Tarenksy", "Tarensky"),
        ("Tarenzky of the Port Board", "Olena Tarensky", "Tarenzky", "Tarensky"),
        ("Jacynta Hale", "Jacinta Hale", "Jacynta", "Jacinta"),
        ("Jacinta Halpren", "Jacinta Halpern", "Halpren", "Halpern"),
        ("Mira Ocasio-Cortes", "Mira Ocasio-Cortez", "Cortes", "Cortez"),
        ("Sean O’Raferty", "Sean O’Rafferty", "O’Raferty", "O’Rafferty"),
    ],
)
def test_one_misspelt_word_is_read_as_the_speakers(
    asked: str, name: str, wrong: str, right: str
) -> None:
    read = read_as(asked, [quoted(name), quoted("Tess Vale", 900)])

    assert read is not None
    assert (read.name, read.wrong, read.right) == (name, wrong, right)
    assert read.asked in asked


def test_an_organisation_is_read_by_its_whole_name() -> None:
    bank = quoted("Corvexis", kind=SourceType.ORGANISATION)

    assert read_as("Corvexsis", [bank]) == Respelling(
        "Corvexsis", "Corvexis", "Corvexsis", "Corvexis"
    )


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Lea", "Ana Lee"),
        ("Tom Lae", "Tom Lee"),
        ("Jon Halpern", "Joan Halpern"),
        ("Kym", "Ana Kim"),
        ("Lind", "Ana Lund"),
    ],
)
def test_short_words_are_never_slips(asked: str, name: str) -> None:
    assert read_as(asked, [quoted(name)]) is None


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Jacynta", "Jacinta Hale"),
        ("Kristen", "Ana Kristin"),
        ("Martin", "Ana Martins"),
        ("the bankers", "Ana Banker"),
        ("farmer", "Ana Farmor"),
    ],
)
def test_first_names_alone_and_other_words_are_never_slips(asked: str, name: str) -> None:
    assert read_as(asked, [quoted(name)]) is None


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Olina Tarenskey", "Olena Tarensky"),
        ("Mario Tarensky", "Maria Tarensky"),
        ("Jacob Halperns", "Jacob Halpern"),
        ("Tess Tarenskey", "Olena Tarensky"),
        ("Halborn", "Ana Halpern"),
    ],
    ids=["two words", "a man and a woman", "a plural", "another given name", "too far"],
)
def test_names_of_two_people_are_never_slips(asked: str, name: str) -> None:
    assert read_as(asked, [quoted(name)]) is None


def test_a_name_that_the_archive_writes_is_nobodys_slip() -> None:
    known = [quoted("Jacinta Ardern")]

    assert read_as("Arden", known, "Arden") is None
    assert read_as("Jacinta Arden", known, "Jacinta Arden") is None
    assert read_as("Jacinta Arden", known, "Arden") is not None


def test_of_several_near_one_must_have_nearly_all_statements() -> None:
    chief, other = quoted("Olena Tarensky", 190), quoted("Daniel Tarenskov", 9)

    assert read_as("Tarenskyv", [chief, other]) is not None
    assert read_as("Tarenskyv", [chief, replace(other, statements=90)]) is None


@pytest.mark.parametrize(("asked", "statements"), [("Tarenskey", 19), ("Olena Tarenskey", 4)])
def test_a_speaker_of_few_statements_shows_no_spelling(asked: str, statements: int) -> None:
    assert read_as(asked, [quoted("Olena Tarensky", statements)]) is None


def test_a_surname_of_two_people_stays_a_surname_of_two() -> None:
    several = [quoted("Olena Tarensky", 190), quoted("Daniel Tarensky", 150)]

    assert read_as("Tarenskey", several) is None
    assert read_as("Olena Tarenskey", several) is not None
