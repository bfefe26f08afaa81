import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from index.text.paragraphs import paragraphs
from index.text.sentences import MOST_CHARACTERS, sentences

NEWS = st.text(alphabet=st.sampled_from("aA1 .,!?\n\t\"'“”’()p.m…😀é"), max_size=200)
ANYTHING = st.text(alphabet=st.characters(), max_size=200)  # lone surrogates too


def split(text: str) -> list[str]:
    return [s.of(text) for s in sentences(text, Span(0, len(text)))]


def parts(text: str) -> list[str]:
    return [p.of(text) for p in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Nobody came.", ["It rained.", "Nobody came."]),
        ("Doors open at 5 p.m. Tuesday. All may come.", None),
        ("Doors open at 7:30 p.m. Oct. 25 in Hull. All may come.", None),
        ("Polls close at 8 p.m. EST. Nobody waits.", None),
        ("They met Ms. Lee there. She left.", ["They met Ms. Lee there.", "She left."]),
        ("They left at 5 p.m. The rest stayed.", ["They left at 5 p.m.", "The rest stayed."]),
        ("Ann Lee, R-Calif. voted no. It failed.", ["Ann Lee, R-Calif. voted no.", "It failed."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ('"We won," he said. "It was hard."', ['"We won," he said.', '"It was hard."']),
        (
            "He said, “I lost. I am sad.” Then he left.",
            ["He said, “I lost. I am sad.”", "Then he left."],
        ),
        ("The storm 🌪️ hit. 😀 It passed.", ["The storm 🌪️ hit.", "😀 It passed."]),
        ("The U.S. Senate met. Sen. Roe spoke.", ["The U.S. Senate met.", "Sen. Roe spoke."]),
    ],
)
def test_sentences_are_as_a_reader_would_cut_them(text: str, expected: list[str] | None) -> None:
    last = text.rsplit(". ", 1)

    assert split(text) == (expected or [last[0] + ".", last[1]])


@pytest.mark.parametrize(
    "sentence",
    [
        "The lorry that hit Pte. Jo Lim had no brakes.",
        "It flooded Ft. Alder and cut the road.",
        "It was emptied by Ald. Joe Byrne in June.",
        "Said Cllr. Ann Teague at the hall.",
        "They met Amb. Noor Aziz on Friday.",
        "The letter by Atty. Gen. Ann Lee was short.",
        "Approx. 40 people came.",
        "The will of Wm. Harker was read.",
        "Police Sgt. Bo Lind spoke.",
        "They met Gov. Ana Ruiz and Rep. Will Stone there.",
        "Flight No. 12 was late.",
        "Section No. Four was shut.",
        "It was Orm vs. Lisk on Sunday.",
        "The case Roe v. Wade ended.",
        "He lives near St. Alban and Mt. Holm.",
        "It opened on Jan. 5 in the rain.",
        "It opens at 9 a.m. Monday with tea.",
        "The U.S. Senate met.",
        "Some fruit, e.g. Apples from Orm, was sold.",
        "Dr. Ann Lee, Ph.D. Fellow of the trust, spoke.",
        "Acme Inc. Chairman Bo Lind resigned.",
        "Acme Ltd. Finance chief Bo Lind resigned.",
        "The books of J. R. R. Tolkien sold.",
        "J. K. Rowling spoke.",
        "Mr. Lee, Mrs. Lee, Prof. Moe and Rev. Bo Lind came.",
        "Lt. Col. Ada Obi and Brig. Gen. Tom Abara met.",
        "Supt. Ida Brandt and Insp. Lou Quist led it.",
        "Det. Insp. Lou Quist and Const. Pat Roe led it.",
        "The Hon. Ada Obi sat.",
        "Adm. Bo Lind and Cmdr. Eve Lamb sailed.",
        "The firm of Smith Bros. Builders closed.",
        "Sens. Ana Ruiz and Bo Lind met Reps. Roe and Lim.",
        "He read Vol. 3 and pp. 12 of it.",
        "Msgr. Tom Abara prayed.",
        "Asst. Chief Eve Lamb and Dep. Mayor Bo Lind met.",
        "Messrs. Roe and Lim sued.",
        "Spc. Jo Lim and Pfc. Al Moe and Cpl. Bo Lind fell.",
        "Capt. Eve Lamb and Maj. Bo Lind sailed.",
        "The road to Pt. Reyes and Ste. Anne is shut.",
        "Geo. Harker and Chas. Roe and Thos. Lim came.",
        "The school on Oak Ave. Extension is shut.",
        "It was made in Washington, D.C. Mayor Ana Ruiz said so.",
        "The plan of Gen. Electric et al. Said nothing.",
        "Pvt. Jo Lim and Fr. Tom Abara came.",
        "Pres. Ana Ruiz and Sec. Bo Lind met.",
        "Hon. Sec. Ann Lee resigned.",
        "“Ask Sgt. Bo Lind or Wm. Roe about it,” he said.",
        "The road (past St. Alban and Mt. Holm) is shut.",
    ],
)
def test_an_abbreviation_ends_no_sentence_that_goes_on(sentence: str) -> None:
    assert split(f"{sentence} It rained.") == [sentence, "It rained."]


@pytest.mark.parametrize(
    "text",
    [
        "He lives in the U.S. The river is near.",
        "Doors open at 5 p.m. Police will be there.",
        "They work for Acme Inc. The firm closed.",
        "She said No. The crowd left.",
        "He has a Ph.D. She has none.",
        "They live on Main St. The house is old.",
        "It was plan B. The mayor agreed.",
        "Neither did I. We left.",
        "They sell pens, paper, etc. The shop is small.",
        "It was held by Acme Ltd. He left.",
        "It opens at 9 a.m. All may come.",
        "It happened in the U.K. It was cold.",
        "They came from Washington, D.C. They left.",
        "He was born in Jan. The year was cold.",
        "It weighed 5 kg. The boat sank.",
        "They met at No. 10. The talks failed.",
        "It cost 5 lb. Nobody paid.",
        "He asked for the vet. Then he left.",
        "She is the rep. The firm agreed.",
        "The cat sat on the mat. Ann saw it.",
        "He met the Gov. The aides left.",
        "She asked for a Dr. Then she left.",
    ],
)
def test_an_abbreviation_at_the_end_of_a_sentence_ends_it(text: str) -> None:
    assert len(split(text)) == 2


def test_a_closing_mark_apart_from_its_sentence_stays_with_it() -> None:
    assert split("She said ‘stop.’ ” He left.") == ["She said ‘stop.’ ”", "He left."]


def test_a_long_quotation_is_cut_at_the_sentences_in_it() -> None:
    said = "We have waited here for a very long time. "
    text = "“" + said * 15 + "Now it is done.” He left."

    assert split(text)[0] == "“We have waited here for a very long time."
    assert split(text)[-2:] == ["Now it is done.”", "He left."]


def test_only_the_given_part_is_split_and_offsets_are_into_the_text() -> None:
    text = "One is here. Two is here. Three is here."

    found = sentences(text, Span(13, 26))

    assert found == [Span(13, 25)]


def test_a_newline_ends_a_paragraph_where_a_line_is_a_paragraph() -> None:
    text = "A line that ends a paragraph without a full stop\nAnother one. It goes on.\nThe last"

    assert parts(text) == text.split("\n")


WRAPPED = """The council met on Monday evening to decide about the new bridge over
the river, which has been closed to all traffic since the flood of last
spring. It will be built again.
The mayor told the meeting that work would begin in May and would take
about a year."""


def test_lines_of_hard_wrapped_text_are_joined() -> None:
    first, second = (part.replace("\n", " ") for part in parts(WRAPPED))

    assert first.endswith("since the flood of last spring. It will be built again.")
    assert second.startswith(
        "The mayor told the meeting that work would begin in May and would take"
    )


def test_a_sentence_may_run_over_the_lines_of_wrapped_text() -> None:
    assert split(WRAPPED)[1] == "It will be built again."
    assert split(WRAPPED)[0].endswith("flood of last\nspring.")


def test_a_blank_line_always_ends_a_paragraph() -> None:
    assert parts(WRAPPED.replace("\nspring", "\n \nspring"))[1].startswith("spring.")


def test_a_list_of_short_lines_is_not_taken_for_wrapped_text() -> None:
    text = "Who won the prizes this year in Hull:\nAnn Lee\nBo Roe of Leeds, for the third time"

    assert parts(text) == text.split("\n")


@given(st.one_of(NEWS, ANYTHING), st.data())
def test_sentences_hold_all_that_is_not_space_once_and_in_order(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    found = sentences(text, Span(start, end))

    pieces = [s.of(text) for s in found]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(pieces).split()) == "".join(text[start:end].split())


@given(st.one_of(NEWS, ANYTHING))
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    spans = paragraphs(text)

    assert all(
        any(p.start <= s.start and s.end <= p.end for p in spans)
        for s in sentences(text, Span(0, len(text)))
    )


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word ", "a", ". ", '"', "“a. ", "\n", "(a. ", "Mr. ", " "])
def test_text_without_sentences_is_cut_into_short_pieces_quickly(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    start = time.process_time()

    found = sentences(text, Span(0, len(text)))

    assert all(s.end - s.start <= MOST_CHARACTERS for s in found)
    assert time.process_time() - start < 20


def test_pieces_of_endless_text_end_between_words() -> None:
    text = "word " * 1_000

    assert {tuple(set(piece.split())) for piece in split(text)} == {("word",)}
