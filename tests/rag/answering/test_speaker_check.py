"""Whether a sentence says that something was said."""

import pytest

from rag.answering.speaker_check import was_said


@pytest.mark.parametrize(
    "sentence",
    [
        "If Ulf Dahlin says the pier is safe, the ferry will sail again.",
        "Carla Weems could have said that the vote was rigged.",
        "Sanna Holt plans to tell parliament that the tax will double.",
        "Prosecutors will argue that Lars Ekdahl told his clients the bonds were safe.",
        "Nobody expected Rita Malm to announce that the festival was bankrupt.",
        "Ida Stroud refused to say that the vaccine was safe.",
        "Tess Vardy denied calling for the abolition of the lottery.",
        "Dag Sund stopped short of calling for a boycott.",
        "He never said it.",
        "Neither Petra Vail nor Simon Gough said it was locked.",
    ],
)
def test_what_was_not_said_or_not_yet_is_no_answer(sentence: str) -> None:
    assert not was_said(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It would not help, he said.",
        "The minister will not resign, Mr Falk said.",
        "He said he would never call for it.",
        "“If it rains, we go,” said Ana Lux.",
        "Ana Lux denied that the bank was closed.",
        "She told them that nobody had said so.",
        "She called the plan of the council a mistake.",
        "According to Lind, it may rain.",
        "If it rains, the fair will be held in the great hall of the old school, said Lind.",
    ],
)
def test_what_was_said_of_things_that_may_not_be_is_still_said(sentence: str) -> None:
    assert was_said(sentence)
