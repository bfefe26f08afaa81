"""Which shown places a judgement settles."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.questions import Gold
from eval.judged.judgements import (
    JudgedPlaces,
    Judgement,
    alike,
    holds_most,
    read_judgements,
    write_judgements,
)
from eval.judged.questions import read_questions
from eval.judged.shown import Shown
from tests.support.judged import (
    GIFT,
    JUNE,
    QUOTE,
    RAIN,
    THIRD,
    TRAM,
    TWO,
    asked,
    at,
    judge,
    show,
    write_set,
)

RANGES = st.builds(
    lambda article, start, length: Gold(article, start, start + length),
    st.sampled_from(["tram", "mill"]),
    st.integers(0, 60),
    st.integers(1, 60),
)
WIDER = st.integers(0, 60)


def places(folder: Path, *judgements: Judgement) -> JudgedPlaces:
    """Of two questions with marks, one without, and one with what was right once."""
    questions = [
        asked("said", gold=[at(QUOTE)]),
        asked("fact", "fact", gold=[at(THIRD)], outdated=[at(TWO)]),
        asked("bare"),
        asked("old", "fact", outdated=[at(TWO)]),
    ]
    return JudgedPlaces(read_questions(write_set(folder, questions)), judgements)


@given(RANGES, RANGES)
def test_likeness_is_mutual(one: Gold, other: Gold) -> None:
    assert alike(one, other) == alike(other, one)


@given(RANGES)
def test_a_place_is_like_itself_and_like_none_in_another_article(place: Gold) -> None:
    assert alike(place, place)
    assert not alike(place, Gold("another", place.start, place.end))
    assert not holds_most(place, Gold("another", place.start, place.end))


@given(RANGES, RANGES)
def test_places_alike_hold_most_of_each_other(one: Gold, other: Gold) -> None:
    if alike(one, other):
        assert holds_most(one, other)
        assert holds_most(other, one)


@given(RANGES, RANGES)
def test_places_alike_differ_in_length_at_most_twofold(one: Gold, other: Gold) -> None:
    lengths = sorted([one.end - one.start, other.end - other.start])

    assert not alike(one, other) or lengths[1] <= 2 * lengths[0]


@given(RANGES, RANGES, WIDER, WIDER)
def test_a_wider_place_still_holds_what_it_held(
    outer: Gold, inner: Gold, before: int, after: int
) -> None:
    wider = Gold(outer.article, max(0, outer.start - before), outer.end + after)

    assert not holds_most(outer, inner) or holds_most(wider, inner)


def test_a_marked_place_is_right_or_outdated_without_a_judgement(tmp_path: Path) -> None:
    known = places(tmp_path)

    assert known.label("said", show(QUOTE)) == "telling"
    assert known.label("fact", show(THIRD)) == "right"
    assert known.label("fact", show(TWO)) == "outdated"
    assert known.label("bare", show(QUOTE)) is None


def test_a_passage_is_right_if_it_holds_the_marked_place(tmp_path: Path) -> None:
    assert places(tmp_path).label("said", show(TRAM)) == "telling"


def test_a_passage_is_not_outdated_because_a_part_of_it_is(tmp_path: Path) -> None:
    known = places(tmp_path, judge("bare", RAIN, "off"))

    assert known.label("old", show(TWO)) == "outdated"
    assert known.label("old", Shown("mill", 0, 400)) is None
    assert known.label("bare", show(TRAM)) is None


def test_a_passage_is_right_if_it_holds_a_place_judged_right(tmp_path: Path) -> None:
    assert places(tmp_path, judge("bare", QUOTE, "telling")).label("bare", show(TRAM)) == "telling"


def test_a_sentence_is_not_right_because_its_passage_is(tmp_path: Path) -> None:
    assert places(tmp_path, judge("bare", TRAM, "telling")).label("bare", show(RAIN)) is None


def test_the_judgement_of_the_likeliest_place_counts(tmp_path: Path) -> None:
    known = places(tmp_path, judge("bare", QUOTE, "off"), judge("bare", QUOTE[:60], "empty"))

    assert known.label("bare", show(QUOTE)) == "off"
    assert known.label("bare", show(QUOTE[:58])) == "empty"


def test_a_disagreement_is_no_judgement_until_it_is_settled(tmp_path: Path) -> None:
    one = judge("bare", QUOTE, "telling", "empty")

    assert one.label is None
    assert places(tmp_path, one).label("bare", show(QUOTE)) is None
    assert places(tmp_path, one).needs_reading("bare", show(QUOTE))


@pytest.mark.parametrize(
    ("label", "judged", "named", "holds"),
    [
        ("telling", "Maud Ferrier", "Maud Ferrier", True),
        ("telling", "Maud Ferrier", "Ferrier", True),
        ("telling", "Maud Ferrier", None, True),
        ("telling", "Maud Ferrier", "Otto Brandt", False),
        ("telling", None, "Otto Brandt", False),
        ("empty", "Maud Ferrier", "Otto Brandt", False),
        ("wrong_speaker", "Otto Brandt", "Otto Brandt", True),
        ("wrong_speaker", "Otto Brandt", "Maud Ferrier", False),
        ("wrong_speaker", "Otto Brandt", None, False),
        ("off", "Otto Brandt", "Maud Ferrier", True),
        ("off", None, "Maud Ferrier", True),
    ],
)
def test_a_judgement_holds_for_the_speaker_it_was_made_of(
    tmp_path: Path, label: str, judged: str | None, named: str | None, holds: bool
) -> None:
    known = places(tmp_path, judge("bare", GIFT, label, speaker=judged))

    assert known.label("bare", show(GIFT, named)) == (label if holds else None)


def test_of_a_fact_it_does_not_matter_who_is_named(tmp_path: Path) -> None:
    known = places(tmp_path, judge("fact", JUNE, "right", speaker="the council"))

    assert known.label("fact", show(JUNE, "Otto Brandt")) == "right"


def test_a_marked_place_under_another_name_is_right_until_readers_say_otherwise(
    tmp_path: Path,
) -> None:
    other, found = (
        show(QUOTE, "Otto Brandt"),
        judge("said", QUOTE, "wrong_speaker", speaker="Otto Brandt"),
    )

    assert places(tmp_path).label("said", other) == "telling"
    assert places(tmp_path).needs_reading("said", other)
    assert not places(tmp_path).needs_reading("said", show(QUOTE, "Maud Ferrier"))
    assert places(tmp_path, found).label("said", other) == "wrong_speaker"
    assert places(tmp_path, found).label("said", show(QUOTE, "Maud Ferrier")) == "telling"


def test_a_judgement_of_another_revision_does_not_hold(tmp_path: Path) -> None:
    one = Judgement("bare", **at(QUOTE), revision="a", speaker=None, first="off", second="off")
    known = places(tmp_path, one)

    assert known.label("bare", Shown(**at(QUOTE), revision="a")) == "off"
    assert known.label("bare", Shown(**at(QUOTE))) == "off"
    assert known.label("bare", Shown(**at(QUOTE), revision="b")) is None


def test_judgements_are_written_in_order_and_read_as_they_were(tmp_path: Path) -> None:
    written = [judge("b", QUOTE, "off", "empty"), judge("a", RAIN, "off", speaker="Otto Brandt")]

    write_judgements(tmp_path, written)

    assert read_judgements(tmp_path) == written[::-1]
    assert read_judgements(tmp_path / "none") == []
    assert "penny" not in (tmp_path / "judgements.jsonl").read_text()
