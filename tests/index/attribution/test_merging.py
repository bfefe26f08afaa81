"""One list of what the tagger and the patterns found; how much of a content is quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.annotations import Attribution
from index.attribution.merging import UNKNOWN, merge_attributions
from index.documents import Span
from index.statements import Origin

TEXT = "“The tide is high,” Low said. “We wait.” High said that Low said so."
QUOTED, RESUMED = Span(0, 19), Span(30, 40)
LOW, SAID = Span(20, 23), Span(24, 28)
HIGH, SAYS, THAT = Span(41, 45), Span(46, 50), Span(51, 67)


def _one(
    source: Span | None, cue: Span | None, *content: Span, sure: float = 0.9, tagged: bool = False
) -> Attribution:
    return Attribution(
        source=(source,) if source else (),
        cue=(cue,) if cue else (),
        content=content,
        confidence=sure,
        origin=Origin.TAGGER if tagged else Origin.PATTERN,
    )


def test_the_constants_are_spans_of_the_text() -> None:
    words = [s.of(TEXT) for s in (QUOTED, RESUMED, LOW, SAID, HIGH, SAYS, THAT)]

    assert words == [
        "“The tide is high,”",
        "“We wait.”",
        "Low",
        "said",
        "High",
        "said",
        "that Low said so",
    ]


def test_the_same_cue_is_one_attribution_of_both_with_the_spans_of_the_tagger() -> None:
    tagged = _one(HIGH, SAYS, THAT, sure=0.8, tagged=True)
    pattern = _one(HIGH, SAYS, Span(56, 67), sure=0.5)

    [both] = merge_attributions([tagged], [pattern], TEXT)

    assert (both.content, both.origin) == ((THAT,), Origin.BOTH)
    assert both.confidence == pytest.approx(0.9)


def test_a_quotation_that_the_tagger_cut_short_is_completed() -> None:
    tagged = _one(None, SAID, Span(1, 12), tagged=True)
    pattern = _one(LOW, SAID, QUOTED, RESUMED)

    [both] = merge_attributions([tagged], [pattern], TEXT)

    assert both.content == (QUOTED, RESUMED)
    assert both.source == (LOW,)


def test_a_precise_pattern_adds_what_the_tagger_missed() -> None:
    tagged = _one(HIGH, SAYS, THAT, tagged=True)

    sure = merge_attributions([tagged], [_one(LOW, SAID, QUOTED, sure=0.95)], TEXT)
    unsure = merge_attributions([tagged], [_one(LOW, SAID, QUOTED, sure=0.5)], TEXT)

    assert [each.origin for each in sure] == [Origin.PATTERN, Origin.TAGGER]
    assert unsure == [tagged]


def test_without_a_tagger_every_pattern_counts() -> None:
    pattern = _one(LOW, SAID, QUOTED, sure=0.5)

    assert merge_attributions(None, [pattern], TEXT) == [pattern]
    assert merge_attributions([], [pattern], TEXT) == []


def test_content_that_the_tagger_found_is_not_used_for_another_cue() -> None:
    tagged = _one(LOW, SAID, QUOTED, RESUMED, tagged=True)
    pattern = _one(HIGH, SAYS, RESUMED, sure=0.85)

    assert merge_attributions([tagged], [pattern], TEXT) == [tagged]


def test_speech_inside_speech_belongs_to_the_outermost_speaker() -> None:
    outer = _one(HIGH, SAYS, THAT, tagged=True)
    nested = _one(Span(56, 59), Span(60, 64), Span(65, 67), tagged=True)

    assert merge_attributions([nested, outer], [], TEXT) == [outer]


def test_the_same_attribution_twice_is_one() -> None:
    first = _one(LOW, SAID, QUOTED, sure=0.6, tagged=True)
    second = _one(LOW, SAID, QUOTED, sure=0.7, tagged=True)

    assert len(merge_attributions([first, second], [], TEXT)) == 1


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 8)).map(lambda pair: Span(pair[0], sum(pair)))
FOUND = st.lists(
    st.builds(
        _one,
        SPANS,
        SPANS,
        SPANS,
        sure=st.floats(UNKNOWN, 1),
        tagged=st.booleans(),
    ),
    max_size=6,
)


@given(FOUND, FOUND)
def test_no_two_have_the_same_cue_and_content_and_none_is_invented(
    found: list[Attribution], patterned: list[Attribution]
) -> None:
    result = merge_attributions(found or None, patterned, TEXT)

    places = [(each.cue, each.content) for each in result]
    assert len(set(places)) == len(places)
    assert {each.cue for each in result} <= {each.cue for each in [*found, *patterned]}
    assert bool(result) == bool(found or patterned)


def test_an_action_that_the_tagger_is_unsure_of_is_not_taken_for_speech() -> None:
    text = "Ann signed the bill. Ann said the bill was late."
    signed = _one(Span(0, 3), Span(4, 10), Span(11, 19), sure=0.5, tagged=True)
    said = _one(Span(21, 24), Span(25, 29), Span(30, 47), sure=0.5, tagged=True)

    assert merge_attributions([signed, said], [], text) == [said]


def test_verbs_of_thought_and_unknown_words_need_more_certainty_without_a_pattern() -> None:
    text = "Ann sees the need. Ann renegotiated the contract. Ann praised the work."
    sees = _one(Span(0, 3), Span(4, 8), Span(9, 17), sure=0.6, tagged=True)
    renegotiated = _one(Span(19, 22), Span(23, 35), Span(36, 48), sure=0.74, tagged=True)
    praised = _one(Span(50, 53), Span(54, 61), Span(62, 70), sure=0.6, tagged=True)

    assert merge_attributions([sees, renegotiated, praised], [], text) == [praised]


def test_a_cue_of_several_words_is_taken_whole() -> None:
    text = "Ann made it clear that it rained."
    tagged = _one(Span(0, 3), Span(4, 11), Span(12, 32), sure=0.4, tagged=True)
    pattern = _one(Span(0, 3), Span(4, 17), Span(18, 32), sure=0.85)

    [both] = merge_attributions([tagged], [pattern], text)

    assert (both.cue, both.content) == (pattern.cue, pattern.content)


def test_the_subject_of_a_passive_does_not_speak() -> None:
    text = "Ann was accused of theft. Ann is worried about rain."
    accused = _one(Span(0, 3), Span(4, 15), Span(16, 24), tagged=True)
    worried = _one(Span(26, 29), Span(30, 46), Span(47, 51), tagged=True)

    first, second = merge_attributions([accused, worried], [], text)

    assert first.source == ()
    assert second == worried
