"""Strings in one array of bytes are the strings they were made of."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.stores.search.columns import StringColumn

strings = st.lists(st.text("aé😀", max_size=4), max_size=6)


@given(strings, strings, st.data())
def test_a_column_is_joined_and_reordered_as_a_list_is(
    one: list[str], other: list[str], data: st.DataObject
) -> None:
    both = [*one, *other]
    rows = data.draw(st.lists(st.integers(0, len(both) - 1)) if both else st.just([]))

    joined = StringColumn.of(one).with_others(StringColumn.of(other))

    assert list(joined) == both
    assert list(joined.taken(np.array(rows, np.int64))) == [both[row] for row in rows]
    assert (StringColumn.of(one) == StringColumn.of(other)) == (one == other)
