from hypothesis import given
from hypothesis import strategies as st

from index.attribution.annotations import Attribution
from index.attribution.nearby import Nearby, PartsInOrder
from index.documents import Span
from index.statements import Origin

spans = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 20_000), st.integers(1, 9_000)
)
attributions = st.builds(
    lambda source, cue, content: Attribution(source, cue, content, 1.0, Origin.PATTERN),
    *[st.lists(spans, max_size=2).map(tuple)] * 3,
)


@given(st.lists(attributions, max_size=6), attributions)
def test_no_attribution_that_overlaps_is_overlooked(
    held: list[Attribution], asked: Attribution
) -> None:
    found = set(Nearby(held).of(asked))

    for at, each in enumerate(held):
        parts = (*each.cue, *each.content)
        if any(one.touches(two) for one in parts for two in (*asked.cue, *asked.content)):
            assert at in found


@given(st.lists(attributions, max_size=6), spans)
def test_all_parts_that_start_in_a_span_are_found_in_order(
    held: list[Attribution], span: Span
) -> None:
    expected = sorted(
        part.start
        for each in held
        for part in (*each.source, *each.cue, *each.content)
        if span.start <= part.start < span.end
    )

    found = PartsInOrder(held).starting_in(span)

    assert [start for start, _ in found] == expected
    assert all(
        start in [part.start for part in (*owner.source, *owner.cue, *owner.content)]
        for start, owner in found
    )
