"""Which names may be spellings of one."""

import pytest

from index.identity.likeness import distance, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", "Volodymr Zelenskiy"),
        ("Keir Starmer", "Kier Starmer"),
        ("Olena Tarnovska", "Olena Tarnovskaya"),
        ("Yevgeny Marsk", "Evgeni Marsk"),
        ("Mohammed Tarin", "Muhammad Tarin"),
        ("Jae-hyun Moon", "Jaehyeon Moon"),
        ("Philippa Dorn", "Filippa Dorn"),
        ("Maren Orlovsky", "Maren Orlowski"),
        ("Tobias Ferrow", "Tobias Ferow"),
        ("Katarina Lindqvist", "Katarina Linqvist"),
        ("Reince Tarbus", "Rence Tarbus"),
        ("Ana Kowalczyk", "Ana Kowalcyzk"),
    ],
)
def test_spellings_by_sound_and_slips_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) is not None
    assert likeness(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Tarn", "Joseph R. Tarn"),
        ("Mike Orlov", "Michael Orlov"),
        ("Hilda Tarn", "Hilda Marsk Tarn"),
        ("Jim Ferrow", "James A. Ferrow"),
        ("Bashar Tarin", "Bashar al-Tarin"),
        ("Edward Renn", "Ted Renn"),
        ("R. Marsk", "Rosa Marsk"),
        ("J.D. Marsk", "D. Marsk"),
    ],
)
def test_a_short_form_and_more_names_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Jong Il"),
        ("George W. Tarn", "George H. W. Tarn"),
        ("Mario Orlov", "Maria Orlov"),
        ("Daniel Renn", "Daniela Renn"),
        ("Jim Tarn", "Tim Tarn"),
        ("Ana Lind", "Ana Lund"),
        ("Ana Hall", "Ana Hill"),
        ("Ana Becker", "Ana Boucher"),
        ("Maren Orlov", "Maren Ferrow"),
        ("Paul Robert", "Paul Roberts"),
        ("Eric Tarn", "Erica Tarn"),
        ("John A. Renn", "John B. Renn"),
        ("Tom Hale Jr.", "Tom Hale III"),
        ("Maren Orlov", "Maren Orlov"),
        ("Orlov", "Maren Orlov"),
        ("Lee", "Li"),
    ],
)
def test_names_of_two_people_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) is None


def test_a_son_may_be_his_father_only_with_a_remark() -> None:
    found = likeness("Tom Hale", "Tom Hale Jr.")

    assert found is not None
    assert found.one_junior


def test_two_letters_that_change_places_are_one_slip() -> None:
    assert distance("kier", "keir") == 1
    assert distance("orlov", "orlow") == 1
    assert distance("tarn", "") == 4
