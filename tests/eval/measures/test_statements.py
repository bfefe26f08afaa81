"""Speakers and what they said, measured."""

import pytest

from eval.datasets.questions import Gold
from eval.measures.statements import (
    content_f1,
    fold,
    means_only,
    names_speaker,
    right_speaker,
    wrong_speaker,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Núñez", "zoe nunez"),
        ("Robert O’Brien", "Robert O'Brien"),
        ("Robert O\u00b4Brien", "Robert OBrien"),
        ("Eul-Chul Lim", "Eul\u2011Chul\u00a0Lim"),
        ("J. D. Falk", "J.D. Falk"),
        ("Sen. Ada Obi", "Ada Obi"),
        ("former Vice President Ada Obi", "Ada Obi"),
        ("Ada Obi’s", "Ada Obi"),
        ("Ada Moss’", "Ada Moss"),
        ("  ADA   OBI ", "Ada Obi"),
        ("\uff21\uff24\uff21 Obi", "Ada Obi"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Obi", "Bela Obi"),
        ("Ada Obi", "Obi"),
        ("Ada Obi Jr.", "Ada Obi"),
        ("Obi Ada", "Ada Obi"),
        ("นริศ", "นริศา"),
    ],
)
def test_two_people_do_not_fold_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_title_alone_is_kept_as_the_name_it_is() -> None:
    assert fold("The President") == "president"
    assert fold("’") == ""


def test_the_right_speaker_is_one_of_the_right_names_and_nobody_is_not() -> None:
    golds = ("Ada Obi", "the mayor")

    assert right_speaker("Mayor Ada Obi", golds) == 1.0
    assert right_speaker("The Mayor", golds) == 1.0
    assert right_speaker("Obi", golds) == 0.0
    assert right_speaker(None, golds) == 0.0
    assert right_speaker("…", ("…",)) == 0.0


@pytest.mark.parametrize(
    ("given", "gold", "right"),
    [
        ("Ada Obi", "pollster Ada Obi", 1.0),
        ("Ada Obi", "Ada Obi, who polls for Bela Lund", 1.0),
        ("Bela Lund", "Ada Obi, who polls for Bela Lund", 0.0),
        ("Bela Lund", "Ada Obi — a friend of Bela Lund —", 0.0),
        ("Bela Lund", "Ada Obi who polls for Bela Lund", 0.0),
        ("Ada Obi", "Obi — the pollster —", 1.0),
        ("Ada Ngozi Obi", "Ada Obi", 1.0),
        ("Ada Obi", "Ada Obi Jr.", 0.0),
        ("Ada Obi Jr.", "Obi", 0.0),
        ("Obi Ada", "Ada Obi", 0.0),
    ],
)
def test_a_gold_name_may_be_longer_or_shorter_than_the_name_given(
    given: str, gold: str, right: float
) -> None:
    assert right_speaker(given, (gold,)) == right


def test_a_part_of_the_name_is_not_the_wrong_speaker_but_another_name_is() -> None:
    assert wrong_speaker("Obi", ("Ada Obi",)) == 0.0
    assert wrong_speaker("Ada Ngozi Obi", ("Ada Obi",)) == 0.0
    assert wrong_speaker("Bela Obi", ("Ada Obi",)) == 1.0
    assert wrong_speaker(None, ("Ada Obi",)) == 0.0
    assert wrong_speaker("Bela Obi", ()) == 1.0


@pytest.mark.parametrize(
    ("given", "wrong"),
    [("the older man", 0.0), ("An official", 0.0), ("The Obi Board", 1.0), ("the Lisk mayor", 1.0)],
)
def test_a_description_without_a_name_is_nobody_wrong(given: str, wrong: float) -> None:
    assert wrong_speaker(given, ("Ada Obi",)) == wrong


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("“No,” said Ada Obi.", 1.0),
        ("ADA OBI’S answer was no.", 1.0),
        ("Ada said no, and Obi agreed.", 0.0),
        ("Kada Obit said no.", 0.0),
    ],
)
def test_a_sentence_names_the_speaker_word_for_word(text: str, held: float) -> None:
    assert names_speaker(text, ("Sen. Ada Obi",)) == held


def test_content_f1_counts_characters_of_all_ranges_together() -> None:
    statement = [Gold("a", 0, 10), Gold("a", 20, 30)]

    assert content_f1(statement, [statement]) == 1.0
    assert content_f1([Gold("a", 0, 10)], [statement]) == pytest.approx(2 * 10 / (10 + 20))
    assert content_f1([Gold("a", 0, 30)], [statement]) == pytest.approx(2 * 20 / (30 + 20))
    assert content_f1([Gold("b", 0, 10)], [statement]) == 0.0


def test_content_f1_takes_the_best_statement_and_counts_no_character_twice() -> None:
    far, near = [Gold("a", 50, 60)], [Gold("a", 0, 10)]

    assert content_f1([Gold("a", 0, 8), Gold("a", 2, 10)], [far, near]) == 1.0
    assert content_f1([], [far, near]) == 0.0
    assert content_f1(near, []) == 0.0


@pytest.mark.parametrize(
    ("given", "right"),
    [("Ada Obi", 1.0), ("Obi", 1.0), ("Ada M. Obi", 1.0), ("Bo Lund", 0.0), ("Ada", 1.0)],
)
def test_of_two_people_a_form_of_the_right_name_is_right(given: str, right: float) -> None:
    assert means_only(given, "Ada Obi", "Bo Lund") == right


def test_a_name_that_both_people_may_have_is_not_right() -> None:
    assert means_only("Obi", "Ada Obi", "Bela Obi") == means_only(None, "Ada Obi", "Bo") == 0.0
