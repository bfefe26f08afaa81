import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.stores.sorted_ids import Ids, among, together, without

numbers = st.sets(st.integers(-9, 9))


def ids(of: set[int]) -> Ids:
    return np.array(sorted(of), np.int64)


@given(numbers, numbers)
def test_ids_are_told_apart_and_joined_as_sets_are(one: set[int], other: set[int]) -> None:
    assert without(ids(one), ids(other)).tolist() == sorted(one - other)
    assert together(ids(one), ids(other)).tolist() == sorted(one | other)
    assert ids(one)[among(ids(one), ids(other))].tolist() == sorted(one & other)
