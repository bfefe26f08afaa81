"""Copies told from other articles, by hand-worked sets and by laws."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dedup.near_duplicates import (
    COMMON_BANDS,
    Pair,
    Similarity,
    Sketch,
    group_leaders,
    may_be_one_story,
    similarity,
    sketch,
)
from index.documents import Article, Boilerplate, BoilerplateKind, Span

WORDS = [f"word{number}" for number in range(400)]


def sketched(words: list[str]) -> Sketch:
    return sketch(Article("a", "", " ".join(words)), ())


def alike(one: list[str], other: list[str]) -> Similarity:
    return similarity(sketched(one).shingles, sketched(other).shingles)


def found(one: Sketch, other: Sketch) -> bool:
    return len(np.intersect1d(one.bands, other.bands)) >= COMMON_BANDS


def test_likeness_counts_shared_runs_of_six_words() -> None:
    # 100 words have 95 runs; the first 60 of them, of 65 words, are in both
    one, other = WORDS[:100], WORDS[:65] + WORDS[200:235]

    assert alike(one, other) == Similarity(60 / 130, 60 / 95)


def test_case_quotes_and_spaces_do_not_tell_texts_apart() -> None:
    curly = Article("a", "", "“It’s over,” she  said on Monday.\nNobody spoke.")
    plain = Article("b", "", '"IT\'S OVER," she said on Monday. Nobody spoke.')

    assert sketch(curly, ()).shingles.tolist() == sketch(plain, ()).shingles.tolist()


def test_boilerplate_is_not_compared() -> None:
    text = "Sign up for our letter. The pier is closed until further notice today."
    mark = Boilerplate(Span(0, 23), BoilerplateKind.NEWSLETTER)

    with_it = sketch(Article("a", "", text), (mark,))

    assert with_it.shingles.tolist() == sketch(Article("b", "", text[24:]), ()).shingles.tolist()


def test_an_article_of_no_words_is_like_no_other() -> None:
    nothing = sketched([])

    assert not found(nothing, nothing)
    assert similarity(nothing.shingles, nothing.shingles) == Similarity(0.0, 0.0)


def test_a_brief_contained_in_a_longer_update_is_the_one_news() -> None:
    brief, update = WORDS[:80], WORDS[:80] + WORDS[100:400]

    assert alike(brief, update).enough
    assert found(sketched(brief), sketched(update))


def test_a_scrap_contained_in_an_article_is_not() -> None:
    assert alike(WORDS[:20], WORDS) == Similarity(15 / 395, 0.0)


@given(
    st.integers(150, 400),
    st.lists(st.integers(0, 10**6), max_size=5),
)
def test_copies_with_one_word_in_thirty_edited_are_found_and_grouped(
    length: int, edits: list[int]
) -> None:
    words = WORDS[:length]
    edited = list(words)
    for number, place in enumerate(edits):
        edited[place % length] = f"edit{number}"
    one, other = sketched(words), sketched(edited)

    assert found(one, other)
    assert similarity(one.shingles, other.shingles).enough


numbers = st.integers(0, 9)
graphs = st.dictionaries(
    st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), st.booleans()
).map(lambda pairs: [(*pair, enough) for pair, enough in pairs.items()])


@given(graphs, st.permutations(range(10)))
def test_an_article_is_in_its_own_group_whose_leader_it_copies(
    pairs: list[Pair], order: list[int]
) -> None:
    leader = group_leaders(10, pairs, order)

    for article, leads in enumerate(leader.tolist()):
        assert leader[leads] == leads
        assert leads == article or (min(article, leads), max(article, leads), True) in pairs


@given(graphs, st.permutations(range(10)))
def test_groups_do_not_depend_on_the_order_pairs_were_found_in(
    pairs: list[Pair], order: list[int]
) -> None:
    mixed = [(other, one, enough) for one, other, enough in reversed(pairs)]

    assert group_leaders(10, mixed, order).tolist() == group_leaders(10, pairs, order).tolist()


def test_a_chain_does_not_tie_its_ends_together() -> None:
    chain = [(0, 1, True), (1, 2, True)]

    assert group_leaders(3, chain, [0, 1, 2]).tolist() == [1, 1, 2]
    assert group_leaders(3, [*chain, (0, 2, False)], [0, 1, 2]).tolist() == [1, 1, 1]


@given(graphs, st.permutations(range(10)))
def test_all_of_a_group_are_close_to_each_other(pairs: list[Pair], order: list[int]) -> None:
    leader = group_leaders(10, pairs, order).tolist()
    close = {(one, other) for one, other, _ in pairs}

    together = {pair for pair in combinations(range(10), 2) if leader[pair[0]] == leader[pair[1]]}
    assert together <= close


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Winning numbers for Monday, Jan. 1", "Winning numbers for Wednesday, Jan. 3"),
        ("Quiz of the week 12", "Quiz of the week 13"),
        ("Harbour weather for 3 May", "Harbour weather for May 4th"),
        ("House sales, 16-19 January 2024", "House sales, 18-22 December 2023"),
        ("Crossword #912", "Crossword #913"),
    ],
)
def test_issues_of_a_series_are_not_one_story_however_alike(one: str, other: str) -> None:
    issues = Article("a", one, ""), Article("b", other, "")

    assert not may_be_one_story(*issues, Similarity(0.9, 0.95))


def test_a_daily_note_whose_title_has_no_date_is_told_by_its_opening() -> None:
    one = Article("a", "Harbour forecast", "On Monday, rain. Sailors should check the tide.")
    other = Article("b", "Harbour forecast", "On Tuesday, sun. Sailors should check the tide.")

    assert not may_be_one_story(one, other, Similarity(0.9, 0.95))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry fire leaves 12 adrift", "Ferry fire leaves 15 adrift"),
        ("Pier closed on Monday", "Pier closed"),
        ("Pier closed 3 May", "Pier closed on May 3"),
        ("Flights still cancelled on Saturday", "Sunday brings more trouble for travellers"),
    ],
)
def test_updates_and_copies_are_one_story(one: str, other: str) -> None:
    assert may_be_one_story(Article("a", one, ""), Article("b", other, ""), Similarity(0.6, 0.8))


def test_the_same_text_is_one_story_under_any_title() -> None:
    one, other = Article("a", "Deals for 3 May", ""), Article("b", "Deals for 4 May", "")

    assert may_be_one_story(one, other, Similarity(1.0, 1.0))
