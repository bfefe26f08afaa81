from pathlib import Path

import pytest

from api.http.batches import read_batch
from index.documents import Article, Reject, RejectReason
from index.sources.batch import MOST_REJECTS, limit_length, limit_rejects
from index.sources.folder import read

HERE = Path("feed.jsonl")
GOOD = Article(id="one", title="One", text="The ferry will sail at noon.")
BAD = Reject(HERE, 7, RejectReason.EMPTY, "no text")


def test_a_file_of_nothing_but_bad_lines_is_given_up_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text("x\n" * (2 * MOST_REJECTS))

    found = list(read(path))

    assert len(found) == MOST_REJECTS + 1
    assert "not read" in str(found[-1])


def test_so_is_a_body_of_them() -> None:
    found = list(read_batch(b"x\n" * (2 * MOST_REJECTS), "application/x-ndjson"))

    assert len(found) == MOST_REJECTS + 1


def test_the_next_file_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("x\n" * (2 * MOST_REJECTS))
    (tmp_path / "b.txt").write_text(GOOD.text)

    assert isinstance(list(read(tmp_path))[-1], Article)


def test_bad_items_among_more_good_ones_are_all_reported() -> None:
    pair: list[Article | Reject] = [GOOD, BAD]
    items = [GOOD, *pair * (2 * MOST_REJECTS)]

    assert list(limit_rejects(items, HERE)) == items


@pytest.mark.parametrize(
    ("longest", "taken"), [(len(GOOD.text), True), (len(GOOD.text) - 1, False)]
)
def test_an_article_over_the_length_is_rejected_with_what_to_set(longest: int, taken: bool) -> None:
    [item] = limit_length([GOOD], longest)

    if taken:
        assert item == GOOD
    else:
        assert isinstance(item, Reject)
        assert item.reason is RejectReason.TOO_LARGE
        assert "'one' has 28 characters, at most 27" in item.detail
        assert "ONRECORD_MAX_ARTICLE_CHARS" in item.detail


def test_a_reject_passes_the_limit_of_length() -> None:
    assert list(limit_length([BAD], 1)) == [BAD]
