"""Role swaps: the same words, another one who acts."""

import random

import pytest

from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from training.reading_data import Example, Pieces
from training.role_swaps import composed, in_place

TEXT = "On Monday Orla Finch warned Bo Marsh about the bridge."


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(word_pieces(bundled_folder() / FILE))


def asked(pieces: Pieces, question: str, gold: str, text: str = TEXT) -> Example:
    return Example(question, pieces.passage(text), ((2, 3),), (gold,))


def test_two_questions_of_a_verb_give_two_with_and_two_without_an_answer(pieces: Pieces) -> None:
    examples = [
        asked(pieces, "Who warned someone?", "Orla Finch"),
        asked(pieces, "Who did someone warn?", "Bo Marsh"),
        asked(pieces, "Where was someone warned?", "the bridge"),
    ]

    [unit] = composed(examples)

    assert [(each.question, each.golds) for each in unit] == [
        ("Who warned Bo Marsh?", ("Orla Finch",)),
        ("Who did Orla Finch warn?", ("Bo Marsh",)),
        ("Who warned Orla Finch?", ()),
        ("Who did Bo Marsh warn?", ()),
    ]
    assert [bool(each.answers) for each in unit] == [True, True, False, False]


@pytest.mark.parametrize(
    ("doing", "who", "done", "what"),
    [
        ("Who played someone?", "Orla Finch", "Who did someone play?", "Bo Marsh"),
        ("Who warned someone?", "She", "Who did someone warn?", "Bo Marsh"),
        ("Who warned someone?", "Orla Finch", "Who did someone warn?", "Orla"),
        ("Who warned someone?", "Orla Finch", "Who did someone want?", "Bo Marsh"),
        ("Who tried something?", "Orla Finch", "What did someone try?", "to leave"),
        ("Who warned someone?", "one two three four five six", "Who did someone warn?", "Bo"),
    ],
)
def test_what_may_hold_both_ways_or_names_nobody_is_not_swapped(
    pieces: Pieces, doing: str, who: str, done: str, what: str
) -> None:
    assert list(composed([asked(pieces, doing, who), asked(pieces, done, what)])) == []


def test_an_answer_takes_the_place_of_the_name_in_its_question(pieces: Pieces) -> None:
    example = asked(pieces, "Who warned Bo Marsh?", "Orla Finch")

    [(kept, made)] = in_place([example], random.Random(1))

    assert kept is example
    assert (made.question, made.answers, made.golds) == ("Who warned Orla Finch?", (), ())


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("Who married Bo Marsh?", "Orla Finch"),
        ("Who warned them?", "Orla Finch"),
        ("Who warned Bo Marsh?", "the bridge"),
        ("Who warned Orla?", "Orla Finch"),
        ("When was Bo Marsh warned?", "Monday"),
        ("Who warned Zed Quill?", "Orla Finch"),
    ],
)
def test_a_question_whose_swap_may_be_true_is_left_out(
    pieces: Pieces, question: str, gold: str
) -> None:
    assert list(in_place([asked(pieces, question, gold)], random.Random(1))) == []
