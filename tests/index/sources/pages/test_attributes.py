"""A tag with more attributes than any page needs is found, in time that grows with the page."""

from collections.abc import Callable

import pytest

from index.sources.pages.attributes import MOST_ATTRIBUTES, has_crowded_tag
from tests.support.timing import growth

MOST = MOST_ATTRIBUTES


def tag(written: str, count: int) -> str:
    return f"<p>before</p><div{written * count}>inside</div>"


@pytest.mark.parametrize(
    "written", [" a", "/a", ' a="b"', " a='>'", "\n\ta = b", ' a=">"', " a=", " a=b/c", ' a"']
)
def test_attributes_are_counted_in_any_way_of_writing_them(written: str) -> None:
    assert not has_crowded_tag(tag(written, MOST // 2))
    assert has_crowded_tag(tag(written, 2 * MOST + 2))


def test_as_many_as_are_allowed_are_allowed() -> None:
    assert not has_crowded_tag(tag(' data-name="value"', MOST))
    assert has_crowded_tag(tag(' data-name="value"', MOST + 1))


@pytest.mark.parametrize(
    "page",
    [
        f"<script>if (a<b {' c' * 3 * MOST}) d()</script>",
        f"<style>a<b {' c' * 3 * MOST}</style>",
        f"<!-- <p{' c' * 3 * MOST}> -->",
        f"<p>{'a < b ' * 3 * MOST}</p>",
        '<img src="data:image/png;base64,' + "A/B+C==" * 3 * MOST + '">',
        f"<p title='{'a = b ' * 3 * MOST}'>",
        "<p a=b>" * 3 * MOST,
    ],
    ids=["script", "style", "comment", "less than", "picture", "long value", "many tags"],
)
def test_what_only_looks_like_attributes_is_not_counted(page: str) -> None:
    assert not has_crowded_tag(page)


def test_a_tag_that_never_ends_is_counted_too() -> None:
    assert has_crowded_tag("<p" + ' a="b"' * (MOST + 1))


HARD: list[Callable[[int], str]] = [
    lambda n: "<p" + ' a="b"' * n,
    lambda n: '<p a="' * n,
    lambda n: "<p a='" * n + '<p a="' * n,
    lambda n: "<p " * n,
    lambda n: "<p a" + " " * 5 * n,
    lambda n: "<!--" * n,
    lambda n: "<style></script><script></style>" * n,
    lambda n: "<p" + " a =" * n,
]


@pytest.mark.parametrize("make", HARD)
def test_four_times_the_page_takes_at_most_eight_times_as_long(make: Callable[[int], str]) -> None:
    short, long = make(30_000), make(120_000)

    assert growth(lambda: has_crowded_tag(short), lambda: has_crowded_tag(long), most=8) <= 8
