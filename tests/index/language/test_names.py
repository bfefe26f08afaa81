"""Names that differ only in how they are written."""

import unicodedata

import pytest

from index.language.names import name_key, name_words, nicknames, title_size

ONE_PERSON = [
    "Łukasz Wrona | Lukasz Wrona | ŁUKASZ WRONA",
    "Søren Østergård | Soren Ostergard",
    "İlkay Y\u0131ld\u0131z | Ilkay Yildiz",
    "Þórunn Ægisdóttir | Thorunn Aegisdottir",
    "Đorđe Đukić | Dorde Dukic",
    "Ulrike Weiß | Ulrike Weiss",
    "José Núñez | Jose Nunez | Jose\u0301 Nu\u0301n\u0303ez",
    "Hanna Reimers | Han\u00adna Rei\u00admers | \u200fHanna Reimers\u200b",
    "Sean O’Rafferty | Sean O'Rafferty | Sean ORafferty | Sean O‘Rafferty",
    "Kim Jae-hyun | Kim Jaehyun | Kim Jae Hyun",
    "Jae-hyun Kim | Jaehyun Kim | Jae Hyun Kim",
    "J.R. Cobb | J. R. Cobb | JR Cobb",
    "F.W. de Klerk | FW de Klerk",
    "Ana Lund-Vega | Ana Lund Vega",
    "Joost van der Meer | Joost Van der Meer | Joost Vandermeer",
    "Bashar al-Hadid | Bashar Al Hadid | Bashar al Hadid",
    "Jan van ’t Hof | Jan van 't Hof | Jan van t Hof",
    "Darnell “Biscuit” Okafor | Darnell Okafor | Darnell 'Biscuit' Okafor",
    "William (Bill) Hale | William Hale",
    "Maria “Mimi” de Souza | Maria de Souza",
    "Lance Corporal Amy Stone | Brig. Gen. Amy Stone | Vice Admiral Amy Stone | Amy Stone",
    "Detective Chief Inspector Amy Stone | Lt. Col. Amy Stone | Amy Stone (Ret.)",
    "Robert C. Vance | Robert Vance",
]
DIFFERENT = [
    "Dana Bell | Dan Abell",
    "Anna Orlov | Maren Orlov | Orlov",
    "Jo Cobb | Joe Cobb",
    "J.R. Cobb | R.J. Cobb",
    "Tom Hale Jr. | Tom Hale",
    "Kim Min-ho | Kim Min-ji",
]


@pytest.mark.parametrize("spellings", ONE_PERSON)
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    names = spellings.split(" | ")

    assert {name_key(name) for name in names} == {name_key(names[0])}
    assert name_key(unicodedata.normalize("NFD", names[0])) == name_key(names[0])


@pytest.mark.parametrize("people", DIFFERENT)
def test_different_names_have_different_keys(people: str) -> None:
    names = people.split(" | ")

    assert len({name_key(name) for name in names}) == len(names)


def test_a_plain_name_is_its_own_key() -> None:
    assert name_key("Tobias Renn") == "tobias renn"


def test_a_quotation_that_is_not_inside_a_name_is_no_nickname() -> None:
    assert name_words("the “Blue Wave” movement") == ("the", "blue", "wave", "movement")
    assert nicknames("the “Blue Wave” movement") == ()


def test_the_words_of_a_title_are_counted_up_to_the_name() -> None:
    assert title_size(["lance", "corporal", "amy", "stone"]) == 2
    assert title_size(["lance", "armitage"]) == 0
