"""A table whose changed articles were read again is the table read whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.stores.search.passage_table import MISSING, PassageTable, columns_of
from index.stores.search.table_changes import replaced

Content = dict[str, tuple[list[int], str | None]]
"""Passage ids and the outlet of each article; its statements have ten times these ids."""

articles = st.dictionaries(
    st.text("abAé", min_size=1, max_size=2),
    st.tuples(st.integers(0, 3), st.sampled_from([None, "Post", "Tide", "Verrin"])),
    max_size=7,
)


def numbered(drawn: dict[str, tuple[int, str | None]], first: int) -> Content:
    """Every passage has an id of its own, from `first` on; an article has at least one."""
    content: Content = {}
    for article, (more, outlet) in drawn.items():
        content[article] = (list(range(first, first + more + 1)), outlet)
        first += more + 1
    return content


def table_of(content: Content) -> PassageTable:
    ids = sorted(content)
    rows = sorted((number, ids.index(each)) for each in ids for number in content[each][0])
    outlets = sorted({outlet for _, outlet in content.values() if outlet})
    numbers = np.array([number for number, _ in rows], np.int64)
    row = {outlet: at for at, outlet in enumerate(outlets)}
    outlet = [row[name] if name else -1 for name in (content[each][1] for each in ids)]
    return PassageTable(
        passage=numbers,
        article=np.array([at for _, at in rows], np.int32),
        start=(numbers * 3).astype(np.int32),
        end=(numbers * 3 + 2).astype(np.int32),
        embedded=numbers % 3 > 0,
        article_ids=tuple(ids),
        revisions=tuple(f"r{content[each][0]}" for each in ids),
        published=np.array([content[each][0][0] * 7 for each in ids], np.int64),
        outlet=np.array(outlet, np.int32),
        outlets=tuple(outlets),
        statement=numbers * 10,
        story=np.arange(len(ids), dtype=np.int32),
    )


@given(articles, articles, st.data())
def test_replacing_what_changed_gives_the_table_read_whole(
    drawn: dict[str, tuple[int, str | None]],
    changes: dict[str, tuple[int, str | None]],
    data: st.DataObject,
) -> None:
    before, changed = numbered(drawn, 1), numbered(changes, 1000)
    removed = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    named = set(changed) | removed | data.draw(st.sets(st.just("never seen")))
    gone = [10 * number for each in named & set(before) for number in before[each][0]]

    after = replaced(table_of(before), named, table_of(changed), np.array(sorted(gone), np.int64))

    left = {each: content for each, content in before.items() if each not in named}
    expected, found = columns_of(table_of(left | changed)), columns_of(after)
    assert {name: column.tolist() for name, column in found.items()} == {
        name: column.tolist() for name, column in expected.items()
    }
    assert [found[name].dtype for name in found] == [expected[name].dtype for name in found]
    assert MISSING not in after.published
